package block

import (
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// Values that nobody draws: what cannot be drawn is said where it stands, and no coordinate is ever no number.
func TestOddValues(t *testing.T) {
	for src, said := range map[string]string{
		"```chart line title=x\na,b\nx,-1e308\ny,1e308\n```": "", "```chart bar title=x\na,b\nx,-1.7e308\ny,1.7e308\n```": "", "```chart line title=x\na,b\nx,1\n```": "", "```chart line title=x\na,b\nx,5e-324\ny,0\n```": "",
		"```chart bar title=x\na\n1\n```":                           "content/page.md:2:1: chart has no column of numbers; ",
		"```csv\na,b\n1,\"2\n3,4\n5,6\n```":                         "content/page.md:3:1: table: extraneous or missing \" in quoted-field; ",
		"```csv\na,b\n1,2,3\n```":                                   "content/page.md:3:1: table: wrong number of fields; ",
		"```diagram title=x\n \n```":                                "content/page.md:1:1: diagram is empty; ",
		"[x](c.go \"code regoin=r\")":                               "content/page.md:1:1: warning: code takes no regoin; did you mean region?",
		"[x](c.go \"code region=q\")":                               "content/page.md:1:1: c.go has no region q; did you mean r?",
		"> [!TABS]\n> # A\n> > [!NOTE]\n> > [x](no.md \"include\")": "",
	} {
		got := string(printed(&txtar.Archive{Files: []txtar.File{{Name: "page.md", Data: []byte(src)}, {Name: "c.go", Data: []byte("// region r\nx\n// endregion\n")}}}))
		if strings.Contains(got, "NaN") || strings.Contains(got, "Inf") || !strings.Contains(got, said) {
			t.Errorf("%s becomes %s", src, got)
		}
	}
}

// Every word that a block of the calculator takes is shown in the guide for editors, or named there as too large.
func TestEveryWordIsShown(t *testing.T) {
	text, err := os.ReadFile("../../../../content/about/blocks.md")
	if err != nil {
		t.Fatal(err)
	}
	for word, view := range views {
		shown := "\n```calculator " + word + "\n"
		if strings.HasSuffix(view, " ") {
			shown = "\n```calculator " + word + " "
		}
		if !strings.Contains(string(text), shown) && !strings.Contains(string(text), "`"+word+"`") {
			t.Errorf("content/about/blocks.md does not show calculator %s", word)
		}
	}
}
