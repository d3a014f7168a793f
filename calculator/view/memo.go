package view

import (
	"slices"
	"strings"

	"whentofinetune/calculator"
	"whentofinetune/calculator/cost"
)

// asMemo prints the report as a decision memo in Markdown: everything that somebody who approves would ask for, each
// assumption with its value, each source with its date, and the link that opens it again.
func (p *printer) asMemo() []byte {
	w := &plain{}
	v := &p.r.Verdict
	w.put("# ", marked(callTitle(v.Call)+": "+p.outcomeTitle(v.Primary)), "\n\n")
	p.memoComplaints(w)
	w.put(marked(p.filled(p.sentence())), "\n\n")
	p.memoMoney(w)
	p.memoReasons(w, "Because", v.Because)
	if len(v.Blockers) == 0 {
		w.put("\n## What stands in the way\n\nNothing that has been told.\n")
	} else {
		p.memoReasons(w, "What stands in the way", v.Blockers)
	}
	w.put("\n## The next experiment\n\n", marked(v.NextExperiment.Text+" "+v.NextExperiment.StopRule), " Cost: ", money(v.NextExperiment.CostUSD), ".\n")
	if len(v.Flips) > 0 {
		w.put("\n## What would change the verdict\n\n| Input | Now | Turns at | Then |\n|---|---|---|---|\n")
		for _, f := range v.Flips {
			w.row(p.inputLabel(f.Input), p.readText(f.Input, f.From), p.readText(f.Input, f.To), callTitle(f.Call)+": "+p.outcomeTitle(f.Primary))
		}
	}
	if list := p.toFindOut(); len(list) > 0 {
		w.put("\n## Find out first\n\n")
		for i, u := range list {
			w.put(px(i+1), ". ", marked(u.Text), "\n")
		}
	}
	if len(v.Passed) > 0 {
		w.put("\n## Ways passed by\n\n| Way | Because |\n|---|---|\n")
		for _, s := range v.Passed {
			w.row(p.outcomeTitle(s.Outcome), p.passedBy(s))
		}
	}
	if len(p.r.Readiness.Steps) > 0 {
		w.put("\n## From the examples at hand\n\n| Way | Status | |\n|---|---|---|\n")
		for _, s := range p.r.Readiness.Steps {
			w.row(s.Title, named(statuses[:], s.Status), s.Text)
		}
	}
	p.memoOptions(w)
	p.memoRisks(w)
	w.put("\n## Inputs\n\n| Input | Value | |\n|---|---|---|\n")
	for i := range calculator.Questions {
		in := calculator.Input(i)
		note := "by default"
		switch {
		case slices.Contains(p.r.Forced, in.ID()):
			note = "decided by " + lower(calculator.DataResidency.Question().Label)
		case p.given.Given(in):
			note = "given"
		}
		w.row(in.Question().Label, p.answer(in), note)
	}
	if len(p.r.Sources) > 0 {
		w.put("\n## Sources\n\n")
		for _, s := range p.r.Sources {
			w.put("- ", marked(s.Key+" ("+graded(s.Grade)+"), "+s.Title+", "+s.Date), "\n")
			if s.Address != "" {
				w.put("  <", cost.Exchange(s.Address, "<", "%3C", ">", "%3E", " ", "%20"), ">\n")
			}
		}
	}
	w.put("\nOpen again: `", p.link(), "`\n")
	return []byte(w.String())
}

// readText is an answer, written as it is typed, as it reads.
func (p *printer) readText(id, text string) string {
	in, _ := calculator.Find(id)
	a := *p.a
	if _, read := a.Set(in, text); !read {
		return text
	}
	return p.answerOf(in, &a)
}

func (w *plain) row(cells ...string) {
	for _, c := range cells {
		w.put("| ", marked(c), " ")
	}
	w.put("|\n")
}

// memoComplaints says before anything else what is wrong with the answers: whoever approves must not take a default for one.
func (p *printer) memoComplaints(w *plain) {
	if len(p.r.Complaints) == 0 {
		return
	}
	w.put("**Not all answers hold: mend these first.**\n\n")
	for _, c := range p.r.Complaints {
		w.put("- ", marked(p.inputLabel(c.Input)+": "+c.Text), "\n")
	}
	w.put("\n")
}

func (p *printer) memoMoney(w *plain) {
	pb := &p.r.Payback
	w.put("| | |\n|---|---|\n")
	w.row("Saves a month, now", maybe(pb.MonthlySaving, money, never))
	w.row("Running cost a month", maybe(pb.MonthlyRunningCost, money, never))
	w.row("Up front", maybe(pb.UpfrontCost, money, never))
	w.row("Pays back", maybe(pb.BreakEvenMonths, atMonth, never))
	if pb.BreakEvenP10.Valid {
		w.row("of tunes that ship, month, P10 to P90", months(pb.BreakEvenP10.Value)+" to "+maybe(pb.BreakEvenP90, months, never))
	}
	w.row("Net over "+count(float64(pb.HorizonMonths))+" months, if it ships", maybe(pb.NetBenefit, money, never))
	w.row("Net present value", maybe(pb.NPV, money, never))
	if pb.Drawn {
		w.row("Chance to pay back", maybe(pb.Probability, inHundred, never))
	}
	w.row("Lost if it never ships", maybe(pb.AtRisk.IfNotShipped, money, never))
}

func (p *printer) memoReasons(w *plain, title string, reasons []calculator.Reason) {
	w.put("\n## ", title, "\n\n")
	for i, r := range reasons {
		text := r.Text
		if r.Dissent {
			text = "Dissent: " + text
		}
		w.put(px(i+1), ". ", marked(text))
		if cites := p.citedText(r.Sources); cites != "" {
			w.put(" (", marked(cites), ")")
		}
		w.put("\n")
	}
}

func (p *printer) memoOptions(w *plain) {
	if len(p.r.Options) == 0 {
		return
	}
	w.put("\n## The same calls, other ways\n\n| Option | Meets the target | Up front | A month | Over the horizon |\n|---|---|--:|--:|--:|\n")
	for _, o := range p.r.Options {
		w.row(p.optionName(o.Option), o.MeetsTarget, maybe(o.Upfront, money, "-"), maybe(o.PerMonth, money, "-"), maybe(o.Total, money, "-"))
	}
}

func (p *printer) memoRisks(w *plain) {
	if len(p.r.Verdict.Risks) == 0 {
		return
	}
	w.put("\n## Risks and their tests\n\n")
	for _, r := range p.r.Verdict.Risks {
		w.put("- [ ] **", marked(named(nil, r.Name)), "** ", marked(r.Text), " Test: ", marked(r.Test), "\n")
	}
}

// marked escapes what Markdown would read as its own, so that answers cannot become markup.
func marked(s string) string {
	b := strings.Builder{}
	for _, c := range s {
		switch c {
		case '\n', '\r':
			c = ' '
		case '\\', '`', '*', '_', '[', ']', '<', '>', '|', '~', '&':
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// asCSV prints every number and word of the report, a row each: its path, its value as JSON writes it, and, where it
// differs, as it stands in a sentence. Inputs come first, under inputs.
func (p *printer) asCSV() []byte {
	w := &plain{}
	w.put("path,value,reads\n")
	for i := range calculator.Questions {
		in := calculator.Input(i)
		w.record("inputs."+in.ID(), p.a.Text(in), "")
	}
	for _, path := range p.r.Figures() {
		digits, _ := p.r.Digits(path)
		reads, _ := p.r.Value(path)
		if reads == digits {
			reads = ""
		}
		w.record(path, digits, reads)
	}
	return []byte(w.String())
}

// record writes a row of CSV. A cell that a spreadsheet would run as a formula gets an apostrophe before it.
func (w *plain) record(cells ...string) {
	for i, c := range cells {
		if i > 0 {
			w.put(",")
		}
		w.put(Cell(c))
	}
	w.put("\n")
}

// Cell quotes s as a cell of CSV where it must be, and takes the life out of what a spreadsheet would run as a formula.
func Cell(s string) string {
	if s != "" && strings.ContainsRune("=+@\t\r", rune(s[0])) || strings.HasPrefix(s, "-") && strings.Trim(s, "-0123456789.eE+") != "" {
		s = "'" + s
	}
	if strings.ContainsAny(s, ",\"\n\r") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}
