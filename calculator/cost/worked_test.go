package cost

import (
	"math"
	"testing"
)

// Sums of published runs, worked by hand and stated by their sources.
func TestPublishedSums(t *testing.T) {
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"TinyLlama: days on 16 GPUs", 3e12 / 300e9 * 3456 / 16 / 24, 90},
		{"DeepSeek-R1", RentUSD(1, 512*198+512*80+5000, 2, 0), 294672},
		{"DeepSeek-V3", RentUSD(1, 2.788e6, 2, 0), 5576000},
		{"DeepSpeed-Chat 175B, an hour", 5120 / (64 * 20.0), 4},
		{"nanochat", RentUSD(1, 2.02*8, 3, 0), 48.48},
		{"Ori: 5M tokens three times and 1M more", ManagedUSD(1, 5e6*3+1e6, 0.46), 7.36},
		{"Together: 1,000 steps of 8 rows of 8,192, ten evaluations of 1M", ManagedUSD(1, 8192*8*1000+10*1e6, 0.48), 36.26},
		{"Fireworks: LoRA SFT", ManagedUSD(1, 15e6, 0.5), 7.5},
		{"Fireworks: full DPO", ManagedUSD(1, 15e6, 2), 30},
		{"OpenAI: 1M tokens three times on gpt-4.1-mini", ManagedUSD(1, Full.Tokens(1, 1e6, 3, 1), 5), 15},
		{"OpenAI: 2.55 hours of reinforcement", RentUSD(1, 2.55, 100, 0), 255},
	} {
		if math.Abs(c.got-c.want) >= 0.005 {
			t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
		}
	}
}

// $2.69 an hour at 14,539.527 tokens a second: $0.0513925 a million; a fifth of the time busy, five times that.
func TestMillionUSD(t *testing.T) {
	near(t, "busy", MillionUSD(2.69, 14539.527, 1), 0.0513925, 5e-8)
	near(t, "a fifth busy", MillionUSD(2.69, 14539.527, 0.2), 0.2569623, 1e-7)
	near(t, "a month", 2.69*HoursPerMonth, 1963.70, 1e-9)
}

// Prices of calls as their vendors charge them.
func TestCallsByHand(t *testing.T) {
	for _, c := range []struct {
		what   string
		call   Call
		rates  Rates
		want   float64
		within float64
	}{
		{"gpt-5-mini", Call{Static: 2208, Hit: 1, Variable: 538, Out: 197}, Rates{In: .25, Cached: .025, Out: 2}, 0.0005837, 1e-12},
		{"gemini-3-flash", Call{Static: 16298, Hit: 1, Variable: 20212 - 16298, Out: 931}, Rates{In: .5, Cached: .05, Out: 3}, 0.0055649, 1e-12},
		{"gemini-2.5-pro", Call{Variable: 1e5, Out: 5e4}, Rates{In: 1.25, Out: 10}, 0.625, 1e-12},
		{"gemini-2.5-pro, long", Call{Variable: 3e5}, Rates{In: 2.5, Out: 15}, 0.75, 1e-12},
		{"gpt-4.1-mini", Call{Static: 2000, Out: 200}, Rates{In: .4, Cached: .1, Out: 1.6}, 0.00112, 1e-12},
		{"tuned, 300 tokens of prompt", Call{Static: 300, Out: 200}, Rates{In: .8, Cached: .2, Out: 3.2}, 0.00088, 1e-12},
		{"nine tenths cached", Call{Static: 2000, Hit: .9, Out: 200}, Rates{In: .4, Cached: .1, Out: 1.6}, 0.00058, 1e-12},
		{"gpt-6-luna", Call{Static: 2000, Out: 200}, Rates{In: .1, Out: .5}, 0.0003, 1e-12},
	} {
		near(t, c.what, c.call.Cost(c.rates).Total, c.want, c.within)
	}
}
