package cost

import (
	"math/rand/v2"
	"testing"
)

// Pays is what Payback comes to, and nothing else.
func TestPays(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 3))
	paid := 0
	for range 20000 {
		terms := Terms{Calls: float64(rnd.IntN(5)) * 1000, Growth: rnd.Float64()/5 - 0.1, Baseline: rnd.Float64(), Tuned: rnd.Float64() / 2, Fallback: rnd.Float64() / 3, Fall: rnd.Float64() * 1.5,
			Quality: rnd.Float64() - 0.5, Upfront: float64(rnd.IntN(4)) * 2000, Running: float64(rnd.IntN(4))*500 - 200, Discount: rnd.Float64() / 5, Success: rnd.Float64(), Horizon: rnd.IntN(30)}
		if terms.Fall > 1 {
			terms.Fall = -0.2
		}
		p := terms.Payback()
		want := p.NPV > 0 && p.PaysBack
		if want {
			paid++
		}
		if terms.Pays() != want {
			t.Fatalf("%+v: Pays %v, npv %v, back %v", terms, !want, p.NPV, p.PaysBack)
		}
	}
	if paid < 1000 || paid > 19000 {
		t.Errorf("%d of 20,000 pay", paid)
	}
}
