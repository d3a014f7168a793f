package calculator

import (
	"strings"
	"testing"
)

// What a report says in one place it says in all of them: the call, the money beside it, the way that is offered, the experiment.
const settled = "eval_set_size=500 prompting_effort=systematic primary_gap=cost current_score=90 target_score=90 cheaper_model_score=70 labelled_examples=3000 task_stability=stable_6_months "

// A method that nobody chose and that does not pay is not what a tune is recommended with.
func TestDearerMethodIsNotRecommended(t *testing.T) {
	const shift = "eval_set_size=2000 prompting_effort=systematic primary_gap=domain_idiom current_score=50 target_score=90 best_model_score=60 labelled_examples=150k task_stability=stable_6_months team_capability=ml_infra_team monthly_calls=3M cheaper_model_score=40 "
	tables := shipped(t)
	if call, primary := with(t, tables, shift).Outcome(); call != FineTune || primary != "lora_sft" {
		t.Errorf("%s %s where an adapter pays and full tuning does not", call, primary)
	}
	if call, primary := with(t, tables, shift+"method=full_sft").Outcome(); call == FineTune || primary != "full_sft" {
		t.Errorf("%s %s where full tuning was chosen and does not pay", call, primary)
	}
	if call, primary := with(t, tables, shift+"monthly_calls=30M").Outcome(); call != FineTune || primary != "full_sft" {
		t.Errorf("%s %s where full tuning pays", call, primary)
	}
}

// Where the primary takes another method than the one whose money is shown, the report says what that one costs.
func TestOtherMoneyIsSaid(t *testing.T) {
	tables := shipped(t)
	const line = "eval_set_size=2000 prompting_effort=systematic primary_gap=reasoning current_score=50 target_score=80 best_model_score=60 cheaper_model_score=30 verifier=programmatic teacher=none team_capability=ml_infra_team labelled_examples=5000 monthly_calls=3M value_per_extra_pass=0.05 task_stability=stable_6_months"
	rep := Decide(tables, with(t, tables, line).asked())
	said := ""
	for _, b := range rep.Verdict.Because {
		if b.Rule == "R44" {
			said = b.Text
		}
	}
	given := with(t, tables, line+" method=grpo").payback()
	if want := "What fits takes GRPO (grpo), about " + dollars(given.UpfrontCost.Value) + " up front, and that is worth " + dollars(given.NPV.Value) + " at these answers: it pays back."; !strings.Contains(said, want) {
		t.Errorf("said is %q, want %q", said, want)
	}
}

// Nobody is told to cache and to batch where neither saves anything.
func TestCachingIsOfferedWhereItSaves(t *testing.T) {
	tables := shipped(t)
	for line, want := range map[string]string{
		"monthly_calls=500":                                                  "cache_or_batch",
		"monthly_calls=500 baseline_model=command-r7b":                       "stop_no_gap",
		"monthly_calls=10000 batch_percent=100 cache_hit_percent=100":        "stop_no_gap",
		"monthly_calls=500 baseline_model=command-r7b task_stability=weekly": "stop_no_gap",
		"monthly_calls=500 task_stability=weekly":                            "cache_or_batch",
	} {
		if call, primary := with(t, tables, settled+line).Outcome(); call != DoNot || primary != want {
			t.Errorf("%s: %s %s, want %s", line, call, primary, want)
		}
	}
}

// A host is as large as its busiest month needs, and said to be too small where it is not.
func TestBusiestMonth(t *testing.T) {
	tables := shipped(t)
	const line = settled + "monthly_calls=40M tuned_model=llama-3.1-8b-turbo "
	complains := func(line string) string {
		for _, c := range Decide(tables, with(t, tables, line).asked()).Complaints {
			if c.Input == Replicas.ID() {
				return c.Text
			}
		}
		return ""
	}
	if said := complains(line); said != "" {
		t.Errorf("without growth: %s", said)
	}
	said := complains(line + "volume_growth_percent_per_month=20")
	if !strings.HasPrefix(said, "In the busiest month the calls need 6.66 times what these replicas can do. Write at least 7.") {
		t.Errorf("with growth: %q", said)
	}
	if said := complains(line + "volume_growth_percent_per_month=20 replicas=7"); said != "" {
		t.Errorf("with seven: %s", said)
	}
	if said := complains(line + "volume_growth_percent_per_month=-20 replicas=1"); said != "" {
		t.Errorf("shrinking: %s", said)
	}
}

// A draw of months falls on the nearest month, so that the likely and the high end are drawn.
func TestMonthsAreRounded(t *testing.T) {
	tables := shipped(t)
	a := with(t, tables, "months=11..12..12 draws=20000 fine_tune_cost=0 maintenance_cost_per_month=0 saving_per_call=1 monthly_calls=1 baseline_price_fall_percent_per_year=0 success_percent=100").asked()
	rep := Full(tables, a, nil)
	if p := rep.Payback; p.NetBenefitP10.Value != 11 || p.NetBenefitP50.Value != 12 || p.NetBenefitP90.Value != 12 {
		t.Errorf("%v %v %v", p.NetBenefitP10, p.NetBenefitP50, p.NetBenefitP90)
	}
}

// An experiment costs what it tries: a run on its own few examples, whatever the tune itself is to be.
func TestExperimentPricesItsOwnRun(t *testing.T) {
	tables := shipped(t)
	usd := func(line, outcome string) float64 {
		return with(t, tables, "monthly_calls=30M "+line).Experiment(FindOutcome(outcome)).CostUSD
	}
	plain := usd("", "lora_sft")
	for _, line := range []string{"method=grpo", "method=ppo", "training_tokens=10B", "method=full_sft", "training_runs=30"} {
		if got := usd(line, "lora_sft"); got != plain {
			t.Errorf("%s: %v, want %v", line, got, plain)
		}
	}
	const own = "training_route=own_gpus "
	if a, b := usd(own, "rl_verifiable"), usd(own+"rollout_prompts=1M method=grpo", "rl_verifiable"); a != b || a <= usd(own, "lora_sft") {
		t.Errorf("%v and %v", a, b)
	}
}

// A flip names the nearest round number that turns the verdict.
func TestFlipsAreNearest(t *testing.T) {
	tables := shipped(t)
	rep := Decide(tables, with(t, tables, "scenario=brand-tone").asked())
	found := 0
	for _, f := range rep.Verdict.Flips {
		for in, want := range map[string]string{"best_model_score": "90", "target_score": "60"} {
			if f.Input == in {
				if found++; f.To != want {
					t.Errorf("%s turns at %s, want %s", in, f.To, want)
				}
			}
		}
	}
	if found == 0 {
		t.Errorf("no score turns %v", rep.Verdict.Flips)
	}
	for answers, want := range map[string]string{
		"primary_gap=knowledge corpus_tokens=100k knowledge_change=static":                        "corpus_tokens 200001, corpus_tokens 0",
		"primary_gap=knowledge corpus_tokens=300k knowledge_change=static":                        "corpus_tokens 200000",
		"primary_gap=style labelled_examples=150 monthly_calls=30M":                               "labelled_examples 99",
		"primary_gap=style best_model_score=95 latency_budget_ms=1000 best_model_latency_ms=1234": "latency_budget_ms 1234, best_model_latency_ms 1000",
	} {
		said := ""
		for _, f := range Decide(tables, with(t, tables, settled+"current_score=78 target_score=92 best_model_score=85 "+answers).asked()).Verdict.Flips {
			said += f.Input + " " + f.To + ", "
		}
		for w := range strings.SplitSeq(want, ", ") {
			if !strings.Contains(said, w+", ") {
				t.Errorf("%s: %s, want %s", answers, said, w)
			}
		}
	}
	for _, f := range Decide(tables, with(t, tables, settled+"monthly_calls=5M data_residency=own_cloud team_capability=own_gpus").asked()).Verdict.Flips {
		if f.Input == Replicas.ID() && strings.Contains(f.To, ".") {
			t.Errorf("%v", f)
		}
	}
}
