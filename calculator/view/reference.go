package view

import (
	"strings"

	"whentofinetune/calculator"
	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// outcomeTitle is an outcome in words.
func (p *printer) outcomeTitle(id string) string {
	if o := calculator.FindOutcome(id); o != nil {
		return o.Title
	}
	return sentenceCase(strings.ReplaceAll(id, "_", " "))
}

// citation prints what is known of a source, a line each: name and value parted by a tab.
func (p *printer) citation(key string) []byte {
	line := func(name, value string) {
		if value != "" {
			p.b = append(p.b, tabbed(name, value)...)
		}
	}
	if id, found := strings.CutPrefix(key, "price:"); found {
		row := p.t.FindPrice(id)
		if row == nil {
			near := p.t.NearPrice(id)
			if near != "" {
				near = "price:" + near
			}
			return unlisted(key, near, "prices.txt and brackets.txt list all rows")
		}
		line("key", row.ID)
		line("title", row.Source)
		line("address", row.Address)
		line("read", row.Date)
		line("grade", row.Grade)
		line("second", second(row.Grade))
		return nil
	}
	e := p.t.FindEvidence(key)
	if e == nil {
		return unlisted(key, p.t.NearEvidence(key), "the page of sources and evidence.txt list all keys")
	}
	line("key", e.Key)
	line("title", e.Title)
	line("authors", e.Authors)
	if e.Year > 0 {
		line("year", px(e.Year))
	}
	line("address", e.Address)
	line("read", e.DateRead)
	line("grade", e.Grade)
	line("figure", e.Figure)
	line("second", second(e.Grade))
	return nil
}

func second(grade string) string {
	if grade == "B" {
		return "true"
	}
	return "false"
}

// bare is the link of a worked example of break-even: all switches off but the saving and the up-front cost.
func bare(calls, saving string) string {
	return "v1&monthly_calls=" + calls + "&baseline_price_fall_percent_per_year=0&saving_per_call=" + saving +
		"&fine_tune_cost=5000&infra_cost_per_month=0&maintenance_cost_per_month=0&discount_rate_percent=0&success_percent=100"
}

// presets prints what a calculator can start from, as a menu has it: id, title, the link's fragment, and what kind it is.
func (p *printer) presets() {
	put := func(id, title, link, kind string) { p.b = append(p.b, tabbed(id, title, link, kind)...) }
	const worked, scenario, published = "Worked examples of break-even", "Worked cases", "Decisions that were published"
	put("bare-pays", "A hundred million calls a month that each save $0.001, and nothing but the $5,000 up front", bare("100M", "0.001"), worked)
	put("bare-small", "A hundred thousand calls a month that each save $0.0005, and nothing but the $5,000 up front", bare("100k", "0.0005"), worked)
	for i := range p.t.Scenarios {
		s := &p.t.Scenarios[i]
		put(s.ID, s.Title, fragmentOf(s.Inputs), scenario)
	}
	for i := range p.t.Cases {
		c := &p.t.Cases[i]
		put(c.ID, c.Title, fragmentOf(c.Inputs), published)
	}
}

func fragmentOf(inputs []fact.Pair) string {
	b := strings.Builder{}
	b.WriteString("v1")
	for i := range calculator.Questions {
		q := &calculator.Questions[i]
		for _, in := range inputs {
			if in.Name == q.ID && in.Value != q.Default {
				b.WriteString("&" + in.Name + "=" + encoded(parted(in.Value)))
			}
		}
	}
	return b.String()
}

// names lists everything that a page can name: views, figures, sources, rows.
func (p *printer) names() {
	put := func(kind, name string) { p.b = append(p.b, tabbed(kind, name)...) }
	for _, path := range p.r.Figures() {
		put("figure", path)
	}
	for i := range calculator.Questions {
		put("input", calculator.Questions[i].ID)
	}
	for i := range p.t.Evidence {
		put("source", p.t.Evidence[i].Key)
	}
	for i := range p.t.Scenarios {
		put("scenario", p.t.Scenarios[i].ID)
	}
	for i := range p.t.Cases {
		put("case", p.t.Cases[i].ID)
	}
	for _, t := range references {
		put("table", t.name)
	}
}

// staleAfter is how many days a dated row is trusted: half a year.
const staleAfter = 180

// stale prints the rows that are older than 180 days on a date: place, what is wrong, what to do.
func (p *printer) stale(date string) []byte {
	now, ok := calculator.ParseDate(date)
	if !ok {
		return tabbed("stale", "“"+date+"” is no date", "write it as 2027-01-14")
	}
	check := func(file, id string, o fact.Origin) {
		if then, ok := calculator.ParseDate(o.Date); ok && then.DaysUntil(now) > staleAfter {
			p.b = append(p.b, tabbed(file+":"+px(o.Line), id+" holds for "+o.Date, "look at its source again and write the new date")...)
		}
	}
	for i := range p.t.Prices {
		check("prices.txt", p.t.Prices[i].ID, p.t.Prices[i].Origin)
	}
	for i := range p.t.Brackets {
		check("brackets.txt", p.t.Brackets[i].ID, p.t.Brackets[i].Origin)
	}
	for i := range p.t.GPUs {
		check("gpus.txt", p.t.GPUs[i].ID, p.t.GPUs[i].Origin)
	}
	for i := range p.t.Doors {
		check("doors.txt", p.t.Doors[i].Vendor, p.t.Doors[i].Origin)
	}
	return nil
}

// scenario prints a worked example: what was answered, what is decided, why, and the way into the calculator.
func (p *printer) scenario(id string) []byte {
	s := p.t.FindScenario(id)
	if s == nil {
		known := []string{}
		for i := range p.t.Scenarios {
			known = append(known, p.t.Scenarios[i].ID)
		}
		return unknownName(id, id, known)
	}
	p.example(s.ID, s.Inputs, nil)
	return nil
}

// published prints a decision that an organisation published: what happened, what the engine says, what was assumed.
func (p *printer) published(id string) []byte {
	c := p.t.FindCase(id)
	if c == nil {
		known := []string{}
		for i := range p.t.Cases {
			known = append(known, p.t.Cases[i].ID)
		}
		return unknownName(id, id, known)
	}
	p.el("p", c.Happened, "class", "happened")
	p.raw(`<p class="from">`)
	if c.Address != "" {
		p.el("a", c.Source, "href", c.Address, "class", "cite")
	} else {
		p.text(c.Source)
	}
	p.text(", " + c.Date + " ")
	p.grade(c.Grade)
	p.raw("</p>\n")
	p.example(c.ID, c.Inputs, c.Assumed)
	return nil
}

// example decides answers and prints what matters of it.
func (p *printer) example(id string, inputs []fact.Pair, assumed []string) {
	q := p.s.printer(append([]calculator.Pair{{Name: "root", Value: p.root}, {Name: "id", Value: p.id}}, inputs...), whole)
	q.b = p.b
	q.verdict()
	q.because()
	q.answered(inputs, assumed)
	q.raw(`<p class="block-more">`)
	q.el("a", "Open these answers in the calculator", "href", q.root+"calculator.html", "data-fragment", fragmentOf(inputs))
	q.raw("</p>\n")
	p.b = q.b
}

// answered lists answers in the words of the form.
func (p *printer) answered(inputs []fact.Pair, assumed []string) {
	p.open("details", "class", "answered")
	p.raw("<summary>What was answered</summary><dl>")
	for _, pair := range inputs {
		in, ok := calculator.Find(pair.Name)
		if !ok {
			continue
		}
		p.raw("<div><dt>")
		p.inputLink(pair.Name)
		p.raw("</dt><dd>")
		p.text(p.answer(in))
		if isAssumed(pair.Name, assumed) {
			p.raw(" <small>assumed</small>")
		}
		p.raw("</dd></div>")
	}
	p.raw("</dl></details>\n")
}

func isAssumed(name string, assumed []string) bool {
	for _, a := range assumed {
		if a == name || strings.HasPrefix(a, name+" ") {
			return true
		}
	}
	return false
}

// amountOr prints a number, or a dash.
func amountOr(m fact.Maybe) string {
	if !m.Known {
		return "–"
	}
	return cost.Plain(m.Value)
}
