package cost

import "math"

// BandDraws is how many draws the monthly band is taken from.
const BandDraws = 1000

// Varying is an input that is not known exactly.
type Varying struct {
	Name  string
	Range Range
}

// ships is the name under which a draw decides whether the tuned model ships.
const ships = "ships"

// Drawn is what a Monte Carlo simulation of Terms comes to. Shares are 0 to 1; NaN stands where no draw ships.
type Drawn struct {
	Probability                  float64 // share of draws with an npv above 0
	P10, P50, P90                float64 // of the net benefit, over draws that ship
	BreakEvenP10, BreakEvenP90   float64 // months, over draws that ship; +Inf is never
	CumulativeP10, CumulativeP90 []float64
}

// Simulate draws n times. In each draw every input of varying takes a value from its triangular distribution; terms
// turns those values, in the order of varying, into Terms. The band covers the given months.
//
// Equal arguments give equal digits on every machine.
func Simulate(n int, seed uint64, months int, varying []Varying, terms func(values []float64) Terms) Drawn {
	names, triangles := make([]uint64, len(varying)), make([]triangle, len(varying))
	for i, v := range varying {
		names[i], triangles[i] = hash(v.Name), newTriangle(v.Range)
	}
	shipping := hash(ships)
	values := make([]float64, len(varying))
	nets, breaks := make([]float64, 0, n), make([]float64, 0, n)
	band := newBand(months, min(n, BandDraws))
	won := 0
	var fall, rate root
	for k := range n {
		state := draw(seed, uint64(k))
		for i := range values {
			values[i] = triangles[i].at(uniform(state, names[i]))
		}
		t := terms(values)
		if !(uniform(state, shipping) < t.Success) {
			if t.Upfront < 0 {
				won++
			}
			continue
		}
		first := t.firstOf(fall.of(1 - t.Fall))
		net, npv := t.shipped(first, rateOf(rate.of(1+t.Discount)))
		if npv > 0 {
			won++
		}
		nets, breaks = append(nets, net), append(breaks, t.breakEven(first))
		if k < BandDraws {
			band.add(&t, first)
		}
	}
	d := Drawn{Probability: float64(won) / float64(n)}
	d.P10, d.P50, d.P90 = Rank(nets, 0.1), Rank(nets, 0.5), Rank(nets, 0.9)
	d.BreakEvenP10, d.BreakEvenP90 = Rank(breaks, 0.1), Rank(breaks, 0.9)
	d.CumulativeP10, d.CumulativeP90 = band.ranks(0.1), band.ranks(0.9)
	return d
}

// root remembers the last root that it took: most draws share theirs.
type root struct{ x, root float64 }

func (r *root) of(x float64) float64 {
	if x != r.x {
		r.x, r.root = x, Root12(x)
	}
	return r.root
}

// shipped is the net benefit over the horizon and its present value less the up-front cost, at a factor of discount a month.
func (t *Terms) shipped(m month, rate float64) (net, npv float64) {
	discount, present, flows := 1.0, 0.0, 0.0
	for range t.Horizon {
		flow := float64(t.calls(&m)*t.saving(&m)) - t.Running
		discount *= rate
		present += flow / discount
		flows += flow
		m.next()
	}
	return flows - t.Upfront, present - t.Upfront
}

// band holds the cumulative money of many draws, month by month.
type band struct {
	months int
	draws  int
	width  int
	values []float64 // width places a month
}

func newBand(months, width int) band {
	return band{months: months, width: width, values: make([]float64, months*width)}
}

func (b *band) add(t *Terms, m month) {
	cumulative := -t.Upfront
	for k := range b.months {
		cumulative += float64(t.calls(&m)*t.saving(&m)) - t.Running
		b.values[k*b.width+b.draws] = cumulative
		m.next()
	}
	b.draws++
}

func (b *band) ranks(q float64) []float64 {
	out := make([]float64, b.months)
	for k := range out {
		at := k * b.width
		out[k] = Rank(b.values[at:at+b.draws], q)
	}
	return out
}

// Swing is how far the npv goes when one input goes from its low to its high value, the others being likely.
type Swing struct {
	Name      string
	Low, High float64
}

// Tornado lists the swings of varying, widest first, ties in the order of varying. Inputs that move nothing are left out.
func Tornado(varying []Varying, terms func(values []float64) Terms) []Swing {
	values := make([]float64, len(varying))
	for i, v := range varying {
		values[i] = v.Range.Likely
	}
	var swings []Swing
	for i, v := range varying {
		values[i] = v.Range.Low
		low := terms(values)
		values[i] = v.Range.High
		high := terms(values)
		values[i] = v.Range.Likely
		s := Swing{v.Name, low.NPV(), high.NPV()}
		if s.Low == s.High {
			continue
		}
		at := len(swings)
		for at > 0 && math.Abs(s.High-s.Low) > math.Abs(swings[at-1].High-swings[at-1].Low) {
			at--
		}
		swings = append(swings, Swing{})
		copy(swings[at+1:], swings[at:])
		swings[at] = s
	}
	return swings
}
