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
		"[x](c.go \"code regoin=r\")":                               "content/page.md:1:1: code takes no regoin=; did you mean region?",
		"[x](c.go \"code region=q\")":                               "content/page.md:1:1: c.go has no region q; put lines with region q and endregion around it",
		"[x](c.go \"code region=open\")":                            "content/page.md:1:1: warning: region open of c.go goes on to the end of the file; ",
		"[x](c.go \"code foo=bar\")":                                "content/page.md:1:1: code takes no foo=; known are lines=, region=, language=, title=, start=, numbers, linenos, wrap",
		"[x](c.go \"code title=a b.go\")":                           "content/page.md:1:1: code takes no b.go; put quotes around a value with a space, as in title=\"a b.go\"",
		"[x](c.go \"code nubmers\")":                                "content/page.md:1:1: code takes no nubmers; did you mean numbers?",
		"[x](c.go \"code title= x\")":                               "content/page.md:1:1: title= says nothing; ",
		"[x](c.go \"code lines=2-9\")":                              "content/page.md:1:1: c.go has no lines 2-9: it has 5; write lines=3-9, counted from 1",
		"[x](c.go \"code lines=9-12\")":                             "content/page.md:1:1: c.go has no lines 9-12: it has 5; ",
		"[x](c.go \"code\")":                                        "<code>x\n// region open\ny</code>",
		"[x](c.go \"code lines=1-3,5\")":                            "<code>x\ny</code>",
		"[x](c.csv \"tabel\")":                                      "content/page.md:1:1: warning: the title tabel shows nothing in place of this link; did you mean table?",
		"[x](c.csv \"Table a=b\")":                                  "content/page.md:1:1: warning: the title Table shows nothing",
		"[x](front.md \"include\")":                                 "<p>Part ",
		"a\n\n[x](front.md \"include\")":                            "content/front.md:7:1: cannot read gone.md",
		"> [!TABS]\n> # A\n> > [!NOTE]\n> > [x](no.md \"include\")": "",
	} {
		got := string(printed(&txtar.Archive{Files: []txtar.File{{Name: "page.md", Data: []byte(src)}, {Name: "c.go", Data: []byte("// region r\nx\n// endregion\n// region open\ny\n")}, {Name: "front.md", Data: []byte("---\ntitle: T\n---\n\nPart [x](nowhere \"include\")\n\n[x](gone.md \"include\")\n")}}}))
		if strings.Contains(got, "NaN") || strings.Contains(got, "Inf") || !strings.Contains(got, said) {
			t.Errorf("%s becomes %s", src, got)
		}
	}
}

// Of several mistakes in one block each is said.
func TestAllIsSaid(t *testing.T) {
	for src, want := range map[string][]string{
		"```csv\na,b\n1\n2,3\n4,5,6\n7,\"8\"9\n```":                       {"3:1: table: wrong number of fields", "5:1: table: wrong number of fields", "6:5: table: extraneous"},
		"```csv\na,\"b\"c\n1\n2\n```":                                     {"2:5: table: extraneous"},
		"```csv\na,b" + strings.Repeat("\n1", 20) + "\n```":               {"3:1: ", "4:1: ", "5:1: ", "6:1: ", "7:1: ", "8:1: ", "9:1: ", "10:1: table: wrong number of fields"},
		"```calculator payback\nno answer\ncalls = 1e99\nnor this\n```":   {"2:1: this is not an answer: no answer", "3:1: calls: is more than anybody calls", "4:1: this is not an answer: nor this"},
		"```calculator payback\ncalls = 1e99\nmonths = 3\ncalls = 6\n```": {"2:1: calls: is more than anybody calls", "4:1: calls is answered twice; keep one"},
		"```calculator payback\ncalls = 6\nmonths = 3\nCalls = 1e99\n```": {"4:1: Calls is answered twice; keep one"},
		"```calculator payback\nmonths = 3\nBatch Share = 2\n```":         {"3:1: batch_share: is more than all"},
		"`=answer calls=1 calls=1`":                                       {"1:1: calls is answered twice; keep one"},
		"`=answer calls=1e99 no nor`":                                     {"1:1: calls: is more than anybody calls", "1:1: this is not an answer: no", "1:1: this is not an answer: nor"},
	} {
		got := string(printed(&txtar.Archive{Files: []txtar.File{{Name: "page.md", Data: []byte(src)}}}))
		_, said, _ := strings.Cut(got, "-- problems --\n")
		for _, w := range want {
			if !strings.Contains("\n"+said, "\ncontent/page.md:"+w) {
				t.Errorf("%q does not say %s: %s", src, w, said)
			}
		}
		if n := strings.Count(said, "\n"); n != len(want)+strings.Count(said, "page has no title") {
			t.Errorf("%q says %d things: %s", src, n, said)
		}
	}
}

// A region ends where it is said to end, whatever stands in it, and none of the lines that say so is printed.
func TestRegion(t *testing.T) {
	for _, c := range []struct {
		file, want    string
		found, closed bool
	}{
		{"a\n// region r\nb\n// endregion\nc\n", "b\n", true, true},
		{"// region r\na\n// region s\nb\n// endregion s\nc\n// endregion r\nd\n", "a\nb\nc\n", true, true},
		{"// region r\na\n// region s\nb\n// endregion\nc\n// endregion\nd\n", "a\nb\nc\n", true, true},
		{"// region s\na\n// region r\nb\n// endregion s\nc\n// endregion r\n", "b\nc\n", true, true},
		{"\t// #region r\n\ta\n\t// #endregion\n", "a\n", true, true},
		{"#region r\na\n#endregion\n", "a\n", true, true},
		{"<!-- region r -->\na\n<!-- endregion -->\n", "a\n", true, true},
		{"# region r\nthe region of it\n# endregion of r\n", "the region of it\n", true, true},
		{"// region r\na\n", "a\n", true, false},
		{"// region s\na\n", "", false, false},
	} {
		got, found, closed := region(c.file, "r")
		if got != c.want || found != c.found || closed != c.closed {
			t.Errorf("%q: %q %v %v", c.file, got, found, closed)
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
