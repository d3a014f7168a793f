package block

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
)

// views maps the words after "calculator" to the view that is asked for. A word that takes an argument ends in a space.
var views = map[string]string{
	"calculator": "calculator", "report": "report", "form": "form", "ladder": "ladder", "validation": "validation", "presets": "presets",
	"verdict": "block verdict", "payback": "block payback", "crossing": "block crossing", "training": "block training", "memory": "block memory",
	"serving": "block serving", "evaluation": "block evaluation", "options": "block options",
	"chart": "chart ", "table": "table ", "scenario": "scenario ", "case": "case ", "block": "block ",
}

// live are the views that a script redraws as the reader answers.
func live(view string) bool {
	return view == "calculator" || view == "form" || strings.HasPrefix(view, "block ")
}

// view prints a view of the calculator. The lines of the block are answers.
func view(c *page.Context, b page.Block) {
	word, argument := "", ""
	if len(b.Info.Words) > 0 {
		word, argument = b.Info.Words[0], strings.Join(b.Info.Words[1:], " ")
	}
	name, known := views[word]
	if !known {
		c.Fail(b.At, "there is no calculator block "+strconv.Quote(word), nearestOf(word, keys(views)))
		return
	}
	if strings.HasSuffix(name, " ") == (argument == "") {
		c.Fail(b.At, "calculator block "+word+" "+either(argument == "", "names nothing to show", "takes nothing after its word"),
			"write ```calculator "+word+either(strings.HasSuffix(name, " "), " NAME", ""))
		return
	}
	answers, ok := answerLines(c, b)
	if !ok {
		return
	}
	request := name + argument + "\nroot=" + c.Root() + "\n"
	if name != "calculator" && name != "report" {
		request += "id=" + c.ID("calculator-"+word) + "-\n"
	}
	request += answers.text
	reply, ok := c.Ask(b.At, request)
	if !ok {
		return
	}
	body, good := split(c, reply, answers, b.At)
	if !good {
		return
	}
	body = Markup(c.Root(), request, body)
	c.View(b.At, request)
	if live(name + argument) {
		c.Live()
	}
	c.Printed(body)
	c.Plain(page.TextOf(body) + " ")
}

// Markup is the HTML of what the calculator answered to a request for a block, on a page whose way to the site's root is root.
func Markup(root, request, body string) string {
	if strings.HasPrefix(request, "presets\n") {
		return presetLinks(root, body)
	}
	return body
}

// presetLinks prints the lines of the view presets (id, title, answers, kind) as lists of links, one for each kind.
func presetLinks(root, lines string) string {
	b, last := []byte{}, ""
	for line := range strings.Lines(lines) {
		cells := append(strings.Split(strings.TrimRight(line, "\n"), "\t"), "", "", "", "")
		title, fragment, kind := cells[1], cells[2], cells[3]
		if kind != last {
			if last != "" {
				b = append(b, "</ul>\n"...)
			}
			b = append(b, "<p><b>"+page.Escape(kind)+"</b></p>\n<ul>\n"...)
			last = kind
		}
		b = append(b, `<li><a href="`+root+`calculator.html" data-fragment="`+page.Escape(strings.TrimPrefix(fragment, "#"))+`">`+page.Escape(title)+"</a></li>\n"...)
	}
	if last != "" {
		b = append(b, "</ul>\n"...)
	}
	return string(b)
}

// answers are the lines inside a block, and where each name stands in the file.
type answers struct {
	text string
	at   map[string]int // by plain name
}

// add takes an answer that stands at a place of the file. One name twice is a mistake, and the first answer stands.
func (a *answers) add(c *page.Context, name, value string, at int) bool {
	if _, twice := a.at[plain(name)]; twice {
		c.Fail(at, name+" is answered twice", "keep one")
		return false
	}
	a.at[plain(name)] = at
	a.text += name + "=" + value + "\n"
	return true
}

// place is where the answer of a name stands, or otherwise where there is none.
func (a *answers) place(name string, otherwise int) int {
	if at, known := a.at[plain(name)]; known {
		return at
	}
	return otherwise
}

// plain is a name as the calculator repeats it, in whatever case and with whatever between its words it is written.
func plain(name string) string { return plainer.Replace(strings.ToLower(name)) }

var plainer = strings.NewReplacer(" ", "_", "-", "_")

// answerLines reads lines of name = value. Empty lines and lines that begin with # are passed over.
func answerLines(c *page.Context, b page.Block) (answers, bool) {
	a, ok := answers{at: map[string]int{}}, true
	number := -1
	for line := range strings.Lines(b.Text) {
		number++
		here := b.Inside(number, 0)
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, found := strings.Cut(line, "=")
		if name = strings.TrimSpace(name); !found || name == "" {
			c.Fail(here, "this is not an answer: "+line, "write name = value, such as monthly_calls = 100M")
			ok = false
			continue
		}
		ok = a.add(c, name, strings.TrimSpace(value), here) && ok
	}
	if !ok { // nothing is shown then, and the other lines may be wrong too
		complaints(c, a, b.At)
	}
	return a, ok
}

// split takes the status off a reply. A bad one is reported line by line, at the answer that each line names. A good one
// still may hold complaints about answers: the view problems lists them.
func split(c *page.Context, reply string, a answers, at int) (body string, good bool) {
	status, body, _ := strings.Cut(reply, "\n")
	if status == "ok" {
		return body, complaints(c, a, at)
	}
	for line := range strings.Lines(cmp.Or(body, "\n")) {
		cells := append(strings.SplitN(oneLine(line), "\t", 3), "", "")
		c.Fail(a.place(cells[0], at), cmp.Or(cells[1], "the calculator refuses this without a word"), cells[2])
	}
	return "", false
}

// oneLine is a line of a reply without its end, nor any other in it.
func oneLine(line string) string {
	return strings.ReplaceAll(strings.TrimRight(line, "\r\n"), "\r", " ")
}

// complaints reports the answers of a block that the calculator does not take. On a page of the guide they are mistakes.
func complaints(c *page.Context, a answers, at int) bool {
	if a.text == "" {
		return true
	}
	reply, ok := c.Ask(at, "problems\n"+a.text)
	if !ok {
		return false
	}
	status, body, _ := strings.Cut(reply, "\n")
	if status != "ok" {
		return true
	}
	for line := range strings.Lines(body) {
		name, text, _ := strings.Cut(oneLine(line), "\t")
		c.Fail(a.place(name, at), name+": "+strings.TrimSuffix(text, "."), "")
	}
	return body == ""
}

// figure prints a code span that begins with an equals sign as one number of the calculator's report:
// `=payback.npv scenario=brand-tone`.
func figure(c *page.Context, s page.Span) bool {
	rest, found := strings.CutPrefix(s.Text, "=")
	if !found || rest == "" || rest[0] < 'a' || rest[0] > 'z' {
		return false
	}
	fields := strings.Fields(rest)
	a, good := answers{at: map[string]int{}}, true
	for _, f := range fields[1:] {
		name, value, ok := strings.Cut(f, "=")
		if !ok {
			c.Fail(s.At, "this is not an answer: "+f, "write name=value without spaces around the sign")
			good = false
			continue
		}
		good = a.add(c, name, value, s.At) && good
	}
	if !good {
		complaints(c, a, s.At)
		return true
	}
	reply, ok := c.Ask(s.At, "figure "+fields[0]+"\n"+a.text)
	if !ok {
		return true
	}
	if body, good := split(c, reply, a, s.At); good {
		body = strings.TrimSpace(body)
		c.Raw(`<span class="figure-value"`)
		c.Attr("data-path", fields[0])
		c.Raw(">")
		c.Text(body)
		c.Raw("</span>")
		c.Plain(body)
	}
	return true
}

// citer prints citations, linked to the list of all sources.
type citer struct{ sources string }

// cite prints [@key] as the source's name with its grade. The page's list of sources has the rest.
func (s citer) cite(c *page.Context, span page.Span) bool {
	reply, ok := c.Ask(span.At, "cite "+span.Text+"\n")
	if !ok {
		return true
	}
	body, good := split(c, reply, answers{}, span.At)
	if !good {
		return true
	}
	source := page.Citation{Key: span.Text}
	for line := range strings.Lines(body) {
		name, value, _ := strings.Cut(oneLine(line), "\t")
		switch name {
		case "key":
			source.Key = value
		case "title":
			source.Title = value
		case "authors":
			source.Authors = value
		case "year":
			source.Year = value
		case "address":
			source.Address = value
		case "read":
			source.Read = value
		case "grade":
			source.Grade = value
		case "figure":
			source.Figure = value
		case "second":
			source.Second = value == "true"
		}
	}
	c.Cite(source)
	s.print(c, span, source)
	return true
}

func (s citer) print(c *page.Context, span page.Span, source page.Citation) {
	element := "span"
	if s.sources != "" {
		element = "a"
	}
	c.Raw("<" + element + ` class="cite"`)
	if s.sources != "" {
		c.Link(span.At, s.sources, page.Slug(source.Key), page.Cited)
		c.Attr("href", page.Relative(c.Path(), page.OutputPath(s.sources))+"#"+page.Slug(source.Key))
	}
	c.Attr("title", source.Title)
	c.Raw(">")
	c.Text(source.Key)
	c.Raw("</" + element + "> ")
	if source.Grade != "" {
		c.Raw(`<abbr class="grade grade-` + page.Slug(source.Grade) + `"`)
		c.Attr("title", gradeTitle(source.Grade))
		c.Raw(">")
		c.Text(source.Grade)
		c.Raw("</abbr>")
	}
	c.Plain(source.Key)
}

// gradeTitle says what a grade means.
func gradeTitle(grade string) string {
	switch grade {
	case "A":
		return "Evidence grade A: the primary source was read"
	case "B":
		return "Evidence grade B: second-hand"
	case "calc":
		return "Our arithmetic"
	}
	return "Evidence grade " + grade
}

func keys(m map[string]string) []string {
	all := make([]string, 0, len(m))
	for k := range m {
		all = append(all, k)
	}
	return all
}

// nearestOf is a hint: the nearest known word, else all of them.
func nearestOf(word string, known []string) string {
	if n := problem.Nearest(word, known); n != "" {
		return "did you mean " + n + "?"
	}
	slices.Sort(known)
	return "known are " + strings.Join(known, ", ")
}

func either(when bool, yes, no string) string {
	if when {
		return yes
	}
	return no
}
