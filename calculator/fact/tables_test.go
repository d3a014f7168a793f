package fact_test

import (
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
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

func TestCounts(t *testing.T) {
	tables := read(t)
	for _, c := range []struct {
		name      string
		got, want int
	}{
		{"prices and brackets", len(tables.Prices) + len(tables.Brackets), 61},
		{"brackets", len(tables.Brackets), 6},
		{"GPUs", len(tables.GPUs), 16},
		{"models", len(tables.Models), 23},
		{"scenarios", len(tables.Scenarios), 12},
		{"cases", len(tables.Cases), 11},
		{"runs", len(tables.Runs), 89},
		{"doors", len(tables.Doors), 15},
		{"facts that moved", len(tables.Moved), 10},
		{"sources", len(tables.Evidence), 70},
	} {
		if c.got < c.want {
			t.Errorf("%s: %d rows, want at least %d", c.name, c.got, c.want)
		}
	}
	if tables.Collected != "2026-11-23" {
		t.Errorf("collected on %q", tables.Collected)
	}
}

// Figures of the vendors, row by row: rates in, cached, out; the door; tuned rates; training; hosting.
func TestPrices(t *testing.T) {
	tables := read(t)
	for _, c := range []struct{ id, want string }{
		{"gpt-6.1-terra", "1 0.05 5 | 2026-10-26 | 272000 2 1.5 | none | - - - | - - | "},
		{"gpt-6-luna", "0.1 0.01 0.5 | 2026-09-22 | 272000 2 1.5 | none | - - - | - - | "},
		{"gpt-4.1-mini", "0.4 0.1 1.6 | 2026-08-05 | - 1 1 | closing 2026-07-02 2027-01-06 | 0.8 0.2 3.2 | 5 5 | per_token 2027-01-14"},
		{"gpt-4.1-nano", "0.1 0.025 0.4 | 2026-08-05 | - 1 1 | closed 2026-10-23 | 0.2 0.05 0.8 | 1.5 1.5 | per_token 2026-10-23"},
		{"gpt-4o-2024-08-06", "2.5 1.25 10 | 2026-08-05 | - 1 1 | closing 2026-07-02 2027-01-06 | 3.75 1.875 15 | 25 25 | per_token 2027-01-14"},
		{"o4-mini", "1.1 0.275 4.4 | 2026-08-05 | - 1 1 | closed 2026-10-23 | 4 1 16 | - - | per_token 2026-10-23"},
		{"claude-haiku-5.5", "0.1 0.01 0.5 | 2026-10-24 | 100000 5 5 | none | - - - | - - | "},
		{"gemini-3.1-pro-preview", "2 0.2 12 | 2026-10-07 | 200000 2 1.5 | none | - - - | - - | "},
		{"gemini-3.5-flash", "1.5 0.15 9 | 2026-10-07 | - 1 1 | open | 2.25 0.225 13.5 | 10 - | per_token"},
		{"command-a", "2.5 - 10 | 2026-08-21 | - 1 1 | closed 2025-09-15 | - - - | - - | "},
		{"tinker-qwen3-8b-lora", "0.195 0.039 0.6 | 2026-10-07 | - 1 1 | open | 0.195 0.039 0.6 | 0.44 - | per_token"},
		{"llama-3.1-8b-turbo", "0.18 - 0.18 | 2026-08-21 | - 1 1 | open | - - - | 0.48 - | dedicated"},
		{"fireworks-up-to-16b", "0.2 0.1 0.2 | 2026-09-25 | - 1 1 | open | - - - | 0.5 1 | dedicated"},
		{"deepseek-v4-pro", "0.435 0.003625 0.87 | 2026-08-21 | - 1 1 | none | - - - | - - | "},
	} {
		row := tables.FindPrice(c.id)
		if row == nil {
			t.Errorf("%s is missing", c.id)
			continue
		}
		if got := summary(row); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.id, got, c.want)
		}
	}
	if b := tables.FindPrice("fireworks-up-to-16b"); b.Train.DPOLoRA.Value != 1 || b.Train.DPOFull.Value != 2 || b.HostHour.Value != 8 || !b.Train.RL.Known || b.Train.RL.Value != 0 {
		t.Errorf("fireworks-up-to-16b: %+v", b)
	}
}

func summary(p *fact.Price) string {
	n := func(all ...fact.Maybe) string {
		var words []string
		for _, m := range all {
			word := "-"
			if m.Known {
				word = strconv.FormatFloat(m.Value, 'f', -1, 64)
			}
			words = append(words, word)
		}
		return strings.Join(words, " ")
	}
	return n(p.Input, p.Cached, p.Output) + " | " + p.Date + " | " + n(p.LongAbove, fact.Known(p.LongIn), fact.Known(p.LongOut)) + " | " +
		strings.TrimSpace(p.Tune+" "+p.TuneSince+" "+p.TuneUntil) + " | " + n(p.TunedIn, p.TunedCached, p.TunedOut) + " | " + n(p.Train.LoRA, p.Train.Full) + " | " +
		strings.TrimSpace(p.Hosting+" "+p.Shutdown)
}

func TestGPUs(t *testing.T) {
	tables := read(t)
	for _, c := range []struct {
		id                                                  string
		memory, bandwidth, tflops, matmul, low, price, high float64
	}{
		{"t4", 16, 320, 65.1, 0, 0.15, 0.35, 0.53},
		{"A100 80GB", 80, 2039, 312, 271.2, 1.39, 1.79, 3.67},
		{"h100-sxm", 80, 3350, 989, 794.5, 2.4, 3.99, 12.29},
		{"B200", 180, 8000, 2250, 1745, 5, 6.79, 13},
		{"mi300x", 192, 5300, 1300, 668.4, 0, 3.47, 0},
	} {
		g := tables.FindGPU(c.id)
		if g == nil {
			t.Errorf("%s is missing", c.id)
			continue
		}
		got := [...]float64{g.MemoryGB, g.Bandwidth, g.TFLOPS, g.Matmul.Value, g.PriceLow.Value, g.Price, g.PriceHigh.Value}
		if want := [...]float64{c.memory, c.bandwidth, c.tflops, c.matmul, c.low, c.price, c.high}; got != want {
			t.Errorf("%s: got %v, want %v", c.id, got, want)
		}
	}
	for _, g := range tables.GPUs {
		if g.Matmul.Value > g.TFLOPS {
			t.Errorf("%s: more was measured than its peak", g.ID)
		}
	}
}

// The parameters that the shapes add up to are the parameters of the row: attention, a gated feed-forward network, norms,
// embeddings. Mixtures, and shapes whose projections carry biases or further norms, are left out or within a thousandth.
func TestModels(t *testing.T) {
	tables := read(t)
	for _, m := range tables.Models {
		if m.Active < m.Parameters {
			continue
		}
		width := m.HeadDim.Or(m.Hidden / m.Heads)
		layer := 2*m.Hidden*width*(m.Heads+m.KVHeads) + 3*m.Hidden*m.Intermediate + 2*m.Hidden
		count := m.Layers*layer + m.Hidden*(m.Vocabulary+1)
		if !m.Tied {
			count += m.Hidden * m.Vocabulary
		}
		if off := math.Abs(count/m.Parameters - 1); off > 0.001 {
			t.Errorf("%s: its shape has %.0f parameters, its row %.0f", m.ID, count, m.Parameters)
		}
	}
	if m := tables.FindModel("Llama 3.1 8B"); m == nil || m.Parameters != 8030261248 || m.KVHeads != 8 {
		t.Errorf("llama-3.1-8b: %+v", m)
	}
	if m := tables.FindModel("gpt-oss-120b"); m.Window.Value != 128 || m.WindowLayers.Value != m.Layers/2 || math.Abs(m.Parameters*m.WeightBytes.Value/(1<<30)-60.8) > 0.1 {
		t.Errorf("gpt-oss-120b ships in 60.8 GiB and every second layer slides: %+v", m)
	}
	if m := tables.FindModel("deepseek-v3"); m.CacheWidth.Value != 576 || m.WeightBytes.Value != 1 {
		t.Errorf("deepseek-v3: %+v", m)
	}
}

// Worked checks of vendors and papers that rest on the catalog.
func TestWorkedChecks(t *testing.T) {
	tables := read(t)
	price := func(id string) *fact.Price {
		row := tables.FindPrice(id)
		if row == nil {
			t.Fatalf("%s is missing", id)
		}
		return row
	}
	call := func(in, cached, out fact.Maybe, plain, hit, written float64) float64 {
		return (plain*in.Value + hit*cached.Value + written*out.Value) / 1e6
	}
	mini, luna, small := price("gpt-4.1-mini"), price("gpt-6-luna"), price("gpt-5-mini")
	llama := tables.FindModel("llama-3.1-8b")
	lora := 4 * llama.Parameters * 15e6
	a100, h100 := tables.FindGPU("a100-80gb"), tables.FindGPU("h100-sxm")
	up, tinker := price("fireworks-up-to-16b"), price("tinker-qwen3-8b-lora")
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"Ori: three passes of 5M tokens and 1M of validation", (5*3 + 1) * price("ori-up-to-10b").Train.LoRA.Value, 7.36},
		{"Together: 8 x 1,000 rows at full length, 10M of validation", (8192*8*1000 + 10e6) / 1e6 * price("llama-3.1-8b-turbo").Train.LoRA.Value, 36.25728},
		{"gpt-5-mini: a call with 2,208 cached tokens", call(small.Input, small.Cached, small.Output, 538, 2208, 197), 0.0005837},
		{"gpt-4.1-mini: a call", call(mini.Input, mini.Cached, mini.Output, 2000, 0, 200), 0.00112},
		{"gpt-4.1-mini tuned, with a prompt of 300", call(mini.TunedIn, mini.TunedCached, mini.TunedOut, 300, 0, 200), 0.00088},
		{"gpt-4.1-mini, 90% cached", call(mini.Input, mini.Cached, mini.Output, 200, 1800, 200), 0.00058},
		{"gpt-6-luna, nothing cached", call(luna.Input, luna.Cached, luna.Output, 2000, 0, 200), 0.0003},
		{"LoRA of 8.03B on 15M tokens, A100", lora / (a100.TFLOPS * 1e12 * 0.3 * 3600) * a100.Price, 2.5594},
		{"LoRA of 8.03B on 15M tokens, H100", lora / (h100.TFLOPS * 1e12 * 0.3 * 3600) * h100.Price, 1.7998},
		{"cache of a token, Llama 3.1 8B, bytes", 2 * llama.Layers * llama.KVHeads * llama.HeadDim.Value * 2, 131072},
		{"Fireworks, 15M tokens: LoRA", 15 * up.Train.LoRA.Value, 7.5},
		{"Fireworks, 15M tokens: DPO with LoRA", 15 * up.Train.DPOLoRA.Value, 15},
		{"Fireworks, 15M tokens: full", 15 * up.Train.Full.Value, 15},
		{"Fireworks, 15M tokens: full DPO", 15 * up.Train.DPOFull.Value, 30},
		{"OpenAI: three passes of 1M tokens", 3 * mini.Train.LoRA.Value, 15},
		{"OpenAI: 2.55 hours of RL", 2.55 * price("o4-mini").Train.RLHour.Value, 255},
		{"Tinker: cached input saves", 1 - tinker.TunedCached.Value/tinker.TunedIn.Value, 0.8},
	} {
		if math.Abs(c.got-c.want) > 5e-5*c.want {
			t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
		}
	}
}

// An id is found however it is written; a model's own name does where one row has it.
func TestFind(t *testing.T) {
	tables := read(t)
	for id, want := range map[string]string{
		"GPT 6.1 terra":                       "gpt-6.1-terra",
		"gpt61terra":                          "",
		"TinkerQwen3 8B-LoRA":                 "tinker-qwen3-8b-lora",
		"Qwen3-8B LoRA":                       "tinker-qwen3-8b-lora",
		"llama-3.1-8B-turbo (<=16B bracket)":  "llama-3.1-8b-turbo",
		"o4-mini (reinforcement fine-tuning)": "o4-mini",
		"fireworks models up to 16B":          "fireworks-up-to-16b",
		"Together qwen3.5-9B":                 "together-qwen3.5-9b",
		"Prime Intellect Qwen3.5-9B":          "prime-intellect-qwen3.5-9b",
		"Qwen3.5-9B":                          "", // two vendors have it
		"":                                    "",
		"--":                                  "",
	} {
		got := ""
		if row := tables.FindPrice(id); row != nil {
			got = row.ID
		}
		if got != want {
			t.Errorf("%q: found %q, want %q", id, got, want)
		}
	}
	for typed, want := range map[string]string{"gpt-6.1-tera": "gpt-6.1-terra", "claude-haiku5": "claude-haiku-5.5", "zzzzzzzz": "", "": "", strings.Repeat("x", 500): ""} {
		if got := tables.NearPrice(typed); got != want {
			t.Errorf("nearest of %q is %q, want %q", typed, got, want)
		}
	}
	if got := tables.NearModel("lama-3.1-8b"); got != "llama-3.1-8b" {
		t.Errorf("nearest of lama-3.1-8b is %q", got)
	}
	if got := tables.NearGPU("h100 sxm5"); got != "h100-sxm" {
		t.Errorf("nearest of h100 sxm5 is %q", got)
	}
}

// What a rule says must be found by whoever doubts it: every closed door has a day and a source, every source an address
// or the grade of a calculation.
func TestClaims(t *testing.T) {
	tables := read(t)
	for i := range tables.Prices {
		p := &tables.Prices[i]
		if (p.Tune == fact.Closed || p.Tune == fact.Closing) && (p.TuneSince == "" || p.TuneSource == "") {
			t.Errorf("%s: the door is %s, but since when, and who says so?", p.ID, p.Tune)
		}
	}
	for _, e := range tables.Evidence {
		if e.Grade == "C" || e.Address == "" && e.Grade == "A" {
			t.Errorf("%s may not be printed before it is read at its source", e.Key)
		}
	}
	for _, r := range tables.Runs {
		if r.Model != "" && tables.FindModel(r.Model) == nil || r.GPU != "" && tables.FindGPU(r.GPU) == nil {
			t.Errorf("%s: no such model or GPU: %s, %s", r.ID, r.Model, r.GPU)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	tables := read(b)
	b.ReportAllocs()
	for b.Loop() {
		tables.FindPrice("tinker-qwen3-8b-lora")
	}
}

// An editor without Go learns each column from the comments above it.
func TestColumnsAreExplained(t *testing.T) {
	comments := map[string]string{}
	columns := map[string][]string{}
	names, err := fs.Glob(facts.FS, "*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(facts.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(string(text), "\n") {
			if strings.HasPrefix(line, "#") {
				comments[name] += line + " "
			} else if line != "" {
				columns[name] = strings.Split(line, " | ")
				break
			}
		}
	}
	comments["brackets.txt"] += comments["prices.txt"]
	comments["cases.txt"] += comments["scenarios.txt"]
	for name, all := range columns {
		words := strings.FieldsFunc(comments[name], func(r rune) bool { return strings.ContainsRune(" ,.:;()#", r) })
		for _, column := range all {
			if !slices.Contains(words, column) {
				t.Errorf("%s does not explain its column %s", name, column)
			}
		}
	}
}
