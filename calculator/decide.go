package calculator

import (
	"strings"

	"whentofinetune/calculator/fact"
)

// Decide works out everything but the Monte Carlo fields: the verdict, the money, the options, the parts.
func Decide(t *fact.Tables, a Answers) Report {
	r := Resolve(t, a)
	rep := r.price()
	r.judge(&rep)
	return rep
}

// Price works out what needs no verdict: the money, the options, the parts, the complaints.
func Price(t *fact.Tables, a Answers) Report { return Resolve(t, a).price() }

// Judge fills the rest of what Decide works out into a report that Price made from the same tables and answers.
func Judge(t *fact.Tables, a Answers, report *Report) { Resolve(t, a).judge(report) }

// Priced reports whether Price works out the figure at path.
func Priced(path string) bool {
	part, _, _ := strings.Cut(path, ".")
	switch part {
	case "payback":
		return path != "payback.at_risk.pilot"
	case "options", "training", "memory", "serving", "evaluation", "cost_per_call":
		return true
	}
	return false
}

func (r *Resolved) price() Report {
	rep := Report{Payback: r.payback(), Options: r.options(), Training: r.training(), Memory: r.memory(), Serving: r.serving(), Evaluation: r.evaluation(), CostPerCall: r.costPerCall()}
	rep.Complaints = r.Complaints
	r.doubt(&rep)
	return rep
}

// doubt says of the tune that the answers describe that its price does not hold, where that is so.
func (r *Resolved) doubt(rep *Report) {
	why := rep.Unsound()
	if why == "" {
		return
	}
	way := "tuned_own_gpus"
	if r.managed {
		way = "tuned_managed"
	}
	for i := range rep.Options {
		if o := &rep.Options[i]; o.Option == way {
			o.Unsound = true
			o.Note = "this price does not hold: " + strings.TrimSuffix(why, ".") + "; " + o.Note
		}
	}
}

func (r *Resolved) judge(rep *Report) {
	d := r.decide()
	rep.Readiness = r.readiness(&d)
	rep.Verdict = r.verdict(&d, r.findOut(&d))
	rep.Verdict.Flips = r.flips(&d)
	for _, u := range rep.Verdict.FindOut {
		rep.Unknown = append(rep.Unknown, u.Input)
	}
	r.listInputs(rep)
	rep.Payback.AtRisk.Pilot = Some(rep.Verdict.NextExperiment.CostUSD)
	rep.Sources = r.sources(rep)
}

// Full is Decide with the draws made; complaints are those that reading the answers brought.
func Full(t *fact.Tables, a Answers, complaints []Complaint) Report {
	rep := Decide(t, a)
	Simulate(t, a, &rep)
	rep.Complaints = append(complaints, rep.Complaints...)
	return rep
}

// Outcome is the call and the primary of the verdict that Decide comes to, without their reasons.
func (r *Resolved) Outcome() (call Call, primary string) {
	d := r.decide()
	return d.call, d.primary.ID
}

// decision is the core of a verdict: what a search for flips needs, without words.
type decision struct {
	call     Call
	rung     int // place in Rungs of the rule that decided
	primary  *Outcome
	runnerUp *Outcome
	unsure   []int // rungs above, of outcomes that do not tune, that cannot be known
	blocks   []int // places in Blockers that hold
	worth    bool  // better answers have no value yet, and tuning does not pay without one
	beaten   bool  // the technique fits, and does not pay
	other    bool  // nobody chose the method, and the outcome takes another than the one whose money is shown
	dearer   bool  // and that one does not pay
}

// decide walks down the ladder: the first rule that holds decides. A tune must also pay and have nothing in its way.
func (r *Resolved) decide() decision {
	var d decision
	d.rung = -1
	for i := range Rungs {
		rung := &Rungs[i]
		switch rung.When.Ask(r) {
		case NotKnown:
			if d.rung < 0 && !FindOutcome(rung.Outcome).Tunes {
				d.unsure = append(d.unsure, i)
			}
		case Holds:
			o := FindOutcome(rung.Outcome)
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
	d.call = Rungs[d.rung].Call
	if d.call == "" {
		d.call = d.primary.Call
	}
	if d.primary.Tunes {
		r.weigh(&d)
	}
	return d
}

// weigh joins a technique that fits with the money, with what stands in its way and with what is not known yet.
func (r *Resolved) weigh(d *decision) {
	for i := range Blockers {
		if Blockers[i].When.Ask(r) == Holds {
			d.blocks = append(d.blocks, i)
		}
	}
	quality := qualityGap.Ask(r) == Holds
	back := r.paysBack()
	if d.other = r.otherMethod(d.primary); d.other {
		d.dearer = !r.withMethod(d.primary.Method).paysBack()
	}
	switch {
	case back && !d.dearer:
		if len(d.blocks)+len(d.unsure) > 0 {
			d.call = NotYet
		}
	case quality && r.Likely(ValuePerExtraPass) == 0 && r.Likely(MonthlyCalls) > 0 && r.lastingMonths() > 0:
		d.call, d.worth = NotYet, true
	case back:
		d.call = NotYet
	default:
		d.call, d.beaten = DoNot, true
		d.runnerUp = d.primary
		d.primary = FindOutcome(r.insteadOfTuning(quality))
	}
}

// paysBack is the rule of the contract: worth something today, and back inside the horizon; behind a closed door, inside that of
// a row that stays.
func (r *Resolved) paysBack() bool {
	terms := r.terms(r.likely())
	terms.Horizon = r.lastingMonths()
	return terms.Pays()
}

// otherMethod reports whether an outcome takes another method than the one that stands in where none was chosen.
func (r *Resolved) otherMethod(o *Outcome) bool {
	return o.Method != "" && o.Method != r.Choice(Method) && !r.Given(Method)
}

// withMethod are the same answers with another method.
func (r *Resolved) withMethod(method string) *Resolved {
	for _, o := range r.others {
		if o.word[Method] == method {
			return o
		}
	}
	a := r.asked()
	a.SetChoice(Method, method)
	o := Resolve(r.tables, a)
	r.others = append(r.others, o)
	return o
}

// insteadOfTuning is what is better than a tune that fits and does not pay.
func (r *Resolved) insteadOfTuning(quality bool) string {
	switch {
	case !quality && r.cachingSaves():
		return "cache_or_batch"
	case !quality:
		return "stop_no_gap"
	case r.Choice(PromptingEffort) != "optimiser_used":
		return "prompt_optimiser"
	}
	return "stop_no_gap"
}

// listInputs lists what took its default, what is unknown and what is forced.
func (r *Resolved) listInputs(rep *Report) {
	listed := map[string]bool{}
	for _, name := range rep.Unknown {
		listed[name] = true
	}
	for in := range Inputs {
		late := in == BestModelLatencyMS && r.Unknown(in) && !r.Unknown(LatencyBudgetMS) // a missed budget is assumed
		if !r.Given(in) || late {
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
			if door, ok := DoorSource(r.tables, key); ok && !seen[key] {
				seen[key] = true
				list = append(list, door)
			}
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
	for _, s := range rep.Readiness.Steps {
		cite(s.Sources)
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
