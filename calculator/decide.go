package calculator

import (
	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// Decide works out everything but the Monte Carlo fields: the verdict, the money, the options, the parts.
func Decide(t *fact.Tables, a Answers) Report {
	r := Resolve(t, a)
	rep := Report{Payback: r.payback(), Options: r.options(), Training: r.training(), Memory: r.memory(), Serving: r.serving(), Evaluation: r.evaluation(), CostPerCall: r.costPerCall()}
	d := r.decide()
	rep.Verdict = r.verdict(&d)
	rep.Verdict.FindOut = r.findOut(&d)
	rep.Verdict.Flips = r.flips(&d)
	for _, u := range rep.Verdict.FindOut {
		rep.Unknown = append(rep.Unknown, u.Input)
	}
	r.listInputs(&rep)
	rep.Payback.AtRisk.Pilot = Some(rep.Verdict.NextExperiment.CostUSD)
	rep.Complaints = r.Complaints
	rep.Sources = r.sources(&rep)
	return rep
}

// Full is Decide with the draws made; complaints are those that reading the answers brought.
func Full(t *fact.Tables, a Answers, complaints []Complaint) Report {
	rep := Decide(t, a)
	Simulate(t, a, &rep)
	rep.Complaints = append(complaints, rep.Complaints...)
	return rep
}

// decision is the core of a verdict: what a search for flips needs, without words.
type decision struct {
	call     Call
	rung     int // place in Rungs of the rule that decided
	primary  *Outcome
	runnerUp *Outcome
	unsure   []int // rungs above that cannot be known
	blocks   []int // places in Blockers that hold
	npv      float64
	back     bool
	worth    bool // better answers have no value yet, and tuning does not pay without one
	beaten   bool // the technique fits, and does not pay
}

// decide walks down the ladder: the first rule that holds decides. A tune must also pay and have nothing in its way.
func (r *Resolved) decide() decision {
	var d decision
	d.rung = -1
	for i := range Rungs {
		switch Rungs[i].When.Ask(r) {
		case NotKnown:
			if d.rung < 0 {
				d.unsure = append(d.unsure, i)
			}
		case Holds:
			o := FindOutcome(Rungs[i].Outcome)
			if d.rung < 0 {
				d.rung, d.primary = i, o
			} else if o != d.primary {
				d.runnerUp = o
			}
		}
		if d.runnerUp != nil {
			break
		}
	}
	d.call = d.primary.Call
	if d.primary.Tunes {
		r.weigh(&d)
	}
	return d
}

// weigh joins a technique that fits with the money and with what stands in its way.
func (r *Resolved) weigh(d *decision) {
	terms := r.terms(r.likely())
	p := terms.Payback()
	d.npv, d.back = p.NPV, p.PaysBack
	for i := range Blockers {
		if Blockers[i].When.Ask(r) == Holds {
			d.blocks = append(d.blocks, i)
		}
	}
	quality := qualityGap.Ask(r) == Holds
	switch {
	case pays(d.npv, d.back):
		if len(d.blocks) > 0 {
			d.call = NotYet
		}
	case quality && r.Likely(ValuePerExtraPass) == 0:
		d.call, d.worth = NotYet, true
	default:
		d.call, d.beaten = DoNot, true
		d.runnerUp = d.primary
		d.primary = FindOutcome(r.insteadOfTuning(quality))
	}
}

// insteadOfTuning is what is better than a tune that fits and does not pay.
func (r *Resolved) insteadOfTuning(quality bool) string {
	switch {
	case !quality:
		return "cache_or_batch"
	case r.Choice(PromptingEffort) != "optimiser_used":
		return "prompt_optimiser"
	}
	return "stop_no_gap"
}

// verdict puts a decision into words.
func (r *Resolved) verdict(d *decision) Verdict {
	v := Verdict{Call: d.call, Primary: d.primary.ID, NextExperiment: r.experiment(d.primary)}
	if d.runnerUp != nil {
		v.RunnerUp = d.runnerUp.ID
	}
	rung := &Rungs[d.rung]
	v.Because = append(v.Because, r.reason(rung))
	if rung.Dissent != "" {
		v.Because = append(v.Because, Reason{Rule: rung.ID, Text: rung.Dissent, Inputs: names(rung.When.Deciding(r)), Sources: rung.Against, Dissent: true})
	}
	if FindOutcome(rung.Outcome).Tunes {
		v.Because = append(v.Because, r.moneyReason(d))
	}
	for _, i := range d.blocks {
		v.Blockers = append(v.Blockers, r.reason(&Blockers[i]))
	}
	if d.worth {
		v.Blockers = append(v.Blockers, Reason{Rule: "R40", Text: "Tuning does not pay by saving alone, and nobody has said what a better answer is worth: give value_per_extra_pass first.",
			Inputs: []string{ValuePerExtraPass.ID()}, Sources: []string{"Source-document"}})
	}
	if d.call == NotYet && !d.primary.Tunes {
		v.Blockers = append(v.Blockers, v.Because[0])
	}
	for i := range Rungs[:d.rung] {
		if r.passes(d, i) {
			v.Passed = append(v.Passed, Passed{Outcome: Rungs[i].Outcome, Rule: Rungs[i].ID, Text: Rungs[i].Unless})
		}
	}
	for _, name := range d.primary.Risks {
		v.Risks = append(v.Risks, risk(name))
	}
	if r.Choice(Exposure) != "internal" {
		v.Risks = append(v.Risks, risk("harm"))
	}
	return v
}

// passes leaves out rungs that say nothing about a tune's own ladder: those of the outcome that decided, and repetitions.
func (r *Resolved) passes(d *decision, i int) bool {
	if Rungs[i].Outcome == d.primary.ID || Rungs[i].Unless == "" {
		return false
	}
	for j := range i {
		if Rungs[j].Outcome == Rungs[i].Outcome {
			return false
		}
	}
	return true
}

func (r *Resolved) reason(rule *Rule) Reason {
	return Reason{Rule: rule.ID, Text: rule.Because, Inputs: names(rule.When.Deciding(r)), Sources: rule.Sources}
}

// moneyReason says whether the tune pays.
func (r *Resolved) moneyReason(d *decision) Reason {
	inputs := names([]Input{MonthlyCalls, Months, SuccessPercent})
	text := "It pays back inside the horizon, chance of failure counted."
	switch {
	case d.beaten || d.worth:
		text = "It does not pay back inside the horizon."
	}
	return Reason{Rule: "R41", Text: text, Inputs: inputs, Sources: []string{"Source-document"}}
}

func risk(name string) Risk {
	for _, k := range RiskKinds {
		if k.Name == name {
			return Risk(k)
		}
	}
	return Risk{Name: name}
}

// experiment is the cheapest next thing to try, and what it costs with the training runs that it takes.
func (r *Resolved) experiment(o *Outcome) Experiment {
	usd := o.CostUSD
	if o.Runs > 0 {
		v := r.likely()
		v[TrainingRuns] = o.Runs
		usd += r.trainingUSD(v)
	}
	return Experiment{Text: o.Experiment, CostUSD: usd, StopRule: o.Stop}
}

// scores are the inputs whose lack can hide a better way.
var scores = [...]Input{CurrentScore, TargetScore, BestModelScore, CheaperModelScore}

// findOut lists the unknown scores that could turn the call or the primary, those first that turn it at more of the values
// tried. A tune waits for them.
func (r *Resolved) findOut(d *decision) []Unsure {
	var list []Unsure
	var turns []int
	a := r.asked()
	for _, in := range scores {
		if !r.Unknown(in) {
			continue
		}
		n := 0
		for _, x := range [...]float64{10, 50, 75, 90, 100} {
			b := a
			b.SetNumber(in, cost.Exactly(x))
			other := Resolve(r.tables, b)
			if e := other.decide(); e.call != d.call || e.primary != d.primary {
				n++
			}
		}
		if n == 0 {
			continue
		}
		at := len(list)
		for at > 0 && turns[at-1] < n {
			at--
		}
		list, turns = append(list, Unsure{}), append(turns, 0)
		copy(list[at+1:], list[at:])
		copy(turns[at+1:], turns[at:])
		list[at] = Unsure{Input: in.ID(), Text: "Find out " + lowerFirst(in.Question().Label) + " first: it could turn this verdict."}
		turns[at] = n
	}
	return list
}

func lowerFirst(s string) string {
	if s == "" || len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return string(s[0]|0x20) + s[1:]
}

// listInputs lists what took its default, what is unknown and what is forced.
func (r *Resolved) listInputs(rep *Report) {
	listed := map[string]bool{}
	for _, name := range rep.Unknown {
		listed[name] = true
	}
	for in := range Inputs {
		if !r.Given(in) {
			rep.Assumed = append(rep.Assumed, in.ID())
		}
		if r.Unknown(in) && !listed[in.ID()] {
			rep.Unknown = append(rep.Unknown, in.ID())
		}
	}
	rep.Forced = names(r.Forced)
}

func names(list []Input) []string {
	out := make([]string, len(list))
	for i, in := range list {
		out[i] = in.ID()
	}
	return out
}

// sources are the evidence that the verdict names and the rows that the money rests on, each once.
func (r *Resolved) sources(rep *Report) []Source {
	var list []Source
	seen := map[string]bool{}
	cite := func(keys []string) {
		for _, key := range keys {
			e := r.tables.FindEvidence(key)
			if e == nil || seen[e.Key] {
				continue
			}
			seen[e.Key] = true
			list = append(list, Source{Key: e.Key, Title: e.Title, Address: e.Address, Date: e.DateRead, Grade: e.Grade})
		}
	}
	for _, reasons := range [...][]Reason{rep.Verdict.Because, rep.Verdict.Blockers} {
		for _, reason := range reasons {
			cite(reason.Sources)
		}
	}
	for _, k := range rep.Verdict.Risks {
		cite(k.Sources)
	}
	row := func(id string, o fact.Origin) {
		if key := "price:" + id; !seen[key] {
			seen[key] = true
			list = append(list, Source{Key: key, Title: o.Source, Address: o.Address, Date: o.Date, Grade: o.Grade})
		}
	}
	for _, p := range [...]*fact.Price{r.base, r.tune} {
		if p != nil && !r.Given(SavingPerCall) {
			row(p.ID, p.Origin)
		}
	}
	if !r.managed && r.gpu != nil {
		row(r.gpu.ID, r.gpu.Origin)
	}
	return list
}
