package fact_test

import (
	"io/fs"
	"strconv"
	"testing"

	"whentofinetune/calculator/fact"
	"whentofinetune/calculator/facts"
)

// read reads the tables that ship.
func read(t testing.TB) *fact.Tables {
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
	for _, p := range problems {
		t.Errorf("%s:%d:%d: %s; %s", p.File, p.Line, p.Column, p.Text, p.Hint)
	}
	return tables
}

func TestTablesThatShip(t *testing.T) {
	tables := read(t)
	if n := len(tables.Prices) + len(tables.Brackets); n < 61 {
		t.Errorf("%d prices, want at least 61", n)
	}
	if n := len(tables.GPUs); n < 16 {
		t.Errorf("%d GPUs, want at least 16", n)
	}
	if n := len(tables.Models); n < 23 {
		t.Errorf("%d models, want at least 23", n)
	}
	terra := tables.FindPrice("GPT 6.1 terra")
	if terra == nil || terra.Input.Value != 1 || terra.Cached.Value != 0.05 || terra.Output.Value != 5 || terra.Date != "2026-10-26" {
		t.Errorf("gpt-6.1-terra: %+v", terra)
	}
	tinker := tables.FindPrice("tinker-qwen3-8b-lora")
	if tinker == nil || tinker.TunedIn.Value != 0.195 || tinker.TunedCached.Value != 0.039 || tinker.TunedOut.Value != 0.6 || tinker.Tune != fact.Open || tinker.Hosting != fact.PerToken {
		t.Errorf("tinker-qwen3-8b-lora: %+v", tinker)
	}
	llama := tables.FindModel("llama-3.1-8b")
	if llama == nil || llama.Parameters != 8030261248 || llama.KVHeads != 8 {
		t.Errorf("llama-3.1-8b: %+v", llama)
	}
	if near := tables.NearPrice("gpt-6.1-tera"); near != "gpt-6.1-terra" {
		t.Errorf("nearest of gpt-6.1-tera is %q", near)
	}
}

func TestProblemsNamePlaces(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"moved.txt", "id | title | fact | source | address | date | grade\na | b | c | d | https://e | 2026-11-23 | D\n", `2:42: "D" is no grade; write one of A, B, C`},
		{"moved.txt", "id | title | fact | source | address | date | grade\na | b | c | d | e | 2026-11-23 | A\n", `2:17: "e" is no address on the web; begin with https://, or write a dash where none is known`},
		{"moved.txt", "id | title | fact | source | address | date | grade\na | b\n", "2:1: the row has 2 cells, the header 7; give every column a cell, a dash where it is not known"},
		{"moved.txt", "id | titel | fact | source | address | date | grade\n# note\na | b | c | d | - | 2026 | A\n", "1:1: the column title is missing; add it to the header, and a cell for it to every row"},
		{"moved.txt", "id | title | fact | source | address | date | grade\na | b | c | d | - | 2026 | A\nA | b | c | d | - | 2026 | A\n", "3:1: id A is given twice, first in line 2; give each row a name of its own"},
		{"moved.txt", "id | title | fact | source | address | date | grade\na | b | c | - | - | 2026 | A\n", "2:13: source is missing; write it: a row without it cannot be trusted"},
		{"moved.txt", "id | title | fact | source | address | date | grade\nä | b | c | d | - | yesterday | A\n", `2:21: "yesterday" is no date; write it as 2026-11-23, or as 2026-11 or 2026 where the day is not known`},
	} {
		_, problems := fact.Read([]fact.File{{Name: c.name, Text: c.text}})
		if got := place(problems[0]); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("prices.txt", "id | vendor\nx | y\n")
	f.Add("gpus.txt", "id|name|price\n-|-|-\n| | \n")
	f.Add("scenarios.txt", "id | inputs\na | b=c; d\n")
	f.Add("models.txt", "\xff\n|\n||\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		_, problems := fact.Read([]fact.File{{Name: name, Text: text}})
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || p.Text == "" || p.Hint == "" {
				t.Fatalf("problem without a place or a hint: %+v", p)
			}
		}
	})
}

func place(p fact.Problem) string {
	return strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column) + ": " + p.Text + "; " + p.Hint
}
