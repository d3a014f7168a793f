package site

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"whentofinetune/cmd/guide/internal/page"
)

// checked is what is said of links, each from a file, in a site of some files.
func checked(names []string, links [][2]string) (said []string) {
	var parsed []*page.Page
	c := Checks{Prefix: "content", Made: never, Own: never, Index: never, Drafts: map[string]bool{"b/dr.md": true, "old/index.md": true}}
	for _, name := range names {
		if page.IsPage(name) {
			text := "# " + name + "\n"
			for _, l := range links {
				if l[0] == name {
					text += "\n" + l[1] + "\n"
				}
			}
			parsed = append(parsed, page.Parse(name, []byte(text), page.Options{Prefix: "content", OwnWords: true}))
		} else {
			c.Names = append(c.Names, name)
		}
	}
	c.Files = func(name string) bool { return slices.Contains(c.Names, name) }
	s, _ := New(Config{}, parsed, "content")
	for _, p := range s.Check(c).Problems() {
		if !p.Warning {
			said = append(said, p.String())
		}
	}
	return said
}

func never(string) bool { return false }

// What is proposed is of the same kind, bears the name elsewhere or nearly the name in the same folder, and is written as the
// file that holds the link has to write it. Where nothing is near, nothing is proposed.
func TestMeant(t *testing.T) {
	files := []string{"index.md", "guide/index.md", "techniques/index.md", "techniques/dpo.md", "odd/links.md", "odd/bom.md", "odd/Deep/index.md", "odd/Deep/er/est/x.md", "b/x.md", "b/y.md", "b/a b.md",
		"odd/none.md", "pic.png", "img/shot.svg", "img/photo.jpg", "data/rows.csv", "one/same.md", "two/same.md", "guide/start/index.md"}
	const nothing = "name a file of the content folder"
	for _, c := range []struct{ from, link, says, propose string }{
		{"index.md", "![x](none.png)", "there is no picture none.png; ", nothing},
		{"guide/index.md", "[x](no.md)", "link leads nowhere: guide/no.md; ", nothing},
		{"guide/index.md", "[x](../techniques/xyz.md)", "link leads nowhere: techniques/xyz.md; ", nothing},
		{"odd/Deep/er/est/x.md", "[x](../../bom.md)", "link leads nowhere: odd/Deep/bom.md; ", "../../../bom.md"},
		{"b/x.md", "[d](dr.html)", "link leads to a draft: b/dr.md; ", ""},
		{"b/x.md", "[d](dr.md)", "link leads to a draft: b/dr.md; ", ""},
		{"b/x.md", "[d](../old/)", "link leads to a draft: old/index.md; ", ""},
		{"odd/links.md", "[x](deep/index.md)", "link leads nowhere: odd/deep/index.md; ", "Deep/index.md"},
		{"odd/links.md", "[x](Deep)", "link leads nowhere: odd/Deep; ", "Deep/index.md"},
		{"index.md", "![x](pic.pgn)", "there is no picture pic.pgn; ", "pic.png"},
		{"guide/index.md", "![x](shto.svg)", "there is no picture guide/shto.svg; ", nothing},
		{"guide/index.md", "![x](../img/shto.svg)", "there is no picture img/shto.svg; ", "../img/shot.svg"},
		{"guide/index.md", "![x](bom.png)", "there is no picture guide/bom.png; ", nothing},
		{"guide/index.md", "[x](photo.md)", "link leads nowhere: guide/photo.md; ", nothing},
		{"guide/index.md", "[x](rows.csv)", "link leads nowhere: guide/rows.csv; ", "../data/rows.csv"},
		{"guide/index.md", "[x](../two/smae.md)", "link leads nowhere: two/smae.md; ", "../two/same.md"},
		{"guide/index.md", "[x](../tow/same.md)", "link leads nowhere: tow/same.md; ", "../two/same.md"},
		{"index.md", "[x](tecniques/)", "link leads nowhere: tecniques/index.md; ", "techniques/index.md"},
		{"index.md", "[x](b/a%20c.md)", "link leads nowhere: b/a c.md; ", "b/a%20b.md"},
		{"techniques/dpo.md", "[x](strat.md)", "link leads nowhere: techniques/strat.md; ", nothing},
		{"guide/index.md", "[x](www.example.com)", "address has no https:// before it: www.example.com; write https://www.example.com", ""},
		{"index.md", "[x](www.example.co.uk/a/b.html?x=1#y)", "address has no https:// before it: www.example.co.uk/a/b.html; write https://www.example.co.uk/a/b.html", ""},
		{"guide/index.md", "[x](github.com/a/b/)", "address has no https:// before it: github.com/a/b; write https://github.com/a/b", ""},
		{"guide/index.md", "![x](WWW.example.com/a.png)", "address has no https:// before it: WWW.example.com/a.png; ", ""},
		{"guide/index.md", "[x](www.md)", "link leads nowhere: guide/www.md; ", nothing},
		{"guide/index.md", "![x](www.shot.png)", "there is no picture guide/www.shot.png; ", nothing},
		{"guide/index.md", "[x](strat/index.md)", "link leads nowhere: guide/strat/index.md; ", "start/index.md"},
	} {
		want := "content/" + c.from + ":3:1: " + c.says
		switch c.propose {
		case "", nothing:
			want += c.propose
		default:
			want += "did you mean " + c.propose + "?"
		}
		if said := checked(files, [][2]string{{c.from, c.link}}); len(said) != 1 || !strings.HasPrefix(said[0], want) {
			t.Errorf("%s says %v, not %s", c.link, said, want)
		}
		if pasted := "[x](" + c.propose + ")"; c.propose != "" && c.propose != nothing {
			if said := checked(files, [][2]string{{c.from, pasted}}); len(said) > 0 {
				t.Errorf("%s, which is proposed, says %v", pasted, said)
			}
		}
	}
}

// Hints cost no square of the size of a site, whatever is wrong in it: of too many files none is looked at.
func TestMeantIsBounded(t *testing.T) {
	for _, c := range []struct {
		many int
		file func(i int) string
		link string
		said bool
	}{
		{maxNeighbours - 2, func(i int) string { return "all/page-" + strconv.Itoa(i) + ".md" }, "all/pgae-1.md", true},
		{maxNeighbours + 1, func(i int) string { return "all/page-" + strconv.Itoa(i) + ".md" }, "all/pgae-1.md", false},
		{maxNamesakes, func(i int) string { return "f" + strconv.Itoa(i) + "/intro.md" }, "f/intro.md", true},
		{maxNamesakes + 1, func(i int) string { return "f" + strconv.Itoa(i) + "/intro.md" }, "f/intro.md", false},
		{maxNamesakes + 1, func(i int) string { return "f" + strconv.Itoa(i) + "/intro.md" }, "f7/intor.md", true},
	} {
		names := []string{"index.md"}
		for i := range c.many {
			names = append(names, c.file(i))
		}
		said := checked(names, [][2]string{{"index.md", "[x](" + c.link + ")"}})
		if len(said) != 1 || strings.Contains(said[0], "did you mean") != c.said {
			t.Errorf("%s among %d says %v", c.link, c.many, said)
		}
	}
}
