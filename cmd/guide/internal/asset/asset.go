// Package asset turns a theme's css and ts into hashed bundles. It is the one home of esbuild.
//
// It knows one verb: Bundle reads the entry points of a theme and returns every bundle under its hashed address. What an
// author has wrong in css or ts comes back as problems with file, line and column; the bundle it spoils is then missing.
//
// Not wanted here: reading the disk. A theme is a file system, and may be the one inside the command.
package asset

import (
	"crypto/sha256"
	"encoding/base32"
	"io/fs"
	"path"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"whentofinetune/cmd/guide/internal/problem"
)

// Assets are the bundles of a theme.
type Assets struct {
	Names map[string]string // "site.css", "search.js" to the hashed address "assets/site-1A2B3C4D.css"
	Files map[string][]byte // hashed address to bytes
}

// entries are the entry points that a theme may have.
var entries = []string{"css/site.css", "css/calculator.css", "css/notfound.css", "ts/early.ts", "ts/site.ts", "ts/calculator.ts", "ts/worker.ts", "ts/search.ts", "ts/sw.ts", "ts/reload.ts", "ts/notfound.ts"}

// Bundle bundles every entry point that the theme has. Bundles are classic scripts without a name of their own and style
// sheets, minified, for browsers from 2022 on.
func Bundle(theme fs.FS, prefix string) (Assets, []problem.Problem) {
	a := Assets{Names: map[string]string{}, Files: map[string][]byte{}}
	var problems []problem.Problem
	for _, entry := range entries {
		if _, err := fs.Stat(theme, entry); err != nil {
			continue
		}
		data, found := bundle(theme, prefix, entry)
		problems = append(problems, found...)
		if data == nil {
			continue
		}
		name, ext := strings.TrimSuffix(path.Base(entry), path.Ext(entry)), ".css"
		if path.Ext(entry) == ".ts" {
			ext = ".js"
		}
		address := Address(name, ext, data)
		a.Names[name+ext] = address
		a.Files[address] = data
	}
	return a, problem.Sort(problems)
}

// Address returns the hashed address of a file: eight letters and digits that change with its bytes.
func Address(name, ext string, data []byte) string {
	sum := sha256.Sum256(data)
	return "assets/" + name + "-" + base32.StdEncoding.EncodeToString(sum[:])[:8] + ext
}

func bundle(theme fs.FS, prefix, entry string) ([]byte, []problem.Problem) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{entry},
		Bundle:            true,
		Write:             false,
		Outdir:            "out",
		Format:            api.FormatIIFE,
		Target:            api.ES2022,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsNone,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LogLevel:          api.LogLevelSilent,
		TreeShaking:       api.TreeShakingTrue,
		TsconfigRaw:       `{"compilerOptions":{"strict":true}}`,
		Plugins:           []api.Plugin{reader(theme)},
	})
	var problems []problem.Problem
	for _, m := range result.Errors {
		problems = append(problems, complaint(m, prefix, entry, false))
	}
	style := path.Ext(entry) == ".css" // a browser drops what it cannot read of a style, so esbuild only warns
	for _, m := range result.Warnings {
		problems = append(problems, complaint(m, prefix, entry, !style))
	}
	if len(result.Errors) > 0 || style && len(result.Warnings) > 0 || len(result.OutputFiles) == 0 {
		return nil, problems
	}
	return result.OutputFiles[0].Contents, problems
}

// namespace keeps the theme's files apart from those of the disk, which are never read.
const namespace = "theme"

// reader resolves and loads files of the theme only.
func reader(theme fs.FS) api.Plugin {
	return api.Plugin{Name: "theme", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			if strings.HasPrefix(a.Path, "data:") || strings.HasPrefix(a.Path, "#") {
				return api.OnResolveResult{Path: a.Path, External: true}, nil
			}
			name := a.Path
			if a.Importer != "" {
				name = path.Join(path.Dir(a.Importer), a.Path)
			}
			for _, try := range []string{name, name + ".ts", name + ".css"} {
				if info, err := fs.Stat(theme, path.Clean(try)); err == nil && !info.IsDir() {
					return api.OnResolveResult{Path: path.Clean(try), Namespace: namespace}, nil
				}
			}
			return api.OnResolveResult{Errors: []api.Message{{Text: "there is no " + path.Clean(name) + " in the theme"}}}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: namespace}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			data, err := fs.ReadFile(theme, a.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			text := string(data)
			return api.OnLoadResult{Contents: &text, Loader: loader(a.Path), ResolveDir: "/"}, nil
		})
	}}
}

func loader(name string) api.Loader {
	switch path.Ext(name) {
	case ".ts":
		return api.LoaderTS
	case ".css":
		return api.LoaderCSS
	case ".js":
		return api.LoaderJS
	}
	return api.LoaderDataURL
}

// complaint turns what esbuild says into a problem.
func complaint(m api.Message, prefix, entry string, warning bool) problem.Problem {
	p := problem.Problem{File: path.Join(prefix, entry), Text: lowerFirst(m.Text), Hint: "mend the theme", Warning: warning}
	if l := m.Location; l != nil {
		p.File = path.Join(prefix, strings.TrimPrefix(l.File, namespace+":"))
		p.Line = l.Line
		p.Column = len([]rune(l.LineText[:min(l.Column, len(l.LineText))])) + 1
	}
	if len(m.Notes) > 0 && m.Notes[0].Text != "" && !strings.HasSuffix(m.Notes[0].Text, ":") {
		p.Hint = lowerFirst(m.Notes[0].Text)
	}
	return p
}

func lowerFirst(s string) string {
	if s = strings.TrimSuffix(s, "."); s == "" || len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
