package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// goList asks the Go command for one line a package, for a target.
func goList(t *testing.T, target []string, format string, packages ...string) [][]string {
	t.Helper()
	c := exec.Command("go", append([]string{"list", "-f", format}, packages...)...)
	c.Env = append(c.Environ(), target...)
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %v", packages, err)
	}
	var lines [][]string
	for line := range strings.Lines(string(out)) {
		lines = append(lines, strings.Fields(line))
	}
	return lines
}

// madeOf is a package and all that it is made of.
const madeOf = `{{.ImportPath}} {{join .Deps " "}}`

const house = "whentofinetune/"

// The module stays small: what is heavy in WebAssembly is not in it.
func TestModuleIsLean(t *testing.T) {
	for _, d := range goList(t, []string{"GOOS=wasip1", "GOARCH=wasm"}, madeOf, house+"cmd/module")[0] {
		for _, heavy := range []string{"fmt", "reflect", "embed", "io/fs", "time", "encoding/json", "html/template", "net/url", "regexp", "os"} {
			if d == heavy {
				t.Errorf("cmd/module depends on %s", d)
			}
		}
	}
}

// Who may import whom: every package of the house, and those of the house that it may be made of.
func TestImports(t *testing.T) {
	calculator := []string{"calculator", "calculator/fact", "calculator/cost", "calculator/validate", "calculator/view"}
	may := map[string][]string{
		"calculator/fact":              {},
		"calculator/cost":              {},
		"calculator":                   {"calculator/fact", "calculator/cost"},
		"calculator/validate":          {"calculator/fact", "calculator/cost"},
		"calculator/view":              {"calculator", "calculator/fact", "calculator/cost", "calculator/validate"},
		"cmd/calc":                     append(calculator, "calculator/facts"),
		"cmd/guide/internal/problem":   {},
		"cmd/guide/internal/record":    {},
		"cmd/guide/internal/page":      {"cmd/guide/internal/problem", "cmd/guide/internal/record"},
		"cmd/guide/internal/math":      {},
		"cmd/guide/internal/search":    {"cmd/guide/internal/record"},
		"cmd/guide/internal/highlight": {},
		"cmd/guide/internal/picture":   {},
		"cmd/guide/internal/asset":     {"cmd/guide/internal/problem"},
		"cmd/guide/internal/module":    {"cmd/guide/internal/problem"},
		"cmd/guide/internal/block":     {"cmd/guide/internal/problem", "cmd/guide/internal/record", "cmd/guide/internal/page", "cmd/guide/internal/math"},
		"cmd/guide/internal/site":      {"cmd/guide/internal/problem", "cmd/guide/internal/record", "cmd/guide/internal/page"},
		"cmd/guide/internal/render":    {"cmd/guide/internal/problem"},
	}
	seen := 0
	for _, line := range goList(t, nil, madeOf, house+"...") {
		pkg := strings.TrimPrefix(line[0], house)
		allowed, watched := may[pkg]
		if watched {
			seen++
		}
		for _, d := range line[1:] {
			d, ours := strings.CutPrefix(d, house)
			if watched && ours && !slices.Contains(allowed, d) {
				t.Errorf("%s is made of %s", pkg, d)
			}
			if pkg == "cmd/guide" && ours && strings.HasPrefix(d, "calculator") {
				t.Errorf("the builder is made of %s", d)
			}
		}
	}
	if seen != len(may) {
		t.Errorf("%d of %d packages were listed", seen, len(may))
	}
}

// Each library has one home, and what touches the machine stays in the shells.
func TestHomes(t *testing.T) {
	homes := map[string]string{
		"github.com/yuin/goldmark":      "cmd/guide/internal/page",
		"github.com/evanw/esbuild":      "cmd/guide/internal/asset",
		"github.com/tetratelabs/wazero": "cmd/guide/internal/module",
		"github.com/alecthomas/chroma":  "cmd/guide/internal/highlight",
		"github.com/bep/goat":           "cmd/guide/internal/block",
		"codeberg.org/go-latex/latex":   "cmd/guide/internal/math",
		"github.com/fsnotify/fsnotify":  "cmd/guide",
		"github.com/andybalholm/brotli": "cmd/guide",
		"golang.org/x/net/html":         "cmd/guide/internal/page",
		"golang.org/x/image":            "cmd/guide/internal/picture",
		"github.com/go-fonts":           "cmd/guide/internal/picture",
	}
	for _, line := range goList(t, nil, `{{.ImportPath}} {{join .Imports " "}}`, house+"...") {
		pkg := strings.TrimPrefix(line[0], house)
		for _, imported := range line[1:] {
			for library, home := range homes {
				if strings.HasPrefix(imported, library) && pkg != home {
					t.Errorf("%s imports %s, whose home is %s", pkg, imported, home)
				}
			}
			machine := imported == "os" || imported == "net" || imported == "net/http" || imported == "os/exec"
			shell := pkg == "cmd/guide" || pkg == "cmd/calc" || pkg == "cmd/guide/internal/module"
			if machine && !shell {
				t.Errorf("%s imports %s", pkg, imported)
			}
		}
	}
}
