package calculator

import (
	"strings"

	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// money is the payback at the likely values without months, lines, swings and draws: what a search for flips needs, in
// a few microseconds.
func money(r *Resolved) Payback {
	terms := r.terms(r.likely())
	return scalars(&terms)
}

// scalars turns terms into the single numbers of the report.
func scalars(t *cost.Terms) Payback {
	p := t.Payback()
	return Payback{
		MonthlySaving:            Some(p.MonthlySaving),
		MonthlyRunningCost:       Some(t.Running),
		MonthlyNet:               Some(p.MonthlyNet),
		UpfrontCost:              Some(t.Upfront),
		BreakEvenMonths:          Some(p.BreakEven),
		DiscountedBreakEvenMonth: Some(p.DiscountedBreakEven),
		PaysBackWithinHorizon:    p.PaysBack,
		BreakEvenCalls:           Some(p.BreakEvenCalls),
		BreakEvenCallsPerMonth:   Some(p.BreakEvenCallsPerMonth),
		BreakEvenSavingPerCall:   Some(p.BreakEvenSavingPerCall),
		HorizonMonths:            t.Horizon,
		NetBenefit:               Some(p.NetBenefit),
		NPV:                      Some(p.NPV),
		NPVIfShipped:             Some(p.NPVIfShipped),
		AtRisk:                   AtRisk{IfNotShipped: Some(-t.Upfront), WorstCumulative: Some(p.WorstCumulative)},
	}
}

// payback is money with its months, lines and swings; the draws are left to Simulate.
func (r *Resolved) payback() Payback {
	v := r.likely()
	terms := r.terms(v)
	p := scalars(&terms)
	for k, m := range terms.ByMonth() {
		p.ByMonth = append(p.ByMonth, Month{Month: k + 1, Baseline: Some(m.Baseline), Tuned: Some(m.Tuned), Cumulative: Some(m.Cumulative)})
	}
	p.Lines = r.lines(v)
	varying, inputs := r.varying()
	for _, s := range cost.Tornado(varying, r.drawing(inputs)) {
		p.Tornado = append(p.Tornado, Swing{Input: s.Name, Low: s.Low, High: s.High})
	}
	return p
}

// lines lists the bill; the one-off amounts add up to the up-front cost, the monthly ones to the running cost.
func (r *Resolved) lines(v *values) []Line {
	u := r.upfront(v)
	m := r.running(v, u.total())
	return []Line{
		{Name: "training", OneOff: u.training},
		{Name: "data", OneOff: u.data},
		{Name: "labour", OneOff: u.labour},
		{Name: "evaluation", OneOff: u.evaluation},
		{Name: "other", OneOff: u.other},
		{Name: "hosting", PerMonth: m.hosting},
		{Name: "maintenance", PerMonth: m.maintenance},
		{Name: "retraining", PerMonth: m.retraining},
	}
}

// Simulate fills the Monte Carlo fields of a report that Decide made from the same tables and answers: the chance, the
// percentiles and the band of the months. Equal answers give equal digits on every machine.
func Simulate(t *fact.Tables, a Answers, report *Report) {
	r := Resolve(t, a)
	r.simulate(&report.Payback)
}

func (r *Resolved) simulate(p *Payback) {
	varying, inputs := r.varying()
	d := cost.Simulate(int(r.Likely(Draws)), uint64(r.Likely(RandomSeed)), len(p.ByMonth), varying, r.drawing(inputs))
	p.Probability = Some(d.Probability)
	p.NetBenefitP10, p.NetBenefitP50, p.NetBenefitP90 = Some(d.P10), Some(d.P50), Some(d.P90)
	p.BreakEvenP10, p.BreakEvenP90 = Some(d.BreakEvenP10), Some(d.BreakEvenP90)
	for i := range p.ByMonth {
		p.ByMonth[i].CumulativeP10, p.ByMonth[i].CumulativeP90 = Some(d.CumulativeP10[i]), Some(d.CumulativeP90[i])
	}
	p.Drawn = true
}

// Drawn reports whether a figure of the report is one that Simulate fills.
func Drawn(path string) bool {
	return path == "payback.probability" || strings.HasSuffix(path, "_p10") || strings.HasSuffix(path, "_p50") || strings.HasSuffix(path, "_p90")
}

// drawing turns the values of the given inputs, the others being likely, into terms. What none of them moves is worked out
// once.
func (r *Resolved) drawing(inputs []Input) func([]float64) cost.Terms {
	v := r.likely()
	bill, takes, call := r.upfront(v), r.runTakes(v), r.calls(v)
	upfront := bill.total()
	moved := moves(0)
	for _, in := range inputs {
		moved |= movedBy(in)
	}
	return func(drawn []float64) cost.Terms {
		for i, in := range inputs {
			v[in] = drawn[i]
		}
		if moved&movesRun != 0 {
			takes = r.runTakes(v)
		}
		if moved&movesUpfront != 0 {
			bill = r.upfrontOf(v, takes)
			upfront = bill.total()
		}
		if moved&movesCalls != 0 {
			call = r.calls(v)
		}
		return r.termsOf(v, upfront, call)
	}
}

// moves are the dear parts of the terms that an input moves.
type moves uint8

const (
	movesRun moves = 1 << iota
	movesUpfront
	movesCalls
)

// movedBy is at least what in moves, whatever the other answers are.
func movedBy(in Input) moves {
	switch in {
	case TokensStatic, TunedTokensStatic, TokensVariable, TokensOut, CacheHitPercent, BatchPercent, ListPriceDiscountPercent,
		BaselinePriceIn, BaselinePriceCached, BaselinePriceOut, TunedPriceIn, TunedPriceCached, TunedPriceOut:
		return movesCalls
	case TrainingRuns, ManagedPricePerMillion, GPUPricePerHour, WastePercent, LabelsBought, LabelCost, EngineerDays, DayRate, EvalCost,
		OtherOneOffCost, FineTuneCost:
		return movesUpfront
	case MonthlyCalls, VolumeGrowthPercentPerMonth, BaselinePriceFallPercentPerYear, Months, DiscountRatePercent, SuccessPercent,
		SavingPerCall, FallbackPercent, CurrentScore, TargetScore, ValuePerExtraPass, InfraCostPerMonth, Replicas, GPUsPerReplica,
		AdaptersSharingHost, HostingPricePerHour, MaintenanceCostPerMonth, MaintenanceDaysPerMonth, RetrainEveryMonths, RetrainEffortPercent:
		return 0
	}
	return movesRun | movesUpfront
}

// varying lists the inputs that are not known exactly and that the payback uses, in the order of the questions.
func (r *Resolved) varying() (varying []cost.Varying, inputs []Input) {
	for in := range Inputs {
		if x := r.number[in]; !x.Certain() && Questions[in].Numeric() && r.uses(in) {
			varying = append(varying, cost.Varying{Name: Questions[in].ID, Range: x})
			inputs = append(inputs, in)
		}
	}
	return varying, inputs
}

// uses reports whether the payback looks at in, the other answers being what they are.
func (r *Resolved) uses(in Input) bool {
	saving := r.Given(SavingPerCall)
	upkeep := !r.Given(MaintenanceCostPerMonth)
	retrains := upkeep && !r.Worded(RetrainEveryMonths)
	host := r.dedicated && !r.Given(InfraCostPerMonth)
	computed := !r.Given(FineTuneCost)
	switch in {
	case MonthlyCalls, VolumeGrowthPercentPerMonth, BaselinePriceFallPercentPerYear, Months, DiscountRatePercent, SuccessPercent,
		SavingPerCall, FineTuneCost, InfraCostPerMonth, MaintenanceCostPerMonth:
		return true
	case CurrentScore, TargetScore, ValuePerExtraPass:
		return !r.Unknown(CurrentScore) && !r.Unknown(TargetScore) && r.number[ValuePerExtraPass].High > 0
	case TokensStatic, TokensVariable, TokensOut, CacheHitPercent, BatchPercent, ListPriceDiscountPercent, FallbackPercent,
		BaselinePriceIn, BaselinePriceOut:
		return !saving
	case BaselinePriceCached:
		return !saving && r.baseline.hasCached
	case TunedTokensStatic:
		return !saving && !r.dedicated && r.Given(in)
	case TunedPriceIn, TunedPriceOut:
		return !saving && !r.dedicated
	case TunedPriceCached:
		return !saving && !r.dedicated && r.tuned.hasCached
	case LabelsBought, LabelCost, EngineerDays, EvalCost, OtherOneOffCost:
		return computed
	case DayRate:
		return computed || upkeep
	case Replicas, GPUsPerReplica, AdaptersSharingHost:
		return host
	case HostingPricePerHour:
		return host && !r.hostFollowsGPU
	case GPUPricePerHour:
		return host && r.hostFollowsGPU || computed && r.trains(in)
	case MaintenanceDaysPerMonth:
		return upkeep
	case RetrainEveryMonths, RetrainEffortPercent:
		return retrains
	}
	return computed && r.trains(in)
}
