package calculator

import (
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// soak is how much is tried: less where time is short, more where GUIDE_SOAK says so.
func soak(n int) int {
	if testing.Short() {
		return max(n/3, 60)
	}
	if k, err := strconv.Atoi(os.Getenv("GUIDE_SOAK")); err == nil && k > 1 {
		return n * k
	}
	return n
}

// edges are numbers at which rules turn, and their neighbours.
var edges = map[Input][]float64{
	EvalSetSize: {0, 1, 20, 60, 200, 1000, 20000}, LabelledExamples: {0, 1, 9, 10, 99, 100, 199, 200, 999, 1000, 5000, 99999, 100000},
	PreferencePairs: {0, 999, 1000, 20000, 99999, 100000}, CorpusTokens: {0, 1, 200000, 200001, 999999999, 1e9}, TokensOut: {1, 20, 21, 200},
	CurrentScore: {0, 45, 69, 70, 79, 90, 100}, TargetScore: {50, 70, 80, 90}, BestModelScore: {40, 60, 69, 70, 80, 89, 90, 100}, CheaperModelScore: {40, 70, 80, 90, 95},
	LatencyBudgetMS: {500, 800}, BestModelLatencyMS: {400, 500, 501, 3000}, MonthlyCalls: {0, 1000, 100000, 3e6, 1e8}, Months: {0, 1, 12, 36},
	ValuePerExtraPass: {0, 0.001, 0.1, 5}, SuccessPercent: {0, 30, 60, 100}, BaselinePriceFallPercentPerYear: {0, 50, 90},
	TokensStatic: {500, 1024, 6000}, CacheHitPercent: {0, 30, 90},
	BaselinePriceIn: {0.1, 2, 30}, BaselinePriceOut: {0.5, 10, 60},
}

// drawn are answers at random: every choice in turn, numbers at their edges, some left out and some unknown. Three in four are a
// worked example or a published case with a few answers changed, so that many tunes pay.
func drawn(rnd *rand.Rand, tables *fact.Tables) Answers {
	var a Answers
	skip := 3
	if rnd.IntN(4) > 0 {
		ids := []string{}
		for i := range tables.Scenarios {
			ids = append(ids, tables.Scenarios[i].ID)
		}
		for i := range tables.Cases {
			ids = append(ids, tables.Cases[i].ID)
		}
		a, _ = Read(tables, []Pair{{Name: ScenarioName, Value: ids[rnd.IntN(len(ids))]}})
		a.SetNumber(MonthlyCalls, cost.Exactly(2e7))
		skip = 1
	}
	for in := range GroupEnd(GroupVolume) {
		q := &Questions[in]
		numbers, known := edges[in]
		switch {
		case skip == 1 && rnd.IntN(12) > 0, skip == 3 && rnd.IntN(3) == 0:
		case known && q.Unknown && rnd.IntN(6) == 0:
			a.Set(in, "unknown")
		case known:
			a.SetNumber(in, cost.Exactly(numbers[rnd.IntN(len(numbers))]))
		case q.Kind == KindChoice:
			a.SetChoice(in, q.Choices[rnd.IntN(len(q.Choices))].Word)
		case q.Kind == KindBool:
			a.SetBool(in, rnd.IntN(2) == 0)
		case in == RunningTunedModel && rnd.IntN(8) == 0, in == TunedModel && rnd.IntN(2) == 0:
			a.SetChoice(in, tables.Prices[rnd.IntN(len(tables.Prices))].ID)
		}
	}
	for _, in := range []Input{Months, SuccessPercent, Method, Hosting, TrainingRoute, Model} {
		if numbers := edges[in]; rnd.IntN(3) == 0 && numbers != nil {
			a.SetNumber(in, cost.Exactly(numbers[rnd.IntN(len(numbers))]))
		} else if in == Model && rnd.IntN(4) == 0 {
			a.SetChoice(in, tables.Models[rnd.IntN(len(tables.Models))].ID)
		} else if c := Questions[in].Choices; c != nil && rnd.IntN(skip*4) == 0 {
			a.SetChoice(in, c[rnd.IntN(len(c))].Word)
		}
	}
	if rnd.IntN(10) > 0 && !(a.Likely(EvalSetSize) > 0) { // most have a test set, or it would decide everything
		a.SetNumber(EvalSetSize, cost.Exactly(500))
	}
	return a
}

// GroupEnd is the first input after a group.
func GroupEnd(g Group) Input {
	for in := range Inputs {
		if Questions[in].Group > g {
			return in
		}
	}
	return Inputs
}

// Over all choices and boundary numbers something decides, every rule speaks, every outcome is reached, and no verdict stands
// without a reason and a source. Every complaint names its input, and no number is beyond all bounds.
func TestEnumeration(t *testing.T) {
	tables := shipped(t)
	rnd := rand.New(rand.NewPCG(20, 26))
	spoke, reached, calls := map[string]bool{}, map[string]bool{}, map[Call]int{}
	for range soak(20000) {
		r := Resolve(tables, drawn(rnd, tables))
		d := r.decide()
		spoke[Rungs[d.rung].ID], reached[d.primary.ID] = true, true
		for _, b := range d.blocks {
			spoke[Blockers[b].ID] = true
		}
		for _, v := range Vetoes {
			if v.When.Ask(r) == Holds {
				spoke[v.ID] = true
			}
		}
		v := r.verdict(&d, r.findOut(&d))
		calls[v.Call]++
		for _, reason := range append(slices.Clone(v.Because), v.Blockers...) {
			spoke[reason.Rule] = true
			if reason.Text == "" || len(reason.Sources) == 0 {
				t.Fatalf("%s: a reason without words or source: %+v", v.Primary, reason)
			}
			for _, key := range reason.Sources {
				if _, door := DoorSource(tables, key); !door && tables.FindEvidence(key) == nil {
					t.Fatalf("%s: there is no source %s", reason.Rule, key)
				}
			}
		}
		if v.Call == FineTune && (len(v.Blockers) > 0 || !r.paysBack()) || v.Call == NotYet && len(v.Blockers) == 0 {
			t.Fatalf("%s %s with blockers %v", v.Call, v.Primary, v.Blockers)
		}
		if v.Call == FineTune != (FindOutcome(v.Primary).Tunes && v.Call != NotYet) {
			t.Fatalf("%s %s", v.Call, v.Primary)
		}
		if usd := v.NextExperiment.CostUSD; !(usd >= 0) || math.IsInf(usd, 0) || strings.ContainsAny(v.NextExperiment.Text+v.NextExperiment.StopRule, "{}") {
			t.Fatalf("experiment: %+v", v.NextExperiment)
		}
		for _, p := range v.Passed {
			if p.Text == "" || p.Rule == "" || len(p.Inputs) == 0 || p.Outcome == v.Primary {
				t.Fatalf("%s passed %+v", v.Primary, p)
			}
		}
		for _, c := range r.Complaints {
			if _, ok := Find(c.Input); !ok {
				t.Fatalf("a complaint without an input: %+v", c)
			}
		}
	}
	t.Log(calls)
	for _, list := range [][]Rule{Rungs, Blockers, Vetoes, Remarks} {
		for i := range list {
			if !spoke[list[i].ID] {
				t.Errorf("rule %s never speaks", list[i].ID)
			}
		}
	}
	for i := range Outcomes {
		if !reached[Outcomes[i].ID] {
			t.Errorf("outcome %s is never reached", Outcomes[i].ID)
		}
	}
}

// Every outcome is told in full, and every rule's evidence exists.
func TestTablesAreWhole(t *testing.T) {
	tables := shipped(t)
	ids := map[string]bool{}
	for _, list := range [][]Rule{Rungs, Blockers, Vetoes, Remarks} {
		for i := range list {
			rule := &list[i]
			if ids[rule.ID] || rule.Because == "" || len(rule.Sources) == 0 || (rule.Dissent == "") != (len(rule.Against) == 0) {
				t.Errorf("rule %s: given twice, or without words, source or the source of its dissent", rule.ID)
			}
			ids[rule.ID] = true
			if rule.Outcome != "" && FindOutcome(rule.Outcome) == nil {
				t.Errorf("rule %s: there is no outcome %s", rule.ID, rule.Outcome)
			}
			for _, key := range append(slices.Clone(rule.Sources), rule.Against...) {
				if tables.FindEvidence(key) == nil {
					t.Errorf("rule %s: there is no evidence %s", rule.ID, key)
				}
			}
		}
	}
	if len(Outcomes) != 23 {
		t.Errorf("%d outcomes, want 23", len(Outcomes))
	}
	for i := range Outcomes {
		o := &Outcomes[i]
		if o.Is == "" || o.Fails == "" || o.Costs == "" || o.Experiment == "" || o.Stop == "" || o.Page == "" || len(o.Risks) == 0 || o.Tunes != (o.Call == FineTune) {
			t.Errorf("outcome %s is not told in full", o.ID)
		}
		for _, want := range []string{"forgetting", "safety", "retirement", "rollback"} {
			if o.Tunes && !slices.Contains(o.Risks, want) {
				t.Errorf("outcome %s: no risk %s", o.ID, want)
			}
		}
	}
	// The rules of the evidence that decide something, and where each stands here.
	for _, row := range strings.Fields("R1 R2 R2b R2c R3 R4 R4b R4e R4f R5 R6 R7 R8 R9 R9b R10 R11 R12 R12b R13 R14 R15 R16 R17b R18 R19 R23 R24 R25 R28 R29 R31 R32") {
		if !ids[row] {
			t.Errorf("there is no rule %s", row)
		}
	}
	for key, rule := range map[string]string{"Tam": "R3", "Du": "R4b", "Li": "R4b", "OAI-acc": "R4e", "Lin": "R8", "Unsloth": "R4", "LIMO": "R9b", "Yue": "R23", "ProRL": "R23", "On-policy": "R13",
		"Tog-lora": "R11", "InstructGPT": "R23b", "T-Few": "R25", "G-active": "R24", "Betley": "R29", "xLAM": "R14"} {
		found := false
		for _, list := range [][]Rule{Rungs, Blockers, Vetoes, Remarks} {
			for i := range list {
				found = found || list[i].ID == rule && slices.Contains(append(slices.Clone(list[i].Sources), list[i].Against...), key)
			}
		}
		if !found {
			t.Errorf("%s does not rest on %s", rule, key)
		}
	}
}

// Deciding on a copy with one answer changed is deciding again.
func TestSearchIsDecidingAgain(t *testing.T) {
	tables := shipped(t)
	rnd := rand.New(rand.NewPCG(3, 4))
	for range soak(150) {
		a := drawn(rnd, tables)
		r := Resolve(tables, a)
		r.decide()
		s := r.search()
		for in := range Inputs {
			if s.derives(in) {
				continue
			}
			q := &Questions[in]
			x := replacement{number: cost.Exactly(q.Min + math.Floor((min(q.Max, 1000)-q.Min)*rnd.Float64()))}
			b := a
			if q.Kind == KindBool {
				x.number = cost.Exactly(float64(rnd.IntN(2)))
			}
			if q.Kind == KindChoice {
				x = replacement{word: q.Choices[rnd.IntN(len(q.Choices))].Word}
				b.SetChoice(in, x.word)
			} else {
				b.SetNumber(in, x.number)
			}
			d, e := s.with(in, x), Resolve(tables, b).decide()
			if d.call != e.call || d.primary != e.primary || d.rung != e.rung || d.runnerUp != e.runnerUp {
				t.Fatalf("%s: the copy says %s %s, deciding again %s %s", q.ID, d.call, d.primary.ID, e.call, e.primary.ID)
			}
			if d, e := s.now.decide(), r.decide(); !d.same(&e) {
				t.Fatalf("%s was not put back", q.ID)
			}
		}
	}
}

// Every flip flips, whatever is answered: its text, set as an answer, brings about what it says.
func TestFlipsFlipAnywhere(t *testing.T) {
	tables := shipped(t)
	rnd := rand.New(rand.NewPCG(5, 6))
	flips := 0
	for range soak(60) {
		a := drawn(rnd, tables)
		v := Decide(tables, a).Verdict
		if len(v.Flips) > maxFlips {
			t.Errorf("%d flips", len(v.Flips))
		}
		for _, f := range v.Flips {
			in, _ := Find(f.Input)
			b := a
			if c, ok := b.Set(in, f.To); !ok {
				t.Fatalf("%+v: %s", f, c.Text)
			}
			if e := Resolve(tables, b).decide(); e.call != f.Call || e.primary.ID != f.Primary || f.Call == v.Call && f.Primary == v.Primary {
				t.Errorf("%+v from %s %s gives %s %s", f, v.Call, v.Primary, e.call, e.primary.ID)
			}
			flips++
		}
	}
	if flips < 100 {
		t.Errorf("%d flips in all", flips)
	}
}

// laws calls law with answers at random and every number of an input in rising order, one after another.
func laws(t *testing.T, in Input, numbers []float64, law func(a Answers, before, after *decision, x float64)) {
	tables := shipped(t)
	rnd := rand.New(rand.NewPCG(7, uint64(in)))
	for range soak(1500) {
		a := drawn(rnd, tables)
		var before decision
		for i, x := range numbers {
			a.SetNumber(in, cost.Exactly(x))
			after := Resolve(tables, a).decide()
			if i > 0 {
				law(a, &before, &after, x)
			}
			before = after
		}
	}
}

// A better score of the best model, usable in time, never argues for tuning.
func TestBetterModelNeverArguesForTuning(t *testing.T) {
	laws(t, BestModelScore, []float64{10, 40, 60, 69, 70, 80, 89, 90, 99, 100}, func(a Answers, before, after *decision, x float64) {
		usable := !slices.Contains([]string{"own_cloud", "air_gapped"}, a.Choice(DataResidency)) &&
			(a.Unknown(LatencyBudgetMS) || !a.Unknown(BestModelLatencyMS) && a.Likely(BestModelLatencyMS) <= a.Likely(LatencyBudgetMS))
		if usable && before.call != FineTune && after.call == FineTune {
			t.Errorf("at %v: %s %s becomes %s %s", x, before.call, before.primary.ID, after.call, after.primary.ID)
		}
		if usable && !a.Unknown(TargetScore) && x >= a.Likely(TargetScore) && after.primary.Tunes && qualityGap.Ask(Resolve(shipped(t), a)) == Holds {
			t.Errorf("at %v the best model passes and %s is advised", x, after.primary.ID)
		}
	})
}

// More calls never turn the money against a tune that is paid by the token.
func TestVolumeNeverTurnsAgainstTuning(t *testing.T) {
	laws(t, MonthlyCalls, []float64{0, 100, 1e4, 1e5, 1e6, 1e7, 1e9}, func(a Answers, before, after *decision, x float64) {
		if a.Choice(Hosting) != "per_token" || slices.Contains([]string{"own_cloud", "air_gapped"}, a.Choice(DataResidency)) {
			return
		}
		if before.call == FineTune && after.call != FineTune {
			t.Errorf("at %v calls: %s %s becomes %s %s", x, before.call, before.primary.ID, after.call, after.primary.ID)
		}
	})
}

// Fewer examples never open a door.
func TestFewerExamplesNeverOpen(t *testing.T) {
	tables := shipped(t)
	rnd := rand.New(rand.NewPCG(8, 9))
	for range soak(1500) {
		a := drawn(rnd, tables)
		a.SetNumber(TrainingExamples, cost.Exactly(2000)) // the bill of training is another matter
		closed := false
		for _, n := range []float64{1e6, 1e5, 99999, 5000, 1000, 999, 200, 199, 100, 99, 10, 9, 1, 0} {
			a.SetNumber(LabelledExamples, cost.Exactly(n))
			d := Resolve(tables, a).decide()
			if closed && d.call == FineTune {
				t.Errorf("%v examples open %s", n, d.primary.ID)
			}
			closed = d.call != FineTune
		}
	}
}

// Every input matters somewhere: there are answers with which changing it alone changes the report.
func TestEveryInputMatters(t *testing.T) {
	tables := shipped(t)
	var bases []Answers
	for _, line := range []string{"scenario=brand-tone", "scenario=onprem-maths", "scenario=support-policies", "scenario=house-tools", "scenario=small-saving",
		"training_route=own_gpus method=grpo sequence_length=8192", "training_route=own_gpus method=full_sft", "model=mixtral-8x7b training_route=own_gpus", "start_date=2026-12-01 base_model_retirement=2027-06-01 labels_bought=100", "scenario=checkr-230-classes batch_percent=20",
		"scenario=brand-tone best_model_score=95 latency_budget_ms=500 best_model_latency_ms=400", "hosting=dedicated cheaper_model_score=50 target_score=60"} {
		var pairs []Pair
		for _, field := range strings.Fields(line) {
			name, value, _ := strings.Cut(field, "=")
			pairs = append(pairs, Pair{Name: name, Value: value})
		}
		a, _ := Read(tables, pairs)
		bases = append(bases, a)
	}
	said := func(a Answers) string {
		a.SetNumber(Draws, cost.Exactly(max(20, a.Likely(Draws)/500)))
		r := Full(tables, a, nil)
		r.Assumed, r.Unknown = nil, nil
		return string(r.JSON())
	}
	for in := range Inputs {
		q := &Questions[in]
		texts := []string{"3", "0.5", "7000", "95", "20000", "2027-03-01", "true", "false", "never", "8B", "gpt-4.1-mini", "h200-sxm", "qwen3-32b"}
		for _, c := range q.Choices {
			texts = append(texts, c.Word)
		}
		if !slices.ContainsFunc(bases, func(a Answers) bool {
			was := said(a)
			return slices.ContainsFunc(texts, func(text string) bool {
				b := a
				_, ok := b.Set(in, text)
				return ok && said(b) != was
			})
		}) {
			t.Errorf("%s matters nowhere", q.ID)
		}
	}
}

// FuzzDecide reads answers as lines of name=value: there is always a report, no number is beyond all bounds, and every complaint
// names an input or what was given in its place.
func FuzzDecide(f *testing.F) {
	f.Add("primary_gap=style\nmonthly_calls=3M\ncurrent_score=45..50..60\ntarget_score=90\neval_set_size=200")
	f.Add("scenario=grab-documents\nmonths=0\nmonthly_calls=1e15\ntokens_out=1e8\nbaseline_price_out=1e6")
	f.Add("saving_per_call=-1e6\nmonthly_calls=0\nmonths=600\nvolume_growth_percent_per_month=100\ndiscount_rate_percent=-50")
	f.Add("primary_gap=stile\n=\nx\nmonths=unknown\nlabelled_examples=1e12\nmethod=ppo\ntraining_route=own_gpus")
	tables := shipped(f)
	f.Fuzz(func(t *testing.T, text string) {
		var pairs []Pair
		for line := range strings.SplitSeq(text, "\n") {
			name, value, _ := strings.Cut(line, "=")
			pairs = append(pairs, Pair{Name: name, Value: value})
		}
		a, complaints := Read(tables, pairs)
		a.SetNumber(Draws, cost.Exactly(20))
		r := Full(tables, a, complaints)
		if r.Verdict.Primary == "" || len(r.Verdict.Because) == 0 {
			t.Fatal("nothing decides")
		}
		if s := string(r.JSON()); strings.Contains(s, "NaN") || strings.Contains(s, "Inf") {
			t.Fatal("a number is not finite")
		}
		for _, c := range r.Complaints {
			named := slices.ContainsFunc(pairs, func(p Pair) bool {
				return strings.HasPrefix(strings.ToValidUTF8(p.Name, "\uFFFD"), strings.TrimSuffix(c.Input, "…"))
			})
			if _, known := Find(c.Input); !known && !named || c.Text == "" {
				t.Fatalf("%+v names no input", c)
			}
		}
	})
}
