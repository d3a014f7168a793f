package cost

import (
	"math"
	"math/rand/v2"
	"testing"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: %v, want %v within %v", what, got, want, within)
	}
}

func TestRoot12(t *testing.T) {
	if Root12(1) != 1 || Root12(0) != 0 {
		t.Errorf("Root12(1) = %v, Root12(0) = %v", Root12(1), Root12(0))
	}
	for _, x := range []float64{1e-300, 1e-9, 0.01, 0.1, 0.5, 0.999, 1.001, 1.08, 1.1, 2, 11, 1e9} {
		near(t, "Root12 over Pow", Root12(x)/math.Pow(x, 1.0/12), 1, 1e-14)
	}
}

// The source document's first example: 100,000,000 x 0.001 = 100,000 a month; 5,000 is back in a twentieth of a month.
func TestFirstExample(t *testing.T) {
	terms := Terms{Calls: 1e8, Saving: 0.001, SavingGiven: true, Upfront: 5000, Success: 1, Horizon: 12}
	p := terms.Payback()
	near(t, "saving", p.MonthlySaving, 100000, 0)
	near(t, "break-even", p.BreakEven, 0.05, 1e-15)
	near(t, "calls", p.BreakEvenCalls, 5e6, 1e-6)
	near(t, "net", p.NetBenefit, 1195000, 0)
	near(t, "npv", p.NPV, 1195000, 0)
	if !p.PaysBack {
		t.Error("does not pay back")
	}
}

// The second: 100,000 x 0.0005 = 50 a month: 100 months; 833,333.33 calls a month would bring it back in 12.
func TestSecondExample(t *testing.T) {
	terms := Terms{Calls: 1e5, Saving: 0.0005, SavingGiven: true, Upfront: 5000, Success: 1, Horizon: 12}
	p := terms.Payback()
	near(t, "saving", p.MonthlySaving, 50, 0)
	near(t, "break-even", p.BreakEven, 100, 1e-9)
	near(t, "calls a month", p.BreakEvenCallsPerMonth, 833333.33, 0.005)
	if p.PaysBack {
		t.Error("pays back")
	}
	for running, net := range map[float64]float64{50: 0, 60: -10} {
		terms.Running = running
		p = terms.Payback()
		near(t, "net a month", p.MonthlyNet, net, 0)
		if !math.IsInf(p.BreakEven, 1) || p.PaysBack {
			t.Errorf("running %v: break-even %v", running, p.BreakEven)
		}
	}
}

// 10,000 down, 1,000 a month for a year at 10%: r = 0.0079741404, annuity 11.4004878, npv 1,400.49.
func TestAnnuity(t *testing.T) {
	terms := Terms{Calls: 1000, Saving: 1, SavingGiven: true, Upfront: 10000, Discount: 0.1, Success: 1, Horizon: 12}
	near(t, "r", Root12(1.1)-1, 0.0079741404, 5e-11)
	p := terms.Payback()
	near(t, "annuity", (p.NPV+10000)/1000, 11.4004878, 5e-8)
	near(t, "npv", p.NPV, 1400.49, 0.005)
	near(t, "break-even", p.BreakEven, 10, 1e-12)
	near(t, "discounted", p.DiscountedBreakEven, 11, 0)
}

func TestCalls(t *testing.T) {
	mini := Rates{In: 0.25, Cached: 0.025, Out: 2}
	near(t, "gpt-5-mini", Call{Static: 2208, Variable: 538, Out: 197, Hit: 1}.Cost(mini).Total, 0.0005837, 1e-12)
	flash := Rates{In: 0.5, Cached: 0.05, Out: 3}
	near(t, "gemini-3-flash", Call{Static: 16298, Variable: 20212 - 16298, Out: 931, Hit: 1}.Cost(flash).Total, 0.0055649, 1e-12)
	nano := Rates{In: 0.4, Cached: 0.1, Out: 1.6, BatchDiscount: 0.5}
	call := Call{Static: 2000, Out: 200}
	near(t, "gpt-4.1-mini", call.Cost(nano).Total, 0.00112, 1e-15)
	call.Hit = 0.9
	near(t, "90% cached", call.Cost(nano).Total, 0.00058, 1e-15)
	call.Batch = 1
	near(t, "and batched", call.Cost(nano).Total, 0.00029, 1e-15)
	short := Call{Static: 1023, Hit: 1}
	near(t, "too short to cache", short.Cost(nano).Total, 1023*0.4e-6, 1e-15)
	near(t, "a tenth off", call.Cost(nano.Off(0.1)).Total, 0.000261, 1e-15)
}

// The shortcut of the search may never change what it finds.
func TestHopelessChangesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(values ...float64) float64 { return values[random.IntN(len(values))] }
	for range 20000 {
		terms := Terms{
			Calls: pick(0, 100, 1e4, 1e6), Growth: pick(-0.5, -0.01, 0, 0.001, 0.05, 0.5),
			Baseline: pick(0, 0.001, 0.01), Tuned: pick(0, 0.0005, 0.009, 0.02), Fallback: pick(0, 0.1, 1),
			Fall: pick(-0.5, 0, 0.01, 0.5, 0.9, 1), Quality: pick(0, 0.0001, -0.0001), SavingGiven: random.IntN(2) == 0,
			Saving: pick(-0.001, 0, 0.001), Upfront: pick(1, 500, 5000, 1e6), Running: pick(0, 1, 50, 500), Discount: pick(-0.3, 0, 0.1),
		}
		if got, want := terms.BreakEven(), slowBreakEven(&terms, 1); got != want && !(math.Abs(got-want) < 1e-9) {
			t.Fatalf("%+v: %v, want %v", terms, got, want)
		}
		rate := 1 + (Root12(1+terms.Discount) - 1)
		if got, want := terms.discountedBreakEven(rate), math.Ceil(slowBreakEven(&terms, rate)); got != want {
			t.Fatalf("%+v discounted: %v, want %v", terms, got, want)
		}
	}
}

func slowBreakEven(t *Terms, rate float64) float64 {
	m := t.first()
	cumulative, discount := -t.Upfront, 1.0
	for k := range Forever {
		discount *= rate
		flow := (t.calls(&m)*t.saving(&m) - t.Running) / discount
		if cumulative+flow >= 0 {
			return float64(k) - cumulative/flow
		}
		cumulative += flow
		m.next()
	}
	return math.Inf(1)
}

func TestRank(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for n := 1; n < 200; n++ {
		values := make([]float64, n)
		for i := range values {
			values[i] = float64(random.Perm(n)[0] / (1 + n%3))
		}
		for _, q := range []float64{0, 0.1, 0.5, 0.9, 1} {
			below, equal := 0, 0
			got := Rank(values, q)
			for _, v := range values {
				if v < got {
					below++
				}
				if v == got {
					equal++
				}
			}
			want := max(1, int(math.Ceil(q*float64(n))))
			if want <= below || want > below+equal {
				t.Fatalf("n=%d q=%v: rank %d to %d, want %d", n, q, below+1, below+equal, want)
			}
		}
	}
	if !math.IsNaN(Rank(nil, 0.5)) {
		t.Error("the rank of nothing is a number")
	}
}

func TestTriangle(t *testing.T) {
	tri := newTriangle(Range{2, 3, 10})
	near(t, "lowest", tri.at(0), 2, 0)
	near(t, "turn", tri.at(tri.turn), 3, 1e-12)
	sum, n := 0.0, 100000
	for k := range n {
		u := uniform(draw(7, uint64(k)), hash("label_cost"))
		if u < 0 || u >= 1 {
			t.Fatalf("u = %v", u)
		}
		sum += tri.at(u)
	}
	near(t, "mean", sum/float64(n), 5, 0.03)
}

// Reference values of splitmix64 with seed 1234567 and of FNV-1a, as their authors print them.
func TestGenerators(t *testing.T) {
	x := uint64(1234567)
	for _, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423} {
		if got := splitmix(x); got != want {
			t.Errorf("splitmix64: %d, want %d", got, want)
		}
		x += 0x9e3779b97f4a7c15
	}
	if got := hash("foobar"); got != 0x85944171f73967e8 {
		t.Errorf("FNV-1a(foobar) = %x", got)
	}
}

func TestRounding(t *testing.T) {
	for _, c := range []struct {
		x    float64
		want string
	}{{1195000, "1195000.00"}, {0.125, "0.13"}, {-0.125, "-0.13"}, {0.375, "0.38"}, {2.5, "2.50"}, {-0.001, "0.00"}, {1.005, "1.00"},
		{math.Copysign(0, -1), "0.00"}, {3499.999, "3500.00"}, {1e15 + 0.125, "1000000000000000.13"}} {
		if got := Cents(c.x); got != c.want {
			t.Errorf("Cents(%v) = %s, want %s", c.x, got, c.want)
		}
	}
	for _, c := range []struct {
		x    float64
		want string
	}{{0.05, "0.05"}, {833333.33333333, "833333.333"}, {4.818e17, "481800000000000000"}, {0.0005837, "0.0005837"}, {100, "100"}, {-1e-9, "-1e-09"},
		{1234567890.5, "1234567890"}, {123456788.5, "123456789"}, {123456789.5, "123456790"}, {0, "0"}, {99.9999999999, "100"}} {
		if got := Significant(c.x, 9); got != c.want {
			t.Errorf("Significant(%v) = %s, want %s", c.x, got, c.want)
		}
	}
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"12", "1e8", "100M", "8.03B", "0.0005", "1,000", "-3", "5%", "1 500", "1'000'000", ".5", "7."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		x, wrong := Number(s)
		if wrong != "" {
			return
		}
		if x-x != 0 {
			t.Fatalf("%q is %v", s, x)
		}
		if y, wrong := Number(Text(x)); wrong != "" || y != x {
			t.Fatalf("%q is %v, written %q, read %v %s", s, x, Text(x), y, wrong)
		}
	})
}

func BenchmarkPayback(b *testing.B) {
	terms := Terms{Calls: 1e6, Baseline: 0.003, Tuned: 0.0005, Fall: 0.5, Upfront: 17000, Running: 2000, Discount: 0.08, Success: 0.6, Horizon: 12}
	b.ReportAllocs()
	for b.Loop() {
		_ = terms.Payback()
	}
}
