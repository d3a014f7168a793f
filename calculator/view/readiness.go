package view

import "whentofinetune/calculator"

// statuses say how far a way to examples has been gone.
var statuses = [...][2]string{{"done", "Done"}, {"next", "Next"}, {"open", "Open"}, {"closed", "Closed"}}

// readiness prints the way from the examples at hand to a tune.
func (p *printer) readiness() {
	way := &p.r.Readiness
	if len(way.Steps) == 0 {
		return
	}
	p.part("readiness-title", "From the examples at hand")
	p.raw(`<p class="part-note">`)
	p.number("readiness.examples", way.Examples, count, never)
	p.text(" labelled, ")
	p.number("readiness.needed", way.Needed, count, never)
	p.raw(" are the least to tune on.</p>\n<ol class=\"reasons\">\n")
	for _, s := range way.Steps {
		p.open("li", "class", "reason", "data-report", "readiness.steps."+s.Step+".status", "data-value", s.Status)
		p.raw(`<p class="reason-text">`)
		p.el("b", named(statuses[:], s.Status)+": "+lower(s.Title)+".")
		p.text(" " + s.Text)
		p.raw("</p>")
		p.from(nil, s.Sources)
		p.raw("</li>\n")
	}
	p.raw("</ol></section>\n")
}

// risks prints the checklist that the outcome brings.
func (p *printer) risks() {
	if len(p.r.Verdict.Risks) == 0 {
		return
	}
	p.part("risks-title", "Risks that come with it")
	p.raw(`<ul class="risks">`)
	for _, r := range p.r.Verdict.Risks {
		p.raw(`<li class="risk"><p>`)
		p.el("b", named(nil, r.Name)+".")
		p.text(" " + r.Text)
		p.raw(`</p><p class="test">`)
		p.text("Test: " + r.Test)
		for _, key := range r.Sources {
			p.text(" ")
			p.cite(key)
		}
		p.raw("</p></li>\n")
	}
	p.raw("</ul></section>\n")
}

// toFindOut are the unknowns that do not already stand in the way.
func (p *printer) toFindOut() []calculator.Unsure {
	var list []calculator.Unsure
	for _, u := range p.r.Verdict.FindOut {
		waits := false
		for _, b := range p.r.Verdict.Blockers {
			waits = waits || b.Text == u.Text
		}
		if !waits {
			list = append(list, u)
		}
	}
	return list
}

// findOut prints the unknowns that could change the verdict.
func (p *printer) findOut() {
	list := p.toFindOut()
	if len(list) == 0 {
		return
	}
	p.part("find-out-title", "Find out first")
	p.raw(`<ol class="find-out">`)
	for _, u := range list {
		p.raw("<li>")
		p.inputLink(u.Input)
		p.text(": " + u.Text)
		p.raw("</li>\n")
	}
	p.raw("</ol></section>\n")
}
