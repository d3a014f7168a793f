package page

import (
	"os"
	"strings"
	"testing"
)

// What would be lost or misread in silence is said where it stands; what only looks like it is not.
func TestLost(t *testing.T) {
	o := Options{OwnWords: true}
	o.Read = func(name string) ([]byte, error) {
		data, found := map[string]string{"text.png": "hello", "page.jpg": "<html>", "TEXT.PNG": "hello", "good.png": "\x89PNG\r\n\x1a\nxxxx", "b.svg": "<svg/>", "b.txt": "hello", "bad.svg": "hello", "a b.png": "\xff\xd8\xff"}[name]
		if !found {
			return nil, os.ErrNotExist
		}
		return []byte(data), nil
	}
	o.Size = func(string) (int, int, bool) { return 0, 0, false }
	for src, said := range map[string]string{
		"| a | b |\n|---|---|\n| 1 | 2 | 3 lost |":                  "5:9: warning: row has more cells than its head, and the rest is left out; write \\| for a bar inside a cell, in code too",
		"| a | b |\n|---|---|\n| `x|y` | 2 |":                       "5:9: warning: row has more cells than its head",
		"a | b\n--|--\n1 | 2 | 3":                                   "5:7: warning: row has more cells than its head",
		"> | a |\n> |---|\n> | 1 | 2 |":                             "5:7: warning: row has more cells than its head",
		"- | a |\n  |---|\n  | 1 | 2 |":                             "5:7: warning: row has more cells than its head",
		"| a | b |\n|---|---|\n| 1 | 2 | |":                         "",
		"| a | b |\n|---|---|\n| `x\\|y` | 2 |":                     "",
		"| a | b |\n|---|---|\n| 1 |":                               "",
		"| a | b |\n|---|\n| 1 | 2 |":                               "4:1: warning: head of a table has 2 cells and the line below it 1, and the table is shown as text; give both as many",
		"| a |\n| :-- | --: |\n| 1 | 2 |":                           "",
		"| `x|y` | 2 |\n|---|---|\n| 1 | 2 |":                       "4:1: warning: head of a table has 3 cells and the line below it 2",
		"> - | a | b |\n>   |---|\n>   | 1 | 2 |":                   "4:5: warning: head of a table has 2 cells and the line below it 1",
		"Text.\n| a | b |\n|---\n| 1 | 2 |":                         "5:1: warning: head of a table has 2 cells and the line below it 1",
		"| a | b |\n|---||\n| 1 | 2 |":                              "4:1: warning: line below the head of a table has a cell that is neither --- nor :---:, and the table is shown as text; write as many",
		"| a | b |\n|---|-:-|\n| 1 | 2 |":                           "4:1: warning: line below the head of a table has a cell that is neither",
		"| a | b |\n     |---|---|\n| 1 | 2 |":                      "4:1: warning: line below the head of a table begins with more than three spaces, and the table is shown as text; begin it",
		"| a | b ||\n|---|---|\n| 1 | 2 |":                          "",
		"| a \\| b |\n|---|\n| 1 |":                                 "",
		"| a | b\n|:-:|-\n| 1 |":                                    "",
		"Text.\n| a | b |\n|---|---|\n| 1 | 2 |":                    "",
		"```text\n| a | b |\n|---|\n```":                            "",
		"    | a | b |\n    |---|":                                  "",
		"this | or | that\n|---|\n":                                 "",
		"| a | b |\n| - |\n":                                        "",
		"| a | b |\n\n|---|\n":                                      "",
		"| a | b |\n---\n":                                          "",
		"say [y](a b.md) x":                                         "3:9: warning: address has a space, and the link is shown as it is written; write <a b.md> or a%20b.md",
		"![y](a b.png)":                                             "3:6: warning: address has a space",
		"[y](a b.md#x \"t\")":                                       "3:5: warning: address has a space, and the link is shown as it is written; write <a b.md#x> or a%20b.md#x",
		"[y](https://a b)":                                          "3:5: warning: address has a space",
		"say [ref][nope]":                                           "3:10: warning: nothing says where [nope] leads, and it is shown as it is written; write [nope]: and",
		"![ref][nope]":                                              "3:7: warning: nothing says where [nope] leads",
		"[ref][]":                                                   "3:6: warning: nothing says where [ref] leads",
		"call f[x](a, b) or f[x](a / b) and a[i][j], [sic]":         "",
		"[] [ ] [x] [a]: b, (see [b]), [a][b":                       "",
		"[ref][yes] [ref][]\n\n[yes]: b.md\n[ref]: c.md":            "",
		"[y](<a b.md>) `[y](a b.md)` \\[y](a b)":                    "",
		"[e]()":                                                     "3:1: link has no address; ",
		"[e](<>)":                                                   "3:1: link has no address; ",
		"[e](http://)":                                              "3:1: address has no host: http://; write it in full, such as https://example.org",
		"[e](HTTPS:///a)":                                           "3:1: address has no host: HTTPS:///a; ",
		"[e](https:a.org)":                                          "3:1: address has no host: https:a.org; ",
		"![e](http://:80/a.png)":                                    "3:1: address has no host: http://:80/a.png; ",
		"[e](https://a.org) <http://[::1]:80/> [m](mailto:a@b.org)": "",
		"![e]()":               "3:1: picture has no address; ",
		"![x](text.png)":       "3:1: text.png is no picture; ",
		"![x](TEXT.PNG \"t\")": "3:1: TEXT.PNG is no picture; ",
		"![x](page.jpg)":       "3:1: page.jpg is no picture; ",
		"![x](bad.svg)":        "3:1: bad.svg is no picture; ",
		"![x](b.txt)":          "3:1: b.txt is no picture; ",
		"![x](good.png) ![x](b.svg) ![x](<a b.png>)": "",
		"![x](gone.png)": "", // said by package site
	} {
		p := parsed("# x\n\n"+src+"\n", o)
		if said != "" {
			says(t, p, "content/a.md:"+said)
			if warned := strings.Contains(said, "warning: "); !warned {
				of := o
				of.OwnWords = false
				line, rest, _ := strings.Cut(said, ": ")
				says(t, parsed("# x\n\n"+src+"\n", of), "content/a.md:"+line+": warning: "+rest)
			}
		}
		if most := min(1, len(said)); len(p.Problems) > most {
			t.Errorf("%q says %v", src, p.Problems)
		}
	}
}
