package render

import (
	"strings"
	"testing"
)

// A title with brackets stays the text of its link.
func TestLLMsKeepsTitlesInTheirLinks(t *testing.T) {
	got := string(LLMs(Site{Title: "A [site]"}, []Listed{{Title: `The [^9] mark](x) and \`, Address: "a.md", Description: "One [line]."}}))
	if want := "- [The \\[^9\\] mark\\](x) and \\\\](a.md): One [line].\n"; !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want it to end in %q", got, want)
	}
}
