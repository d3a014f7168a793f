package block

import (
	"testing"

	"whentofinetune/cmd/guide/internal/page"
)

// What is searched says a formula of a line once, as text, and a displayed one not at all.
func TestFormulaAsPlainText(t *testing.T) {
	o := page.Options{Prefix: "content", Words: Words("sources.md"), OwnWords: true}
	p := page.Parse("page.md", []byte("# Sum\n\nIf $`S_t`$ falls, $`\\frac{C_0}{S - M}`$ grows.\n\n```math\n\\sum_{t=1}^{H} S_t\n```\n\nSo it ends.\n"), o)
	got := ""
	for _, s := range p.Sections {
		got += s.Text
	}
	if want := "If S_t falls, C_0/(S−M) grows. So it ends."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
