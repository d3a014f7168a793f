package calculator

import (
	"io/fs"
	"slices"
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
