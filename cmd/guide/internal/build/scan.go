package build

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
	"whentofinetune/cmd/guide/internal/site"
)

// maxStatic is the largest file that is copied into a site.
const maxStatic = 256 << 20

// WellKnown is the one folder whose name begins with a dot and that is published: what stands in it is looked for there by
// others (RFC 8615), as it is.
const WellKnown = ".well-known"

// forHosts are files that hosts read and that content does not hold: what to do instead.
var forHosts = map[string]string{
	"_headers":   "take it away: the builder writes one of its own; what else you need is set on the host",
	"_redirects": "write aliases: [old-address] into the front matter of the page that an old address leads to",
}

// scan lists the content. Names that begin with a dot or an underscore are passed over, and so is what is neither file
// nor folder, with a word.
func (b *builder) scan() {
	b.others, b.sizes = map[string]bool{}, map[string]int64{}
	err := fs.WalkDir(b.in.Content, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && errors.Is(err, fs.ErrNotExist) && name != ".":
			return nil // gone while it was looked at
		case err != nil:
			b.fail(name, "cannot be read: "+rootCause(err), "check that it is there and its rights")
			return skip(d)
		case name == ".":
			return nil
		case forHosts[name] != "" && !d.IsDir():
			b.warn(name, "is not published, as nothing that begins with _ is", forHosts[name])
			return nil
		case Hidden(d.Name()) && name != WellKnown:
			return skip(d)
		case page.Unfit(d.Name()) != "":
			b.fail(name, "has a name that "+page.Unfit(d.Name()), "rename it")
			return skip(d)
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			b.warn(name, "is "+special(d.Type())+" and passed over", "put a file there")
			return nil
		}
		b.take(name, d)
		return nil
	})
	if err != nil {
		b.fail("", "cannot be read: "+rootCause(err), "name the folder with --content")
	}
	slices.Sort(b.names)
}

// take lists a file by what becomes of it.
func (b *builder) take(name string, d fs.DirEntry) {
	switch {
	case page.IsPage(name) && !strings.HasPrefix(name, WellKnown+"/"):
		b.names = append(b.names, name)
	case name == site.ConfigFile:
	case path.Ext(name) == ".svg":
		b.picture(name)
		b.static(name, d)
	default:
		b.static(name, d)
	}
}

func (b *builder) static(name string, d fs.DirEntry) {
	if info, err := d.Info(); err == nil && info.Size() > maxStatic {
		b.fail(name, "is larger than 256 MiB", "put it elsewhere and link to it")
		return
	}
	b.others[name] = true
}

// errNotPlain is the error of a name that is no plain file under plain folders.
type errNotPlain struct{ name, what string }

func (e errNotPlain) Error() string { return e.name + " is " + e.what }

// readPlain reads a content file that a page or site.yaml names. Walking passes over symbolic links, pipes and names that begin
// with a dot; looking up must not find a way around that, nor wait for a pipe.
func (b *builder) readPlain(name string) ([]byte, error) {
	for at := name; at != "."; at = path.Dir(at) {
		info, err := fs.Lstat(b.in.Content, at)
		switch {
		case err != nil:
			return nil, err
		case strings.HasPrefix(info.Name(), "."):
			return nil, errNotPlain{at, "hidden"}
		case at == name && !info.Mode().IsRegular() || at != name && !info.IsDir():
			return nil, errNotPlain{at, special(info.Mode())}
		}
	}
	return fs.ReadFile(b.in.Content, name)
}

// Hidden reports whether a file or folder of this name is left out of the site.
func Hidden(name string) bool {
	return name != "_index.md" && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#"))
}

func skip(d fs.DirEntry) error {
	if d != nil && d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func special(t fs.FileMode) string {
	switch {
	case t&fs.ModeSymlink != 0:
		return "a symbolic link"
	case t&fs.ModeNamedPipe != 0:
		return "a pipe"
	case t&fs.ModeSocket != 0:
		return "a socket"
	case t.IsDir():
		return "a folder"
	case t.IsRegular():
		return "a file"
	}
	return "a device"
}

// rootCause is the innermost text of an error: without paths of the machine.
func rootCause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}

// inContent is how a content file is named in problems.
func (b *builder) inContent(name string) string { return path.Join(b.in.Options.ContentName, name) }

func (b *builder) fail(name, text, hint string) {
	b.problems = append(b.problems, problem.Problem{File: b.inContent(name), Text: text, Hint: hint})
}

func (b *builder) warn(name, text, hint string) {
	b.problems = append(b.problems, problem.Problem{File: b.inContent(name), Text: text, Hint: hint, Warning: true})
}

// configure reads site.yaml, if there is one.
func (b *builder) configure() {
	data, err := b.readPlain(site.ConfigFile)
	unread := err != nil && !errors.Is(err, fs.ErrNotExist)
	if unread {
		b.fail(site.ConfigFile, "cannot be read: "+rootCause(err), "check its rights")
	}
	b.configured = err == nil
	var found []problem.Problem
	b.config, found = site.ReadConfig(path.Join(b.in.Options.ContentName, site.ConfigFile), data)
	b.problems = append(b.problems, found...)
	last := &b.memo.ordered
	if !unread && !slices.ContainsFunc(found, func(p problem.Problem) bool { return !p.Warning }) {
		last.config, last.hasConfig = b.config, true
	} else if last.hasConfig { // while it has mistakes, a site that remembers is shown as it was
		b.config = last.config
	}
	if b.in.Options.BaseURL != "" {
		b.config.Base = b.in.Options.BaseURL
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
