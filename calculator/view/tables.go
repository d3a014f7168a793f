package view

import (
	"slices"
	"strings"

	"whentofinetune/calculator"
	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// A reference is a table that a page can show whole: its columns, and a printer of its rows.
type reference struct {
	name, title string
	anchor      string   // before the ids of rows, so that tables may stand on one page
	heads       []string // a name that ends in # heads numbers
	rows        func(p *printer, row func(id string, cells ...string))
}

var references = [...]reference{
	{"prices", "Prices, US dollars a million tokens", "", []string{"Vendor", "Model", "In#", "Cached#", "Out#", "Training#", "Tuned in#", "Tuned out#", "Tuning", "Shuts down", "Source", "As of", "Grade"}, priceRows},
	{"brackets", "Prices by size of model", "", []string{"Vendor", "Models", "Above, B#", "Up to, B#", "In#", "Out#", "LoRA#", "Full#", "DPO, LoRA#", "DPO, full#", "Source", "As of", "Grade"}, bracketRows},
	{"gpus", "GPUs", "gpu-", []string{"GPU", "Memory, GB#", "Bandwidth, GB/s#", "bf16 peak, TFLOP/s#", "Measured#", "Low, $/h#", "Usual, $/h#", "High, $/h#", "Source of the price", "As of", "Grade"}, gpuRows},
	{"models", "Open models", "model-", []string{"Model", "Parameters#", "Active#", "Layers#", "Hidden#", "Heads#", "Key-value#", "Vocabulary#", "Context#", "Licence", "Source", "As of", "Grade"}, modelRows},
	{"doors", "Who lets you tune", "door-", []string{"Vendor", "Route", "Models", "Methods", "Status", "Since", "Until", "Source", "As of", "Grade"}, doorRows},
	{"evidence", "Evidence", "", []string{"Key", "Source", "What it measured", "On", "Would it hold today?", "Against", "Read", "Grade"}, evidenceRows},
	{"sources", "Sources", "", []string{"Key", "Source", "What it measured", "On", "Would it hold today?", "Against", "Read", "Grade"}, evidenceRows},
	{"rules", "Rules, in the order in which they are asked", "rule-", []string{"Rule", "When", "Then", "Because", "Evidence"}, ruleRows},
	{"questions", "Questions", "input-", []string{"Name", "Asked as", "Unit", "Answers", "Default"}, questionRows},
	{"outcomes", "Outcomes", "outcome-", []string{"Outcome", "What it is", "When it fails", "What it costs", "Next experiment", "Stop rule"}, outcomeRows},
	{"scenarios", "Worked examples", "scenario-", []string{"Example", "Situation", "Call", "Outcome"}, scenarioRows},
	{"cases", "Published decisions", "case-", []string{"Case", "What happened", "What the engine says", "Agrees"}, caseRows},
	{"moved", "Facts that moved", "moved-", []string{"What", "How", "Source", "As of", "Grade"}, movedRows},
}

// wordy reports whether a table is many columns of text. On a phone its rows are stacked, each cell after its name; numbers stay in
// columns, to be compared.
func (r *reference) wordy() bool {
	return len(r.heads) > 4 && !slices.ContainsFunc(r.heads, func(h string) bool { return strings.HasSuffix(h, "#") })
}

// table prints a reference table; every row has an id, for links.
func (p *printer) table(name string) []byte {
	for i := range references {
		if references[i].name == name {
			p.reference(&references[i])
			return nil
		}
	}
	known := []string{}
	for _, r := range references {
		known = append(known, r.name)
	}
	return unknownName(name, name, known)
}

func (p *printer) reference(r *reference) {
	p.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", r.title)
	class := "table table-" + r.name
	if r.wordy() {
		class += " stacked wordy"
	}
	p.open("table", "class", class)
	p.raw("<caption>")
	p.text(r.title)
	p.raw("</caption><thead><tr>")
	for _, h := range r.heads {
		title, number := strings.CutSuffix(h, "#")
		p.el("th", title, "scope", "col", when(number, "class"), "number")
	}
	p.raw("</tr></thead>\n<tbody>\n")
	seen := map[string]bool{}
	r.rows(p, func(id string, cells ...string) {
		p.referenceRow(r, idOf(r.anchor, id, seen), cells)
	})
	p.raw("</tbody></table></div>\n")
}

// idOf is an id for a row: its own name in letters, digits and hyphens, made unique.
func idOf(prefix, name string, seen map[string]bool) string {
	id := prefix + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r == ' ':
			return '-'
		}
		return -1
	}, name)
	for seen[id] {
		id += "-2"
	}
	seen[id] = true
	return id
}

// referenceRow prints a row. A cell that begins with a link sign (an address in angle brackets before its text) is a link.
func (p *printer) referenceRow(r *reference, id string, cells []string) {
	p.open("tr", "id", id)
	wordy := r.wordy()
	for i, c := range cells {
		head, number := strings.CutSuffix(r.heads[i], "#")
		element := markup("td")
		attrs := []string{when(number, "class"), "number", when(wordy && i > 0, "data-head"), head}
		if i == 0 {
			element, attrs = "th", append(attrs, "scope", "row")
		}
		p.open(element, attrs...)
		switch address, text, link := linked(c); {
		case link:
			p.el("a", text, "href", address)
		case head == "Grade":
			p.grade(c)
		case (head == "Read" || head == "As of") && strings.Trim(c, "0123456789-") == "":
			p.el("time", c) // which stays on one line
		default:
			p.text(c)
		}
		p.shut(element)
	}
	p.raw("</tr>\n")
}

// link marks a cell as a link; linked reads the mark.
func link(address, text string) string {
	if address == "" {
		return text
	}
	return "\x00" + address + "\x00" + text
}

func linked(c string) (address, text string, ok bool) {
	if !strings.HasPrefix(c, "\x00") {
		return "", c, false
	}
	address, text, _ = strings.Cut(c[1:], "\x00")
	return address, text, true
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func priceRows(p *printer, row func(string, ...string)) {
	for i := range p.t.Prices {
		r := &p.t.Prices[i]
		row(r.ID, r.Vendor, r.Model, amountOr(r.Input), amountOr(r.Cached), amountOr(r.Output), amountOr(r.Train.LoRA), amountOr(r.TunedIn), amountOr(r.TunedOut), r.Tune, dash(r.Shutdown),
			link(r.Address, r.Source), r.Date, r.Grade)
	}
}

func bracketRows(p *printer, row func(string, ...string)) {
	for i := range p.t.Brackets {
		r := &p.t.Brackets[i]
		top := "–"
		if r.UpTo > 0 {
			top = cost.Plain(r.UpTo / 1e9)
		}
		row(r.ID, r.Vendor, r.Model, cost.Plain(r.Above/1e9), top, amountOr(r.Input), amountOr(r.Output), amountOr(r.Train.LoRA), amountOr(r.Train.Full), amountOr(r.Train.DPOLoRA), amountOr(r.Train.DPOFull),
			link(r.Address, r.Source), r.Date, r.Grade)
	}
}

func gpuRows(p *printer, row func(string, ...string)) {
	for i := range p.t.GPUs {
		r := &p.t.GPUs[i]
		row(r.ID, r.Name, cost.Plain(r.MemoryGB), cost.Plain(r.Bandwidth), cost.Plain(r.TFLOPS), amountOr(r.Matmul), amountOr(r.PriceLow), cost.Plain(r.Price), amountOr(r.PriceHigh),
			link(r.Address, r.Source), r.Date, r.Grade)
	}
}

func modelRows(p *printer, row func(string, ...string)) {
	for i := range p.t.Models {
		r := &p.t.Models[i]
		row(r.ID, r.Name, cost.Text(r.Parameters), cost.Text(r.Active), cost.Plain(r.Layers), cost.Plain(r.Hidden), cost.Plain(r.Heads), cost.Plain(r.KVHeads), cost.Plain(r.Vocabulary),
			cost.Plain(r.Context), r.Licence, link(r.Address, r.Source), r.Date, r.Grade)
	}
}

func doorRows(p *printer, row func(string, ...string)) {
	for i := range p.t.Doors {
		r := &p.t.Doors[i]
		row(r.Vendor+" "+r.Route, r.Vendor, r.Route, r.Models, dash(r.Methods), r.Status, dash(r.Since), dash(r.Until), link(r.Address, r.Source), r.Date, r.Grade)
	}
}

func evidenceRows(p *printer, row func(string, ...string)) {
	for i := range p.t.Evidence {
		r := &p.t.Evidence[i]
		title := r.Title
		if r.Authors != "" {
			title = r.Authors + ": " + title
		}
		if r.Year > 0 {
			title += ", " + px(r.Year)
		}
		figure := r.Figure
		if r.Grade == "B" {
			figure = "Second-hand: " + figure
		}
		row(r.Key, r.Key, link(r.Address, title), figure, dash(r.MeasuredOn), dash(r.HoldsToday), dash(r.Dissent), r.DateRead, r.Grade)
	}
}

func ruleRows(p *printer, row func(string, ...string)) {
	for k, list := range [...][]calculator.Rule{calculator.Rungs, calculator.Blockers, calculator.Vetoes, calculator.Remarks} {
		for i := range list {
			r := &list[i]
			then := [...]string{"", "stands in the way of tuning", "rules out: ", "goes with every tune"}[k]
			if r.Outcome != "" {
				then = p.outcomeTitle(r.Outcome)
				if k > 1 {
					then = [...]string{"rules out: ", "goes with: "}[k-2] + lower(then)
				}
			}
			because := r.Because
			if r.Dissent != "" {
				because += " Against it: " + r.Dissent
			}
			row(r.ID, r.ID, r.When.String(), then, because, strings.Join(append(append([]string{}, r.Sources...), r.Against...), ", "))
		}
	}
}

func questionRows(p *printer, row func(string, ...string)) {
	for i := range calculator.Questions {
		q := &calculator.Questions[i]
		words := []string{}
		for _, c := range q.Choices {
			words = append(words, c.Word)
		}
		accepts := strings.Join(words, ", ")
		if q.Numeric() {
			accepts = cost.Plain(q.Min) + " to " + cost.Plain(q.Max)
		}
		if q.Word != "" {
			accepts += ", " + q.Word
		}
		if q.Unknown {
			accepts += ", unknown"
		}
		def := q.Default
		if def == "" {
			def = q.DefaultNote
		}
		row(q.ID, q.ID, q.Label, dash(q.Unit), dash(strings.TrimPrefix(accepts, ", ")), def)
	}
}

func outcomeRows(p *printer, row func(string, ...string)) {
	for i := range calculator.Outcomes {
		o := &calculator.Outcomes[i]
		e := p.a.Experiment(o)
		row(o.ID, link(p.root+o.Page, o.Title), o.Is, o.Fails, o.Costs, e.Text+" Costs "+money(e.CostUSD)+" with the default answers.", e.StopRule)
	}
}

func scenarioRows(p *printer, row func(string, ...string)) {
	for i := range p.t.Scenarios {
		s := &p.t.Scenarios[i]
		call, primary := p.outcome(s.Inputs)
		row(s.ID, link(p.root+"examples/"+s.ID+".html", s.ID), s.Title, callTitle(call), p.outcomeTitle(primary))
	}
}

func caseRows(p *printer, row func(string, ...string)) {
	for i := range p.t.Cases {
		c := &p.t.Cases[i]
		call, primary := p.outcome(c.Inputs)
		agrees := "no"
		for _, want := range c.ExpectPrimary {
			if want == primary {
				agrees = "yes"
			}
		}
		row(c.ID, link(c.Address, c.Title), c.Happened, callTitle(call)+": "+p.outcomeTitle(primary), agrees)
	}
}

func (p *printer) outcome(inputs []fact.Pair) (call calculator.Call, primary string) {
	return p.s.printer(inputs, answers).a.Outcome()
}

func movedRows(p *printer, row func(string, ...string)) {
	for i := range p.t.Moved {
		m := &p.t.Moved[i]
		row(m.ID, m.Title, m.Fact, link(m.Address, m.Source), m.Date, m.Grade)
	}
}
