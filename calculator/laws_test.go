package calculator

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// with reads answers written as one line of name=value.
func with(t testing.TB, tables *fact.Tables, line string) *Resolved {
	t.Helper()
	var pairs []Pair
	for _, field := range strings.Fields(line) {
		name, value, _ := strings.Cut(field, "=")
		pairs = append(pairs, Pair{Name: name, Value: value})
	}
	a, complaints := Read(tables, pairs)
	for _, c := range complaints {
		t.Fatalf("%s = %s: %s", c.Input, c.Given, c.Text)
	}
	return Resolve(tables, a)
}

func within(t *testing.T, what string, got, want, by float64) {
	t.Helper()
	if !(math.Abs(got-want) <= by) {
		t.Errorf("%s: %v, want %v within %v", what, got, want, by)
	}
}

// The checks that the inputs can express, worked by hand.
func TestTrainingWorked(t *testing.T) {
	tables := shipped(t)
	const own = "training_route=own_gpus model_parameters=8.03B training_tokens=15M mfu_percent=30 "
	r := with(t, tables, own+"gpu=a100-80gb gpu_price_per_hour=1.79")
	within(t, "LoRA FLOPs", r.training().FLOPs.Value, 4.818e17, 1)
	within(t, "LoRA A100-hours", r.training().GPUHoursPerRun.Value, 1.42984, 5e-6)
	within(t, "LoRA on an A100", r.training().USDPerRun.Value, 2.5594, 5e-5)
	within(t, "all runs, with what is lost", r.training().USD.Value, 8*2.559416*1.1, 1e-3)
	r = with(t, tables, own+"gpu=h100-sxm gpu_price_per_hour=3.99")
	within(t, "LoRA on an H100", r.training().USDPerRun.Value, 1.7998, 5e-5)
	r = with(t, tables, "training_route=own_gpus method=full_sft model_parameters=7B training_tokens=240M gpu=a100-80gb gpu_price_per_hour=1.79")
	within(t, "full A100-hours", r.training().GPUHoursPerRun.Value, 44.8718, 5e-5)
	r = with(t, tables, "training_route=own_gpus method=dpo_full model_parameters=8.03B training_tokens=60M gpu=a100-80gb")
	within(t, "DPO A100-hours", r.training().GPUHoursPerRun.Value, 17.16, 5e-3)
	within(t, "items for one score", with(t, tables, "").evaluation().ExamplesForScore.Value, 385, 0)
	within(t, "cache a token", with(t, tables, "").memory().KVBytesPerToken.Value, 131072, 0)
	for _, c := range []struct{ line string }{{"lora_sft 7.5"}, {"dpo_lora 15"}, {"full_sft 15"}, {"dpo_full 30"}} {
		method, usd, _ := strings.Cut(c.line, " ")
		want, _ := cost.Number(usd)
		r := with(t, tables, "training_tokens=15M training_runs=1 training_route=managed method="+method+" managed_price_per_million="+cost.Text(want/15))
		within(t, "managed "+method, r.training().USD.Value, want, 1e-9)
	}
}

// A preference pair has two answers: twice the work, but a vendor's price counts both already.
func TestPairsCountTwice(t *testing.T) {
	tables := shipped(t)
	one := with(t, tables, "method=dpo_lora training_route=own_gpus training_examples=1000")
	within(t, "tokens", one.training().TrainingTokens.Value, 2*1000*500*3, 0)
	vendor := with(t, tables, "method=dpo_lora training_route=managed managed_price_per_million=1 training_examples=1000 training_runs=1")
	within(t, "vendor's bill", vendor.training().USD.Value, 1.5, 1e-12)
}

func TestCostRises(t *testing.T) {
	tables := shipped(t)
	usd := func(line string) float64 {
		return with(t, tables, "training_route=own_gpus "+line).training().USD.Value
	}
	for _, c := range []struct{ less, more string }{
		{"model_parameters=7B", "model_parameters=8B"},
		{"training_tokens=1M", "training_tokens=1.01M"},
		{"training_examples=1000", "training_examples=1001"},
		{"packing_percent=100", "packing_percent=50"},
		{"gpu_price_per_hour=2", "gpu_price_per_hour=2.01"},
		{"training_runs=3", "training_runs=4"},
		{"mfu_percent=31", "mfu_percent=30"},
		{"waste_percent=10", "waste_percent=11"},
		{"training_runs=1 mfu_percent=30 method=lora_sft", "training_runs=1 mfu_percent=30 method=full_sft"},
		{"mfu_percent=30 method=dpo_lora", "mfu_percent=30 method=dpo_full"},
		{"sequence_length=8193", "sequence_length=32768"},
		{"method=grpo rollout_tokens=1000", "method=grpo rollout_tokens=2000"},
		{"method=grpo rollouts_per_prompt=8", "method=grpo rollouts_per_prompt=16"},
		{"model=qwen3-30b-a3b", "model=qwen3-32b"},
	} {
		if less, more := usd(c.less), usd(c.more); !(less < more) {
			t.Errorf("%s costs %v, %s costs %v", c.less, less, c.more, more)
		}
	}
	if a, b := usd("sequence_length=2048"), usd("sequence_length=8192"); a != b {
		t.Errorf("attention counts below 8,192 tokens: %v and %v", a, b)
	}
}

// A mixture of experts computes with its active parameters and holds all of them.
func TestMixture(t *testing.T) {
	tables := shipped(t)
	sparse, dense := with(t, tables, "model=qwen3-30b-a3b"), with(t, tables, "model=qwen3-32b")
	if x := sparse.training().FLOPs.Value / dense.training().FLOPs.Value; x > 0.2 {
		t.Errorf("a tenth active takes %v of the FLOPs", x)
	}
	if x := sparse.memory().InferenceGB.Value / dense.memory().InferenceGB.Value; x < 0.8 {
		t.Errorf("a mixture holds %v of the weights", x)
	}
}

func TestBreakEvenFallsWithVolume(t *testing.T) {
	tables := shipped(t)
	last := math.Inf(1)
	for _, calls := range []string{"3M", "10M", "100M", "1B"} {
		r := with(t, tables, "hosting=per_token baseline_price_fall_percent_per_year=0 monthly_calls="+calls)
		m := money(r)
		if !m.BreakEvenMonths.Valid {
			continue
		}
		if !(m.BreakEvenMonths.Value < last) {
			t.Errorf("%s calls break even after %v months, fewer calls after %v", calls, m.BreakEvenMonths.Value, last)
		}
		last = m.BreakEvenMonths.Value
	}
	if math.IsInf(last, 1) {
		t.Error("no volume breaks even")
	}
}

// Where the tuned prompt is too short for a cache, hits make only the baseline cheaper.
func TestCacheHitsNeverRaiseTheSaving(t *testing.T) {
	tables := shipped(t)
	last := math.Inf(1)
	for _, hit := range []string{"0", "10", "50", "90", "100"} {
		r := with(t, tables, "tokens_static=2000 tuned_tokens_static=300 cache_hit_percent="+hit)
		if m := money(r); m.MonthlySaving.Value > last {
			t.Errorf("%s%% hits save %v, fewer hits %v", hit, m.MonthlySaving.Value, last)
		} else {
			last = m.MonthlySaving.Value
		}
	}
}

func TestTermsAddUp(t *testing.T) {
	tables := shipped(t)
	for _, line := range []string{"", "training_route=own_gpus hosting=dedicated", "method=ppo labels_bought=100", "fine_tune_cost=5000", "method=grpo checkpointing=false"} {
		r := with(t, tables, line)
		p := r.payback()
		once, month := 0.0, 0.0
		for _, l := range p.Lines {
			once, month = once+l.OneOff, month+l.PerMonth
		}
		within(t, line+": up front", once, p.UpfrontCost.Value, 1e-6)
		within(t, line+": a month", month, p.MonthlyRunningCost.Value, 1e-6)
		gb := 0.0
		m := r.memory()
		for _, part := range m.Parts {
			gb += part.GB
		}
		within(t, line+": memory", gb, m.TrainingGB.Value, 1e-9*gb)
		c := r.costPerCall()
		within(t, line+": a call", c.Baseline.Input.Value+c.Baseline.Cached.Value+c.Baseline.Output.Value, c.Baseline.Total.Value, 1e-15)
	}
}

func TestZeroSavingNeverPaysBack(t *testing.T) {
	m := money(with(t, shipped(t), "saving_per_call=0"))
	if m.BreakEvenMonths.Valid || m.PaysBackWithinHorizon {
		t.Errorf("break-even after %v months", m.BreakEvenMonths.Value)
	}
}

// The option that the answers describe is worth what the payback says.
func TestOptions(t *testing.T) {
	tables := shipped(t)
	for line, own := range map[string]string{"": "tuned_managed", "training_route=own_gpus": "tuned_own_gpus", "saving_per_call=0.001 monthly_calls=100M": "tuned_managed",
		"data_residency=air_gapped": "tuned_own_gpus"} {
		r := with(t, tables, line)
		p := r.payback()
		list := r.options()
		if len(list) != 8 {
			t.Errorf("%q: %d options", line, len(list))
		}
		for _, o := range list {
			if o.Option == own && (o.NPV.Valid != p.NPV.Valid || o.NPV.Value != p.NPV.Value) {
				t.Errorf("%q: %s is worth %v, the payback says %v", line, own, o.NPV, p.NPV)
			}
			if !o.NPV.Valid && o.Note == "" {
				t.Errorf("%q: %s has neither npv nor note", line, o.Option)
			}
		}
	}
	r := with(t, tables, "")
	if cached := r.options()[1]; cached.NPV.Value != 0 {
		t.Errorf("the baseline against itself is worth %v", cached.NPV.Value)
	}
}

// What does not hang on an input does not change with it; what changes hangs on it.
func TestTrainsOn(t *testing.T) {
	tables := shipped(t)
	for _, line := range []string{"", "training_route=own_gpus", "training_route=own_gpus sequence_length=16384", "training_route=own_gpus method=grpo", "training_tokens=1M",
		"training_route=own_gpus method=ppo training_tokens=1M", "training_route=own_gpus model=qwen3-30b-a3b", "method=dpo_lora training_route=own_gpus", "method=grpo managed_price_per_million=1 training_route=managed"} {
		r := with(t, tables, line)
		v := r.likely()
		usd := r.trainingUSD(v)
		for in := range Inputs {
			if !Questions[in].Numeric() || v[in] == 0 {
				continue
			}
			w := *v
			w[in] *= 0.9
			changed := math.Abs(r.trainingUSD(&w)-usd) > 1e-9*usd
			if changed && !r.trains(in) {
				t.Errorf("%q: %s changes the dollars of training and is not among what they hang on", line, in.ID())
			}
			if !changed && r.trains(in) && in != SequenceLength && in != KVHeads && in != Heads && in != HiddenSize && in != Layers {
				t.Errorf("%q: %s changes nothing", line, in.ID())
			}
		}
	}
}

// A draw that works out anew only what its inputs move comes to the same terms as one that works out everything.
func TestDrawingMovesEverything(t *testing.T) {
	tables := shipped(t)
	for _, line := range []string{"", "saving_per_call=0.01", "training_route=own_gpus", "hosting=dedicated", "hosting=dedicated training_route=own_gpus method=grpo", "fine_tune_cost=1000",
		"maintenance_cost_per_month=10 infra_cost_per_month=5", "baseline_price_in=3 baseline_price_cached=1 baseline_price_out=15", "tuned_tokens_static=100", "current_score=60 target_score=90",
		"baseline_model=gpt-5.5 tokens_static=300000"} {
		r := with(t, tables, line)
		for in := range Inputs {
			if !Questions[in].Numeric() {
				continue
			}
			v := *r.likely()
			draw := r.drawing([]Input{in})
			for _, x := range []float64{v[in] * 0.9, v[in]*3 + 1} {
				v[in] = x
				if got, want := draw([]float64{x}), r.terms(&v); got != want {
					t.Errorf("%q with %s %v: drawn %+v, want %+v", line, in.ID(), x, got, want)
				}
			}
		}
	}
}

func TestWhatDoesNotFit(t *testing.T) {
	tables := shipped(t)
	for line, want := range map[string]string{
		"training_route=own_gpus method=full_sft gpu_count=1":                     "gpu_count qlora_sft",
		"training_route=own_gpus method=full_sft gpu=t4":                          "gpu Write gpu",
		"training_route=own_gpus gpu=t4 sequence_length=32768":                    "sequence_length GPU with more memory",
		"training_route=own_gpus checkpointing=false micro_batch=8":               "micro_batch checkpointing true",
		"hosting=dedicated model=llama-3.1-70b":                                   "gpus_per_replica Write 2",
		"hosting=dedicated monthly_calls=1B":                                      "replicas Write at least",
		"hosting=dedicated model=llama-3.1-70b gpu=t4":                            "gpu Write gpu",
		"hosting=dedicated model_parameters=1e14":                                 "gpu Write gpu b300",
		"hosting=dedicated model_parameters=1e14 layers=10000 tokens_static=1e8":  "gpu smaller model",
		"hosting=dedicated tokens_out=0 tokens_static=0 tokens_variable=0":        "",
		"model_parameters=1B active_parameters=2B":                                "active_parameters at most",
		"training_route=own_gpus mfu_percent=95":                                  "mfu_percent measured to reach 80.3%",
		"training_route=managed mfu_percent=95":                                   "",
		"training_route=managed method=ppo":                                       "training_route own_gpus",
		"training_route=own_gpus method=full_sft gpu_count=1 fine_tune_cost=5000": "",
	} {
		r := with(t, tables, line)
		r.serving()
		input, words, _ := strings.Cut(want, " ")
		found := want == "" && len(r.Complaints) == 0
		for _, c := range r.Complaints {
			found = found || want != "" && c.Input == input && strings.Contains(c.Text, words)
		}
		if !found {
			t.Errorf("%q complains %v, want %q", line, r.Complaints, want)
		}
	}
}

// Whatever is answered, there is a report, and its shares are in order.
func TestAnyAnswers(t *testing.T) {
	tables := shipped(t)
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var a Answers
		for in := range Inputs {
			q := &Questions[in]
			switch {
			case rnd.IntN(4) > 0:
			case q.Kind == KindChoice:
				a.SetChoice(in, q.Choices[rnd.IntN(len(q.Choices))].Word)
			case q.Kind == KindBool:
				a.SetBool(in, rnd.IntN(2) == 0)
			case q.Catalog == PriceCatalog:
				a.SetChoice(in, tables.Prices[rnd.IntN(len(tables.Prices))].ID)
			case q.Catalog == ModelCatalog:
				a.SetChoice(in, tables.Models[rnd.IntN(len(tables.Models))].ID)
			case q.Catalog == GPUCatalog:
				a.SetChoice(in, tables.GPUs[rnd.IntN(len(tables.GPUs))].ID)
			case q.Kind == KindDate:
				a.Set(in, "20"+cost.Text(float64(24+rnd.IntN(9)))+"-02-28")
			case q.Numeric():
				a.SetNumber(in, anyRange(rnd, q))
			}
		}
		a.SetNumber(Draws, cost.Exactly(50))
		rep := Full(tables, a, nil)
		p := &rep.Payback
		if p.NetBenefitP10.Valid && !(p.NetBenefitP10.Value <= p.NetBenefitP50.Value && p.NetBenefitP50.Value <= p.NetBenefitP90.Value) {
			t.Errorf("P10 %v, P50 %v, P90 %v", p.NetBenefitP10, p.NetBenefitP50, p.NetBenefitP90)
		}
		for _, m := range p.ByMonth {
			if m.CumulativeP10.Valid && !(m.CumulativeP10.Value <= m.CumulativeP90.Value) {
				t.Errorf("month %d: P10 %v, P90 %v", m.Month, m.CumulativeP10, m.CumulativeP90)
			}
		}
		if x := p.Probability; x.Valid && (x.Value < 0 || x.Value > 1) {
			t.Errorf("a chance of %v", x.Value)
		}
		if s := string(rep.JSON()); strings.Contains(s, "NaN") || strings.Contains(s, "Inf") || strings.Contains(s, "-0.00") || strings.Contains(s, ": -0,") {
			t.Error("a number is not finite, or a zero has a sign")
		}
	}
}

// anyRange is a number or a range within the bounds of q, now and then at their ends.
func anyRange(rnd *rand.Rand, q *Question) cost.Range {
	value := func() float64 {
		switch rnd.IntN(10) {
		case 0:
			return q.Min
		case 1:
			return q.Max
		}
		x := q.Min + (min(q.Max, 1e6)-q.Min)*rnd.Float64()*rnd.Float64()*rnd.Float64()
		if q.Kind == KindCount {
			x = math.Floor(x)
		}
		return x
	}
	a, b := value(), value()
	if rnd.IntN(3) > 0 || q == &Questions[Draws] || q == &Questions[RandomSeed] {
		return cost.Exactly(a)
	}
	return cost.Range{Low: min(a, b), Likely: max(a, b), High: max(a, b)}
}
