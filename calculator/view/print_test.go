package view

import (
	"strings"
	"testing"

	"whentofinetune/calculator"
	"whentofinetune/calculator/fact"
	shipped "whentofinetune/calculator/facts"
)

// shippedTables are the tables that the command brings.
func shippedTables(t testing.TB) *fact.Tables {
	t.Helper()
	var files []fact.File
	entries, err := shipped.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := shipped.FS.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, fact.File{Name: e.Name(), Text: string(text)})
	}
	all, faults := fact.Read(files)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return all
}

// What a session remembers, and draws that are made only where they show, change no reply: it is the one of a new session
// whose report is drawn from the start.
func TestRememberedReplies(t *testing.T) {
	tables := shippedTables(t)
	kept := NewSession(tables, nil)
	kept.most = 9
	var asked [][]calculator.Pair
	for i := range tables.Scenarios {
		asked = append(asked, tables.Scenarios[i].Inputs)
	}
	for i := range tables.Cases {
		asked = append(asked, tables.Cases[i].Inputs)
	}
	asked = append(asked, []calculator.Pair{{Name: "draws", Value: "7"}}, []calculator.Pair{{Name: "monthly_calls", Value: "nonsense"}}, nil)
	for n := range 12 {
		asked = append(asked, []calculator.Pair{{Name: "monthly_calls", Value: px(1000 * (n + 1))}})
	}
	requests := []string{"text", "ladder", "names", "figure payback.npv", "figure payback.net_benefit_p50", "figure payback.by_month.3.cumulative_p90", "scenario " + tables.Scenarios[0].ID, "table scenarios", "table cases"}
	for _, b := range blocks {
		requests = append(requests, "block "+b.word)
	}
	for _, c := range charts {
		requests = append(requests, "chart "+c.name)
	}
	if testing.Short() {
		asked = asked[len(asked)-14:]
	}
	for k, request := range requests {
		for i := range asked {
			pairs := asked[(i*7+k)%len(asked)]
			fresh := NewSession(tables, nil)
			fresh.Decide(pairs)
			want, body := fresh.Print(request, pairs)
			status, got := kept.Print(request, pairs)
			if status != want || string(got) != string(body) {
				t.Fatalf("%s of %v: %s %.200q, want %s %.200q", request, pairs, status, got, want, body)
			}
		}
	}
}

// Drawn names exactly the figures that drawing changes.
func TestDrawnFigures(t *testing.T) {
	tables := shippedTables(t)
	changed := map[string]bool{}
	for i := range tables.Scenarios {
		a, _ := calculator.Read(tables, tables.Scenarios[i].Inputs)
		before := calculator.Decide(tables, a)
		after := calculator.Full(tables, a, nil)
		for _, path := range after.Figures() {
			was, _ := before.Digits(path)
			is, _ := after.Digits(path)
			if changed[path] = changed[path] || was != is; was != is && !calculator.Drawn(path) {
				t.Errorf("%s: drawing %s makes %s of %s", tables.Scenarios[i].ID, path, is, was)
			}
		}
	}
	for path, yes := range changed {
		if calculator.Drawn(path) && !yes {
			t.Errorf("%s is called drawn, and drawing never changed it", path)
		}
	}
}

// Priced names only figures that stand before there is a verdict.
func TestPricedFigures(t *testing.T) {
	tables := shippedTables(t)
	for i := range tables.Scenarios {
		a, _ := calculator.Read(tables, tables.Scenarios[i].Inputs)
		before, after := calculator.Price(tables, a), calculator.Decide(tables, a)
		if call, primary := calculator.Resolve(tables, a).Outcome(); call != after.Verdict.Call || primary != after.Verdict.Primary {
			t.Errorf("%s: the outcome is %s %s, the verdict %s %s", tables.Scenarios[i].ID, call, primary, after.Verdict.Call, after.Verdict.Primary)
		}
		verdict := 0
		for _, path := range after.Figures() {
			was, _ := before.Digits(path)
			is, _ := after.Digits(path)
			if was != is {
				verdict++
			}
			if was != is && calculator.Priced(path) {
				t.Errorf("%s: the verdict makes %s of %s at %s", tables.Scenarios[i].ID, is, was, path)
			}
		}
		if verdict == 0 {
			t.Errorf("%s: the verdict changes no figure", tables.Scenarios[i].ID)
		}
	}
}

func TestUnitAfterOne(t *testing.T) {
	for unit, want := range map[string]string{"GPUs": "GPU", "calls a month": "call a month", "passes": "pass", "ms": "ms", "rank": "rank"} {
		if got := single(unit); got != want {
			t.Errorf("1 %s reads 1 %s, not 1 %s", unit, got, want)
		}
	}
	s := NewSession(shippedTables(t), nil)
	if reply := string(s.Ask("calculator\nroot=\n")); !strings.Contains(reply, "1 GPU<") || strings.Contains(reply, "1 GPUs") {
		t.Error("the calculator does not say 1 GPU")
	}
}
