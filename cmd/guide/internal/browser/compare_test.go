package browser

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"whentofinetune/calculator"
	"whentofinetune/calculator/fact"
	"whentofinetune/calculator/view"
)

// A differing is a row under two cases side by side.
type differing struct{ Name, Mine, Other, Swing, Verdict string }

// Two cases side by side: every answer that differs, each with what it alone does to the net by the terminal's own sums, those that
// do most first.
func TestCompareOrdersBySwing(t *testing.T) {
	tables := shipped(t)
	const mine = "v1&monthly_calls=300k&tokens_out=40&months=18"
	var other []calculator.Pair
	for _, s := range tables.Scenarios {
		if s.ID == "brand-tone" {
			for _, p := range s.Inputs {
				other = append(other, calculator.Pair(p))
			}
		}
	}
	_, tab := openCase(t, mine)
	clickOn(t, tab, "Start from a case")
	until(t, tab, "the case to compare", `[...document.querySelectorAll("dialog[open] [data-preset=brand-tone] button")].some(b => b.textContent === "Compare" && (b.click(), true))`)
	until(t, tab, "what differs", `document.querySelector("tr[data-differs]")`)
	rows := eval[[]differing](t, tab, `[...document.querySelectorAll("tr[data-differs]")].map(r => ({Name: r.dataset.differs, Mine: r.cells[1].textContent, Other: r.cells[2].textContent, Verdict: r.cells[4].textContent, Swing: r.cells[3].textContent}))`)

	base := pairsOf(t, mine)
	size := math.Inf(1)
	for _, row := range rows {
		changed := slices.DeleteFunc(slices.Clone(base), func(p calculator.Pair) bool { return p.Name == row.Name })
		if at := slices.IndexFunc(other, func(p calculator.Pair) bool { return p.Name == row.Name }); at >= 0 && !strings.HasSuffix(row.Other, "default)") && row.Other != "default" {
			changed = append(changed, other[at])
			if want := other[at].Value; strings.Trim(want, "0123456789") == "" && strings.Trim(strings.ReplaceAll(row.Other, ",", ""), "$%") != want {
				t.Errorf("%s of the other reads %s, want %s", row.Name, row.Other, want)
			}
		}
		want := netOf(t, tables, changed) - netOf(t, tables, base)
		got := dollars(t, row.Swing)
		if math.Abs(got-want) > 1 {
			t.Errorf("%s moves the net by %s, the terminal says %.2f", row.Name, row.Swing, want)
		}
		if math.Abs(got) > size {
			t.Errorf("%s with %s stands below a smaller one", row.Name, row.Swing)
		}
		size = math.Abs(got)
		if want := verdictOf(t, tables, changed); row.Verdict != "" && row.Verdict != want || row.Verdict == "" && want != verdictOf(t, tables, base) {
			t.Errorf("%s turns the verdict to %q, the terminal says %q", row.Name, row.Verdict, want)
		}
	}
	if !slices.ContainsFunc(rows, func(r differing) bool { return r.Verdict != "" }) {
		t.Error("nothing is said to turn the verdict, and something does")
	}
	all := eval[[]string](t, tab, `[...document.querySelector("tr[data-differs]").parentElement.lastChild.cells].map(c => c.textContent)`)
	if all[0] != "All of them: net present value" {
		t.Errorf("the last row is called %q", all[0])
	}
	for i, pairs := range [][]calculator.Pair{base, other} {
		if want := netOf(t, tables, pairs); math.Abs(dollars(t, all[i+1])-want) > 1 {
			t.Errorf("the net of case %d reads %s, the terminal says %.2f", i+1, all[i+1], want)
		}
	}
	for _, name := range []string{"monthly_calls", "tokens_out", "months", "baseline_price_out", "current_score"} {
		if !slices.ContainsFunc(rows, func(r differing) bool { return r.Name == name }) {
			t.Errorf("%s differs and has no row: %v", name, rows)
		}
	}
	if size != 0 || math.Abs(dollars(t, rows[0].Swing)) < 1000 {
		t.Errorf("the rows tell nothing apart: %v", rows)
	}
}

// netOf is the net present value of some answers, as the terminal prints it.
func netOf(t *testing.T, tables *fact.Tables, pairs []calculator.Pair) float64 {
	t.Helper()
	_, text := view.Print(tables, "json", pairs)
	var report struct{ Payback struct{ NPV float64 } }
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatal(err)
	}
	return report.Payback.NPV
}

// verdictOf is what some answers come to, in words.
func verdictOf(t *testing.T, tables *fact.Tables, pairs []calculator.Pair) string {
	t.Helper()
	_, call := view.Print(tables, "figure verdict.call", pairs)
	_, way := view.Print(tables, "figure verdict.primary", pairs)
	return string(call) + ": " + string(way)
}

// dollars reads money as a table shows it: +$1,234 or −$1,234.
func dollars(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(strings.NewReplacer("−", "-", "\u2060", "", "+", "", "$", "", ",", "").Replace(text), 64)
	if err != nil {
		t.Fatalf("%q is no money", text)
	}
	return x
}
