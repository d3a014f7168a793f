package cost

import "math"

// Forever is the last month in which a break-even is looked for.
const Forever = 1200

// HoursPerMonth is the length of a month: 730 hours, 2,628,000 seconds.
const HoursPerMonth = 730

// Terms are the money of a tune against its baseline. Shares are 0 to 1, money is in US dollars.
type Terms struct {
	Calls       float64 // in month 1
	Growth      float64 // of the calls, a share a month
	Baseline    float64 // a call on the baseline in month 1
	Tuned       float64 // a call on the tuned model; 0 where the host is paid by the hour
	Fallback    float64 // share of the calls that run again on the baseline
	Fall        float64 // of the baseline's price, a share a year
	Quality     float64 // worth of better answers, a call
	Saving      float64 // a call in month 1; used where SavingGiven
	SavingGiven bool
	Upfront     float64 // C0, at the start
	Running     float64 // M, every month
	Discount    float64 // a share a year
	Success     float64 // chance that the tuned model ships
	Horizon     int     // months
}

// Payback is what Terms come to. A number without a finite value is NaN or infinite here; printers turn it to null.
type Payback struct {
	MonthlySaving, MonthlyNet float64
	BreakEven                 float64 // months, if it ships, however long the horizon; +Inf is never
	DiscountedBreakEven       float64 // whole months; +Inf is never
	PaysBack                  bool    // inside the horizon
	BreakEvenCalls            float64
	BreakEvenCallsPerMonth    float64
	BreakEvenSavingPerCall    float64
	NetBenefit                float64 // over the horizon, if it ships
	NPV, NPVIfShipped         float64
	WorstCumulative           float64 // the deepest point, month 0 included
	TotalSaving, TotalCalls   float64 // over the horizon
}

// month steps through the months of Terms. Powers are repeated multiplication, in order.
type month struct {
	grow, fall     float64 // factors a month
	volume, prices float64 // their powers for this month
}

func (t *Terms) first() month { return t.firstOf(Root12(1 - t.Fall)) }

// firstOf is first where the factor by which prices fall a month is known.
func (t *Terms) firstOf(fall float64) month {
	return month{grow: 1 + t.Growth, fall: fall, volume: 1, prices: 1}
}

// rate is the factor of discount a month.
func (t *Terms) rate() float64 { return rateOf(Root12(1 + t.Discount)) }

// rateOf is 1 + r, where r, the rate a month, is the root less 1: rounded as the formula is written.
func rateOf(root float64) float64 { return 1 + (root - 1) }

func (m *month) next() {
	m.volume *= m.grow
	m.prices *= m.fall
}

// calls are the calls of month m.
func (t *Terms) calls(m *month) float64 { return t.Calls * m.volume }

// saving is what a call saves in month m: b k (1-f) - u + q, or s k + q where the saving is given.
func (t *Terms) saving(m *month) float64 {
	if t.SavingGiven {
		return float64(t.Saving*m.prices) + t.Quality
	}
	return float64(float64(t.Baseline*m.prices)*(1-t.Fallback)) - t.Tuned + t.Quality
}

// Payback works the terms out.
func (t *Terms) Payback() Payback {
	var p Payback
	m := t.first()
	s1 := t.saving(&m)
	p.MonthlySaving = float64(t.calls(&m) * s1)
	p.MonthlyNet = p.MonthlySaving - t.Running
	rate := t.rate()
	discount, present, flows, cumulative := 1.0, 0.0, 0.0, -t.Upfront
	p.WorstCumulative = cumulative
	for range t.Horizon {
		calls := t.calls(&m)
		saving := float64(calls * t.saving(&m))
		flow := saving - t.Running
		discount *= rate
		present += flow / discount
		flows += flow
		cumulative += flow
		p.WorstCumulative = min(p.WorstCumulative, cumulative)
		p.TotalSaving += saving
		p.TotalCalls += float64(calls)
		m.next()
	}
	p.NetBenefit = flows - t.Upfront
	p.NPVIfShipped = present - t.Upfront
	p.NPV = float64(t.Success*present) - t.Upfront
	p.BreakEven, p.DiscountedBreakEven = t.BreakEven(), t.discountedBreakEven(rate)
	p.PaysBack = p.BreakEven <= float64(t.Horizon) && p.NetBenefit >= 0
	bill := t.Upfront + float64(t.Running*float64(t.Horizon))
	p.BreakEvenCalls = over(t.Upfront, s1)
	p.BreakEvenCallsPerMonth = over(float64(t.Calls*bill), p.TotalSaving)
	p.BreakEvenSavingPerCall = over(bill, p.TotalCalls)
	return p
}

// NPV is the npv of Payback alone.
func (t *Terms) NPV() float64 {
	m := t.first()
	rate := t.rate()
	discount, present := 1.0, 0.0
	for range t.Horizon {
		flow := float64(t.calls(&m)*t.saving(&m)) - t.Running
		discount *= rate
		present += flow / discount
		m.next()
	}
	return float64(t.Success*present) - t.Upfront
}

// over divides, and is NaN where the divisor is not above zero.
func over(x, by float64) float64 {
	if !(by > 0) {
		return math.NaN()
	}
	return x / by
}

// BreakEven is the smallest x, in months, at which the up-front cost has come back, each month's flow spread evenly
// over it; 0 where nothing is paid up front, +Inf where it takes more than Forever.
func (t *Terms) BreakEven() float64 { return t.breakEven(t.first()) }

func (t *Terms) breakEven(m month) float64 {
	if t.Upfront <= 0 {
		return 0
	}
	cumulative := -t.Upfront
	for k := range Forever {
		saving := t.saving(&m)
		flow := float64(t.calls(&m)*saving) - t.Running
		after := cumulative + flow
		if after >= 0 {
			return float64(k) - cumulative/flow
		}
		if t.hopeless(&m, saving, flow, after, Forever-1-k) {
			break
		}
		cumulative = after
		m.next()
	}
	return math.Inf(1)
}

// hopeless reports that what is still missing, -after, cannot come in during the months left. It only spares work: it
// says so in no case in which going on would find a break-even.
func (t *Terms) hopeless(m *month, saving, flow, after float64, left int) bool {
	const margin = 1 + 1e-9 // the sums below are not added in the order of the months
	switch {
	case m.fall > 1 || t.Running < 0 || t.falling() < 0:
		return false // a saving that may still rise
	case saving <= 0:
		return true // it never rises again
	case m.grow <= 1:
		return flow <= 0 || after+float64(flow*float64(left)*margin) < 0
	}
	ratio := float64(m.grow * m.fall)
	if t.constant() > 0 || ratio >= 1 {
		return false
	}
	// What is saved shrinks by ratio a month or faster.
	return flow <= 0 || after+float64(flow*(ratio/(1-ratio))*margin) < 0
}

// falling and constant are the parts of a call's saving that follow the baseline's price and that do not.
func (t *Terms) falling() float64 {
	if t.SavingGiven {
		return t.Saving
	}
	return t.Baseline * (1 - t.Fallback)
}

func (t *Terms) constant() float64 {
	if t.SavingGiven {
		return t.Quality
	}
	return t.Quality - t.Tuned
}

func (t *Terms) discountedBreakEven(rate float64) float64 {
	if t.Upfront <= 0 {
		return 0
	}
	m := t.first()
	discount, present := 1.0, -t.Upfront
	for k := range Forever {
		saving := t.saving(&m)
		flow := float64(t.calls(&m)*saving) - t.Running
		discount *= rate
		present += flow / discount
		if present >= 0 {
			return float64(k + 1)
		}
		if rate >= 1 && t.hopeless(&m, saving, flow, float64(present*discount), Forever-1-k) {
			break
		}
		m.next()
	}
	return math.Inf(1)
}

// MonthOf is one month of production, in US dollars: what the calls cost on the baseline and on the tuned model with its
// running cost, and what has come in since the start, the up-front cost taken off.
type MonthOf struct{ Baseline, Tuned, Cumulative float64 }

// ByMonth lists the months of the horizon. Where the saving is given, the baseline is the saving and the tuned model
// costs the running cost alone.
func (t *Terms) ByMonth() []MonthOf {
	months := make([]MonthOf, t.Horizon)
	m := t.first()
	cumulative := -t.Upfront
	for k := range months {
		calls := t.calls(&m)
		saving := float64(calls * t.saving(&m))
		cumulative += saving - t.Running
		months[k].Cumulative = cumulative
		if t.SavingGiven {
			months[k].Baseline, months[k].Tuned = saving, t.Running
		} else {
			baseline := float64(float64(calls*t.Baseline) * m.prices)
			months[k].Baseline, months[k].Tuned = baseline, baseline-saving+t.Running
		}
		m.next()
	}
	return months
}
