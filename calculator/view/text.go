package view

import (
	"strings"
	"unicode/utf8"

	"whentofinetune/calculator"
	"whentofinetune/calculator/fact"
)

// columns is how wide a terminal's text is set.
const columns = 80

// plain is a text under construction, set in lines of at most columns.
type plain struct{ strings.Builder }

func (w *plain) put(parts ...string) {
	for _, s := range parts {
		w.WriteString(s)
	}
}

// wrapped writes s behind a first prefix, its further lines behind spaces of the same width.
func (w *plain) wrapped(prefix, s string) {
	indent := strings.Repeat(" ", utf8.RuneCountInString(prefix))
	width := columns - len(indent)
	line, used := prefix, 0
	for _, word := range strings.Fields(s) {
		n := utf8.RuneCountInString(word)
		if used > 0 && used+1+n > width {
			w.put(line, "\n")
			line, used = indent, 0
		}
		if used > 0 {
			line, used = line+" ", used+1
		}
		line, used = line+word, used+n
	}
	w.put(line, "\n")
}

// heading begins a part.
func (w *plain) heading(s string) { w.put("\n", s, "\n") }

// column sets s to the left or to the right of a column of the given width.
func column(s string, width int, right bool) string {
	gap := width - utf8.RuneCountInString(s)
	if gap <= 0 && right {
		return " " + s
	}
	if gap <= 0 {
		return s
	}
	if right {
		return strings.Repeat(" ", gap) + s
	}
	return s + strings.Repeat(" ", gap)
}

// asText prints the report for a terminal.
func (p *printer) asText() []byte {
	w := &plain{}
	v := &p.r.Verdict
	for _, c := range p.r.Complaints {
		w.wrapped("! ", Complained(p.t, c))
	}
	if len(p.r.Complaints) > 0 {
		w.put("\n")
	}
	w.wrapped("", strings.ToUpper(callTitle(v.Call))+": "+p.outcomeTitle(v.Primary)+" ("+v.Primary+")")
	w.wrapped("  ", p.filled(p.sentence()))
	w.put("\n")
	p.textMoney(w)
	p.textReasons(w, "Because", v.Because)
	if list := p.toFindOut(); len(list) > 0 {
		w.heading("Find out first")
		for i, u := range list {
			w.wrapped("  "+column(px(i+1)+".", 3, false)+" ", u.Text+" ["+u.Input+"]")
		}
	}
	p.textReasons(w, "In the way", v.Blockers)
	if len(v.Passed) > 0 {
		w.heading("Passed by")
		for _, s := range v.Passed {
			w.wrapped("  "+column(s.Outcome, 28, false)+" ", s.Text)
		}
	}
	if v.NextExperiment.Text != "" {
		w.heading("Next experiment, " + money(v.NextExperiment.CostUSD))
		w.wrapped("  ", v.NextExperiment.Text+" "+v.NextExperiment.StopRule)
	}
	p.textFlips(w)
	if len(p.r.Readiness.Steps) > 0 {
		w.heading("From the examples at hand")
		for _, s := range p.r.Readiness.Steps {
			w.wrapped("  "+column(named(statuses[:], s.Status), 7, false)+" ", s.Title+". "+s.Text)
		}
	}
	p.textOptions(w)
	p.textLines(w)
	p.textParts(w)
	p.textEnd(w)
	return []byte(w.String())
}

// Complained is a complaint as a terminal says it: a page shows the rows and the examples to choose from, here it must be said
// who lists them.
func Complained(t *fact.Tables, c calculator.Complaint) string {
	s := c.Input + ": " + c.Text
	if in, found := calculator.Find(c.Input); found && in.Question().Kind == calculator.KindCatalog && strings.Contains(c.Text, "Choose ") {
		return s + " calc --schema lists them."
	}
	if c.Input != calculator.ScenarioName || strings.Contains(c.Text, "Did you mean") {
		return s
	}
	known := []string{}
	for i := range t.Scenarios {
		known = append(known, t.Scenarios[i].ID)
	}
	return s + " Write one of " + strings.Join(known, ", ") + "."
}

// textMoney prints the dials.
func (p *printer) textMoney(w *plain) {
	pb := &p.r.Payback
	row := func(name, value, note string) {
		w.wrapped("  "+column(name, 24, false)+column(value, 14, true)+"  ", note)
	}
	row("saves a month, now", maybe(pb.MonthlySaving, money, never), "before running cost")
	row("runs at, a month", maybe(pb.MonthlyRunningCost, money, never), "net "+maybe(pb.MonthlyNet, money, never)+" a month")
	row("up front", maybe(pb.UpfrontCost, money, never), p.biggestUpfront())
	spread := ""
	if pb.BreakEvenP10.Valid {
		spread = "P10 " + months(pb.BreakEvenP10.Value) + ", P90 " + maybe(pb.BreakEvenP90, months, never) + ", if it ships"
	}
	back := never
	if pb.BreakEvenMonths.Valid {
		back = atMonth(pb.BreakEvenMonths.Value)
	}
	row("pays back", back, spread)
	spread = "if it ships"
	if pb.NetBenefitP10.Valid {
		spread = "at the likely values; of the draws that ship P10 " + money(pb.NetBenefitP10.Value) + ", P50 " + maybe(pb.NetBenefitP50, money, never) +
			", P90 " + maybe(pb.NetBenefitP90, money, never) + leans(pb)
	}
	row("net over "+count(float64(pb.HorizonMonths))+plural(pb.HorizonMonths, " month", " months"), maybe(pb.NetBenefit, money, never), spread)
	chance := "with the chance that it does not ship; " + maybe(pb.NPVIfShipped, money, never) + " if it does"
	if p.certain() {
		chance = "it is certain to ship"
	}
	row("net present value", maybe(pb.NPV, money, never), chance)
	if pb.Drawn {
		row("chance to pay back", maybe(pb.Probability, inHundred, never), "of "+p.value(calculator.Draws, p.a.Likely(calculator.Draws))+" draws")
	}
}

func (p *printer) textReasons(w *plain, title string, reasons []calculator.Reason) {
	if len(reasons) == 0 {
		return
	}
	w.heading(title)
	for i, r := range reasons {
		text := r.Text
		if r.Dissent {
			text = "Dissent: " + text
		}
		w.wrapped("  "+column(px(i+1)+".", 3, false)+" ", text)
		from := strings.Join(r.Inputs, ", ")
		if cites := p.citedText(r.Sources); cites != "" {
			if from != "" {
				from += "; "
			}
			from += cites
		}
		if from != "" {
			w.wrapped("      ", "["+r.Rule+": "+from+"]")
		}
	}
}

func (p *printer) textFlips(w *plain) {
	if len(p.r.Verdict.Flips) == 0 {
		return
	}
	w.heading("What would change the verdict")
	for _, f := range p.r.Verdict.Flips {
		to := strings.ReplaceAll(string(f.Call), "_", " ")
		if f.Primary != p.r.Verdict.Primary {
			to += ", " + f.Primary
		}
		w.wrapped("  "+column(f.Input, 36, false)+" ", f.From+" -> "+f.To+": "+to)
	}
}

func (p *printer) textOptions(w *plain) {
	if len(p.r.Options) == 0 {
		return
	}
	w.heading("The same calls, other ways, over " + count(float64(p.r.Payback.HorizonMonths)) + plural(p.r.Payback.HorizonMonths, " month", " months"))
	w.put("  ", column("", 26, false), column("target", 8, false), column("up front", 9, true), column("a month", 10, true), column("in all", 12, true), column("worth now", 12, true), "\n")
	for _, o := range p.r.Options {
		w.put("  ", column(p.optionName(o.Option), 26, false), column(o.MeetsTarget, 8, false), column(maybe(o.Upfront, money, "-"), 9, true),
			column(maybe(o.PerMonth, money, "-"), 10, true), column(maybe(o.Total, money, "-"), 12, true), column(maybe(o.NPV, money, "-"), 12, true), "\n")
	}
	for i, o := range p.r.Options {
		names, first := "", true
		for k, same := range p.r.Options {
			if same.Note == o.Note {
				names, first = names+"; "+p.optionName(same.Option), first && k >= i
			}
		}
		if o.Note != "" && first { // one note for all ways that share it
			w.wrapped("    ", names[len("; "):]+": "+o.Note)
		}
	}
}

func (p *printer) textLines(w *plain) {
	first := true
	for _, l := range p.r.Payback.Lines {
		if l.OneOff == 0 && l.PerMonth == 0 {
			continue
		}
		if first {
			w.heading("Where the money goes")
			w.put("  ", column("", 38, false), column("once", 11, true), column("a month", 12, true), "\n")
			first = false
		}
		w.put("  ", column(lower(lineName(l.Name)), 38, false), column(money(l.OneOff), 11, true), column(money(l.PerMonth), 12, true), "\n")
	}
}

// textParts prints what has no picture of its own, a line each.
func (p *printer) textParts(w *plain) {
	w.heading("Behind the figures")
	for _, r := range p.remarks() {
		w.wrapped("  "+column(r.name, 14, false)+" ", p.filled(r.text))
	}
}

// textEnd prints the risks, the defaults, the sources.
func (p *printer) textEnd(w *plain) {
	if len(p.r.Verdict.Risks) > 0 {
		w.heading("Risks that come with it")
		for _, r := range p.r.Verdict.Risks {
			w.wrapped("  ", r.Name+": "+r.Text+" Test: "+r.Test)
		}
	}
	if s := p.forced(); s != "" {
		w.heading("Decided by another answer")
		w.wrapped("  ", s)
	}
	if defaults := p.defaults(); len(defaults) > 0 {
		w.heading("Taken by default (" + px(len(defaults)) + ")")
		named := []string{}
		for _, id := range defaults {
			if in, ok := calculator.Find(id); ok {
				text := p.a.Text(in)
				if text == "" {
					text = "computed"
				}
				named = append(named, id+"="+text)
			}
		}
		w.wrapped("  ", strings.Join(named, " "))
	}
	if len(p.r.Sources) > 0 {
		w.heading("Sources")
		for _, s := range p.r.Sources {
			w.wrapped("  ", s.Key+" ("+graded(s.Grade)+", "+s.Date+"): "+s.Title)
		}
	}
}

// graded is a grade as text says it: what was not read at the source says so.
func graded(grade string) string {
	if strings.HasPrefix(grade, "B") {
		return grade + ", second-hand"
	}
	return grade
}

// citedText names sources with their grades: Marquardt (A), Epoch (A).
func (p *printer) citedText(keys []string) string {
	named := []string{}
	for _, key := range keys {
		s := p.source(key)
		if s.Grade != "" {
			key += " (" + graded(s.Grade) + ")"
		}
		named = append(named, key)
	}
	return strings.Join(named, ", ")
}
