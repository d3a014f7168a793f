package calculator

import (
	"strings"

	"whentofinetune/calculator/cost"
)

// verdict puts a decision into words; unsure are the unknowns that could turn it.
func (r *Resolved) verdict(d *decision, unsure []Unsure) Verdict {
	v := Verdict{Call: d.call, Primary: d.primary.ID, NextExperiment: r.Experiment(d.primary), FindOut: unsure}
	if d.runnerUp != nil {
		v.RunnerUp = d.runnerUp.ID
	}
	rung := &Rungs[d.rung]
	fits := FindOutcome(rung.Outcome)
	if d.beaten { // what decides is said first
		v.Because = append(v.Because, r.moneyReason(d))
	}
	v.Because = append(v.Because, r.reason(rung))
	if rung.Dissent != "" {
		v.Because = append(v.Because, Reason{Rule: rung.ID, Text: rung.Dissent, Inputs: names(Deciding(rung.When, r)), Sources: rung.Against, Dissent: true})
	}
	if fits.Tunes && !d.beaten {
		v.Because = append(v.Because, r.moneyReason(d))
	}
	if d.other && !d.beaten && !(d.dearer && d.call == NotYet) {
		v.Because = append(v.Because, r.otherMoney(d))
	}
	for i := range Remarks {
		if m := &Remarks[i]; (m.Outcome == d.primary.ID || m.Outcome == "" && d.primary.Tunes) && m.When.Ask(r) == Holds {
			v.Because = append(v.Because, r.reason(m))
		}
	}
	v.Blockers = r.blockers(d, &v)
	v.Passed = r.passed(d)
	for _, name := range d.primary.Risks {
		v.Risks = append(v.Risks, risk(name))
	}
	if r.Choice(Exposure) != "internal" {
		v.Risks = append(v.Risks, risk("harm"))
	}
	return v
}

// blockers are what must come first: what is not known, what has no worth yet, what stands in the way.
func (r *Resolved) blockers(d *decision, v *Verdict) []Reason {
	if d.call == NotYet && !d.primary.Tunes {
		return v.Because[:1:1]
	}
	var list []Reason
	if d.primary.Tunes {
		for _, u := range v.FindOut {
			in, _ := Find(u.Input)
			if r.waits(d, in) {
				list = append(list, Reason{Rule: "R43", Text: u.Text, Inputs: []string{u.Input}, Sources: []string{"Source-document"}})
			}
		}
	}
	if d.worth {
		text := "Tuning does not pay by saving alone, and nobody has said what a better answer is worth: say that first."
		if !r.gains() {
			text = "Tuning does not pay by saving alone. What better answers are worth counts with both scores: say what passes today, what must pass, and what a call that newly passes is worth, first."
		}
		list = append(list, Reason{Rule: "R40", Text: text, Inputs: names([]Input{ValuePerExtraPass}), Sources: []string{"Source-document"}})
	}
	for _, i := range d.blocks {
		list = append(list, r.reason(&Blockers[i]))
	}
	if d.dearer && d.call == NotYet {
		list = append(list, r.otherMoney(d))
	}
	return list
}

// waits tells whether the verdict waits for an unknown: a way above that does without tuning cannot be ruled out.
func (r *Resolved) waits(d *decision, in Input) bool {
	for _, i := range d.unsure {
		if asksFor(Rungs[i].When, in) {
			return true
		}
	}
	return false
}

// otherMoney says what the method of the primary costs where nobody chose one and the default's money is shown.
func (r *Resolved) otherMoney(d *decision) Reason {
	method := d.primary.Method
	other := r.withMethod(method)
	t := other.terms(other.likely())
	pays := "it pays back"
	if d.dearer {
		pays = "it does not pay back"
	}
	return Reason{Rule: "R44", Text: "The money shown is that of " + labelled(r.Choice(Method)) + ". What fits takes " + labelled(method) + ", about " + dollars(t.Upfront) +
		" up front, and that is worth " + dollars(t.NPV()) + " at these answers: " + pays + ". Give method " + method + " to see it.",
		Inputs: names([]Input{Method, MonthlyCalls, ValuePerExtraPass}), Sources: []string{"Judgement"}}
}

// labelled is a method by its name in the form and its word.
func labelled(method string) string {
	for _, c := range Questions[Method].Choices {
		if c.Word == method {
			return c.Label + " (" + method + ")"
		}
	}
	return method
}

// dollars writes whole US dollars for a sentence: $8,526 or −$40.
func dollars(x float64) string {
	if x < 0 {
		return "−$" + cost.Fixed(-x, 0)
	}
	return "$" + cost.Fixed(x, 0)
}

// passed lists every outcome above the rung that decided, once, with the fact that ruled it out.
func (r *Resolved) passed(d *decision) []Passed {
	var list []Passed
	for i := range Rungs[:d.rung] {
		o := Rungs[i].Outcome
		if o == d.primary.ID || o == Rungs[d.rung].Outcome {
			continue
		}
		if r.telling(o, d.rung) == i {
			list = append(list, r.pass(i))
		}
	}
	return list
}

// telling is the rung of an outcome, above the one that decided, that says most: one that cannot be known, else the first
// that was not ruled out by the kind of gap alone, else the first.
func (r *Resolved) telling(outcome string, below int) int {
	first, nearer := -1, -1
	for i := range Rungs[:below] {
		rung := &Rungs[i]
		if rung.Outcome != outcome {
			continue
		}
		if rung.When.Ask(r) == NotKnown {
			return i
		}
		if first < 0 {
			first = i
		}
		if why := Deciding(rung.When, r); nearer < 0 && len(why) > 0 && why[0] != PrimaryGap {
			nearer = i
		}
	}
	if nearer >= 0 {
		return nearer
	}
	return first
}

// pass says why a rung was passed.
func (r *Resolved) pass(i int) Passed {
	rung := &Rungs[i]
	p := Passed{Outcome: rung.Outcome, Rule: rung.ID, Why: rung.Unless}
	why := Deciding(rung.When, r)
	if rung.When.Ask(r) == NotKnown {
		p.Why = "It cannot be known yet."
	}
	for k := range Vetoes {
		if veto := &Vetoes[k]; veto.Outcome == rung.Outcome && why[0] != PrimaryGap && veto.When.Ask(r) == Holds {
			p.Rule, p.Why, why = veto.ID, veto.Because, Deciding(veto.When, r)
		}
	}
	for _, in := range why {
		if in == PrimaryGap { // what is missing is reason enough
			why = []Input{in}
			break
		}
	}
	p.Inputs = names(why)
	p.Text = strings.TrimSuffix(p.Why, ".") + " (" + r.said(why) + ")."
	return p
}

// said lists answers: best_model_score 60, target_score 90.
func (r *Resolved) said(list []Input) string {
	parts := make([]string, 0, len(list))
	for _, in := range list {
		if text := r.Text(in); text != "" {
			parts = append(parts, in.ID()+" "+text)
		}
	}
	return strings.Join(parts, ", ")
}

func (r *Resolved) reason(rule *Rule) Reason {
	s := Reason{Rule: rule.ID, Text: rule.Because, Inputs: names(Deciding(rule.When, r)), Sources: rule.Sources}
	if rule.Now != nil {
		if now := rule.Now(r); now != "" {
			s.Text += " " + now
		}
	}
	if door := r.doorCited(rule); door != "" {
		s.Sources = append([]string{door}, s.Sources...)
	}
	return s
}

// doorCited is the key of the door that a rule speaks of, or "".
func (r *Resolved) doorCited(rule *Rule) string {
	switch {
	case rule.ID == "R33" && r.runsOn() != nil:
		return doorKey + r.runsOn().ID
	case rule.ID == "R39" && r.tune != nil:
		return doorKey + r.tune.ID
	}
	return ""
}

// moneyReason says whether the tune pays, and over how many months.
func (r *Resolved) moneyReason(d *decision) Reason {
	s := Reason{Rule: "R41", Inputs: names([]Input{MonthlyCalls, Months, SuccessPercent}), Sources: []string{"Source-document"}}
	terms := r.terms(r.likely())
	switch {
	case d.beaten:
		s.Text = "A tune would fit. " + unpaidSentence(&terms)
	case r.paysBack() && !terms.Pays():
		s.Text = "It does not pay back in what is left of this model. On one that stays at this price it would."
	case r.paysBack():
		s.Text = "At the likely values it pays back inside the horizon, the chance that it does not ship counted."
	default:
		s.Text = unpaidSentence(&terms)
	}
	if text := r.CutShort(); text != "" {
		s.Text += " " + text
		if r.Given(BaseModelRetirement) {
			s.Inputs = append(s.Inputs, BaseModelRetirement.ID())
		} else if r.tune != nil {
			s.Inputs = append(s.Inputs, TunedModel.ID())
			s.Sources = append(s.Sources, doorKey+r.tune.ID)
		}
	}
	return s
}

// unpaidSentence says of terms that do not pay whether it is the time or the chance.
func unpaidSentence(t *cost.Terms) string {
	p := t.Payback()
	if p.PaysBack {
		return "It pays back inside the horizon if it ships, but with the chance that it does not, and money discounted, it is worth " + dollars(p.NPV) + "."
	}
	return "It does not pay back inside the horizon: it is worth " + dollars(p.NPV) + "."
}

func risk(name string) Risk {
	for _, k := range RiskKinds {
		if k.Name == name {
			return Risk(k)
		}
	}
	return Risk{Name: name}
}
