package page

import (
	"strings"
	"testing"
)

// A heading says what becomes of its id, and that it has no words.
func TestHeadingsSay(t *testing.T) {
	for src, said := range map[string]string{
		"## Gamma {#main}": "3:1: warning: id main is taken on this page, and becomes h-main; choose another", "## a {#b}\n\n## c {#b}": "5:1: warning: id b is taken on this page, and becomes b-1; ",
		"## x {#ü b}": "3:6: {#ü b} is no id, and is shown as it is written; write one word", "x {#a!}\n---": "3:3: {#a!} is no id", "> ## x {#a b} ##": "3:8: {#a b} is no id",
		"##": "3:1: warning: heading is empty; write its words after ##, or take it out", "## {#b}": "3:1: warning: heading is empty; ",
		"## a {#ünï-x_1.b:c}": "", "## `{#a b}`": "", "## a \\{#a b}": "", "## set {a, b}": "",
	} {
		p := parsed("# x\n\n"+src+"\n", Options{OwnWords: true})
		if said != "" {
			says(t, p, "content/a.md:"+said)
		}
		if most := min(1, len(said)); len(p.Problems) > most {
			t.Errorf("%q says %v", src, p.Problems)
		}
		if strings.Contains(string(p.Body), `"Link to "`) {
			t.Errorf("%q has a link without a name: %s", src, p.Body)
		}
	}
}
