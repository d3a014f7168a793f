package view

import (
	"strings"

	"whentofinetune/calculator"
)

// A viewOf is one row of the table of views: its word, how it is written with its argument, how much of the report it
// needs, and its printer, which returns the body of a bad reply where the argument names nothing.
type viewOf struct {
	word, usage string
	takes       bool // an argument follows the word
	needs       need
	print       func(p *printer, argument string) (fault []byte)
}

// views are all views, in the order in which they are listed.
var views = [...]viewOf{
	{"calculator", "calculator", false, whole, page((*printer).calculator)},
	{"form", "form", false, answers, page((*printer).form)},
	{"fields", "fields", false, answers, page((*printer).fields)},
	{"report", "report", false, whole, page((*printer).report)},
	{"verdict", "verdict", false, whole, page((*printer).verdict)},
	{"block", "block WORD", true, priced, (*printer).block},
	{"chart", "chart NAME", true, priced, (*printer).chartView},
	{"figure", "figure PATH", true, priced, (*printer).figureText},
	{"ladder", "ladder", false, judged, page((*printer).ladder)},
	{"table", "table NAME", true, answers, (*printer).table},
	{"scenario", "scenario ID", true, facts, (*printer).scenario},
	{"case", "case ID", true, facts, (*printer).published},
	{"validation", "validation", false, facts, (*printer).validation},
	{"cite", "cite KEY", true, facts, (*printer).citation},
	{"presets", "presets", false, facts, page((*printer).presets)},
	{"names", "names", false, judged, page((*printer).names)},
	{"stale", "stale DATE", true, facts, (*printer).stale},
	{"problems", "problems", false, answers, page((*printer).unreadAnswers)},
	{"schema", "schema", false, facts, body(func(p *printer) []byte { return calculator.Schema(p.t) })},
	{"json", "json", false, whole, body(func(p *printer) []byte { return p.r.JSON() })},
	{"text", "text", false, whole, body((*printer).asText)},
	{"memo", "memo", false, whole, body((*printer).asMemo)},
	{"csv", "csv", false, whole, body((*printer).asCSV)},
}

// page makes a view of a printer that takes no argument.
func page(print func(*printer)) func(*printer, string) []byte {
	return func(p *printer, _ string) []byte {
		print(p)
		return nil
	}
}

// body makes a view of a function that returns all that is printed.
func body(print func(*printer) []byte) func(*printer, string) []byte {
	return func(p *printer, _ string) []byte {
		p.b = print(p)
		return nil
	}
}

func (v *viewOf) argumentFault() string {
	if v.takes {
		return "says nothing of what to show"
	}
	return "says more than its word"
}

// viewWords lists the views as they are written.
func viewWords() string {
	list := []string{}
	for i := range views {
		list = append(list, views[i].usage)
	}
	return strings.Join(list, ", ")
}

// calculator prints form and report as they stand in the page.
func (p *printer) calculator() {
	p.raw(`<div class="calculator">` + "\n")
	p.form()
	p.report()
	p.raw("</div>\n")
}

// fields prints a line an input, for marking a form that is there already: its name, its state, its hint or complaint,
// and the default that an empty field shows.
func (p *printer) fields() {
	for i := range calculator.Questions {
		in := calculator.Input(i)
		say := p.complaint(in)
		if say == "" {
			say = p.hint(in)
		}
		p.b = append(p.b, tabbed(in.ID(), p.state(in), say, p.placeholder(in))...)
	}
}

// unreadAnswers prints a line for every answer that cannot be read: its name as it was given, and what is wrong.
func (p *printer) unreadAnswers() {
	for _, c := range p.unread {
		p.b = append(p.b, tabbed(c.Input, c.Text)...)
	}
}

// chartView prints one picture by name.
func (p *printer) chartView(name string) []byte {
	if p.chart(name) {
		return nil
	}
	known := []string{}
	for _, c := range charts {
		known = append(known, c.name)
	}
	return unknownName("chart", name, known)
}

// figureText prints one number of the report for a sentence.
func (p *printer) figureText(path string) []byte {
	text, found := p.figureValue(path)
	if !found {
		p.bring(judged)
		return unlisted(path, calculator.Nearest(path, p.r.Figures()), "calc --csv prints all that there are")
	}
	switch path { // words for a sentence, not ids
	case "verdict.call":
		text = lower(callTitle(p.r.Verdict.Call))
	case "verdict.primary", "verdict.runner_up":
		text = lower(p.outcomeTitle(text))
	}
	p.b = append(p.b, text...)
	return nil
}

// unknownName is the body of a bad reply about a name that is not known, with the nearest one that is, or all.
func unknownName(kind, name string, known []string) []byte {
	hint := "write one of " + strings.Join(known, ", ")
	if near := calculator.Nearest(name, known); near != "" {
		hint = "did you mean " + near + "?"
	}
	return tabbed(kind, "there is no “"+name+"”", hint)
}

// unlisted is unknownName where those that are known are too many to say: where tells who lists them.
func unlisted(name, near, where string) []byte {
	if near != "" {
		where = "did you mean " + near + "?"
	}
	return tabbed(name, "there is no “"+name+"”", where)
}
