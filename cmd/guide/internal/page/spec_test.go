package page

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// moduleDir returns where goldmark's source lies, whose tests hold the CommonMark specification's examples.
func moduleDir(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil || len(strings.TrimSpace(string(out))) == 0 {
		t.Fatalf("goldmark's source is not at hand: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// TestCommonMark holds every example of the specification, with extensions off and raw HTML on.
func TestCommonMark(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(moduleDir(t), "_test", "spec.json"))
	if err != nil {
		t.Fatalf("the examples are not at hand: %v", err)
	}
	var examples []struct {
		Markdown, HTML, Section string
		Example                 int
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	passed := 0
	for _, e := range examples {
		p := Parse("x.md", []byte("\n\n"+e.Markdown), Options{Conformance: true})
		if got, want := normal(string(p.Body)), normal(e.HTML); got != want {
			t.Errorf("example %d (%s)\n%s\ngot:\n%s\nwant:\n%s", e.Example, e.Section, e.Markdown, got, want)
			continue
		}
		passed++
	}
	t.Logf("%d of %d examples", passed, len(examples))
	if len(examples) < 600 {
		t.Errorf("only %d examples found", len(examples))
	}
}

// normal undoes differences that HTML does not know: the slash in void elements.
func normal(html string) string {
	return strings.NewReplacer(" />", ">").Replace(html)
}
