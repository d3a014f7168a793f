package view

import (
	"math"
	"strings"

	"whentofinetune/calculator"
)

// sentence says the verdict and the money in words, with numbers in braces. For a tune it says when it pays; for
// anything else it names the better way first.
func (p *printer) sentence() string {
	v := &p.r.Verdict
	because := ""
	if len(v.Because) > 0 {
		because = sentenced(v.Because[0].Text)
	}
	first := ""
	switch v.Call {
	case calculator.FineTune:
		first = sentenced(p.outcomeTitle(v.Primary)) + " " + because
	case calculator.NotYet:
		if len(v.Blockers) > 0 {
			because = sentenced(v.Blockers[0].Text)
		}
		if o := calculator.FindOutcome(v.Primary); o != nil && o.Tunes {
			first = because + " Then: " + lower(sentenced(o.Title))
			break
		}
		if first = sentenced(p.outcomeTitle(v.Primary)); !strings.HasSuffix(first, " first.") {
			first = "First: " + lower(first)
		}
		first += " " + because
	case calculator.DoNot:
		first = "Instead: " + lower(sentenced(p.outcomeTitle(v.Primary))) + " " + because
	}
	if cut := p.a.CutShort(); cut != "" && !strings.Contains(because, cut) {
		first += " " + cut
	}
	return first + " " + p.moneySentence() + p.against() + p.a.Aside(v.Primary) + p.unsound()
}

// unsound says why the money does not hold; else it is empty.
func (p *printer) unsound() string {
	if why := p.r.Unsound(); why != "" {
		return " But this money does not hold. " + why
	}
	return ""
}

// against says that most draws come out otherwise than the likely values, on which the call rests; else it is empty.
func (p *printer) against() string {
	p.bring(drawings)
	pb := &p.r.Payback
	switch wins := pb.NPV.Value > 0; {
	case !pb.NPV.Valid || !pb.Probability.Valid:
	case wins && pb.Probability.Value < 0.5:
		return " That is at the likely values; most draws lose: {payback.probability} pay back."
	case !wins && pb.Probability.Value > 0.5:
		return " That is at the likely values; most draws win: {payback.probability} pay back."
	}
	return ""
}

// say prints the sentence in the verdict window.
func (p *printer) say() { p.fill(p.sentence()) }

// moneySentence says when a tune pays back and what it is worth, with numbers in braces.
func (p *printer) moneySentence() string {
	pb := &p.r.Payback
	at := pb.BreakEvenMonths
	switch {
	case !at.Valid:
		return "A tune would cost {payback.upfront_cost} up front and never pay back."
	case at.Value <= 0:
		return "A tune costs nothing up front and brings {payback.monthly_net} a month."
	case pb.HorizonMonths == 0:
		return "A tune would cost {payback.upfront_cost} up front, and no month is left to earn it back."
	case !pb.PaysBackWithinHorizon:
		return "A tune would cost {payback.upfront_cost} up front and pay back after {payback.break_even_months}, not within {payback.horizon_months}."
	}
	s := "A tune costs {payback.upfront_cost} up front and pays back after {payback.break_even_months}"
	if at.Value < 0.1 { // a tenth of a month: nobody counts such a time in months
		s = "A tune costs {payback.upfront_cost} up front and pays back within three days"
	}
	if pb.NPV.Valid && pb.NPV.Value <= 0 {
		return s + " if it ships; with the chance that it does not, it is worth {payback.npv}."
	}
	if p.certain() {
		return s + "; it is worth {payback.npv} over {payback.horizon_months}."
	}
	return s + "; with the chance that it does not ship, it is worth {payback.npv} over {payback.horizon_months}."
}

// certain reports whether the tune ships in every case. At no month the two worths are equal whatever the chance is.
func (p *printer) certain() bool { return p.a.Number(calculator.SuccessPercent).Low >= 100 }

// flipWords says what change turns the verdict: below 2.15 M, or expert_verified in the form's words.
func (p *printer) flipWords(in calculator.Input, f calculator.Flip) string {
	var from, to calculator.Answers
	from.Set(in, f.From)
	to.Set(in, f.To)
	q := in.Question()
	if !q.Numeric() || to.Unknown(in) || to.Worded(in) {
		return p.choiceWord(in, f.To) + ":"
	}
	words := p.value(in, to.Likely(in)) + ":"
	switch {
	case from.Unknown(in) || !from.Given(in) || from.Worded(in):
		return "at " + words
	case to.Likely(in) < from.Likely(in):
		return "at or below " + words
	}
	return "at or above " + words
}

// choiceWord is how an answer in words reads.
func (p *printer) choiceWord(in calculator.Input, text string) string {
	if in.Question().Kind == calculator.KindBool {
		if text == "true" {
			return "yes"
		}
		return "no"
	}
	return p.choiceLabel(in, text)
}

// flipEnds are where an answer stands and where the verdict turns, where both are numbers.
func flipEnds(in calculator.Input, f calculator.Flip) (now, turn float64, ok bool) {
	var from, to calculator.Answers
	_, read := from.Set(in, f.From)
	_, readTo := to.Set(in, f.To)
	if !in.Question().Numeric() || !read || !readTo || !from.Given(in) || from.Unknown(in) || from.Worded(in) || to.Unknown(in) || to.Worded(in) {
		return 0, 0, false
	}
	return from.Likely(in), to.Likely(in), true
}

// flipRuler draws where an answer stands and where the verdict turns; a choice has no ruler.
func (p *printer) flipRuler(in calculator.Input, f calculator.Flip) {
	q := in.Question()
	now, turn, ok := flipEnds(in, f)
	if !ok {
		p.raw(`<div class="ruler"></div>`)
		return
	}
	r := rule{ticks: 24, zone: "zone" + callClass(f.Call)[4:], needle: now, word: "now " + p.value(in, now)}
	r.from, r.to = flipScale(q, now, turn)
	r.lo, r.hi = r.from, turn
	if turn > now {
		r.lo, r.hi = turn, r.to
	}
	r.marks = []mark{{turn, p.value(in, turn), true}, {r.from, p.value(in, r.from), false}, {r.to, p.value(in, r.to), false}}
	p.ruler(r)
}

// flipScale is the part of an input's values that a ruler shows: all of a share, else from nothing to twice the larger of
// the two values, rounded up.
func flipScale(q *calculator.Question, now, turn float64) (from, to float64) {
	if q.Kind == calculator.KindPercent && q.Max == 100 && q.Min >= 0 {
		return 0, 100
	}
	low, high := math.Min(0, math.Min(now, turn)), math.Max(now, turn)
	if low < 0 {
		low = -roundStep(-low * 1.5)
	}
	to = roundStep(math.Max(high, -low) * 1.2)
	return low, to
}

// optionNames are the ways to serve the same calls.
var optionNames = [...][2]string{
	{"today", "As today"},
	{"cached", "Today’s prompt, cached"},
	{"batched", "Today’s prompt, batched"},
	{"cheaper", "A cheaper stock model"},
	{"cheaper_model", "A cheaper stock model"},
	{"retrieval", "With retrieval"},
	{"tuned_managed", "Tuned and managed"},
	{"tuned_own_gpus", "Tuned on own GPUs"},
	{"self_hosted", "A self-hosted stock model"},
}

// lineNames are the parts of the bill.
var lineNames = [...][2]string{
	{"training", "Training"},
	{"data", "Labels"},
	{"labour", "Engineering"},
	{"evaluation", "Evaluation"},
	{"other", "Other, once"},
	{"hosting", "Hosting"},
	{"maintenance", "Upkeep"},
	{"retraining", "Retraining"},
}

// optionName is what a way to serve the same calls is called. Where nobody spoke of a cache, the bill that a tune is held
// against is that of the cached prompt, and the one without is no more today’s than that.
func (p *printer) optionName(id string) string {
	if isToday(id) && p.assumesCache() {
		return "Today’s prompt, uncached"
	}
	return named(optionNames[:], id)
}

// assumesCache reports whether the baseline is cached without anybody having said so.
func (p *printer) assumesCache() bool {
	hit := calculator.CacheHitPercent
	return !p.a.Given(hit) && p.a.Likely(hit) > 0 && !p.a.Given(calculator.SavingPerCall)
}

// baselineWay is the way that the tune is held against.
func (p *printer) baselineWay() string {
	if p.assumesCache() {
		return "cached"
	}
	return "today"
}

func lineName(id string) string { return named(lineNames[:], id) }

// named looks a word up; one that is not there is printed as it is, without underscores.
func named(names [][2]string, id string) string {
	for _, n := range names {
		if n[0] == id {
			return n[1]
		}
	}
	return sentenceCase(strings.ReplaceAll(id, "_", " "))
}

func sentenceCase(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func isTuned(option string) bool { return strings.HasPrefix(option, "tuned") }
func isToday(option string) bool { return option == "today" }

// optionsTable prints every way to serve the same calls. On a phone its rows are stacked, each cell after its name.
func (p *printer) optionsTable() {
	heads := [...]string{"Way", "Meets the target", "Up front", "A month", "A call", count(float64(p.r.Payback.HorizonMonths)) + plural(p.r.Payback.HorizonMonths, " month", " months"), "NPV"}
	p.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", "Table: the same calls, other ways")
	p.raw(`<table class="options stacked"><thead><tr>`)
	for i, head := range heads {
		p.el("th", head, "scope", "col", when(i > 1, "class"), "number")
	}
	p.raw("</tr></thead>\n<tbody>")
	for _, o := range p.r.Options {
		p.open("tr", when(isTuned(o.Option), "class"), "pick")
		p.raw(`<th scope="row">`)
		p.text(p.optionName(o.Option))
		if o.Note != "" {
			p.raw(" ")
			p.el("small", o.Note)
		}
		p.raw("</th>")
		p.open("td", "data-head", heads[1], "data-report", "options."+o.Option+".meets_target", "data-value", o.MeetsTarget)
		if o.MeetsTarget == "unknown" {
			p.raw(`<span class="not-measured">not measured</span>`)
		} else {
			p.text(o.MeetsTarget)
		}
		p.raw("</td>")
		for i, c := range [...]struct {
			name  string
			m     calculator.Maybe
			print func(float64) string
		}{{"upfront", o.Upfront, money}, {"per_month", o.PerMonth, money}, {"per_call", o.PerCall, perCall}, {"total", o.Total, money}, {"npv", o.NPV, money}} {
			p.el("td", maybe(c.m, c.print, "not known"), "class", "number", "data-head", heads[i+2], "data-report", "options."+o.Option+"."+c.name)
		}
		p.raw("</tr>\n")
	}
	p.raw("</tbody></table></div>\n")
}
