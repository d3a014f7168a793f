package page

import (
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// nests names the first tag of a body that does not nest, or "".
func nests(body string) string {
	var open []string
	z := html.NewTokenizer(strings.NewReader(body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(open, " ")
		case html.StartTagToken:
			if t := z.Token(); !emptyElement[t.Data] {
				open = append(open, t.Data)
			}
		case html.EndTagToken:
			t := z.Token()
			if len(open) == 0 || open[len(open)-1] != t.Data {
				return t.String()
			}
			open = open[:len(open)-1]
		}
	}
}

// Raw HTML nests in itself and in markdown, whatever an author leaves out, and he is told where.
func TestRawHTMLNests(t *testing.T) {
	for src, want := range map[string]string{
		"<p>x</div> <em>un\n\n</div>\n\nplain":                      "3:5: warning: </div> ends nothing and is left out; |3:12: warning: element em is not closed|5:1: warning: </div> ends nothing",
		"a <em>b\n\nc</em>":                                         "3:3: warning: element em is not closed|5:2: warning: </em> ends nothing",
		"a <b>*x</b> y*":                                            "3:3: warning: element b is not closed|3:8: warning: </b> ends nothing",
		"<b><i>x</b></i>":                                           "3:4: warning: element i is not closed|3:12: warning: </i> ends nothing",
		"- <div>\n\n  x\n\ny </div>":                                "3:3: warning: element div is not closed|7:3: warning: </div> ends nothing",
		"> <div>\n> y\n> </p>\n":                                    "3:3: warning: element div is not closed|5:3: warning: </p> ends nothing",
		"<div>\n\n# h\n\n<section>\n\ntext":                         "3:1: warning: element div is not closed|5:1: warning: second|7:1: warning: element section is not closed",
		"x<br></br>":                                                "3:6: warning: </br> ends nothing",
		"<details><summary>t</summary>\n\n**x**\n\n</details>":      "",
		"<div class=\"a\">\n\n- x\n\n<div>\n\ny\n\n</div>\n</div>":  "",
		"<ul><li>a<li>b</ul><p>x<p>y<dl><dt>a<dd>b</dl>":            "",
		"<table><tr><td>a<td>b<tr><th>c</table>":                    "",
		"<a id=\"x\"/> y <span/> <img src=a.png alt=\"\"> <hr/>":    "",
		"x <kbd>K</kbd> <sub>1</sub> [a <b>c</b>](b.md) *<i>x</i>*": "",
		"<img src=a.png>":                                           "3:1: warning: image has no text for those who cannot see it; write alt=",
		"x <img src=a.png>":                                         "3:3: warning: image has no text for those who cannot see it; write alt=",
		"> [!TABS]\n> ### A\n> <div>\n>\n> x\n>\n> ### B\n> </div>": "5:3: warning: element div is not closed|10:3: warning: </div> ends nothing",
		"| a |\n|---|\n| <b>x |\n| y</b> |":                         "5:3: warning: element b is not closed|6:4: warning: </b> ends nothing",
		"<p align=\"center\">\n<a href=\"b.md\">x</a>\n</p>\n\n<a href=\"b.md\">\n\ny\n\n</a>": "",
	} {
		p := parsed("# x\n\n"+src+"\n", Options{RawHTML: true})
		if found := nests(string(p.Body)); found != "" {
			t.Errorf("%q does not nest at %s: %s", src, found, p.Body)
		}
		n := 0
		for w := range strings.SplitSeq(want, "|") {
			if w != "" {
				n++
				says(t, p, "content/a.md:"+w)
			}
		}
		if len(p.Problems) != n {
			t.Errorf("%q says %v", src, p.Problems)
		}
	}
	pieces := strings.Split("<div>|</div>|<p>|</p>|<em>|</em>|<li>|<ul>|</ul>|<td>|<table>|</table>|<a/>|<br>|\n\n|\n|- |> |*|**|x |y|[|](b.md)|<dl>|<dd>|</dl>|`|> [!NOTE]\n> ", "|")
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		src := ""
		for range 12 {
			src += pieces[r.IntN(len(pieces))]
		}
		if found := nests(string(parsed(src, Options{RawHTML: true}).Body)); found != "" {
			t.Fatalf("%q does not nest at %s", src, found)
		}
	}
}
