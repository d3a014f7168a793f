package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Documentation that somebody else wrote for another tool builds with at most warnings. The trees stand in the modules that
// this one is made of.
func TestTreesOfOthers(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	for module, folder := range map[string]string{
		"github.com/tetratelabs/wazero":   "site/content", // written for Hugo
		"github.com/spf13/cobra":          "site/content",
		"github.com/chromedp/chromedp":    ".", // READMEs
		"github.com/rogpeppe/go-internal": ".",
	} {
		out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
		tree := filepath.Join(strings.TrimSpace(string(out)), folder)
		if _, missing := os.Stat(tree); err != nil || missing != nil {
			t.Errorf("%s: there is no %s: %v", module, tree, err)
			continue
		}
		p, err := open(&options{content: tree, theme: "theme"}, func(string) {})
		if err != nil {
			t.Fatal(err)
		}
		p.calculator = nil
		site, pages := p.build(), 0
		for _, q := range site.Problems {
			if !q.Warning {
				t.Errorf("%s: %s", module, q)
			}
		}
		for _, f := range site.Files() {
			if _, err := f.Bytes(); err != nil {
				t.Errorf("%s: %s: %v", module, f.Path, err)
			}
			if f.Source != "" && strings.HasSuffix(f.Path, ".html") {
				pages++
			}
		}
		if pages < 2 {
			t.Errorf("%s has %d pages", module, pages)
		}
	}
}
