package view

import (
	"math"
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

// verdict prints the window: the call, one sentence, the ruler from today to the horizon, four dials.
func (p *printer) verdict() {
	v := &p.r.Verdict
	p.open("section", "class", "verdict-window "+callClass(v.Call))
	p.raw("\n" + `<div class="verdict-head">`)
	p.glyph(v.Call)
	p.open("h2", "class", "verdict-call", "id", p.id+"verdict-title")
	p.data("verdict.call", string(v.Call), callTitle(v.Call))
	p.raw("</h2></div>\n")
	p.raw(`<p class="verdict-say">`)
	p.say()
	p.raw("</p>\n")
	p.verdictRuler()
	p.dials()
	p.raw("</section>\n")
}

// verdictRuler shows when the money comes back, from today to the horizon.
func (p *printer) verdictRuler() {
	pb := &p.r.Payback
	h := float64(pb.HorizonMonths)
	if h == 0 {
		return
	}
	at := pb.BreakEvenMonths
	r := rule{to: h, ticks: pb.HorizonMonths, zone: "spread"}
	if at.Valid && at.Value > h && at.Value <= 4*h {
		r.to = math.Ceil(at.Value * 1.15)
		r.marks = append(r.marks, mark{h, count(h) + ", your horizon", true})
	} else {
		r.marks = append(r.marks, mark{h, count(h), false})
	}
	r.ticks = int(r.to)
	for r.ticks > 40 {
		r.ticks /= 2
	}
	r.marks = append(r.marks, mark{0, "today", false})
	switch {
	case !at.Valid:
		r.needle, r.word = r.to, "never pays back"
	case at.Value > r.to:
		r.needle, r.word = r.to, "month "+months(at.Value)+", off this rule"
	default:
		r.needle, r.word = at.Value, "month "+months(at.Value)
	}
	if lo, hi := pb.BreakEvenP10, pb.BreakEvenP90; lo.Valid {
		r.lo, r.hi = lo.Value, r.to
		if hi.Valid {
			r.hi = hi.Value
		}
	}
	p.ruler(r)
	if pb.BreakEvenP10.Valid {
		p.raw(`<p class="ruler-note">Of the tunes that ship, 8 in 10 pay back between month `)
		p.number("payback.break_even_p10", pb.BreakEvenP10, months, never)
		p.raw(` and `)
		if pb.BreakEvenP90.Valid {
			p.raw("month ")
		}
		p.number("payback.break_even_p90", pb.BreakEvenP90, months, never)
		p.raw("</p>\n")
	}
}

// dials prints four numbers, each with what qualifies it.
func (p *printer) dials() {
	pb := &p.r.Payback
	h := count(float64(pb.HorizonMonths)) + plural(pb.HorizonMonths, " month", " months")
	p.raw(`<dl class="dials">`)
	p.dial("Chance that it pays back in "+h, "payback.probability", pb.Probability, inHundred, "not drawn", func() {
		p.text("it ships in ")
		p.text(p.value(calculator.SuccessPercent, p.a.Likely(calculator.SuccessPercent)))
		p.text(" of cases, by your estimate or the default")
	})
	p.dial("Saves a month, now", "payback.monthly_saving", pb.MonthlySaving, money, never, func() {
		p.text("before ")
		p.number("payback.monthly_running_cost", pb.MonthlyRunningCost, money, never)
		p.text(" of running cost; ")
		p.number("payback.monthly_net", pb.MonthlyNet, money, never)
		p.text(" net")
	})
	p.dial("Up front", "payback.upfront_cost", pb.UpfrontCost, money, never, func() { p.text(p.biggestUpfront()) })
	p.dial("Net over "+h+", if it ships", "payback.net_benefit", pb.NetBenefit, money, never, func() {
		if pb.NetBenefitP10.Valid {
			p.text("P10 ")
			p.number("payback.net_benefit_p10", pb.NetBenefitP10, money, never)
			p.text(", P90 ")
			p.number("payback.net_benefit_p90", pb.NetBenefitP90, money, never)
			p.text("; ")
		}
		p.text("NPV ")
		p.number("payback.npv", pb.NPV, money, never)
	})
	p.raw("</dl>\n")
}

func (p *printer) dial(name, path string, m calculator.Maybe, print func(float64) string, word string, qualify func()) {
	p.raw(`<div class="dial">`)
	p.el("dt", name)
	p.raw("<dd>")
	p.number(path, m, print, word)
	p.raw("<small>")
	qualify()
	p.raw("</small></dd></div>\n")
}

// inHundred prints a share of draws: 76 in 100.
func inHundred(share float64) string { return fixed(share*100, 0) + " in 100" }

// biggestUpfront names the largest part of what is paid up front.
func (p *printer) biggestUpfront() string {
	all, most, name := 0.0, 0.0, ""
	for _, l := range p.r.Payback.Lines {
		all += l.OneOff
		if l.OneOff > most {
			most, name = l.OneOff, l.Name
		}
	}
	if all <= 0 {
		return "nothing is paid up front"
	}
	return percent(math.Round(most/all*100)) + " of it " + lower(lineName(name))
}

// complaints repeats above the reasons what could not be read, so that a report that stands alone says so too.
func (p *printer) complaints() {
	if len(p.r.Complaints) == 0 {
		return
	}
	p.part("complaints-title", "What could not be read")
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
	p.raw(`<p class="part-note">One input at a time, the rest as they are. Red is where you stand; hatched is where the answer turns.</p>
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
	p.raw("</div>")
	p.flipRuler(in, f)
	p.open("a", "class", "try", "href", p.root+"calculator.html", "data-fragment", p.fragmentWith(in, f.To), "data-set", f.Input+"="+f.To)
	p.raw(`Try<span class="hidden"> `)
	p.text(in.Question().Label + " " + p.flipWords(in, f))
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

// assumed prints what was taken by default.
func (p *printer) assumed() {
	if len(p.r.Assumed) == 0 {
		return
	}
	p.raw(`<details class="assumed"><summary>Taken by default `)
	p.el("small", count(float64(len(p.r.Assumed)))+" answers", "class", "count")
	p.raw("</summary><dl>")
	for _, id := range p.r.Assumed {
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
			p.raw(", ")
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
