package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The guide itself is held to what it promises: every figure of money or percent is computed or cited, what is second-hand
// says so, a page is short, opens with its point and ends with what to do next. Each rule is a function from a page to
// complaints, so that the tests can show it a page that breaks it.

// mark is one piece of a page that is read as a whole: a paragraph, an item of a list, a row of a table.
type mark struct {
	line  int
	text  string // without the signs of quotes
	table int    // line of the head of the table that a row belongs to, 0 for all else
}

// article is a content file as its rules see it.
type article struct {
	name  string
	front string
	text  string // all that follows the front matter
	marks []mark // outside fences
	fence []mark // the text of each fence, its info first
}

var listed = regexp.MustCompile(`^(\d+\.|[-*]) `)

// articleOf reads a content file into marks.
func articleOf(name, text string) article {
	a := article{name: name}
	line := 1
	if rest, ok := strings.CutPrefix(text, "---\n"); ok {
		a.front, text, _ = strings.Cut(rest, "\n---\n")
		line += strings.Count(a.front, "\n") + 3
	}
	a.text = text
	open, fence, head := false, "", 0
	for l := range strings.Lines(text) {
		l = strings.TrimRight(l, "\n")
		plain := strings.TrimSpace(strings.TrimLeft(l, "> "))
		switch {
		case fence != "":
			if strings.HasPrefix(plain, fence) && strings.Trim(plain, "`") == "" {
				fence = ""
			} else {
				a.fence[len(a.fence)-1].text += "\n" + l
			}
		case strings.HasPrefix(plain, "```"):
			fence, open = plain[:len(plain)-len(strings.TrimLeft(plain, "`"))], false
			a.fence = append(a.fence, mark{line: line, text: plain[len(fence):]})
		case plain == "" || strings.HasPrefix(plain, "[!"):
			open = false
		case open && plain[0] != '|' && !listed.MatchString(plain):
			a.marks[len(a.marks)-1].text += " " + plain
		default:
			a.marks, open = append(a.marks, mark{line: line, text: plain}), plain[0] != '|' && plain[0] != '#'
		}
		if plain == "" || plain[0] != '|' {
			head = 0
		} else if fence == "" {
			head = cmp.Or(head, line)
			a.marks[len(a.marks)-1].table = head
		}
		line++
	}
	return a
}

// articles are all pages of the guide.
func articles(t *testing.T) []article {
	t.Helper()
	var all []article
	content := os.DirFS("../../content")
	err := fs.WalkDir(content, ".", func(name string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() && strings.HasPrefix(d.Name(), "_") { // parts that pages include
			return fs.SkipDir
		}
		if err != nil || path.Ext(name) != ".md" {
			return err
		}
		text, err := fs.ReadFile(content, name)
		all = append(all, articleOf(name, string(text)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var (
	cited    = regexp.MustCompile(`\[@[^\]]+\]`)
	computed = regexp.MustCompile("`=[^`]+`")
	code     = regexp.MustCompile("`[^`]*`")
	money    = regexp.MustCompile(`\$ ?\d[\d,]*(\.\d+)?|\d[\d,]*(\.\d+)? ?(%|percent\b|per cent\b|dollars?\b|cents?\b)`)
	digits   = regexp.MustCompile(`\d[\d,]*(\.\d+)?`)
	worded   = regexp.MustCompile(`(?i)\b(one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million) (percent|per cent|dollars?|cents?)\b`)
	answered = regexp.MustCompile(`=(\d[\d.,]*[kM]?)(\.\.[\d.,]+)*`)
)

// unfounded names the figures of money or percent that a page neither computes nor cites. A figure is cited where its
// paragraph, item or row cites a source. It is computed where it restates an answer of a figure in the same paragraph or table,
// or of a live block: a row that says 50% and asks with cache_hit_percent=50. Money in words needs a source or a computed figure as well.
func unfounded(a article) []string {
	live := ""
	for _, f := range a.fence {
		if strings.HasPrefix(f.text, "calculator") {
			live += strings.ReplaceAll(f.text, " = ", "=") + "\n"
		}
	}
	var found []string
	asked := map[int]string{} // by table
	for _, m := range a.marks {
		asked[m.table] += strings.Join(computed.FindAllString(m.text, -1), " ") + " "
	}
	for _, m := range a.marks {
		if cited.MatchString(m.text) {
			continue
		}
		given := map[string]bool{}
		spans := strings.Join(computed.FindAllString(m.text, -1), " ")
		if m.table > 0 {
			spans = asked[m.table]
		}
		for _, s := range answered.FindAllStringSubmatch(spans+" "+live, -1) {
			n := strings.ReplaceAll(s[1], ",", "")
			n = strings.NewReplacer("k", "000", "M", "000000").Replace(n)
			given[n] = true
		}
		prose := code.ReplaceAllString(m.text, " ")
		for _, figure := range money.FindAllString(prose, -1) {
			if !given[strings.ReplaceAll(digits.FindString(figure), ",", "")] {
				found = append(found, fmt.Sprintf("%s:%d: %q is neither computed nor cited", a.name, m.line, figure))
			}
		}
		if words := worded.FindString(prose); words != "" && spans == "" {
			found = append(found, fmt.Sprintf("%s:%d: %q is neither computed nor cited", a.name, m.line, words))
		}
	}
	return found
}

// measured are pages whose figures come from commands that they name, or say how the tool itself computes.
var measured = []string{"about/accuracy.md", "about/architecture.md", "about/changes.md", "about/hosting.md", "about/performance.md", "about/reliability.md", "about/security.md"}

func TestFiguresAreComputedOrCited(t *testing.T) {
	for _, a := range articles(t) {
		if !slices.Contains(measured, a.name) {
			complain(t, unfounded(a))
		}
	}
	for text, want := range map[string]int{
		"It saves $5,000 a month.":                                                      1,
		"It falls by 80%, or by 3.5 percent.":                                           2,
		"It costs five thousand dollars.":                                               1,
		"It fell by 80% [@Luna].":                                                       0,
		"First 50% here.\n\nThen 80% [@Luna].":                                          1,
		"| half, 50% | `=payback.npv cache_hit_percent=50` |":                           0,
		"| half, 60% | `=payback.npv cache_hit_percent=50` |":                           1,
		"- With $5,000: `=payback.npv fine_tune_cost=5k`.\n- Without, $1.":              1,
		"| The | At $2 |\n|---|---|\n| sum | `=payback.npv label_cost=2` |\n\n$2 more.": 1,
		"From 90% on.\n\n```calculator payback\ncache_hit_percent = 90\n```":            0,
		"> [!NOTE]\n> Nobody pays 30 cents.\n\n```go\nprice := \"$5\" // 20%\n```":      1,
	} {
		if got := unfounded(articleOf("planted.md", text)); len(got) != want {
			t.Errorf("%q: %d complaints, want %d: %q", text, len(got), want, got)
		}
	}
}

// secondHand are the sources and prices that are known through somebody else.
func secondHand(t *testing.T) map[string]bool {
	t.Helper()
	keys := map[string]bool{}
	for _, table := range []string{"evidence", "prices"} {
		text, err := os.ReadFile("../../calculator/facts/" + table + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		var columns []string
		for line := range strings.Lines(string(text)) {
			if cells := strings.Split(strings.TrimSpace(line), " | "); line[0] == '#' || len(cells) < 2 {
				continue
			} else if columns == nil {
				columns = cells
			} else if at := slices.Index(columns, "grade"); at < len(cells) && cells[at] == "B" {
				keys[map[string]string{"evidence": "", "prices": "price:"}[table]+cells[0]] = true
			}
		}
	}
	if len(keys) < 10 {
		t.Fatalf("only %d sources are second-hand; is the table read?", len(keys))
	}
	return keys
}

// unsaid names the paragraphs that cite a second-hand source without saying so.
func unsaid(a article, second map[string]bool) []string {
	var found []string
	for _, m := range a.marks {
		for _, c := range cited.FindAllString(m.text, -1) {
			if second[strings.Trim(c, "[@]")] && !strings.Contains(strings.ToLower(m.text), "second-hand") {
				found = append(found, fmt.Sprintf("%s:%d: %s is second-hand, and the sentence does not say so", a.name, m.line, c))
			}
		}
	}
	return found
}

func TestSecondHandIsSaid(t *testing.T) {
	second := secondHand(t)
	for _, a := range articles(t) {
		if a.name != "about/statements.md" { // says so at its head
			complain(t, unsaid(a, second))
		}
	}
	if got := unsaid(articleOf("planted.md", "It fell [@Luna].\n\nIt rose (second-hand) [@Luna].\n"), second); len(got) != 1 {
		t.Errorf("planted: %q", got)
	}
}

// long are the pages that are looked things up in, not read. Most of security is the table of promises and their tests, most of
// performance are tables of what was measured.
var long = []string{"about/glossary.md", "about/performance.md", "about/reference.md", "about/security.md", "about/sources.md"}

// words of a page are counted outside fences; a computed figure is one.
func words(a article) int {
	n := 0
	for _, m := range a.marks {
		n += len(strings.Fields(strings.ReplaceAll(computed.ReplaceAllString(m.text, "0"), "|", " ")))
	}
	return n
}

// misshapen says what of a page's shape is missing: a day, a description, a point to open with, what to do next, brevity.
func misshapen(a article) []string {
	var found []string
	add := func(text string) { found = append(found, a.name+": "+text) }
	for _, key := range []string{"title", "description", "order", "reviewed"} {
		if !strings.Contains("\n"+a.front, "\n"+key+": ") {
			add("front matter lacks " + key)
		}
	}
	if n := words(a); n >= 1200 && !slices.Contains(long, a.name) {
		add(fmt.Sprintf("%d words", n))
	}
	if len(a.marks) == 0 || a.name == "calculator.md" {
		return found
	}
	if first := a.marks[0]; strings.ContainsAny(first.text[:1], "#|") || len(a.fence) > 0 && a.fence[0].line < first.line {
		add("does not open with its point")
	}
	if section, _, _ := strings.Cut(a.name, "/"); section != "about" && a.name != "index.md" {
		if last := a.marks[len(a.marks)-1].text; !strings.HasPrefix(last, "**Next:** ") || !strings.Contains(last, "](") {
			add("does not end with what to do next, and a link to it")
		}
	}
	return found
}

func TestPagesHaveTheirShape(t *testing.T) {
	all := articles(t)
	if len(all) < 30 {
		t.Errorf("%d pages", len(all))
	}
	for _, a := range all {
		complain(t, misshapen(a))
	}
	front := "---\ntitle: A\ndescription: B\norder: 1\nreviewed: 2026-11-25\n---\n"
	for text, want := range map[string]int{
		front + "The point.\n\n**Next:** [there](b.md).\n":                           0,
		front + "The point.\n\nThe end.\n":                                           1,
		front + "# Heading\n\n**Next:** [there](b.md).\n":                            1,
		"The point.\n\n**Next:** [there](b.md).\n":                                   4,
		front + strings.Repeat("word ", 1200) + "\n\n**Next:** [there](b.md).\n":     1,
		front + "```math\nx\n```\n\nThe point.\n\n**Next:** [there](b.md).\n":        1,
		front + "The point.\n\n```go\nx\n```\n\n**Next:** nothing that is linked.\n": 1,
	} {
		if got := misshapen(articleOf("planted/page.md", text)); len(got) != want {
			t.Errorf("%.60q: %d complaints, want %d: %q", text, len(got), want, got)
		}
	}
}

// What a page of a part may not lack: evidence against beside evidence for, what it costs, how it fails, how to know.
var pieces = []struct {
	part   string
	except []string
	has    []string
}{
	{"decide", []string{"index.md"}, []string{`\[@`, `\[!DISSENT\]`}},
	{"decide", []string{"index.md", "good-at.md", "bad-at.md"}, []string{asksCalculator, `\[!STEPS\]`, `(?i)how it fails|how to know|when it is no answer|what it can show|what a yes takes`}},
	{"techniques", []string{"index.md", "table.md"}, []string{`\*\*What it changes\.\*\*`, `\*\*When\.\*\*`, `\*\*Data\.\*\*`, `## What it costs`, asksCalculator, `## How it fails`, `## How to know that it worked`, `\[!DISSENT\]`, `\[@`}},
	{"cost", []string{"index.md", "uncertainty.md"}, []string{"```calculator (payback|training|serving|evaluation|options)\\n"}},
	{"wrong", []string{"index.md"}, []string{`Symptom`, `Cause`, `Test`, `Cure`}},
	{"data", []string{"index.md"}, []string{`\[@`, `(?i)how it fails|failure|\[!DISSENT\]|what they cannot do|ask`}},
}

const asksCalculator = "`=[a-z]|```calculator "

func lacking(a article) []string {
	var found []string
	for _, p := range pieces {
		if part, page, _ := strings.Cut(a.name, "/"); part != p.part || slices.Contains(p.except, page) {
			continue
		}
		for _, piece := range p.has {
			if !regexp.MustCompile(piece).MatchString(a.text) {
				found = append(found, a.name+": lacks "+piece)
			}
		}
	}
	return found
}

func TestPartsHaveTheirPieces(t *testing.T) {
	parts := map[string]int{}
	for _, a := range articles(t) {
		complain(t, lacking(a))
		part, _, _ := strings.Cut(a.name, "/")
		parts[part]++
	}
	for _, p := range pieces {
		if parts[p.part] <= len(p.except) {
			t.Errorf("no page of %s was looked at", p.part)
		}
	}
	if got := lacking(articleOf("wrong/planted.md", "Symptom. Cause. Cure.")); len(got) != 1 {
		t.Errorf("planted: %q", got)
	}
}

var linked = regexp.MustCompile(`\]\(([^)#\s]+\.md)[^)]*\)`)

// The start page leads to every worked example in one click, and so to each of the situations that the guide began from.
func TestStartLeadsToEveryExample(t *testing.T) {
	pages := map[string]article{}
	for _, a := range articles(t) {
		pages[a.name] = a
	}
	reached := map[string]bool{}
	for _, m := range pages["index.md"].marks {
		for _, l := range linked.FindAllStringSubmatch(m.text, -1) {
			reached[l[1]] = true
		}
	}
	for _, table := range []string{"scenario", "case"} {
		for _, id := range ids(t, table+"s.txt") {
			name := cmp.Or(map[string]string{"case": "examples/cases.md"}[table], "examples/"+id+".md")
			if !slices.ContainsFunc(pages[name].fence, func(f mark) bool { return strings.TrimSpace(f.text) == "calculator "+table+" "+id }) {
				t.Errorf("%s does not decide %s %s", name, table, id)
			}
			if !reached[name] {
				t.Errorf("the start page does not lead to %s", name)
			}
		}
	}
}

// ids are the first cells of a table of facts.
func ids(t *testing.T, file string) (all []string) {
	t.Helper()
	text, err := os.ReadFile("../../calculator/facts/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if id, _, found := strings.Cut(line, " | "); found && line[0] != '#' && id != "id" {
			all = append(all, id)
		}
	}
	if len(all) < 8 {
		t.Fatalf("%s has %d rows", file, len(all))
	}
	return all
}

// Every statement of the document that the guide began from is kept, qualified or corrected, and says where.
func TestStatementsHaveAVerdictAndAPlace(t *testing.T) {
	rows := 0
	for _, a := range articles(t) {
		if a.name != "about/statements.md" {
			continue
		}
		for _, m := range a.marks {
			cells := strings.Split(strings.Trim(m.text, "| "), " | ")
			if m.text[0] != '|' || len(cells) < 3 || cells[1] == "Now" || strings.HasPrefix(cells[1], "--") {
				continue
			}
			rows++
			if verdict := strings.TrimRight(strings.Fields(cells[1])[0], ":;,."); !slices.Contains([]string{"Kept", "Qualified", "Corrected"}, verdict) || !linked.MatchString(cells[2]) {
				t.Errorf("%s:%d: %q is neither kept, qualified nor corrected, or has no place", a.name, m.line, cells[0])
			}
		}
	}
	if rows < 65 {
		t.Errorf("only %d statements", rows)
	}
}

func complain(t *testing.T, all []string) {
	t.Helper()
	for _, c := range all {
		t.Error("content/" + c)
	}
}
