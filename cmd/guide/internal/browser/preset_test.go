package browser

import (
	"encoding/json"
	"math"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"whentofinetune/calculator"
	"whentofinetune/calculator/fact"
	"whentofinetune/calculator/view"
)

// A printed is a number of the report in the page: its path, what machines read, what people read.
type printed struct{ Path, Value, Text string }

const allPrinted = `[...document.querySelectorAll('[data-report="report"] [data-report]')].map(e =>
	({Path: e.dataset.report, Value: e.getAttribute("value") ?? e.dataset.value ?? "", Text: e.textContent}))`

// Every preset opens from the sheet of cases, and every number of its report is the one that the terminal prints.
func TestPresetsEqualTerminal(t *testing.T) {
	tables := shipped(t)
	var presets []string // id, title, link
	_, body := view.Print(tables, "presets", nil)
	for line := range strings.Lines(string(body)) {
		presets = append(presets, strings.TrimRight(line, "\n"))
	}
	if want := len(tables.Scenarios) + len(tables.Cases) + 2; len(presets) != want {
		t.Fatalf("%d presets, want %d: every scenario and case, and both worked examples", len(presets), want)
	}
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html")
	for _, preset := range presets {
		cells := strings.Split(preset, "\t")
		title, link := cells[1], strings.TrimPrefix(cells[2], "#")
		clickOn(t, tab, "Start from a case")
		until(t, tab, "the preset "+title, `[...document.querySelectorAll("dialog[open] [data-preset=`+cells[0]+`] button")].some(b => b.textContent === "Open" && (b.click(), true))`)
		until(t, tab, "a live report of "+title, live+` && document.querySelector(".calculator-head .state").textContent.startsWith("Opened: ") && `+hash+` === decodeURIComponent("#`+link+`")`)
		compareWithTerminal(t, tables, title, pairsOf(t, link), eval[[]printed](t, tab, allPrinted))
	}
}

// pairsOf reads a link as answers.
func pairsOf(t *testing.T, link string) []calculator.Pair {
	t.Helper()
	var pairs []calculator.Pair
	for part := range strings.SplitSeq(strings.TrimPrefix(link, "v1&"), "&") {
		name, value, _ := strings.Cut(part, "=")
		plain, err := url.PathUnescape(value)
		if err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, calculator.Pair{Name: name, Value: plain})
	}
	return pairs
}

// compareWithTerminal holds numbers of the page against the JSON that calc prints of the same answers.
func compareWithTerminal(t *testing.T, tables *fact.Tables, title string, pairs []calculator.Pair, numbers []printed) {
	t.Helper()
	_, text := view.Print(tables, "json", pairs)
	var report any
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatal(err)
	}
	if len(numbers) < 60 {
		t.Errorf("%s: the report prints %d numbers with their paths", title, len(numbers))
	}
	for _, n := range numbers {
		want, found := at(report, strings.Split(n.Path, "."))
		if !found {
			t.Errorf("%s: %s is no path of the report", title, n.Path)
		} else if !same(want, n) {
			t.Errorf("%s: %s reads %q (%q), the terminal says %v", title, n.Path, n.Text, n.Value, want)
		}
	}
}

// at finds a value by its path; an element of a list is called by what names it.
func at(x any, path []string) (any, bool) {
	if len(path) == 0 {
		return x, true
	}
	switch x := x.(type) {
	case map[string]any:
		if inner, ok := x[path[0]]; ok {
			return at(inner, path[1:])
		}
	case []any:
		for _, e := range x {
			for _, key := range [...]string{"name", "option", "input", "part", "step", "month"} {
				if m, ok := e.(map[string]any); ok && m[key] != nil && text(m[key]) == path[0] {
					return at(e, path[1:])
				}
			}
		}
	}
	return nil, false
}

func text(x any) string {
	switch x := x.(type) {
	case string:
		return x
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(x)
	}
	return "null"
}

// same reports whether a number in the page is the one of the report: digit by digit where it is printed for machines,
// else as it was rounded for people.
func same(want any, n printed) bool {
	if n.Value != "" {
		got, err := strconv.ParseFloat(n.Value, 64)
		x, number := want.(float64)
		return text(want) == n.Value || number && err == nil && got == x
	}
	x, number := want.(float64)
	if !number {
		return want == nil && !strings.ContainsAny(n.Text, "0123456789")
	}
	plain := strings.NewReplacer("$", "", ",", "", "\u2212", "-", "%", "").Replace(n.Text)
	got, err := strconv.ParseFloat(plain, 64)
	_, decimals, _ := strings.Cut(plain, ".")
	step := math.Pow(10, -float64(len(decimals)))
	return err == nil && math.Abs(got-x) <= step*0.5000001
}
