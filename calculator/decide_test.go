package calculator

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"whentofinetune/calculator/fact"
	"whentofinetune/calculator/facts"
)

// shipped reads the tables that ship.
func shipped(t testing.TB) *fact.Tables {
	t.Helper()
	names, err := fs.Glob(facts.FS, "*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var files []fact.File
	for _, name := range names {
		text, err := fs.ReadFile(facts.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, fact.File{Name: name, Text: string(text)})
	}
	tables, problems := fact.Read(files)
	if len(problems) > 0 {
		t.Fatal(problems[0])
	}
	return tables
}

func answer(t testing.TB, tables *fact.Tables, pairs ...Pair) (Answers, Report) {
	t.Helper()
	a, complaints := Read(tables, pairs)
	for _, c := range complaints {
		t.Errorf("%s = %s: %s", c.Input, c.Given, c.Text)
	}
	return a, Decide(tables, a)
}

// Every worked example is decided as the evidence has it.
func TestScenarios(t *testing.T) {
	tables := shipped(t)
	for _, s := range tables.Scenarios {
		_, r := answer(t, tables, Pair{Name: ScenarioName, Value: s.ID})
		expect(t, s.ID, &r, s.ExpectPrimary, s.ExpectNot, s.ExpectCall)
	}
}

// Every published decision is decided as it came out.
func TestCases(t *testing.T) {
	tables := shipped(t)
	for _, c := range tables.Cases {
		_, r := answer(t, tables, Pair{Name: ScenarioName, Value: c.ID})
		expect(t, c.ID, &r, c.ExpectPrimary, c.ExpectNot, c.ExpectCall)
	}
}

func expect(t *testing.T, id string, r *Report, primary, not, call []string) {
	t.Helper()
	v := &r.Verdict
	if !slices.Contains(primary, v.Primary) || slices.Contains(not, v.Primary) || len(call) > 0 && !slices.Contains(call, string(v.Call)) {
		t.Errorf("%s: %s %s (npv %.0f, back %v, blockers %v), want %v not %v, call %v", id, v.Call, v.Primary, r.Payback.NPV.Value, r.Payback.PaysBackWithinHorizon, v.Blockers, primary, not, call)
	}
	if len(v.Because) == 0 || len(r.Sources) == 0 {
		t.Errorf("%s: a verdict without a reason or a source", id)
	}
}

// Every flip flips: deciding again with its input changed gives what it says.
func TestFlipsFlip(t *testing.T) {
	tables := shipped(t)
	for _, s := range tables.Scenarios {
		a, r := answer(t, tables, Pair{Name: ScenarioName, Value: s.ID})
		if len(r.Verdict.Flips) > maxFlips {
			t.Errorf("%s: %d flips", s.ID, len(r.Verdict.Flips))
		}
		for _, f := range r.Verdict.Flips {
			b := a
			in, _ := Find(f.Input)
			if c, ok := b.Set(in, f.To); !ok {
				t.Errorf("%s: %+v: %s", s.ID, f, c.Text)
			}
			again := Resolve(tables, b).decide()
			if again.call != f.Call || again.primary.ID != f.Primary {
				t.Errorf("%s: %+v gives %s %s", s.ID, f, again.call, again.primary.ID)
			}
			if f.Call == r.Verdict.Call && f.Primary == r.Verdict.Primary {
				t.Errorf("%s: %+v turns nothing", s.ID, f)
			}
		}
	}
}

// Whatever is chosen, something decides; every rule, outcome and blocker is reached; every key of evidence is there.
func TestEverythingIsReached(t *testing.T) {
	tables := shipped(t)
	rungs, outcomes, blocks := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, gap := range Questions[PrimaryGap].Choices {
		for _, effort := range Questions[PromptingEffort].Choices {
			for _, change := range []string{"none_needed", "yearly", "live"} {
				for _, extra := range []string{"", "eval_set_size=0", "labelled_examples=30", "labelled_examples=0;teacher=open_licence;current_score=95", "labelled_examples=5000;output_kind=label;task_breadth=single_narrow",
					"labelled_examples=500000;team_capability=ml_infra_team;best_model_score=40", "teacher=open_licence;team_capability=own_gpus", "verifier=programmatic;team_capability=own_gpus;labelled_examples=20",
					"preference_pairs=5000", "preference_pairs=500000;team_capability=ml_infra_team", "corpus_tokens=100000", "corpus_tokens=2000000000;team_capability=ml_infra_team;best_model_score=20",
					"best_model_score=99", "cheaper_model_score=99", "current_score=95", "task_stability=weekly", "running_tuned_model=gpt-4.1-mini", "team_capability=none;labelled_examples=5000", "data_quality=unverified;labelled_examples=5000",
					"best_model_score=95;latency_budget_ms=500;best_model_latency_ms=400", "best_model_score=95;latency_budget_ms=500;best_model_latency_ms=900;teacher=open_licence", "data_residency=air_gapped;labelled_examples=5000", "eval_set_size=5;labelled_examples=5000", "tuned_model=gpt-4.1-mini;labelled_examples=5000"} {
					pairs := []Pair{{Name: "eval_set_size", Value: "1000"}, {Name: "current_score", Value: "60"}, {Name: "target_score", Value: "90"}, {Name: "monthly_calls", Value: "20M"},
						{Name: "primary_gap", Value: gap.Word}, {Name: "prompting_effort", Value: effort.Word}, {Name: "knowledge_change", Value: change}}
					for part := range strings.SplitSeq(extra, ";") {
						if name, value, ok := strings.Cut(part, "="); ok {
							pairs = append(pairs, Pair{Name: name, Value: value})
						}
					}
					a, _ := Read(tables, pairs)
					d := Resolve(tables, a).decide()
					rungs[Rungs[d.rung].ID], outcomes[d.primary.ID] = true, true
					for _, b := range d.blocks {
						blocks[Blockers[b].ID] = true
					}
				}
			}
		}
	}
	for _, rule := range Rungs {
		if !rungs[rule.ID] {
			t.Errorf("rule %s never decides", rule.ID)
		}
		if FindOutcome(rule.Outcome) == nil {
			t.Errorf("rule %s decides for %s, which is no outcome", rule.ID, rule.Outcome)
		}
		for _, key := range append(slices.Clone(rule.Sources), rule.Against...) {
			if tables.FindEvidence(key) == nil {
				t.Errorf("rule %s: there is no evidence %s", rule.ID, key)
			}
		}
	}
	for _, rule := range Blockers {
		if !blocks[rule.ID] {
			t.Errorf("blocker %s never blocks", rule.ID)
		}
	}
	for _, o := range Outcomes {
		if !outcomes[o.ID] {
			t.Errorf("outcome %s is never reached", o.ID)
		}
		for _, name := range o.Risks {
			if risk(name).Test == "" {
				t.Errorf("outcome %s: there is no risk %s", o.ID, name)
			}
		}
	}
}

func BenchmarkDecide(b *testing.B) {
	tables := shipped(b)
	a, _ := Read(tables, []Pair{{Name: ScenarioName, Value: "brand-tone"}})
	for b.Loop() {
		Decide(tables, a)
	}
}

func BenchmarkFull(b *testing.B) {
	tables := shipped(b)
	a, _ := Read(tables, []Pair{{Name: ScenarioName, Value: "brand-tone"}})
	for b.Loop() {
		Full(tables, a, nil)
	}
}
