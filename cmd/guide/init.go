package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"whentofinetune/theme"
)

func initCommand(out io.Writer) *cobra.Command {
	var calculator, withTheme, quiet bool
	c := &cobra.Command{
		Use:   "init DIR",
		Short: "Start a site of one's own",
		Long: `Start a site of one's own: content with a start page, a section and site.yaml.

--calculator adds a calculator that keeps the contract between builder and module: one Go file, one table of facts.
--theme copies the theme for changing; without it the site uses the one inside this command.
What is there already is left alone.`,
		Example: "  guide init my-site --calculator\n  cd my-site && guide serve",
		Args:    one("folder", "guide init my-site"),
		RunE: func(_ *cobra.Command, args []string) error {
			files := starter(time.Now())
			if calculator {
				for name, text := range tinyCalculator {
					files[name] = text
				}
				files["content/index.md"] += "\n## Ask it\n\n```calculator table greeting\nname = reader\n```\n"
			}
			if withTheme {
				if err := addTheme(files); err != nil {
					return machine(err)
				}
			}
			written, err := startSite(args[0], files)
			if err == nil && !quiet {
				fmt.Fprintf(out, "%d files; now: cd %s && guide serve\n", written, shellWord(args[0]))
			}
			return err
		},
	}
	c.Flags().BoolVar(&calculator, "calculator", false, "add a calculator")
	c.Flags().BoolVar(&withTheme, "theme", false, "copy the theme")
	c.Flags().BoolVar(&quiet, "quiet", false, "print nothing")
	return c
}

// shellWord writes the name of a folder so that a shell takes it for one.
func shellWord(name string) string {
	if strings.HasPrefix(name, "-") {
		name = "./" + name
	}
	special := func(r rune) bool {
		return r < 0x80 && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-./+,:@%", r)
	}
	if strings.ContainsFunc(name, special) {
		return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
	}
	return name
}

// starter is the beginning of a site.
func starter(now time.Time) map[string]string {
	date := now.Format(time.DateOnly)
	return map[string]string{
		"content/site.yaml":      "title: A new site\ndescription: One sentence that says what readers find here.\nlanguage: en\n",
		"content/index.md":       "---\nlayout: start\ndescription: Where readers begin.\nreviewed: " + date + "\n---\n\n# A new site\n\nThe answer first. [The first page](guide/first.md) leads on.\n",
		"content/guide/index.md": "---\norder: 1\nreviewed: " + date + "\n---\n\n# Guide\n\nWhat this part is about.\n",
		"content/guide/first.md": "---\norder: 10\nreviewed: " + date + "\n---\n\n# The first page\n\n> [!NOTE]\n> Edit this file while `guide serve` runs.\n",
		".gitignore":             "/public/\n",
	}
}

// tinyCalculator answers one view. The builder and the reader's browser speak to it as to any other: three exports, requests
// and replies of text.
var tinyCalculator = map[string]string{
	"go.mod":                         "module mysite\n\ngo 1.26\n",
	"calculator/facts/greetings.txt": "hello\n",
	"calculator/doc.go":              "// Package calculator is where a calculator's own code would stand.\npackage calculator\n",
	"cmd/module/main.go": `//go:build wasip1

// Module is a calculator that greets. A request is lines: a view, then name=value. A reply is ok or bad, then the answer;
// lines of a bad one hold a name, what is wrong and what to do, parted by tabs.
package main

import (
	"strings"
	"unsafe"
)

var in, out []byte
var greeting string

func main() {}

// buffer lends memory for what comes next.
//
//go:wasmexport buffer
func buffer(size uint32) uint32 {
	in = make([]byte, size+1)
	return uint32(uintptr(unsafe.Pointer(&in[0])))
}

// load takes the tables: each follows a line === NAME. It returns the number of problems.
//
//go:wasmexport load
func load(size uint32) uint32 {
	_, table, _ := strings.Cut(string(in[:size]), "\n")
	greeting = strings.TrimSpace(table)
	return 0
}

// ask answers a request: the address of the reply in the upper half, its length in the lower.
//
//go:wasmexport ask
func ask(size uint32) uint64 {
	view, answers, _ := strings.Cut(string(in[:size]), "\n")
	reply := "bad\nview\tthere is no view " + view + "\twrite table greeting\n"
	if view == "table greeting" {
		name := "you"
		for _, line := range strings.Split(answers, "\n") {
			if value, ok := strings.CutPrefix(line, "name="); ok {
				name = value
			}
		}
		escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", "\"", "&quot;")
		reply = "ok\n<p>" + escape.Replace(greeting+", "+name) + ".</p>\n"
	}
	out = []byte(reply)
	return uint64(uintptr(unsafe.Pointer(&out[0])))<<32 | uint64(len(out))
}
`,
}

func addTheme(files map[string]string) error {
	return fs.WalkDir(theme.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(theme.FS, name)
		files[path.Join("theme", name)] = string(data)
		return err
	})
}

// startSite writes files that are not there yet.
func startSite(folder string, files map[string]string) (written int, err error) {
	for up := filepath.Clean(folder); ; up = filepath.Dir(up) {
		info, err := os.Stat(up)
		if err == nil && !info.IsDir() {
			return 0, fmt.Errorf("%s is a file; name a folder", up)
		}
		if err == nil || up == filepath.Dir(up) {
			break
		}
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return 0, machine(fmt.Errorf("make %s: %w", folder, err))
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return 0, machine(fmt.Errorf("open %s: %w", folder, err))
	}
	defer root.Close()
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
			return written, machine(fmt.Errorf("make %s: %w", path.Dir(name), err))
		}
		f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil {
			_, err = f.WriteString(files[name])
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			return written, machine(fmt.Errorf("write %s: %w", name, err))
		}
		written++
	}
	return written, nil
}
