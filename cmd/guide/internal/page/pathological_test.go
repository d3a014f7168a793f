package page

import (
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// pathological are texts that make parsers slow: the list that cmark keeps, those of its GitHub fork, and the ones that were measured to grow
// faster than their length in the parser used here. N says how often the pattern stands in it.
var pathological = map[string]func(n int) string{
	"nested strong":                 func(n int) string { return times("*a **a ", n) + "b" + times(" a** a*", n) },
	"emphasis closers":              func(n int) string { return times("a_ ", n) },
	"emphasis openers":              func(n int) string { return times("_a ", n) },
	"star openers":                  func(n int) string { return times("*a ", n) },
	"link closers":                  func(n int) string { return times("a]", n) },
	"link openers":                  func(n int) string { return times("[a", n) },
	"mismatched":                    func(n int) string { return times("*a_ ", n) },
	"mismatched of two kinds":       func(n int) string { return times("*a ", n) + times("_a*_ ", n) },
	"multiples of three":            func(n int) string { return "a**b" + times("c* ", n) },
	"link openers, emphasis closed": func(n int) string { return times("[ a_", n) },
	"brackets and parentheses":      func(n int) string { return times("[ (](", n) },
	"pictures in pictures":          func(n int) string { return times("![[]()", n) },
	"nested brackets":               func(n int) string { return times("[", n) + "a" + times("]", n) },
	"nested quotes":                 func(n int) string { return times("> ", n) + "a" },
	"nested lists": func(n int) string {
		var b strings.Builder
		for i := range n / 20 {
			b.WriteString(times("  ", i) + "* a\n")
		}
		return b.String()
	},
	"lists on one line":       func(n int) string { return times("- ", n) + "a" },
	"numbers on one line":     func(n int) string { return times("1. ", n) + "a" },
	"empty lines in lists":    func(n int) string { return times("- ", n) + "x" + times("\n", n) },
	"lists in a quote":        func(n int) string { return "> " + times("- ", n) + "x\n" + times(">\n", n) },
	"quotes and lists":        func(n int) string { return times("> - ", n/4) + "a" },
	"emphasis in a quote":     func(n int) string { return times(">", n) + times("a*", n) },
	"NUL":                     func(n int) string { return times("abc\x00de\x00", n) },
	"backticks":               func(n int) string { return upTo(n/5, func(i int) string { return "e" + times("`", i) }) },
	"unclosed link in angles": func(n int) string { return times("[a](<b", n) },
	"unclosed link":           func(n int) string { return times("[a](b", n) },
	"unclosed title":          func(n int) string { return times(`[a](b "c`, n) },
	"unclosed comment":        func(n int) string { return "</" + times("<!--", n) },
	"unclosed instruction":    func(n int) string { return "</" + times("<?", n) },
	"unclosed declaration":    func(n int) string { return "</" + times("<!A ", n) },
	"unclosed cdata":          func(n int) string { return "</" + times("<![CDATA[", n) },
	"unclosed tag":            func(n int) string { return "x " + times(`<a b="`, n) },
	"tags":                    func(n int) string { return "x " + times("<a>", n) },
	"angles":                  func(n int) string { return times("<", n) },
	"reference expansion":     func(n int) string { return "[x]: /" + times("u", n) + "\n\n" + times("[x]\n", n) },
	"reference definitions": func(n int) string {
		return upTo(n, func(i int) string { return "[r" + itoa(i) + "]: /u\n" }) + "\n[r1]\n"
	},
	"definitions with an open title": func(n int) string { return times("[a]: b '\n", n) },
	"unknown references":             func(n int) string { return times("[a][b]", n) },
	"footnotes": func(n int) string {
		return upTo(n, func(i int) string { return "x[^" + itoa(i) + "]\n\n[^" + itoa(i) + "]: n\n\n" })
	},
	"one footnote, many marks": func(n int) string { return times("x[^1] ", n) + "\n\n[^1]: n\n" },
	"footnote marks":           func(n int) string { return times("[^a", n) },
	"nested footnotes": func(n int) string {
		return upTo(n, func(i int) string { return "[^" + itoa(i) + "]: [^" + itoa(i+1) + "]\n" }) + "\n[^0]\n"
	},
	"setext":                  func(n int) string { return times("a\n=\n", n) },
	"headings":                func(n int) string { return times("# a\n", n) },
	"headings of one name":    func(n int) string { return times("## a\n\n", n) },
	"heading attributes":      func(n int) string { return "# a " + times("{#a ", n) },
	"definition list":         func(n int) string { return times("a\n: b\n\n", n) },
	"definitions of one term": func(n int) string { return "a\n" + times(": b\n", n) },
	"wide table":              func(n int) string { return times("|a", n/10) + "|\n" + times("|-", n/10) + "|\n" + times("|b\n", n/10) },
	"wide table below no rule": func(n int) string {
		return "a\n|:|\n" + times("|a", n/10) + "|\n" + times("|-", n/10) + "|\n" + times("|b\n", n/10)
	},
	"tables that are none":      func(n int) string { return times("|---|:|\n", n) },
	"long table":                func(n int) string { return "|a|b|\n|-|-|\n" + times("|c|d|\n", n) },
	"table of one cell":         func(n int) string { return "a\n-\n" + times("|", n) },
	"delimiter rows":            func(n int) string { return times("|-", n) },
	"open table heads":          func(n int) string { return times("|a|\n|-|\n\n", n) },
	"escaped pipes":             func(n int) string { return "|a|\n|-|\n|" + times(`\|`, n) + "|\n" },
	"strikethrough":             func(n int) string { return times("~~a ", n) },
	"tildes":                    func(n int) string { return times("~a", n) },
	"addresses":                 func(n int) string { return times("http://a.b ", n) },
	"addresses without end":     func(n int) string { return times("www.", n) },
	"brackets after an address": func(n int) string { return "http://a.b/" + times("(", n) + times(")", n) },
	"mail":                      func(n int) string { return times("a@", n) },
	"mail without end":          func(n int) string { return times("a.", n) + "@" + times("b.", n) },
	"entities":                  func(n int) string { return times("&", n) + times("&#", n) + times("&a;", n) },
	"escapes":                   func(n int) string { return times(`\`, n) + times(`\*`, n) },
	"mathematics":               func(n int) string { return times("$`", n) },
	"citations":                 func(n int) string { return times("[@a", n) + times("[@a]", n) },
	"figures":                   func(n int) string { return times("`=", n) },
	"tasks":                     func(n int) string { return times("- [ ] a\n", n) },
	"alerts":                    func(n int) string { return times("> [!NOTE]\n> a\n\n", n) },
	"nested alerts":             func(n int) string { return times("> [!NOTE]\n", 1) + times("> ", n) + "[!NOTE]\n" },
	"tabs":                      func(n int) string { return "> [!TABS]\n" + times("> ## a\n> b\n>\n", n) },
	"fences":                    func(n int) string { return times("```\n", n) + "`" },
	"fences in info":            func(n int) string { return "``` " + times(`a="`, n) + "\nx\n```\n" },
	"lines to mark":             func(n int) string { return "```go {" + times("1,", n) + "}\n" + times("x\n", n) + "```\n" },
	"indented code":             func(n int) string { return times("    a\n\n", n) },
	"leading tabs":              func(n int) string { return times("\t", n) + "a\n" },
	"spaces":                    func(n int) string { return times(" ", n) + "a\n" },
	"one long word":             func(n int) string { return times("a", 10*n) },
	"hard breaks":               func(n int) string { return times("a  \n", n) },
	"rules":                     func(n int) string { return times("***\n", n) + times("* ", n) },
	"dashes":                    func(n int) string { return times("-", n) + "\n" + times("- ", n) },
	"front matter":              func(n int) string { return "---\n" + times("a: ", n) + "\n---\n" },
	"front matter in depth":     func(n int) string { return "---\na: " + times("[", n) + "\n---\n" },
	"front matter of keys": func(n int) string {
		return "---\n" + upTo(n/10, func(i int) string { return "k" + itoa(i) + ": v\n" }) + "---\n"
	},
	"carriage returns": func(n int) string { return times("aaa\rbbb\n-\v\n", n) },
}

func times(s string, n int) string { return strings.Repeat(s, n) }

func upTo(n int, one func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(one(i))
	}
	return b.String()
}

// runaway is far more than any page takes on a slow and busy machine; it is there to end a test, not to measure.
const runaway = time.Minute

// Every pattern is printed, or refused with a word, within bounded time and memory.
func TestT22BoundedTimeAndMemory(t *testing.T) {
	n := 20_000
	if testing.Short() {
		n = 4_000
	}
	for _, name := range slices.Sorted(maps.Keys(pathological)) {
		src := []byte(pathological[name](n))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		done := make(chan *Page, 1)
		go func() { done <- Parse("x.md", src, Options{RawHTML: true}) }()
		select {
		case p := <-done:
			runtime.ReadMemStats(&after)
			if took := after.TotalAlloc - before.TotalAlloc; took > 512<<20 {
				t.Errorf("%s: %d bytes take %d MiB", name, len(src), took>>20)
			}
			if most := 16<<20 + len(src); len(p.Body) > most {
				t.Errorf("%s: %d bytes print %d", name, len(src), len(p.Body))
			}
			if len(p.Body) == 0 && len(p.Problems) == 0 && p.Name == "X" {
				t.Errorf("%s: nothing is printed and nothing is said", name)
			}
			t.Logf("%s: %d bytes print %d, %d MiB, %v", name, len(src), len(p.Body), (after.TotalAlloc-before.TotalAlloc)>>20, p.Problems[:min(1, len(p.Problems))])
		case <-time.After(runaway):
			t.Fatalf("%s: %d bytes are still being read", name, len(src))
		}
	}
}
