package page

import (
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
