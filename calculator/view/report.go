package view

import (
	"slices"
	"strings"

	"whentofinetune/calculator"
)

// report prints everything that the calculator has to say, in one element.
func (p *printer) report() {
	p.raw(`<div class="report" data-report="report" data-state="printed">` + "\n")
	p.fig = 1
	p.raw(`<div class="argument">` + "\n")
	p.verdict()
	p.raw(`<div class="tools" data-slot="tools"></div>` + "\n")
	p.complaints()
	p.because()
	p.findOut()
	p.raw(`<div class="pair">`)
	p.blockers()
	p.experiment()
	p.raw("</div>\n")
	p.flips()
	p.raw("</div>\n" + `<div class="evidence">` + "\n")
	p.figures()
	p.raw(`<div class="pair">`)
	p.figuresInWords()
	p.raw("<div>")
	p.readiness()
	p.risks()
	p.raw("</div></div>\n")
	p.assumed()
	p.sources()
	p.raw("</div></div>\n")
}

// part opens a section of the report with its title.
func (p *printer) part(id, title string) {
	p.open("section", "class", "part")
	p.el("h2", title, "class", "part-title", "id", p.id+id)
	p.raw("\n")
}

// number prints a number of the report by its path: as people read it, with what the machine reads beside it.
func (p *printer) number(path string, m calculator.Maybe, print func(float64) string, word string) {
	p.data(path, p.machine(path), maybe(m, print, word))
}

// data prints a value of the report by its path.
func (p *printer) data(path, value, text string) {
	p.open("data", "data-report", path, "value", value)
	p.text(text)
	p.raw("</data>")
}

// complaints repeats above the reasons what could not be read or does not go together, so that a report that stands alone says so too.
func (p *printer) complaints() {
	if len(p.r.Complaints) == 0 {
		return
	}
	p.part("complaints-title", "What is wrong with the answers")
	p.raw(`<ul class="complaints">`)
	for _, c := range p.r.Complaints {
		p.raw("<li>")
		p.el("b", p.inputLabel(c.Input))
		p.text(": " + c.Text)
		p.raw("</li>\n")
	}
	p.raw("</ul></section>\n")
}

// because prints the reasons, counter-evidence among them.
func (p *printer) because() {
	p.part("because-title", "Because")
	p.raw(`<ol class="reasons">` + "\n")
	for _, r := range p.r.Verdict.Because {
		p.reason(r)
	}
	p.raw("</ol></section>\n")
}

func (p *printer) reason(r calculator.Reason) {
	class := "reason"
	if r.Dissent {
		class = "reason reason-dissent"
	}
	p.open("li", "class", class, "data-rule", r.Rule)
	p.raw(`<p class="reason-text">`)
	if r.Dissent {
		p.raw(`<abbr class="grade grade-dissent" title="Counter-evidence">dissent</abbr> `)
	}
	p.text(r.Text)
	p.raw("</p>")
	p.from(r.Inputs, r.Sources)
	p.raw("</li>\n")
}

// from names the inputs that a reason looked at, each a link to its field, and its sources with their grades.
func (p *printer) from(inputs, sources []string) {
	if len(inputs)+len(sources) == 0 {
		return
	}
	p.raw(`<p class="from">`)
	for i, id := range inputs {
		if i == 0 {
			p.text("from ")
		} else {
			p.text(", ")
		}
		p.inputLink(id)
	}
	for i, key := range sources {
		if i == 0 && len(inputs) > 0 {
			p.text(" · ")
		} else if i > 0 {
			p.text(" ")
		}
		p.cite(key)
	}
	p.raw("</p>")
}

// blockers prints what must come first, and the way down the ladder.
func (p *printer) blockers() {
	v := &p.r.Verdict
	p.part("blockers-title", "What stands in the way")
	if len(v.Blockers) == 0 {
		p.raw(`<p class="part-note">Nothing that you have told us stands in the way.`)
		if n := len(v.FindOut); n > 0 {
			p.text(" " + count(float64(n)) + plural(n, " unknown answer", " unknown answers") + " could still change the verdict.")
		}
		p.raw("</p>\n")
	} else {
		p.blockerList()
	}
	p.path()
	p.raw("</section>\n")
}

// blockerList prints the blockers. One that is among the reasons already is not said twice.
func (p *printer) blockerList() {
	p.raw(`<ol class="blockers">` + "\n")
	for _, b := range p.r.Verdict.Blockers {
		known := -1
		for i, r := range p.r.Verdict.Because {
			if r.Text == b.Text {
				known = i
			}
		}
		if known < 0 {
			p.reason(b)
			continue
		}
		p.open("li", "class", "reason", "data-rule", b.Rule)
		p.el("p", "Reason "+px(known+1)+" comes first; until it is settled, nothing else counts.", "class", "reason-text")
		p.from(b.Inputs, nil)
		p.raw("</li>\n")
	}
	p.raw("</ol>\n")
}

// experiment prints the cheapest next thing to try.
func (p *printer) experiment() {
	e := &p.r.Verdict.NextExperiment
	p.part("experiment-title", "The next experiment")
	p.raw(`<div class="experiment">`)
	p.el("p", e.Text)
	if e.StopRule != "" {
		p.el("p", e.StopRule, "class", "stop")
	}
	p.raw(`<dl class="costs"><div><dt>Costs</dt> <dd class="total">`)
	p.number("verdict.next_experiment.cost_usd", calculator.Some(e.CostUSD), money, never)
	p.raw("</dd></div></dl></div></section>\n")
}

// flips prints the smallest changes that turn the verdict.
func (p *printer) flips() {
	if len(p.r.Verdict.Flips) == 0 {
		return
	}
	p.part("flips-title", "What would change the verdict")
	p.raw(`<p class="part-note">One input at a time, the rest as they are. The needle is where you stand; hatched is where the answer turns.</p>
<ol class="flips">
`)
	for _, f := range p.r.Verdict.Flips {
		p.flip(f)
	}
	p.raw("</ol></section>\n")
}

func (p *printer) flip(f calculator.Flip) {
	in, ok := calculator.Find(f.Input)
	if !ok {
		return
	}
	p.open("li", "class", "flip")
	p.raw(`<div class="flip-say">`)
	p.el("b", in.Question().Label)
	p.raw(" <span>")
	p.text(p.flipWords(in, f) + " ")
	p.raw("</span>")
	word := ""
	if f.Primary != p.r.Verdict.Primary {
		word = p.outcomeTitle(f.Primary)
	}
	p.callWord(f.Call, word)
	if now, _, ok := flipEnds(in, f); ok {
		p.el("span", ", now "+p.value(in, now), "class", "hidden") // what the ruler shows
	}
	p.raw("</div>")
	p.flipRuler(in, f)
	p.open("a", "class", "try", "href", p.root+"calculator.html", "data-fragment", p.fragmentWith(in, f.To), "data-set", f.Input+"="+f.To)
	p.raw(`Try<span class="hidden"> `)
	p.text(in.Question().Label + " " + strings.TrimSuffix(p.flipWords(in, f), ":"))
	p.raw("</span></a></li>\n")
}

// figures prints every picture.
func (p *printer) figures() {
	p.open("section", "class", "figures")
	p.el("h2", "Figures", "class", "hidden", "id", p.id+"figures-title")
	p.raw("\n")
	for _, c := range charts {
		p.chart(c.name)
	}
	p.raw("</section>\n")
}

// defaults are the inputs that took their default, without those that another answer decides.
func (p *printer) defaults() []string {
	return slices.DeleteFunc(slices.Clone(p.r.Assumed), func(id string) bool { return slices.Contains(p.r.Forced, id) })
}

// forced says which inputs the residency of the data decides; empty where it decides none.
func (p *printer) forced() string {
	said := []string{}
	for _, id := range p.r.Forced {
		if in, ok := calculator.Find(id); ok {
			said = append(said, lower(in.Question().Label)+": "+p.answer(in))
		}
	}
	if len(said) == 0 {
		return ""
	}
	where := calculator.DataResidency
	return where.Question().Label + ": " + p.answer(where) + ". That decides " + strings.Join(said, "; ") + "."
}

// assumed prints what was taken by default.
func (p *printer) assumed() {
	if s := p.forced(); s != "" {
		p.el("p", s, "class", "part-note")
	}
	defaults := p.defaults()
	if len(defaults) == 0 {
		return
	}
	p.raw(`<details class="assumed"><summary>Taken by default `)
	p.el("small", count(float64(len(defaults)))+" answers", "class", "count")
	p.raw("</summary><dl>")
	for _, id := range defaults {
		in, ok := calculator.Find(id)
		if !ok {
			continue
		}
		p.raw("<div><dt>")
		p.inputLink(id)
		p.raw("</dt><dd>")
		p.text(p.answer(in))
		p.raw("</dd></div>\n")
	}
	p.raw("</dl></details>\n")
}

// sources prints the evidence and the price rows that the report rests on.
func (p *printer) sources() {
	if len(p.r.Sources) == 0 {
		return
	}
	p.part("sources-title", "Sources")
	p.raw(`<ol class="sources">`)
	for _, s := range p.r.Sources {
		p.raw(`<li class="source">`)
		p.el("b", s.Key)
		p.raw(" ")
		p.grade(s.Grade)
		p.raw(" ")
		if strings.HasPrefix(s.Address, "https://") || strings.HasPrefix(s.Address, "http://") {
			p.el("a", s.Title, "href", s.Address, "rel", "noreferrer")
		} else {
			p.text(s.Title)
		}
		if s.Date != "" {
			p.raw(" ")
			p.el("time", s.Date, "datetime", s.Date)
		}
		p.raw("</li>\n")
	}
	p.raw("</ol></section>\n")
}

// plural chooses a word by a count.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
