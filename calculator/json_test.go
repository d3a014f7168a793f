package calculator

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"whentofinetune/calculator/fact"
)

func TestJSONReads(t *testing.T) {
	r := Report{
		Verdict: Verdict{Call: FineTune, Primary: "lora_sft", Because: []Reason{{Rule: "R1", Text: "a \"quote\" </script> \u2028", Inputs: []string{"a"}}}},
		Payback: Payback{NPV: Some(1195000), BreakEvenMonths: Some(0.05), MonthlySaving: Some(math.NaN()), ByMonth: []Month{{Month: 1, Baseline: Some(-0.001)}},
			Lines: []Line{{Name: "training", OneOff: 2.5694}}},
		Options: []Option{{Option: "cached", PerCall: Some(0.00058)}},
	}
	out := r.JSON()
	var back map[string]any
	if err := json.Unmarshal(out, &back); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	reason := back["verdict"].(map[string]any)["because"].([]any)[0].(map[string]any)
	if reason["text"] != "a \"quote\" </script> \u2028" || strings.Contains(string(out), "</script>") {
		t.Errorf("text: %q", reason["text"])
	}
	for _, want := range []string{`"npv": 1195000.00`, `"break_even_months": 0.05`, `"monthly_saving": null`, `"baseline": 0.00`, `"per_call": 0.00058`} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %s in\n%s", want, out)
		}
	}
	for path, want := range map[string]string{
		"payback.npv": "$1,195,000", "payback.break_even_months": "0.05 months", "payback.monthly_saving": "not known",
		"payback.discounted_break_even_month": "never", "options.cached.per_call": "$0.00058", "verdict.call": "fine_tune",
		"payback.by_month.1.baseline": "$0.00", "payback.lines.training.one_off": "$2.57", "verdict.because.0.rule": "R1",
	} {
		if got, ok := r.Value(path); !ok || got != want {
			t.Errorf("%s = %q %v, want %q", path, got, ok, want)
		}
	}
	if _, ok := r.Value("payback.nvp"); ok {
		t.Error("payback.nvp is known")
	}
	for _, path := range r.Figures() {
		if _, ok := r.Value(path); !ok {
			t.Errorf("%s is listed and not found", path)
		}
	}
}

func TestProse(t *testing.T) {
	for _, c := range []struct {
		x       float64
		measure Measure
		want    string
	}{
		{-19281.4, Money, "−$19,281"}, {2.5594, Money, "$2.56"}, {-0.3, Money, "−$0.30"}, {-0.001, Money, "$0.00"}, {0.0004, Money, "less than a cent"}, {0, Money, "$0"}, {50, Money, "$50"},
		{8.31, Spell, "8.3 months"}, {1, Spell, "1 month"}, {100, Spell, "100 months"}, {0.9996, Spell, "1 month"}, {99.97, Spell, "100 months"}, {3e-9, Spell, "0.000000003 months"}, {1.46e-9, PerCall, "$0.00000000146"}, {0.05, Spell, "0.05 months"},
		{0.652, Ratio, "65%"}, {833333.333, Count, "833,333"}, {5e6, Count, "5 M"}, {2.154e6, Count, "2.15 M"}, {10.96, Points, "11 points"},
		{1.42984, Hours, "1.4 hours"}, {23.44, Gigabytes, "23.4 GB"}, {4.818e17, Count, "4.82 × 10¹⁷"},
	} {
		if got := Some(c.x).prose(c.measure); got != c.want {
			t.Errorf("prose(%v, %d) = %q, want %q", c.x, c.measure, got, c.want)
		}
	}
}

func TestSchemaNamesEveryInput(t *testing.T) {
	var schema struct {
		Properties map[string]map[string]any
	}
	tables := shipped(t)
	if err := json.Unmarshal(Schema(tables), &schema); err != nil {
		t.Fatalf("%v\n%s", err, Schema(tables))
	}
	for i := range Questions {
		p, ok := schema.Properties[Questions[i].ID]
		if !ok || p["title"] != Questions[i].Label {
			t.Errorf("%s: %v", Questions[i].ID, p)
		}
		if _, ok := p["default"]; ok != (Questions[i].Default != "") {
			t.Errorf("%s: default %v", Questions[i].ID, p["default"])
		}
	}
	schemaListsRows(t, tables, schema.Properties)
	calls := schema.Properties["monthly_calls"]["anyOf"].([]any)[0].(map[string]any)
	if calls["minimum"] != 0.0 || calls["maximum"] != 1e15 {
		t.Errorf("monthly_calls: %v", calls)
	}
}

// schemaListsRows checks that what is chosen from a table is one of its rows, and that each row that is listed is taken.
func schemaListsRows(t *testing.T, tables *fact.Tables, properties map[string]map[string]any) {
	for name, rows := range map[string]int{"gpu": len(tables.GPUs), "model": len(tables.Models), "running_tuned_model": 1 + len(tables.Prices) + len(tables.Brackets),
		"baseline_model": 20, "tuned_model": 20, "scenario": len(tables.Scenarios) + len(tables.Cases)} {
		from := properties[name]
		if ways, ok := from["anyOf"].([]any); ok {
			from = ways[0].(map[string]any)
		}
		list, _ := from["enum"].([]any)
		if len(list) < rows {
			t.Errorf("%s lists %d rows, want %d: %v", name, len(list), rows, properties[name])
		}
		for _, id := range list {
			a, unread := Read(tables, []Pair{{Name: name, Value: id.(string)}, {Name: "hosting", Value: "dedicated"}})
			for _, c := range append(unread, Resolve(tables, a).Complaints...) {
				if c.Input == name {
					t.Errorf("%s = %s is listed: %s", name, id, c.Text)
				}
			}
		}
	}
}
