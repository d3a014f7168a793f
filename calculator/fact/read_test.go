package fact_test

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"whentofinetune/calculator/fact"
)

const (
	movedHead = "id | title | fact | source | address | date | grade\n"
	movedRow  = "a | b | c | d | https://e | 2026 | A\n"
	gpuHead   = "id | name | memory_gb | bandwidth | tflops | matmul | price_low | price | price_high | spec_from | note | source | address | date | grade\n"
	modelHead = "id | name | parameters | active | layers | hidden | heads | kv_heads | head_dim | intermediate | vocabulary | tied | context | cache_width | window | window_layers | weight_bytes | licence | note | source | address | date | grade\n"
	doorHead  = "vendor | route | models | methods | status | since | until | source | address | date | grade\n"
	proofHead = "key | title | authors | year | address | date_read | grade | figure | measured_on | holds_today | dissent\n"
	workHead  = "id | title | inputs | expect_primary | expect_not | expect_call | confidence | source\n"
	from      = " | d | https://e | 2026 | A\n"
	priceHead = "id | vendor | model | input | cached | cache_write | output | batch_discount | long_above | long_in | long_out | tune | tune_since | tune_until | tune_source | " +
		"train_lora | train_full | train_dpo_lora | train_dpo_full | train_rl | train_rl_hour | padding_billed | tuned_input | tuned_cached | tuned_output | hosting | host_hour | shutdown | also | note | " +
		"source | address | date | grade\n"
	priceRest = " | - | - | - | - | - | - | no | - | - | - | - | - | - | - | -" + from
)

// One table, one fault, the place and the words of the first problem.
func TestProblems(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"grade", "moved.txt", movedHead + "a | b | c | d | https://e | 2026-11-23 | D\n", `2:42: "D" is no grade; write one of A, B, C`},
		{"grade missing", "moved.txt", movedHead + "a | b | c | d | https://e | 2026-11-23 | -\n", `2:42: "-" is no grade; write one of A, B, C`},
		{"address", "moved.txt", movedHead + "a | b | c | d | e | 2026-11-23 | A\n", `2:17: "e" is no address on the web; write one that begins with https://, without spaces`},
		{"address with a blank", "moved.txt", movedHead + "a | b | c | d | https://e f | 2026 | A\n", `2:17: "https://e f" is no address on the web; write one that begins with https://, without spaces`},
		{"address of a script", "moved.txt", movedHead + "a | b | c | d | javascript:x | 2026 | A\n", `2:17: "javascript:x" is no address on the web; write one that begins with https://, without spaces`},
		{"address missing", "moved.txt", movedHead + "a | b | c | d | - | 2026 | A\n", "2:17: address is missing; write where on the web the source can be read"},
		{"source missing", "moved.txt", movedHead + "a | b | c | - | https://e | 2026 | A\n", "2:13: source is missing; write it: a row without it cannot be trusted"},
		{"source empty", "moved.txt", movedHead + "a | b | c |  | https://e | 2026 | A\n", "2:14: source is missing; write it: a row without it cannot be trusted"},
		{"date missing", "moved.txt", movedHead + "a | b | c | d | https://e | - | A\n", "2:29: date is missing; write the day for which the facts hold, or undated"},
		{"date in words", "moved.txt", movedHead + "ä | b | c | d | https://e | yesterday | A\n", `2:29: "yesterday" is no date; write it as 2026-11-23, or as 2026-11 or 2026 where the day is not known`},
		{"30 February", "moved.txt", movedHead + "a | b | c | d | https://e | 2026-02-30 | A\n", `2:29: "2026-02-30" is no date; write it as 2026-11-23, or as 2026-11 or 2026 where the day is not known`},
		{"29 February", "moved.txt", movedHead + "a | b | c | d | https://e | 2025-02-29 | A\n", `2:29: "2025-02-29" is no date; write it as 2026-11-23, or as 2026-11 or 2026 where the day is not known`},
		{"month 13", "moved.txt", movedHead + "a | b | c | d | https://e | 2026-13 | A\n", `2:29: "2026-13" is no date; write it as 2026-11-23, or as 2026-11 or 2026 where the day is not known`},
		{"cells", "moved.txt", movedHead + "a | b\n", "2:1: the row has 2 cells, the header 7; give every column a cell, a dash where it is not known"},
		{"id twice", "moved.txt", movedHead + movedRow + "# note\n\n" + strings.ToUpper(movedRow[:1]) + movedRow[1:], "5:1: id A is given twice, first in line 2; give each row a name of its own"},
		{"id missing", "moved.txt", movedHead + "-" + movedRow[1:], "2:1: id is missing; write it: a row without it cannot be trusted"},
		{"column missing", "moved.txt", "# note\n" + strings.Replace(movedHead, "title", "titel", 1) + movedRow, "2:1: the column title is missing; add it to the header, and a cell for it to every row"},
		{"column unknown", "moved.txt", strings.Replace(movedHead, " | grade", " | grade | grades", 1) + "a | b | c | d | https://e | 2026 | A | B\n", `1:55: there is no column "grades"; did you mean grade?`},
		{"column far from all", "about.txt", "collected | xyzzyplugh\n2026-11-23 | 1\n", `1:13: there is no column "xyzzyplugh"; known are collected`},
		{"column twice", "moved.txt", strings.Replace(movedHead, "title", "id", 1) + movedRow, "1:6: the column id is there twice; take one of them away, with its cells"},
		{"column without a name", "about.txt", "collected |\n2026-11-23 | -\n", "1:12: the column has no name; name it, or take the bar away"},
		{"empty", "moved.txt", "# nothing\n\n", "1:1: the table is empty; write the names of its columns in a line, and a row below"},
		{"no rows", "moved.txt", "\n" + movedHead, "2:1: the table has no rows; write one below the names of the columns"},
		{"bytes", "moved.txt", movedHead + movedRow + "\xff\xfe\n", "3:1: the line is not UTF-8; save the file as UTF-8"},
		{"table unknown", "price.txt", "id\nx\n", "1:1: there is no table of this name; did you mean prices.txt?"},
		{"no name", "", "id\nx\n", "1:1: there is no table of this name; known are about.txt, brackets.txt, cases.txt, doors.txt, evidence.txt, gpus.txt, models.txt, moved.txt, prices.txt, scenarios.txt, runs.txt"},
		{"collected", "about.txt", "collected\n-\n", "2:1: collected is missing; write the day on which the facts were collected"},
		{"word", "doors.txt", doorHead + "a | b | c | - | opem | - | -" + from, `2:17: "opem" is no status; did you mean open? write one of open, closing, closed, none`},
		{"span", "doors.txt", doorHead + "a | b | c | - | closed | 2026-05 | 2026-04" + from, "2:36: until is before since; put the days in order"},
		{"number", "gpus.txt", gpuHead + "a | b | 80x | 1 | 1 | - | - | 1 | - | s | -" + from, `2:9: "80x" is no number of 0 or more; write digits such as 0.195 or 8030261248, a dash where it is not known`},
		{"negative", "gpus.txt", gpuHead + "a | b | 80 | -1 | 1 | - | - | 1 | - | s | -" + from, `2:14: "-1" is no number of 0 or more; write digits such as 0.195 or 8030261248, a dash where it is not known`},
		{"hexadecimal", "gpus.txt", gpuHead + "a | b | 0x50 | 1 | 1 | - | - | 1 | - | s | -" + from, `2:9: "0x50" is no number of 0 or more; write digits such as 0.195 or 8030261248, a dash where it is not known`},
		{"no number", "gpus.txt", gpuHead + "a | b | NaN | 1 | 1 | - | - | 1 | - | s | -" + from, `2:9: "NaN" is no number of 0 or more; write digits such as 0.195 or 8030261248, a dash where it is not known`},
		{"beyond all", "gpus.txt", gpuHead + "a | b | 1e300 | 1 | 1 | - | - | 1 | - | s | -" + from, `2:9: "1e300" is no number of 0 or more; write digits such as 0.195 or 8030261248, a dash where it is not known`},
		{"number missing", "gpus.txt", gpuHead + "a | b | - | 1 | 1 | - | - | 1 | - | s | -" + from, "2:9: memory_gb is missing; write a number"},
		{"zero", "gpus.txt", gpuHead + "a | b | 0 | 1 | 1 | - | - | 1 | - | s | -" + from, "2:9: memory_gb is 0; write a number above 0"},
		{"rent", "gpus.txt", gpuHead + "a | b | 80 | 1 | 1 | - | 2 | 1 | 3 | s | -" + from, "2:30: the price is not between its low and its high; put the three in order"},
		{"active", "models.txt", modelHead + "a | b | 7 | 8 | 1 | 1 | 2 | 1 | - | - | 1 | no | 1 | - | - | - | - | l | -" + from, "2:13: more parameters are active than there are; write at most the number of parameters"},
		{"heads", "models.txt", modelHead + "a | b | 7 | 7 | 1 | 1 | 2 | 4 | - | - | 1 | no | 1 | - | - | - | - | l | -" + from, "2:29: there are more key-value heads than heads; write at most the number of heads"},
		{"yes or no", "models.txt", modelHead + "a | b | 7 | 7 | 1 | 1 | 2 | 1 | - | - | 1 | nope | 1 | - | - | - | - | l | -" + from, `2:45: "nope" is no tied; did you mean no? write one of yes, no`},
		{"answer", "scenarios.txt", workHead + "a | b | x=1; y | - | - | - | high | s\n", `2:9: "y" is no answer; write name=value; name=value`},
		{"unread evidence", "evidence.txt", proofHead + "a | b | - | 2026 | - | 2026 | A | f | - | - | -\n", "2:20: address is missing; write where on the web it was read"},
		{"batch", "prices.txt", priceHead + "a | b | c | 1 | - | - | 1 | 50 | - | - | - | none | - | - | -" + priceRest, "2:29: a batch cannot save more than everything; write a share from 0 to 1"},
		{"closed since", "prices.txt", priceHead + "a | b | c | 1 | - | - | 1 | - | - | - | - | closed | - | - | https://e" + priceRest, "2:54: tune_since is missing; write the day from which the door is not open to all"},
		{"closing until", "prices.txt", priceHead + "a | b | c | 1 | - | - | 1 | - | - | - | - | closing | 2026 | - | https://e" + priceRest, "2:62: tune_until is missing; write the last day for new jobs"},
		{"closed by whom", "prices.txt", priceHead + "a | b | c | 1 | - | - | 1 | - | - | - | - | closed | 2026 | - | -" + priceRest, "2:65: tune_source is missing; write where that can be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := fact.Read([]fact.File{{Name: c.file, Text: c.text}})
			if got := place(problems[0]); got != c.want || problems[0].File != c.file {
				t.Errorf("%s\n got %s: %s\nwant %s", c.text, problems[0].File, got, c.want)
			}
		})
	}
}

// What is wrong with the set rather than with a table.
func TestProblemsOfTheSet(t *testing.T) {
	_, problems := fact.Read([]fact.File{{Name: "moved.txt", Text: movedHead + movedRow}, {Name: "moved.txt", Text: movedHead + movedRow}})
	if got, want := place(problems[0]), "1:1: the table is there twice; hand in one of them"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	missing := 0
	for _, p := range problems {
		if p.Text == "the table is missing" {
			missing++
		}
		if p.File == "runs.txt" {
			t.Error("runs.txt does not ship with the module and may be missing")
		}
	}
	if missing != 9 {
		t.Errorf("%d tables are said to be missing, want 9", missing)
	}

	row := "A-1 | b | c | 1 | - | - | 1 | - | - | - | - | none | - | - | -" + priceRest
	bracket := strings.Replace(priceHead, "input", "above | up_to | input", 1) + strings.Replace(row, " | 1 |", " | 0 | 9 | 1 |", 1)
	_, problems = fact.Read([]fact.File{{Name: "prices.txt", Text: priceHead + row}, {Name: "brackets.txt", Text: bracket}})
	got := problems[len(problems)-1]
	if want := "2:1: id A-1 is a row of prices.txt too, in line 2; give each row a name of its own"; got.File != "brackets.txt" || place(got) != want {
		t.Errorf("got %s:%s, want %s", got.File, place(got), want)
	}
	_, problems = fact.Read([]fact.File{{Name: "brackets.txt", Text: strings.Replace(bracket, "| 0 | 9 |", "| 10 | 9 |", 1)}})
	if want := "2:20: the bracket ends before it begins; write up_to above the column above"; place(problems[0]) != want {
		t.Errorf("got %s, want %s", place(problems[0]), want)
	}
}

// A row is read as it stands: comments, blanks, line ends and a byte order mark do not matter.
func TestRow(t *testing.T) {
	text := "\ufeff# note\r\n\r\nid|title |  fact | source | address | date | grade\r\n\t a-1 | B b |ç | d | https://e/f?g=h#i | undated | B \r\n"
	tables, _ := fact.Read([]fact.File{{Name: "moved.txt", Text: text}})
	want := fact.Moved{ID: "a-1", Title: "B b", Fact: "ç", Origin: fact.Origin{Source: "d", Address: "https://e/f?g=h#i", Date: "undated", Grade: "B", Line: 4}}
	if len(tables.Moved) != 1 || !reflect.DeepEqual(tables.Moved[0], want) {
		t.Errorf("got %+v", tables.Moved)
	}
	tables, _ = fact.Read([]fact.File{{Name: "scenarios.txt", Text: workHead + "a | b | x = 1..2..3 ;y=; | lora_sft, dpo | - | not_yet | lower | s\n"}})
	s := tables.Scenarios[0]
	if !slices.Equal(s.Inputs, []fact.Pair{{Name: "x", Value: "1..2..3"}, {Name: "y"}}) || !slices.Equal(s.ExpectPrimary, []string{"lora_sft", "dpo"}) || s.ExpectNot != nil {
		t.Errorf("got %+v", s)
	}
}

func TestSplit(t *testing.T) {
	for bundle, want := range map[string][]fact.File{
		"":                                nil,
		"\n":                              nil,
		"=== a.txt\nx\n\ny\n=== b.txt\nz": {{Name: "a.txt", Text: "x\n\ny\n"}, {Name: "b.txt", Text: "z"}},
		"=== a\n=== b\n":                  {{Name: "a"}, {Name: "b"}},
		"=== a":                           {{Name: "a"}},
		"stray\n=== a\nx = === y\n":       {{Text: "stray\n"}, {Name: "a", Text: "x = === y\n"}},
	} {
		if got := fact.Split(bundle); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", bundle, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("prices.txt", "id | vendor\nx | y\n")
	f.Add("gpus.txt", "id|name|price\n-|-|-\n| | \n")
	f.Add("scenarios.txt", workHead+"a | b=c; d\n")
	f.Add("models.txt", "\xff\n|\n||\n")
	f.Add("prices.txt", priceHead+"a | b | c | 1 | - | - | 1 | 50 | - | - | - | closing | - | 0 | -"+priceRest)
	f.Fuzz(func(t *testing.T, name, text string) {
		tables, problems := fact.Read([]fact.File{{Name: name, Text: text}})
		lines := strings.Count(text, "\n") + 1
		for _, p := range problems {
			if p.Line < 1 || p.Line > lines || p.Column < 1 || p.Text == "" || p.Hint == "" || strings.Contains(p.Text+p.Hint, "\n") {
				t.Fatalf("problem without a place or a hint: %+v", p)
			}
		}
		tables.FindPrice(text)
		tables.NearPrice(text)
		tables.NearModel(text)
	})
}

// Whatever the host hands in, each byte of a table ends up in one file.
func FuzzSplit(f *testing.F) {
	f.Add("=== a\nb\n=== c\n")
	f.Add("a\n===  \n")
	f.Fuzz(func(t *testing.T, bundle string) {
		var size int
		for _, file := range fact.Split(bundle) {
			size += len(file.Text)
		}
		if size > len(bundle) {
			t.Fatalf("%d bytes of %d", size, len(bundle))
		}
		fact.Read(fact.Split(bundle))
	})
}

func place(p fact.Problem) string {
	return strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column) + ": " + p.Text + "; " + p.Hint
}
