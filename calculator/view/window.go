package view

import (
	"math"

	"whentofinetune/calculator"
)

// verdict prints the window: the call, one sentence, the ruler from today to the horizon, four dials.
func (p *printer) verdict() {
	p.bring(whole)
	v := &p.r.Verdict
	p.open("section", "class", "verdict-window "+callClass(v.Call))
	p.raw("\n" + `<div class="verdict-head">`)
	p.glyph(v.Call)
	p.open("h2", "class", "verdict-call", "id", p.id+"verdict-title", "tabindex", "-1")
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
		r.needle, r.word = at.Value, atMonth(at.Value)
	}
	if lo, hi := pb.BreakEvenP10, pb.BreakEvenP90; lo.Valid {
		r.lo, r.hi = lo.Value, r.to
		if hi.Valid {
			r.hi = hi.Value
		}
	}
	p.ruler(r)
	p.rulerNote()
}

// rulerNote says between which months the tunes that ship pay back, as far as they do.
func (p *printer) rulerNote() {
	pb := &p.r.Payback
	lo, hi := pb.BreakEvenP10, pb.BreakEvenP90
	if !lo.Valid {
		return
	}
	late := ""
	if lo.Value > float64(pb.HorizonMonths) {
		late = ", after the horizon of " + count(float64(pb.HorizonMonths)) + plural(pb.HorizonMonths, " month", " months")
	}
	p.raw(`<p class="ruler-note">Of the tunes that ship, `)
	switch {
	case hi.Valid && hi.Value < 0.1:
		p.raw("9 in 10 pay back within three days.")
	case hi.Valid:
		p.raw("8 in 10 pay back between month ")
		p.number("payback.break_even_p10", lo, months, never)
		p.raw(" and month ")
		p.number("payback.break_even_p90", hi, months, never)
		p.text(late + ".")
	default:
		p.raw("9 in 10 pay back no sooner than month ")
		p.number("payback.break_even_p10", lo, months, never)
		p.text(late + "; at least 1 in 10 ")
		p.number("payback.break_even_p90", hi, months, never)
		p.raw(" do.")
	}
	p.raw("</p>\n")
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
			p.text("P10\u00a0")
			p.number("payback.net_benefit_p10", pb.NetBenefitP10, money, never)
			p.text(", P90\u00a0")
			p.number("payback.net_benefit_p90", pb.NetBenefitP90, money, never)
			p.text(leans(pb) + "; ")
		}
		p.text("NPV\u00a0")
		p.number("payback.npv", pb.NPV, money, never)
	})
	p.raw("</dl>\n")
}

// leans explains a likely value that lies outside its own band; else it is empty.
func leans(pb *calculator.Payback) string {
	switch {
	case !pb.NetBenefit.Valid || !pb.NetBenefitP10.Valid || !pb.NetBenefitP90.Valid:
	case pb.NetBenefit.Value > pb.NetBenefitP90.Value+0.01:
		return " (the likely value lies above both: the ranges lean to the worse)"
	case pb.NetBenefit.Value < pb.NetBenefitP10.Value-0.01:
		return " (the likely value lies below both: the ranges lean to the better)"
	}
	return ""
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
