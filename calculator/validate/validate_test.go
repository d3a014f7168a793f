package validate

import (
	"slices"
	"strings"
	"testing"

	"whentofinetune/calculator/fact"
	"whentofinetune/calculator/facts"
)

func tables(t *testing.T) *fact.Tables {
	t.Helper()
	entries, err := facts.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var files []fact.File
	for _, e := range entries {
		text, err := facts.FS.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, fact.File{Name: e.Name(), Text: string(text)})
	}
	read, problems := fact.Read(files)
	for _, p := range problems {
		t.Errorf("%s:%d:%d: %s; %s", p.File, p.Line, p.Column, p.Text, p.Hint)
	}
	return read
}

// What the page promises: how many runs are inside, and a reason for each that is not.
func TestCheck(t *testing.T) {
	parts := Check(tables(t))
	for i, least := range [...]int{36, 28, 4, 8, 23} {
		p := &parts[i]
		if p.Inside < least {
			t.Errorf("%s: %s, want at least %d", p.ID, p.Share(), least)
		}
		for _, r := range append(slices.Clone(p.Rows), p.Unpredicted...) {
			if !r.Inside && r.Reason == "" {
				t.Errorf("%s is missed without a reason: %v predicted, %v published", r.Run.ID, r.Predicted, r.Published)
			}
		}
	}
	if len(parts[0].Rows) != 38 || len(parts[1].Rows)+len(parts[1].Unpredicted) != 39 || parts[2].Inside != len(parts[2].Rows) {
		t.Error(parts[0].Share(), parts[1].Share(), parts[2].Share())
	}
	if parts[1].MedianError > 0.05 {
		t.Errorf("median error of memory: %v", parts[1].MedianError)
	}
}

// A run that is ten times as large is predicted to take ten times as long, and is missed.
func TestMissed(t *testing.T) {
	tables := tables(t)
	for i := range tables.Runs {
		tables.Runs[i].Tokens.Value *= 10
	}
	if p := Check(tables)[0]; p.Inside > 0 {
		t.Error(p.Share())
	}
}

func TestText(t *testing.T) {
	s := string(Text(Check(tables(t))))
	for _, want := range []string{"36 of 38 runs within a factor of 1.6", "within 15%", "Llama 3 8B: The hours are cumulative"} {
		if !strings.Contains(s, want) {
			t.Errorf("%q is missing", want)
		}
	}
}
