package calculator

import (
	"strconv"

	"whentofinetune/calculator/cost"
)

// Measure is what a number of the report is, and so how it is printed.
type Measure uint8

const (
	Money   Measure = iota // US dollars, to the cent
	PerCall                // US dollars a call or a million tokens
	Spell                  // months
	Count                  // calls, examples, runs, tokens, operations
	Ratio                  // 0 to 1
	Percent                // 0 to 100
	Points                 // percentage points
	Hours
	Gigabytes // 1e9 bytes
	PerSecond
	Cards // GPUs
)

// visitor sees a report leaf by leaf, in the promised order and with the promised names. In a list, name is what a path
// calls the element: the month, the name of the line, the option, the input, or its place counted from 0.
type visitor interface {
	open(name string, list bool)
	shut(list bool)
	number(name string, measure Measure, m Maybe)
	text(name, s string)
	flag(name string, yes bool)
}

// walk shows the whole report to v.
func (r *Report) walk(v visitor) {
	r.Verdict.walk(v)
	r.Payback.walk(v)
	r.walkOptions(v)
	r.walkParts(v)
	r.Readiness.walk(v)
	texts(v, "assumed", r.Assumed)
	texts(v, "unknown", r.Unknown)
	texts(v, "forced", r.Forced)
	v.open("complaints", true)
	for i, c := range r.Complaints {
		v.open(strconv.Itoa(i), false)
		v.text("input", c.Input)
		v.text("given", c.Given)
		v.text("text", c.Text)
		v.shut(false)
	}
	v.shut(true)
	v.open("sources", true)
	for _, s := range r.Sources {
		v.open(s.Key, false)
		v.text("key", s.Key)
		v.text("title", s.Title)
		v.text("address", s.Address)
		v.text("date", s.Date)
		v.text("grade", s.Grade)
		v.shut(false)
	}
	v.shut(true)
}

func (d *Verdict) walk(v visitor) {
	v.open("verdict", false)
	v.text("call", string(d.Call))
	v.text("primary", d.Primary)
	v.text("runner_up", d.RunnerUp)
	reasons(v, "because", d.Because)
	reasons(v, "blockers", d.Blockers)
	v.open("passed", true)
	for i, p := range d.Passed {
		v.open(strconv.Itoa(i), false)
		v.text("outcome", p.Outcome)
		v.text("rule", p.Rule)
		v.text("text", p.Text)
		texts(v, "inputs", p.Inputs)
		v.shut(false)
	}
	v.shut(true)
	v.open("flips", true)
	for i, f := range d.Flips {
		v.open(strconv.Itoa(i), false)
		v.text("input", f.Input)
		v.text("from", f.From)
		v.text("to", f.To)
		v.text("call", string(f.Call))
		v.text("primary", f.Primary)
		v.shut(false)
	}
	v.shut(true)
	v.open("next_experiment", false)
	v.text("text", d.NextExperiment.Text)
	v.number("cost_usd", Money, Some(d.NextExperiment.CostUSD))
	v.text("stop_rule", d.NextExperiment.StopRule)
	v.shut(false)
	d.walkMore(v)
	v.shut(false)
}

// walkMore shows what the verdict says beyond the contract's first list.
func (d *Verdict) walkMore(v visitor) {
	v.open("find_out", true)
	for i, u := range d.FindOut {
		v.open(strconv.Itoa(i), false)
		v.text("input", u.Input)
		v.text("text", u.Text)
		v.shut(false)
	}
	v.shut(true)
	v.open("risks", true)
	for i, k := range d.Risks {
		v.open(strconv.Itoa(i), false)
		v.text("name", k.Name)
		v.text("text", k.Text)
		v.text("test", k.Test)
		texts(v, "sources", k.Sources)
		v.shut(false)
	}
	v.shut(true)
}

func (p *Readiness) walk(v visitor) {
	v.open("readiness", false)
	v.number("examples", Count, p.Examples)
	v.number("needed", Count, p.Needed)
	v.open("steps", true)
	for _, s := range p.Steps {
		v.open(s.Step, false)
		v.text("step", s.Step)
		v.text("title", s.Title)
		v.text("status", s.Status)
		v.text("text", s.Text)
		texts(v, "sources", s.Sources)
		v.shut(false)
	}
	v.shut(true)
	v.shut(false)
}

func reasons(v visitor, name string, list []Reason) {
	v.open(name, true)
	for i, r := range list {
		v.open(strconv.Itoa(i), false)
		v.text("rule", r.Rule)
		v.text("text", r.Text)
		texts(v, "inputs", r.Inputs)
		texts(v, "sources", r.Sources)
		v.flag("dissent", r.Dissent)
		v.shut(false)
	}
	v.shut(true)
}

func texts(v visitor, name string, list []string) {
	v.open(name, true)
	for i, s := range list {
		v.text(strconv.Itoa(i), s)
	}
	v.shut(true)
}

func (p *Payback) walk(v visitor) {
	v.open("payback", false)
	v.number("monthly_saving", Money, p.MonthlySaving)
	v.number("monthly_running_cost", Money, p.MonthlyRunningCost)
	v.number("monthly_net", Money, p.MonthlyNet)
	v.number("upfront_cost", Money, p.UpfrontCost)
	v.number("break_even_months", Spell, p.BreakEvenMonths)
	v.number("discounted_break_even_month", Spell, p.DiscountedBreakEvenMonth)
	v.flag("pays_back_within_horizon", p.PaysBackWithinHorizon)
	v.number("break_even_calls", Count, p.BreakEvenCalls)
	v.number("break_even_calls_per_month", Count, p.BreakEvenCallsPerMonth)
	v.number("break_even_saving_per_call", PerCall, p.BreakEvenSavingPerCall)
	v.number("horizon_months", Spell, Some(float64(p.HorizonMonths)))
	v.number("net_benefit", Money, p.NetBenefit)
	v.number("npv", Money, p.NPV)
	v.number("npv_if_shipped", Money, p.NPVIfShipped)
	v.number("probability", Ratio, p.Probability)
	v.open("at_risk", false)
	v.number("if_not_shipped", Money, p.AtRisk.IfNotShipped)
	v.number("worst_cumulative", Money, p.AtRisk.WorstCumulative)
	v.number("pilot", Money, p.AtRisk.Pilot)
	v.shut(false)
	v.number("net_benefit_p10", Money, p.NetBenefitP10)
	v.number("net_benefit_p50", Money, p.NetBenefitP50)
	v.number("net_benefit_p90", Money, p.NetBenefitP90)
	v.number("break_even_p10", Spell, p.BreakEvenP10)
	v.number("break_even_p90", Spell, p.BreakEvenP90)
	p.walkLists(v)
	v.shut(false)
}

func (p *Payback) walkLists(v visitor) {
	v.open("by_month", true)
	for _, m := range p.ByMonth {
		v.open(strconv.Itoa(m.Month), false)
		v.number("month", Spell, Some(float64(m.Month)))
		v.number("baseline", Money, m.Baseline)
		v.number("tuned", Money, m.Tuned)
		v.number("cumulative", Money, m.Cumulative)
		v.number("cumulative_p10", Money, m.CumulativeP10)
		v.number("cumulative_p90", Money, m.CumulativeP90)
		v.shut(false)
	}
	v.shut(true)
	v.open("lines", true)
	for _, l := range p.Lines {
		v.open(l.Name, false)
		v.text("name", l.Name)
		v.number("one_off", Money, Some(l.OneOff))
		v.number("per_month", Money, Some(l.PerMonth))
		v.shut(false)
	}
	v.shut(true)
	v.open("tornado", true)
	for _, s := range p.Tornado {
		v.open(s.Input, false)
		v.text("input", s.Input)
		v.number("low", Money, Some(s.Low))
		v.number("high", Money, Some(s.High))
		v.shut(false)
	}
	v.shut(true)
}

func (r *Report) walkOptions(v visitor) {
	v.open("options", true)
	for _, o := range r.Options {
		v.open(o.Option, false)
		v.text("option", o.Option)
		v.text("meets_target", o.MeetsTarget)
		v.number("upfront", Money, o.Upfront)
		v.number("per_month", Money, o.PerMonth)
		v.number("per_call", PerCall, o.PerCall)
		v.number("total", Money, o.Total)
		v.number("npv", Money, o.NPV)
		v.text("note", o.Note)
		v.shut(false)
	}
	v.shut(true)
}

// walkParts shows training, memory, serving, evaluation and the cost of a call.
func (r *Report) walkParts(v visitor) {
	t := &r.Training
	v.open("training", false)
	v.number("flops", Count, t.FLOPs)
	v.number("gpu_hours_per_run", Hours, t.GPUHoursPerRun)
	v.number("wall_hours_per_run", Hours, t.WallHoursPerRun)
	v.number("usd_per_run", Money, t.USDPerRun)
	v.number("runs", Count, t.Runs)
	v.number("usd", Money, t.USD)
	v.number("mfu_percent", Percent, t.MFUPercent)
	v.number("attention_flops", Count, t.AttentionFLOPs)
	v.number("rollout_gpu_hours", Hours, t.RolloutGPUHours)
	v.number("training_tokens", Count, t.TrainingTokens)
	v.shut(false)
	v.open("memory", false)
	v.number("training_gb", Gigabytes, r.Memory.TrainingGB)
	v.number("inference_gb", Gigabytes, r.Memory.InferenceGB)
	v.number("kv_bytes_per_token", Count, r.Memory.KVBytesPerToken)
	v.number("gpus", Cards, r.Memory.GPUs)
	v.open("parts", true)
	for _, p := range r.Memory.Parts {
		v.open(p.Part, false)
		v.text("part", p.Part)
		v.number("gb", Gigabytes, Some(p.GB))
		v.shut(false)
	}
	v.shut(true)
	v.shut(false)
	s := &r.Serving
	v.open("serving", false)
	v.number("output_tokens_per_second", PerSecond, s.OutputTokensPerSecond)
	v.number("requests_per_second", PerSecond, s.RequestsPerSecond)
	v.number("utilisation_percent", Percent, s.UtilisationPercent)
	v.number("usd_per_million_output_tokens", PerCall, s.USDPerMillionOutputTokens)
	v.number("gpus", Cards, s.GPUs)
	v.shut(false)
	e := &r.Evaluation
	v.open("evaluation", false)
	v.number("half_width_points", Points, e.HalfWidthPoints)
	v.number("detectable_points", Points, e.DetectablePoints)
	v.number("examples_needed", Count, e.ExamplesNeeded)
	v.number("paired_examples_needed", Count, e.PairedExamplesNeeded)
	v.number("examples_for_score", Count, e.ExamplesForScore)
	v.flag("enough", e.Enough)
	v.shut(false)
	v.open("cost_per_call", false)
	r.CostPerCall.Baseline.walk(v, "baseline")
	r.CostPerCall.Tuned.walk(v, "tuned")
	v.shut(false)
}

func (c *CallCost) walk(v visitor, name string) {
	v.open(name, false)
	v.number("input", PerCall, c.Input)
	v.number("cached", PerCall, c.Cached)
	v.number("output", PerCall, c.Output)
	v.number("total", PerCall, c.Total)
	v.shut(false)
}

// digits writes m as JSON: money to the cent, all else to nine significant digits, null for what is not there.
func (m Maybe) digits(measure Measure) string {
	switch {
	case !m.Valid:
		return "null"
	case measure == Money:
		return cost.Cents(m.Value)
	}
	return cost.Significant(m.Value, 9)
}
