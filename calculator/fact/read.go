package fact

import (
	"strconv"
	"strings"
)

// required are the tables that must be there.
var required = [...]string{"about.txt", "brackets.txt", "cases.txt", "doors.txt", "evidence.txt", "gpus.txt", "models.txt", "moved.txt", "prices.txt", "scenarios.txt"}

// Read reads all tables. With problems the tables hold the rows that could be read, and are not to be reasoned from.
func Read(files []File) (*Tables, []Problem) {
	t := &Tables{}
	var problems []Problem
	seen := map[string]bool{}
	for _, f := range files {
		read := readers[f.Name]
		if read == nil {
			problems = append(problems, Problem{f.Name, 1, 1, "there is no table of this name", nearTable(f.Name)})
			continue
		}
		if seen[f.Name] {
			problems = append(problems, Problem{f.Name, 1, 1, "the table is there twice", "hand in one of them"})
			continue
		}
		seen[f.Name] = true
		rows(f, &problems, func(s *sheet) { read(t, s) })
	}
	for _, name := range required {
		if !seen[name] {
			problems = append(problems, Problem{name, 1, 1, "the table is missing", "put it beside the others"})
		}
	}
	for i := range t.Brackets {
		b := &t.Brackets[i]
		if j := find(b.ID, len(t.Prices), func(j int) string { return t.Prices[j].ID }); j >= 0 {
			problems = append(problems, Problem{"brackets.txt", b.Line, 1, "id " + b.ID + " is a row of prices.txt too, in line " + strconv.Itoa(t.Prices[j].Line), "give each row a name of its own"})
		}
	}
	return t, problems
}

func nearTable(name string) string {
	if n := near(name, len(required), func(i int) string { return required[i] }); n != "" {
		return "did you mean " + n + "?"
	}
	return "known are " + strings.Join(required[:], ", ") + ", runs.txt"
}

// readers read one row of each table.
var readers = map[string]func(t *Tables, s *sheet){
	"about.txt": func(t *Tables, s *sheet) {
		t.Collected = s.day("collected")
		s.needs("collected", "the day on which the facts were collected")
	},
	"prices.txt":    func(t *Tables, s *sheet) { t.Prices = append(t.Prices, price(s)) },
	"brackets.txt":  readBracket,
	"gpus.txt":      readGPU,
	"models.txt":    readModel,
	"evidence.txt":  readEvidence,
	"doors.txt":     readDoor,
	"scenarios.txt": readScenario,
	"cases.txt":     readCase,
	"moved.txt": func(t *Tables, s *sheet) {
		t.Moved = append(t.Moved, Moved{ID: s.id("id"), Title: s.text("title"), Fact: s.text("fact"), Origin: s.origin()})
	},
	"runs.txt": readRun,
}

func price(s *sheet) Price {
	p := Price{ID: s.id("id"), Vendor: s.text("vendor"), Model: s.text("model"), Input: s.maybe("input"), Cached: s.maybe("cached"), CacheWrite: s.maybe("cache_write"),
		Output: s.maybe("output"), BatchDiscount: s.maybe("batch_discount"), LongAbove: s.maybe("long_above"), LongIn: s.maybe("long_in").Or(1), LongOut: s.maybe("long_out").Or(1),
		Tune: s.word("tune", Open, Closing, Closed, None), TuneSince: s.day("tune_since"), TuneUntil: s.day("tune_until"), TuneSource: s.web("tune_source"),
		TunedIn: s.maybe("tuned_input"), TunedCached: s.maybe("tuned_cached"), TunedOut: s.maybe("tuned_output"),
		Hosting: s.word("hosting", "", PerToken, Dedicated), HostHour: s.maybe("host_hour"), Shutdown: s.day("shutdown"), Also: s.optional("also"), Note: s.optional("note")}
	p.Train = Training{LoRA: s.maybe("train_lora"), Full: s.maybe("train_full"), DPOLoRA: s.maybe("train_dpo_lora"), DPOFull: s.maybe("train_dpo_full"), RL: s.maybe("train_rl"),
		RLHour: s.maybe("train_rl_hour")}
	p.PaddingBilled = s.truth("padding_billed")
	if c := s.at("batch_discount"); p.BatchDiscount.Value > 1 {
		s.fail(c.column, "a batch cannot save more than everything", "write a share from 0 to 1")
	}
	switch p.Tune {
	case Closing:
		s.needs("tune_until", "the last day for new jobs")
		fallthrough
	case Closed:
		s.needs("tune_since", "the day from which the door is not open to all")
		s.needs("tune_source", "where that can be read")
	}
	s.order("tune_since", "tune_until")
	p.Origin = s.origin()
	return p
}

func readBracket(t *Tables, s *sheet) {
	b := Bracket{Price: price(s), Above: s.maybe("above").Or(0), UpTo: s.maybe("up_to").Or(0)}
	if c := s.at("up_to"); b.UpTo > 0 && b.UpTo <= b.Above {
		s.fail(c.column, "the bracket ends before it begins", "write up_to above the column above")
	}
	t.Brackets = append(t.Brackets, b)
}

func readGPU(t *Tables, s *sheet) {
	g := GPU{ID: s.id("id"), Name: s.text("name"), MemoryGB: s.number("memory_gb"), Bandwidth: s.number("bandwidth"), TFLOPS: s.number("tflops"), Matmul: s.maybe("matmul"),
		PriceLow: s.maybe("price_low"), Price: s.number("price"), PriceHigh: s.maybe("price_high"), SpecFrom: s.text("spec_from"), Note: s.optional("note"), Origin: s.origin()}
	if c := s.at("price"); g.PriceLow.Known && g.PriceLow.Value > g.Price || g.PriceHigh.Known && g.PriceHigh.Value < g.Price {
		s.fail(c.column, "the price is not between its low and its high", "put the three in order")
	}
	t.GPUs = append(t.GPUs, g)
}

func readModel(t *Tables, s *sheet) {
	m := Model{ID: s.id("id"), Name: s.text("name"), Parameters: s.number("parameters"), Active: s.number("active"), Layers: s.number("layers"), Hidden: s.number("hidden"),
		Heads: s.number("heads"), KVHeads: s.number("kv_heads"), HeadDim: s.maybe("head_dim"), Intermediate: s.maybe("intermediate").Value, Vocabulary: s.number("vocabulary"),
		Tied: s.truth("tied"), Context: s.number("context"), CacheWidth: s.maybe("cache_width"), Window: s.maybe("window"), WindowLayers: s.maybe("window_layers"),
		WeightBytes: s.maybe("weight_bytes"), Licence: s.text("licence"), Note: s.optional("note"), Origin: s.origin()}
	if c := s.at("active"); m.Active > m.Parameters {
		s.fail(c.column, "more parameters are active than there are", "write at most the number of parameters")
	}
	if c := s.at("kv_heads"); m.KVHeads > m.Heads {
		s.fail(c.column, "there are more key-value heads than heads", "write at most the number of heads")
	}
	t.Models = append(t.Models, m)
}

func readEvidence(t *Tables, s *sheet) {
	e := Evidence{Key: s.id("key"), Title: s.text("title"), Authors: s.optional("authors"), Address: s.web("address"), DateRead: s.day("date_read"),
		Grade: s.word("grade", "A", "B", "C", "calc"), Figure: s.text("figure"), MeasuredOn: s.optional("measured_on"), HoldsToday: s.optional("holds_today"),
		Dissent: s.optional("dissent"), Line: s.line}
	if y := s.maybe("year"); y.Known {
		e.Year = int(y.Value)
	}
	s.needs("date_read", "the day on which it was read")
	if e.Grade == "A" {
		s.needs("address", "where on the web it was read")
	}
	t.Evidence = append(t.Evidence, e)
}

func readDoor(t *Tables, s *sheet) {
	t.Doors = append(t.Doors, Door{Vendor: s.text("vendor"), Route: s.text("route"), Models: s.text("models"), Methods: s.optional("methods"),
		Status: s.word("status", Open, Closing, Closed, None), Since: s.day("since"), Until: s.day("until"), Origin: s.origin()})
	s.order("since", "until")
}

func readScenario(t *Tables, s *sheet) {
	t.Scenarios = append(t.Scenarios, Scenario{ID: s.id("id"), Title: s.text("title"), Source: s.text("source"), Inputs: s.pairs("inputs"), ExpectPrimary: s.list("expect_primary"),
		ExpectNot: s.list("expect_not"), ExpectCall: s.list("expect_call"), Confidence: s.word("confidence", "high", "medium", "lower"), Line: s.line})
}

func readCase(t *Tables, s *sheet) {
	t.Cases = append(t.Cases, Case{ID: s.id("id"), Title: s.text("title"), Category: s.text("category"), Happened: s.text("happened"), Inputs: s.pairs("inputs"),
		Assumed: s.list("assumed"), ExpectPrimary: s.list("expect_primary"), ExpectNot: s.list("expect_not"), ExpectCall: s.list("expect_call"),
		Confidence: s.word("confidence", "high", "medium", "lower"), Origin: s.origin()})
}

func readRun(t *Tables, s *sheet) {
	t.Runs = append(t.Runs, Run{ID: s.id("id"), Name: s.text("name"), Kind: s.word("kind", "training", "memory", "serving"), Class: s.optional("class"), Method: s.text("method"),
		Model: s.optional("model"), Setup: s.optional("setup"), Parameters: s.maybe("parameters"), Active: s.maybe("active"), Layers: s.maybe("layers"), Hidden: s.maybe("hidden"),
		Heads: s.maybe("heads"), KVHeads: s.maybe("kv_heads"), Intermediate: s.maybe("intermediate"), Vocabulary: s.maybe("vocabulary"), GPU: s.optional("gpu"), GPUs: s.maybe("gpus"),
		Tokens: s.maybe("tokens"), Sequence: s.maybe("sequence"), MicroBatch: s.maybe("micro_batch"), Rank: s.maybe("rank"), TokensIn: s.maybe("tokens_in"), TokensOut: s.maybe("tokens_out"),
		Concurrency: s.maybe("concurrency"), GPUHours: s.maybe("gpu_hours"), WallHours: s.maybe("wall_hours"), USD: s.maybe("usd"), MemoryGB: s.maybe("memory_gb"),
		Requests: s.maybe("requests"), TokensPerSecond: s.maybe("tokens_per_second"), Bound: s.truth("bound"), Caveat: s.optional("caveat"), Origin: s.origin()})
}
