package view

import (
	"strings"
	"testing"

	"whentofinetune/calculator/fact"
	shipped "whentofinetune/calculator/facts"
)

// tables reads some of the tables that ship.
func tables(t *testing.T, names ...string) *fact.Tables {
	t.Helper()
	var files []fact.File
	for _, name := range names {
		text, err := shipped.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, fact.File{Name: name, Text: string(text)})
	}
	all, _ := fact.Read(files)
	return all
}

func TestValidation(t *testing.T) {
	tables := tables(t, "runs.txt", "gpus.txt", "models.txt")
	tables.Runs[0].Name = "<b>"
	status, body := Print(tables, "validation", nil)
	s := string(body)
	if status != ok || strings.Contains(s, "<b>") {
		t.Fatalf("status %s, escaped %v", status, !strings.Contains(s, "<b>"))
	}
	for i := range tables.Runs {
		if !strings.Contains(s, `id="run-`+tables.Runs[i].ID+`"`) {
			t.Errorf("%s is not in the table", tables.Runs[i].ID)
		}
	}
	tables.Runs = nil
	if status, body = Print(tables, "validation", nil); status != bad {
		t.Errorf("without runs: %s %s", status, body)
	}
}
