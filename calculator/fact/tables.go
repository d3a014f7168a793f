// Package fact reads the dated tables that the calculator reasons from: prices, GPUs, models, evidence, who may tune.
//
// A table is a text file that an editor without Go can change. Lines that begin with # are comments. The first other line
// names the columns; each further line is one row, its cells parted by a bar (|). A dash alone is a cell that is not
// known. Every row says where it comes from: source, address, date, grade.
//
// Read is strict: a name that is not known, a number that is none, an id given twice, a row without a source are
// problems with file, line and column, and with what to do.
package fact

import (
	"strings"
	"unicode/utf8"
)

// File is one table as text.
type File struct{ Name, Text string }

// Problem is one thing to mend in one table.
type Problem struct {
	File         string
	Line, Column int // from 1; the column in characters
	Text         string
	Hint         string
}

// Tables are all facts. Nobody changes them after Read.
type Tables struct {
	Collected string // the day on which the facts were collected: 2026-11-23
	Prices    []Price
	Brackets  []Bracket
	GPUs      []GPU
	Models    []Model
	Evidence  []Evidence
	Doors     []Door
	Scenarios []Scenario
	Cases     []Case
	Moved     []Moved
	Runs      []Run // published runs; empty where they were not handed in
}

// Split takes a bundle apart: each table follows a line that reads === and its name. What stands before the first such
// line is a table without a name, which Read reports.
func Split(bundle string) []File {
	var files []File
	for at := 0; at < len(bundle); {
		begin, name, found := at, "", false
		for at < len(bundle) && !found {
			line, _, _ := strings.Cut(bundle[at:], "\n")
			if name, found = strings.CutPrefix(line, "=== "); !found {
				at = min(at+len(line)+1, len(bundle))
			}
		}
		if n := len(files); n > 0 {
			files[n-1].Text = bundle[begin:at]
		} else if strings.TrimSpace(bundle[begin:at]) != "" {
			files = append(files, File{Text: bundle[begin:at]})
		}
		if found {
			files = append(files, File{Name: strings.TrimSpace(name)})
			line, _, _ := strings.Cut(bundle[at:], "\n")
			at = min(at+len(line)+1, len(bundle))
		}
	}
	return files
}

// plain is an id without regard to case, spaces and hyphens.
func plain(id string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && skipped(byte(r)) {
			return -1
		}
		return r
	}, strings.ToLower(id))
}

func skipped(b byte) bool { return b == ' ' || b == '-' || b == '_' }

// same tells whether a, which is plain, is an id. It makes no copy: answers are looked up in long loops.
func same(a, id string) bool {
	at := 0
	for i := range len(id) {
		b := id[i]
		if skipped(b) {
			continue
		}
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		if at == len(a) || a[at] != b {
			return false
		}
		at++
	}
	return at == len(a)
}

// find returns the place of an id among n rows, or -1.
func find(id string, n int, idOf func(i int) string) int {
	for i := range n { // nearly always it is written as in the table
		if idOf(i) == id {
			return i
		}
	}
	id = plain(id)
	for i := range n {
		if same(id, idOf(i)) {
			return i
		}
	}
	return -1
}

// FindPrice returns the row of prices, or the bracket, with an id; nil where there is none. The name of a model, with or
// without its vendor before it, is as good as an id where one row has it.
func (t *Tables) FindPrice(id string) *Price {
	if i := find(id, len(t.Prices), func(i int) string { return t.Prices[i].ID }); i >= 0 {
		return &t.Prices[i]
	}
	if i := find(id, len(t.Brackets), func(i int) string { return t.Brackets[i].ID }); i >= 0 {
		return &t.Brackets[i].Price
	}
	id = plain(id)
	var found *Price
	for i := range len(t.Prices) + len(t.Brackets) {
		row := t.price(i)
		rest, _ := strings.CutPrefix(id, plain(row.Vendor))
		if !same(id, row.Model) && !same(rest, row.Model) {
			continue
		}
		if found != nil {
			return nil
		}
		found = row
	}
	return found
}

// price is row i of the prices and then the brackets.
func (t *Tables) price(i int) *Price {
	if n := len(t.Prices); i >= n {
		return &t.Brackets[i-n].Price
	}
	return &t.Prices[i]
}

// FindGPU returns the GPU with an id, or nil.
func (t *Tables) FindGPU(id string) *GPU {
	if i := find(id, len(t.GPUs), func(i int) string { return t.GPUs[i].ID }); i >= 0 {
		return &t.GPUs[i]
	}
	return nil
}

// FindModel returns the model with an id, or nil.
func (t *Tables) FindModel(id string) *Model {
	if i := find(id, len(t.Models), func(i int) string { return t.Models[i].ID }); i >= 0 {
		return &t.Models[i]
	}
	return nil
}

// FindEvidence returns the source with a key, or nil.
func (t *Tables) FindEvidence(key string) *Evidence {
	if i := find(key, len(t.Evidence), func(i int) string { return t.Evidence[i].Key }); i >= 0 {
		return &t.Evidence[i]
	}
	return nil
}

// FindScenario returns the worked example with an id, or nil.
func (t *Tables) FindScenario(id string) *Scenario {
	if i := find(id, len(t.Scenarios), func(i int) string { return t.Scenarios[i].ID }); i >= 0 {
		return &t.Scenarios[i]
	}
	return nil
}

// FindCase returns the published decision with an id, or nil.
func (t *Tables) FindCase(id string) *Case {
	if i := find(id, len(t.Cases), func(i int) string { return t.Cases[i].ID }); i >= 0 {
		return &t.Cases[i]
	}
	return nil
}

// NearPrice returns the id of prices or brackets that id was most likely meant to be, or "".
func (t *Tables) NearPrice(id string) string {
	return near(id, len(t.Prices)+len(t.Brackets), func(i int) string { return t.price(i).ID })
}

// NearGPU is NearPrice for GPUs.
func (t *Tables) NearGPU(id string) string {
	return near(id, len(t.GPUs), func(i int) string { return t.GPUs[i].ID })
}

// NearModel is NearPrice for models.
func (t *Tables) NearModel(id string) string {
	return near(id, len(t.Models), func(i int) string { return t.Models[i].ID })
}

// NearEvidence is NearPrice for sources.
func (t *Tables) NearEvidence(key string) string {
	return near(key, len(t.Evidence), func(i int) string { return t.Evidence[i].Key })
}

// NearScenario is NearPrice for worked examples.
func (t *Tables) NearScenario(id string) string {
	return near(id, len(t.Scenarios), func(i int) string { return t.Scenarios[i].ID })
}

// NearCase is NearPrice for published decisions.
func (t *Tables) NearCase(id string) string {
	return near(id, len(t.Cases), func(i int) string { return t.Cases[i].ID })
}

// near returns the known word closest to word: one that holds it or differs in at most a third of its letters.
func near(word string, n int, known func(int) string) string {
	word = plain(word)
	if word == "" {
		return ""
	}
	best, least := "", len(word)/3+1
	for i := range n {
		if d := distance(word, plain(known(i)), least); d < least || d == least && best == "" {
			best, least = known(i), d
		}
	}
	if best == "" {
		for i := range n {
			if len(word) > 3 && strings.Contains(plain(known(i)), word) {
				return known(i)
			}
		}
	}
	return best
}

// distance counts the letters to change, put in or leave out that turn a into b; above most it says most+1.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most || len(a) > 60 || len(b) > 60 {
		return most + 1
	}
	var row [61]int
	for j := range len(b) + 1 {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			changed := diagonal
			if a[i] != b[j] {
				changed++
			}
			diagonal = row[j+1]
			row[j+1] = min(changed, row[j]+1, diagonal+1)
		}
	}
	return min(row[len(b)], most+1)
}
