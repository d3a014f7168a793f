package page

import (
	"fmt"
	"strings"
	"testing"
)

// Characters that HTML does not take, that nobody sees or that turn text around are named where they first stand, and shown.
func TestT87HiddenCharacters(t *testing.T) {
	for hidden, said := range map[string]string{"\x1b": "control character U+001B", "\x07": "control character U+0007", "\x7f": "control character U+007F", "\u0085": "control character U+0085", "\ufffe": "control character U+FFFE",
		"\U0001ffff": "control character U+1FFFF", "\u202e": "character U+202E, which turns the text after it around"} {
		src := "# x\n\nab" + hidden + "c `d" + hidden + "` [e" + hidden + "](b.md 't" + hidden + "')\n\n```go\n" + hidden + "[31m\n```\n\n## h" + hidden + "\n"
		p := parsed(src, Options{})
		says(t, p, "content/a.md:3:3: warning: "+said+", printed as \ufffd; take it out")
		never(t, p, hidden)
		if strings.Contains(fmt.Sprint(p.Headings, p.Sections, parsed("# t"+hidden+"\n\nsum"+hidden+"\n", Options{})), hidden) {
			t.Errorf("%q is in %v %v", hidden, p.Headings, p.Sections)
		}
		shared := parsed("# x\n\n[x](b.md \"include\")\n", Options{Read: func(string) ([]byte, error) { return []byte("one\ntwo " + hidden + "\n"), nil }, Words: Words{Embeds: map[string]func(*Context, Block){
			"include": func(c *Context, b Block) { c.Include(b.At, b.Target) }}}})
		says(t, shared, "content/b.md:2:5: warning: "+said)
		never(t, shared, hidden)
	}
	p := parsed("---\ntitle: \"a\\x1bb\\u202ec\"\ndescription: \"d\\x0c\\x07\"\n---\n\n&#27; &#x202e; &#0; &#65534;\n", Options{})
	if p.Name != "a\ufffdb\ufffdc" || strings.ContainsAny(p.Summary+string(p.Body), "\x1b\x07\u202e\x00\ufffe") {
		t.Errorf("%q %q %q", p.Name, p.Summary, p.Body)
	}
	if p := parsed("# x\n\n\u200f\u2066שלום\u2069 \t\f é 🎉 \u200d\n", Options{}); len(p.Problems) > 0 {
		t.Errorf("%v", p.Problems)
	}
}

// What is almost one of the words to write with says so.
func TestT88AlmostAWord(t *testing.T) {
	for src, said := range map[string]string{
		"```go titel=x\ny\n```\n": "content/a.md:3:1: warning: code takes no titel; did you mean title?", "```go nubmers\ny\n```\n": "content/a.md:3:1: warning: code takes no nubmers; did you mean numbers?",
		"```go\nx\n\n## lost\n": "content/a.md:3:1: warning: fence is not closed, and the rest of the page is code; ", "> ```\n> x\n": "content/a.md:3:3: warning: fence is not closed",
		"> [!TABS]\n": "content/a.md:3:1: warning: no tab follows; ", "> [!STEPS]\n": "content/a.md:3:1: warning: no numbered list follows; ", "> [!STEPS]\n> - a\n": "content/a.md:3:1: warning: no numbered list follows; ",
	} {
		says(t, parsed("# x\n\n"+src, Options{}), said)
	}
	for _, right := range []string{"```go title=x numbers {1}\ny\n```\n", "```go hl_lines=1 skip-verify foo=bar\ny\n```\n", "```\nx\n```", "> ```\n> x\n> ```\n", "```\n```\n", "- ```\n  x\n  ```\n", "> [!STEPS]\n> 1. a\n"} {
		if p := parsed("# x\n\n"+right, Options{}); len(p.Problems) > 0 {
			t.Errorf("%q says %v", right, p.Problems)
		}
	}
}

// Front matter as other generators have it: nothing after a colon, a day with its hour, TOML.
func TestT89FrontMatterOfOthers(t *testing.T) {
	p := parsed("---\ntitle: x\nweight:\ndraft: ~\nlayout:\naliases:\ndate: 2022-01-02T03:04:05Z\n---\n", Options{})
	if len(p.Problems) > 0 || p.Reviewed != "2022-01-02" || p.Ordered {
		t.Errorf("%v %q %v", p.Problems, p.Reviewed, p.Ordered)
	}
	says(t, parsed("---\ndate: 2022-13-02T03:04:05Z\n---\n# x\n", Options{}), `content/a.md:2:7: date cannot be "2022-13-02T03:04:05Z"; `)
	says(t, parsed("+++\ntitle = \"x\"\n+++\n\n# x\n", Options{}), "content/a.md:1: warning: front matter in TOML is printed as text; write it as YAML")
}
