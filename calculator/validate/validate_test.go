package validate

import (
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

func TestCheck(t *testing.T) {
	for _, p := range Check(tables(t)) {
		for _, r := range p.Rows {
			t.Logf("%-45s %12.5g %12.5g %.3f %v", r.Run.ID, r.Published, r.Predicted, r.Ratio, r.Inside)
		}
		t.Logf("%s: %d of %d inside, median %.3f, median error %.3f, unpredicted %d", p.ID, p.Inside, len(p.Rows), p.Median, p.MedianError, len(p.Unpredicted))
	}
}
