package page

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBeside(t *testing.T) {
	cite := func(key string) string { return `<a class="cite" href="#">` + key + `</a>` }
	for _, c := range []struct{ name, body, want string }{
		{"a paragraph", "<p>One<br>two " + cite("A") + ".</p>\n<p>Three</p>", "[A]<p>One<br>two " + cite("A") + ".</p>\n<p>Three</p>"},
		{"the first time only", "<p>" + cite("A") + "</p><p>" + cite("A") + cite("B") + "</p>", "[A]<p>" + cite("A") + "</p>[B]<p>" + cite("A") + cite("B") + "</p>"},
		{"an item of a list", "<ul><li>One</li><li><p>Two " + cite("A") + "</p></li></ul>", "<ul><li>One</li><li>[A]<p>Two " + cite("A") + "</p></li></ul>"},
		{"deep in something", `<aside class="callout"><p>One ` + cite("A") + "</p></aside>", `[A]<aside class="callout"><p>One ` + cite("A") + "</p></aside>"},
		{"a source without a note", "<p>" + cite("none") + "</p>", "<p>" + cite("none") + "</p>"},
		{"a table", "<table><tr><td>" + cite("A") + "<ul><li>" + cite("B") + "</li></ul></td></tr></table><p>" + cite("B") + "</p>",
			"<table><tr><td>" + cite("A") + "<ul><li>" + cite("B") + "</li></ul></td></tr></table>[B]<p>" + cite("B") + "</p>"},
		{"nothing cited", "<p>1 &lt; 2</p>", "<p>1 &lt; 2</p>"},
		{"pictures and fields", `<p><img src="a"> <input> ` + cite("A") + "</p>", `[A]<p><img src="a"> <input> ` + cite("A") + "</p>"},
	} {
		got := Beside([]byte(c.body), func(key string) string {
			if key == "none" {
				return ""
			}
			return "[" + key + "]"
		})
		if diff := cmp.Diff(c.want, string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// A heading whose id had to be changed is still linked by its words.
func TestLinkToAChangedID(t *testing.T) {
	p := parsed("# Title\n\n[x](#performance) [y](#title) [z](#top) [o](other.md#search)\n\n## Performance\n", Options{})
	for _, want := range []string{`href="#h-performance"`, `href="#main"`, `href="#top"`, `href="other.html#h-search"`, `id="h-performance"`} {
		if !strings.Contains(string(p.Body), want) {
			t.Errorf("no %s in %s", want, p.Body)
		}
	}
	if p.Links[0].Anchor != "h-performance" {
		t.Errorf("checked is %q", p.Links[0].Anchor)
	}
}
