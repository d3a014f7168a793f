package calculator

import (
	"math"

	"whentofinetune/calculator/cost"
)

// values are one number an input, in the input's own unit: what a draw, an end of the tornado or the likely case comes
// to. Everything that the money hangs on is a function of these and of what a Resolved fixes.
type values [Inputs]float64

// likely are the likely values of all inputs.
func (r *Resolved) likely() *values {
	var v values
	for in := range Inputs {
		v[in] = r.number[in].Likely
	}
	return &v
}

// terms turns values into the terms of the payback, line by line as the contract defines them.
func (r *Resolved) terms(v *values) cost.Terms {
	upfront := r.upfront(v)
	return r.termsOf(v, upfront.total(), r.calls(v))
}

// calls are what a call costs in month 1 on the baseline and on the tuned model. A given saving needs neither.
type calls struct{ baseline, tuned float64 }

func (r *Resolved) calls(v *values) calls {
	if r.Given(SavingPerCall) {
		return calls{}
	}
	return calls{r.baselineCall(v).Total, r.tunedCall(v).Total}
}

// termsOf are the terms with an up-front cost and calls that are worked out.
func (r *Resolved) termsOf(v *values, upfront float64, call calls) cost.Terms {
	running := r.running(v, upfront)
	t := cost.Terms{
		Calls:       v[MonthlyCalls],
		Growth:      v[VolumeGrowthPercentPerMonth] / 100,
		Baseline:    call.baseline,
		Tuned:       call.tuned,
		Fall:        v[BaselinePriceFallPercentPerYear] / 100,
		Quality:     r.quality(v),
		SavingGiven: r.Given(SavingPerCall),
		Upfront:     upfront,
		Running:     running.total(),
		Discount:    v[DiscountRatePercent] / 100,
		Success:     v[SuccessPercent] / 100,
		Horizon:     min(int(math.Floor(v[Months]+.5)), r.lifetime), // a draw falls between whole months
	}
	if t.SavingGiven {
		t.Saving = v[SavingPerCall]
	} else {
		t.Fallback = v[FallbackPercent] / 100
	}
	return t
}

// quality is what better answers are worth, a call: 0 where a score is unknown.
func (r *Resolved) quality(v *values) float64 {
	if r.Unknown(TargetScore) || r.Unknown(CurrentScore) {
		return 0
	}
	return v[ValuePerExtraPass] * (v[TargetScore] - v[CurrentScore]) / 100
}

// baselineCall prices a call without tuning, in month 1.
func (r *Resolved) baselineCall(v *values) cost.CallCost {
	call := r.call(v, v[TokensStatic])
	return call.Cost(r.baseline.rates(v, &call))
}

// tunedCall prices a call on the tuned model, in month 1. On a dedicated host tokens are free.
func (r *Resolved) tunedCall(v *values) cost.CallCost {
	if r.dedicated {
		return cost.CallCost{}
	}
	call := r.call(v, r.tunedStatic(v))
	return call.Cost(r.tuned.rates(v, &call))
}

func (r *Resolved) call(v *values, static float64) cost.Call {
	return cost.Call{
		Static:   static,
		Variable: v[TokensVariable],
		Out:      v[TokensOut],
		Hit:      v[CacheHitPercent] / 100,
		Batch:    v[BatchPercent] / 100,
	}
}

// tunedStatic follows the repeated part where nobody said what the tuned prompt keeps.
func (r *Resolved) tunedStatic(v *values) float64 {
	if r.Given(TunedTokensStatic) {
		return v[TunedTokensStatic]
	}
	return v[TokensStatic] / 2
}

// side is the prices of one of the two models: where they stand among the values and what its row adds.
type side struct {
	in, cached, out Input
	hasCached       bool    // a price of cached input is given or in the row
	batch           float64 // share of the price that a batch saves
	long            long
	fromRow         [3]bool // in, cached, out are the row's and follow its rule for long prompts
}

// long is a row's rule for long prompts: above so many tokens of input the whole request costs more.
type long struct{ above, in, out float64 }

// rates are the prices of the side for one call, the list discount taken off.
func (s *side) rates(v *values, call *cost.Call) cost.Rates {
	rates := cost.Rates{In: v[s.in], Cached: v[s.cached], Out: v[s.out], BatchDiscount: s.batch}
	if s.long.above > 0 && call.Static+call.Variable > s.long.above {
		if s.fromRow[0] {
			rates.In *= s.long.in
		}
		if s.fromRow[1] {
			rates.Cached *= s.long.in
		}
		if s.fromRow[2] {
			rates.Out *= s.long.out
		}
	}
	if !s.hasCached {
		rates.Cached = rates.In
	}
	return rates.Off(v[ListPriceDiscountPercent] / 100)
}

// upfront is the bill before the first call, by line.
type upfront struct{ training, data, labour, evaluation, other float64 }

func (u *upfront) total() float64 { return u.training + u.data + u.labour + u.evaluation + u.other }

// upfront adds up C0.
func (r *Resolved) upfront(v *values) upfront { return r.upfrontOf(v, r.runTakes(v)) }

// upfrontOf is upfront where it is known what one run takes. A given fine_tune_cost replaces all of it and stands under other.
func (r *Resolved) upfrontOf(v *values, takes float64) upfront {
	if r.Given(FineTuneCost) {
		return upfront{other: v[FineTuneCost]}
	}
	return upfront{
		training:   r.runsUSD(v, takes),
		data:       float64(v[LabelsBought] * v[LabelCost]),
		labour:     float64(v[EngineerDays] * v[DayRate]),
		evaluation: v[EvalCost],
		other:      v[OtherOneOffCost],
	}
}

// running is the bill of a month, by line.
type running struct{ hosting, maintenance, retraining float64 }

func (m *running) total() float64 { return m.hosting + (m.maintenance + m.retraining) }

// running adds up M for an up-front cost. A given maintenance covers retraining.
func (r *Resolved) running(v *values, upfront float64) running {
	m := running{hosting: r.infra(v)}
	if r.Given(MaintenanceCostPerMonth) {
		m.maintenance = v[MaintenanceCostPerMonth]
		return m
	}
	m.maintenance = float64(v[MaintenanceDaysPerMonth] * v[DayRate])
	if !r.Worded(RetrainEveryMonths) {
		m.retraining = upfront * (v[RetrainEffortPercent] / 100) / v[RetrainEveryMonths]
	}
	return m
}

// infra is the host a month: replicas x GPUs a replica x price x 730 hours / adapters that share it.
func (r *Resolved) infra(v *values) float64 {
	switch {
	case r.Given(InfraCostPerMonth):
		return v[InfraCostPerMonth]
	case !r.dedicated:
		return 0
	}
	return v[Replicas] * v[GPUsPerReplica] * r.hostPrice(v) * cost.HoursPerMonth / v[AdaptersSharingHost]
}

// hostPrice follows the price of the GPU where nobody gave another and the host is not the vendor's.
func (r *Resolved) hostPrice(v *values) float64 {
	if r.hostFollowsGPU {
		return v[GPUPricePerHour]
	}
	return v[HostingPricePerHour]
}
