package calculator

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// near is a row of testdata/near.txt: a case beside the examples that the site prints, with what the evidence has for it.
type near struct {
	id, inputs, why      string
	primary, never, call []string
}

func nearCases(t testing.TB) []near {
	t.Helper()
	text, err := os.ReadFile("testdata/near.txt")
	if err != nil {
		t.Fatal(err)
	}
	var list []near
	for line := range strings.SplitSeq(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, " | ")
		if len(cells) != 6 {
			t.Fatalf("%d cells, want 6: %s", len(cells), line)
		}
		list = append(list, near{cells[0], cells[1], cells[5], words(cells[2]), words(cells[3]), words(cells[4])})
	}
	return list
}

// words splits a cell; TUNES stands for every outcome that trains.
func words(cell string) []string {
	var list []string
	for word := range strings.SplitSeq(cell, ", ") {
		switch word {
		case "-":
		case "TUNES":
			for i := range Outcomes {
				if Outcomes[i].Tunes {
					list = append(list, Outcomes[i].ID)
				}
			}
		default:
			list = append(list, word)
		}
	}
	return list
}

// pairs turns inputs of a row into answers; the first may name an example.
func (n *near) pairs() []Pair {
	var list []Pair
	for part := range strings.SplitSeq(n.inputs, "; ") {
		name, value, given := strings.Cut(part, "=")
		if !given {
			name, value = ScenarioName, part
		}
		list = append(list, Pair{Name: name, Value: value})
	}
	return list
}

// Cases beside the printed ones are decided as was written down before they were run.
func TestNearMisses(t *testing.T) {
	tables := shipped(t)
	cases, right := nearCases(t), 0
	for _, n := range cases {
		a, complaints := Read(tables, n.pairs())
		for _, c := range complaints {
			t.Errorf("%s: %s = %s: %s", n.id, c.Input, c.Given, c.Text)
		}
		v := Decide(tables, a).Verdict
		if len(n.primary) > 0 && !slices.Contains(n.primary, v.Primary) || slices.Contains(n.never, v.Primary) || len(n.call) > 0 && !slices.Contains(n.call, string(v.Call)) {
			t.Errorf("%s: %s %s, want %v, never %v, call %v: %s", n.id, v.Call, v.Primary, n.primary, n.never, n.call, n.why)
			continue
		}
		right++
	}
	t.Logf("%d of %d cases", right, len(cases))
}
