package calculator

import (
	"math"
	"strings"

	"whentofinetune/calculator/cost"
)

// experimentItems is how many held-out items an experiment is scored on where there are so many.
const experimentItems = 200

// Experiment is the cheapest next thing to try, its cost and its stop rule, worked out for the answers: as many items and
// examples as there are, a gain that so many items can show, the training runs and the calls that it takes.
func (r *Resolved) Experiment(o *Outcome) Experiment {
	items := float64(experimentItems)
	if have := r.Likely(EvalSetSize); have > 0 {
		items = min(items, have)
	}
	v := r.likely()
	if o.ID == "long_context" {
		v[TokensStatic] += r.Likely(CorpusTokens)
	}
	usd := o.CostUSD + float64(o.Arms*items*r.baselineCall(v).Total)
	examples := o.Examples
	if have := r.Likely(LabelledExamples); have > 0 && o.Method == "" && o.ID != "distil_small" {
		examples = min(examples, have)
	}
	if o.Runs > 0 {
		usd += r.trial(o, examples)
	}
	fill := func(s string) string {
		return cost.Exchange(s, "{examples}", cost.Plain(examples), "{items}", cost.Plain(items), "{gain}", points(r.worthwhile(items)))
	}
	stop := fill(o.Stop)
	if strings.Contains(o.Stop, "{gain}") {
		stop += r.chance(items)
	}
	return Experiment{Text: fill(o.Experiment), CostUSD: usd, StopRule: stop}
}

// points writes a gain: 1 point, 5 points.
func points(x float64) string {
	if s := cost.Plain(x); s != "1" {
		return s + " points"
	}
	return "1 point"
}

// chance says up to which gain so many items leave it open whether it was chance, where that is above the gain to stop at.
func (r *Resolved) chance(items float64) string {
	p := 0.5
	if !r.Unknown(CurrentScore) {
		p = r.Likely(CurrentScore) / 100
	}
	shows := 100 * cost.DetectablePaired(p, items)
	if shows <= r.worthwhile(items) {
		return ""
	}
	return " Up to " + cost.Significant(shows, 2) + " points it may be chance on so few items: score more of them before you believe it."
}

// trial is what the training runs of an outcome's experiment cost, in US dollars: those of the method that it tries, on so many
// examples, whatever is planned for the tune itself.
func (r *Resolved) trial(o *Outcome, examples float64) float64 {
	a := r.asked()
	switch {
	case o.Tries != "":
		a.SetChoice(Method, o.Tries)
	case r.Choice(Method) != "qlora_sft":
		a.SetChoice(Method, "lora_sft")
	}
	a.Clear(TrainingTokens)
	a.SetNumber(TrainingRuns, cost.Exactly(o.Runs))
	a.SetNumber(TrainingExamples, cost.Exactly(examples))
	a.SetNumber(RolloutPrompts, cost.Exactly(examples))
	run := Resolve(r.tables, a)
	return run.trainingUSD(run.likely())
}

// worthwhile is the gain, in whole points, from which an experiment on so many items goes on: 5 on 200 items, more where fewer
// items leave more to chance (it grows with the root of 200 over the items), and never more than half of what is wanted.
func (r *Resolved) worthwhile(items float64) float64 {
	gain := -math.Floor(-5 * math.Sqrt(experimentItems/items))
	if r.gains() {
		gain = min(gain, math.Floor(r.wantedGain()/2))
	}
	return max(1, gain)
}
