package calculator

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"whentofinetune/calculator/fact"
	"whentofinetune/calculator/facts"
)

// The oracle works the payback out a second time, from the contract's text alone and in the plainest way: its own table of
// defaults, its own reading of the catalog, powers by Pow, sums written out. It shares nothing with the engine but the
// spelling of the inputs. Every number that it knows must be printed by the engine, to the printed digit.

// promised are the defaults of the contract that hang on nothing.
const promised = `current_score=unknown target_score=unknown eval_set_size=0 labelled_examples=0 monthly_calls=10000
	volume_growth_percent_per_month=0 tokens_static=1500 tokens_variable=500 tokens_out=200 batch_percent=0 list_price_discount_percent=0
	baseline_price_fall_percent_per_year=0..50..90 fallback_percent=0 value_per_extra_pass=0 tokens_per_example=500 epochs=3
	packing_percent=100 waste_percent=10 sequence_length=2048 labels_bought=0 label_cost=1 day_rate=480..800..1600
	other_one_off_cost=0 replicas=1 gpus_per_replica=1 adapters_sharing_host=1 maintenance_days_per_month=0.25..0.5..2
	retrain_effort_percent=10..25..60 months=12 discount_rate_percent=8 success_percent=30..60..90 random_seed=1
	baseline_model=gpt-6.1-terra tuned_model=tinker-qwen3-8b-lora method=lora_sft model=llama-3.1-8b gpu=h100-sxm task_stability=monthly
	data_residency=public_api_ok training_stack=plain start_date=unknown base_model_retirement=unknown`

type triple [3]float64 // low, likely, high

// oracle is one set of answers, every default filled in.
type oracle struct {
	said  map[string]bool
	words map[string]string
	x     map[string]triple
	base  map[string]string // rows of the catalog
	tune  map[string]string
	h     int
	host  bool // dedicated
	rent  bool // own GPUs
}

func rowsOf(t testing.TB, names ...string) map[string]map[string]string {
	t.Helper()
	rows := map[string]map[string]string{}
	for _, name := range names {
		text, err := fs.ReadFile(facts.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		var head []string
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			cells := strings.Split(line, "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			if head == nil {
				head = cells
				continue
			}
			row := map[string]string{}
			for i, cell := range cells {
				row[head[i]] = cell
			}
			rows[row["id"]] = row
		}
	}
	return rows
}

func num(s string) float64 {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return x
}

func one(x float64) triple { return triple{x, x, x} }

func readTriple(s string) triple {
	parts := strings.Split(s, "..")
	if len(parts) == 1 {
		return one(num(s))
	}
	return triple{num(parts[0]), num(parts[1]), num(parts[2])}
}

func newOracle(t testing.TB, prices, gpus, models map[string]map[string]string, given map[string]string) *oracle {
	t.Helper()
	o := &oracle{said: map[string]bool{}, words: map[string]string{}, x: map[string]triple{}}
	for _, f := range strings.Fields(promised) {
		name, value, _ := strings.Cut(f, "=")
		o.words[name] = value
	}
	for name, value := range given {
		o.said[name], o.words[name] = true, value
	}
	for name, value := range o.words {
		if r := readTriple(value); !math.IsNaN(r[1]) {
			o.x[name] = r
		}
	}
	o.base, o.tune = prices[o.words["baseline_model"]], prices[o.words["tuned_model"]]
	gpu, model := gpus[o.words["gpu"]], models[o.words["model"]]
	if o.base == nil || o.tune == nil || gpu == nil || model == nil {
		t.Fatalf("no row for %v", given)
	}
	fill := func(name string, r triple) {
		if _, filled := o.x[name]; !filled && !o.said[name] {
			o.x[name] = r
		}
	}
	method := o.words["method"]
	price := o.tune[map[string]string{"lora_sft": "train_lora", "qlora_sft": "train_lora", "full_sft": "train_full", "pretraining": "train_full",
		"dpo_lora": "train_dpo_lora", "dpo_full": "train_dpo_full"}[method]]
	o.rent = price == "-"
	if route, ok := given["training_route"]; ok {
		o.rent = route == "own_gpus"
	}
	o.host = o.tune["hosting"] == "dedicated"
	if hosting, ok := given["hosting"]; ok {
		o.host = hosting == "dedicated"
	}
	if w := o.words["data_residency"]; w == "own_cloud" || w == "air_gapped" {
		o.rent, o.host = true, true
	}
	fill("managed_price_per_million", one(num(price)))
	fill("baseline_price_in", one(num(o.base["input"])))
	fill("baseline_price_out", one(num(o.base["output"])))
	fill("tuned_price_in", one(num(o.tune["tuned_input"])))
	fill("tuned_price_out", one(num(o.tune["tuned_output"])))
	for side, cell := range map[string]string{"baseline": o.base["cached"], "tuned": o.tune["tuned_cached"]} {
		if cell != "-" {
			fill(side+"_price_cached", one(num(cell)))
		}
	}
	if _, ok := o.x["baseline_price_cached"]; ok && o.x["tokens_static"][1] >= 1024 {
		fill("cache_hit_percent", triple{30, 70, 95})
	}
	fill("cache_hit_percent", one(0))
	rent := triple{num(gpu["price_low"]), num(gpu["price"]), num(gpu["price_high"])}
	fill("gpu_price_per_hour", rent)
	if host := num(o.tune["host_hour"]); !math.IsNaN(host) && !o.rent {
		fill("hosting_price_per_hour", one(host))
	}
	big := num(gpu["tflops"]) > 500
	classes := map[string]triple{"lora_sft": {20, 30, 45}, "dpo_lora": {20, 30, 45}, "qlora_sft": {15, 24, 35}, "full_sft": {8, 20, 45}, "dpo_full": {8, 20, 45}, "pretraining": {32, 40, 63}}
	class := classes[method]
	if big && method == "pretraining" {
		class = triple{23, 35, 45}
	}
	if big && method != "pretraining" && o.words["training_stack"] == "vendor_tuned" {
		class = triple{55, 65, 80}
	}
	most := math.Inf(1)
	if m := num(gpu["matmul"]); !math.IsNaN(m) {
		most = 100 * m / num(gpu["tflops"])
	}
	fill("mfu_percent", triple{math.Min(class[0], most), math.Min(class[1], most), math.Min(class[2], most)})
	o.x["peak"], o.x["most"] = one(1e12*num(gpu["tflops"])), one(most)
	fill("active_parameters", one(num(model["active"])))
	o.x["attention"] = one(4 * num(model["layers"]) * num(model["heads"]) * num(model["head_dim"]))
	effort := map[string][2]triple{"full_sft": {{2, 5, 10}, {10, 20, 37}}, "dpo_lora": {{2, 4, 8}, {10, 20, 37}}, "dpo_full": {{2, 4, 8}, {10, 20, 37}}, "pretraining": {one(1.1), {40, 90, 250}}}
	e, ok := effort[method]
	if !ok {
		e = [2]triple{{3, 8, 30}, {3, 10, 25}}
	}
	fill("training_runs", e[0])
	fill("engineer_days", e[1])
	if o.x["eval_set_size"][1] == 0 {
		fill("eval_cost", one(2000))
	}
	fill("eval_cost", triple{200, 500, 3000})
	if o.x["labelled_examples"][1] > 0 {
		fill("training_examples", o.x["labelled_examples"])
	}
	fill("training_examples", one(2000))
	every := map[string]float64{"weekly": 1, "monthly": 3, "stable_6_months": 6, "one_off": math.Inf(1)}[o.words["task_stability"]]
	fill("retrain_every_months", one(every))
	if o.words["retrain_every_months"] == "never" {
		o.x["retrain_every_months"] = one(math.Inf(1))
	}
	o.h = o.life()
	return o
}

// life is the number of whole months from the start to the retirement, or very many.
func (o *oracle) life() int {
	start, end := o.words["start_date"], o.words["base_model_retirement"]
	if start == "unknown" {
		start = "2026-11-23"
	}
	if end == "unknown" {
		if end = o.tune["shutdown"]; end == "-" {
			return 1 << 30
		}
	}
	from, _ := time.Parse(time.DateOnly, start)
	to, _ := time.Parse(time.DateOnly, end)
	for k := 1; ; k++ {
		first := time.Date(from.Year(), from.Month()+time.Month(k), 1, 0, 0, 0, 0, time.UTC)
		last := first.AddDate(0, 1, -1).Day()
		if day := first.AddDate(0, 0, min(from.Day(), last)-1); day.After(to) {
			return k - 1
		}
	}
}

// likely are the likely values.
func (o *oracle) likely() map[string]float64 {
	v := map[string]float64{}
	for name, r := range o.x {
		v[name] = r[1]
	}
	return v
}

// call is what a call costs on one of the two models.
func (o *oracle) call(v map[string]float64, side string, row map[string]string, static float64) float64 {
	in, out := v[side+"_price_in"], v[side+"_price_out"]
	cached, ok := v[side+"_price_cached"]
	if !ok {
		cached = in
	}
	if above := num(row["long_above"]); static+v["tokens_variable"] > above {
		if !o.said[side+"_price_in"] {
			in *= num(row["long_in"])
		}
		if !o.said[side+"_price_out"] {
			out *= num(row["long_out"])
		}
		if !ok {
			cached = in
		} else if !o.said[side+"_price_cached"] {
			cached *= num(row["long_in"])
		}
	}
	hit := v["cache_hit_percent"] / 100
	if static < 1024 {
		hit = 0
	}
	batch := num(row["batch_discount"])
	if math.IsNaN(batch) {
		batch = 0
	}
	usd := (static*(1-hit)*in + static*hit*cached + v["tokens_variable"]*in + v["tokens_out"]*out) / 1e6 * (1 - v["batch_percent"]/100*batch)
	return usd * (1 - v["list_price_discount_percent"]/100)
}

// trainingUSD is the bill of all runs.
func (o *oracle) trainingUSD(v map[string]float64) float64 {
	tokens, billed := v["training_examples"]*v["tokens_per_example"]*v["epochs"]/(v["packing_percent"]/100), 1.0
	if method := o.words["method"]; strings.HasPrefix(method, "dpo") {
		tokens, billed = 2*tokens, 0.5
	}
	if o.tune["padding_billed"] == "no" {
		billed *= v["packing_percent"] / 100
	}
	if given, ok := v["training_tokens"]; ok {
		tokens, billed = given, 1
	}
	if !o.rent {
		return v["training_runs"] * tokens * billed * v["managed_price_per_million"] / 1e6
	}
	k := map[string]float64{"lora_sft": 4, "qlora_sft": 4, "full_sft": 6, "dpo_lora": 6, "dpo_full": 8, "pretraining": 6}[o.words["method"]]
	flops := k * v["active_parameters"] * tokens
	if s := v["sequence_length"]; s > 8192 {
		passes := 3.0
		if strings.HasPrefix(o.words["method"], "dpo") {
			passes = 4
		}
		flops += v["attention"] * s * passes * tokens
	}
	hours := flops / (v["peak"] * math.Min(v["mfu_percent"], v["most"]) / 100 * 3600)
	return v["training_runs"] * hours * v["gpu_price_per_hour"] * (1 + v["waste_percent"]/100)
}

// money works one set of values out; the paths are those of the report. Without all it is the npv and what it is made of.
func (o *oracle) money(v map[string]float64, all bool) map[string]float64 {
	out := map[string]float64{}
	c0, given := v["fine_tune_cost"]
	if !given {
		out["training.usd"] = o.trainingUSD(v)
		c0 = out["training.usd"] + v["labels_bought"]*v["label_cost"] + v["engineer_days"]*v["day_rate"] + v["eval_cost"] + v["other_one_off_cost"]
	}
	m, given := v["infra_cost_per_month"]
	if !given && o.host {
		price, own := v["hosting_price_per_hour"]
		if !own {
			price = v["gpu_price_per_hour"]
		}
		m = v["replicas"] * v["gpus_per_replica"] * price * 730 / v["adapters_sharing_host"]
	}
	if keep, given := v["maintenance_cost_per_month"]; given {
		m += keep
	} else {
		m += v["maintenance_days_per_month"]*v["day_rate"] + c0*v["retrain_effort_percent"]/100/v["retrain_every_months"]
	}
	static := v["tokens_static"] / 2
	if s, given := v["tuned_tokens_static"]; given {
		static = s
	}
	b, u := o.call(v, "baseline", o.base, v["tokens_static"]), 0.0
	if !o.host {
		u = o.call(v, "tuned", o.tune, static)
	}
	q := 0.0
	if current, ok := v["current_score"]; ok {
		if target, ok := v["target_score"]; ok {
			q = v["value_per_extra_pass"] * (target - current) / 100
		}
	}
	s, sGiven := v["saving_per_call"]
	g, fall := 1+v["volume_growth_percent_per_month"]/100, 1-v["baseline_price_fall_percent_per_year"]/100
	rate := math.Pow(1+v["discount_rate_percent"]/100, 1.0/12)
	volume := func(t int) float64 { return v["monthly_calls"] * math.Pow(g, float64(t-1)) }
	price := func(t int) float64 {
		if t == 1 {
			return 1
		}
		return math.Pow(fall, float64(t-1)/12)
	}
	saving := func(t int) float64 {
		if sGiven {
			return s*price(t) + q
		}
		return b*price(t)*(1-v["fallback_percent"]/100) - u + q
	}
	horizon := min(int(v["months"]), o.h)
	present, net, cumulative, worst, savings, calls := 0.0, -c0, -c0, -c0, 0.0, 0.0
	for t := 1; t <= horizon; t++ {
		save := volume(t) * saving(t)
		present += (save - m) / math.Pow(rate, float64(t))
		net += save - m
		cumulative += save - m
		worst = math.Min(worst, cumulative)
		savings, calls = savings+save, calls+volume(t)
		if !all {
			continue
		}
		row := fmt.Sprintf("payback.by_month.%d.", t-1)
		base := volume(t) * b * price(t)
		out[row+"baseline"], out[row+"tuned"] = base, base-save+m
		if sGiven {
			out[row+"baseline"], out[row+"tuned"] = save, m
		}
		out[row+"cumulative"] = cumulative
	}
	success := v["success_percent"] / 100
	p := func(name string, x float64) { out["payback."+name] = x }
	p("upfront_cost", c0)
	p("net_benefit", net)
	p("npv", success*present-c0)
	p("npv_if_shipped", present-c0)
	if !all {
		return out
	}
	p("monthly_saving", volume(1)*saving(1))
	p("monthly_running_cost", m)
	p("monthly_net", volume(1)*saving(1)-m)
	p("horizon_months", float64(horizon))
	p("at_risk.if_not_shipped", -c0)
	p("at_risk.worst_cumulative", worst)
	p("break_even_calls", unless(saving(1) > 0, c0/saving(1)))
	p("break_even_calls_per_month", unless(savings > 0, v["monthly_calls"]*(c0+m*float64(horizon))/savings))
	p("break_even_saving_per_call", unless(calls > 0, (c0+m*float64(horizon))/calls))
	simple, whole := math.NaN(), math.NaN()
	if c0 <= 0 {
		simple, whole = 0, 0
	}
	for t, left, worth := 1, c0, c0; t <= 1200; t++ {
		flow := volume(t)*saving(t) - m
		if math.IsNaN(simple) && flow >= left {
			simple = float64(t-1) + left/flow
		}
		left -= flow
		worth -= flow / math.Pow(rate, float64(t))
		if math.IsNaN(whole) && worth <= 0 {
			whole = float64(t)
		}
	}
	p("break_even_months", simple)
	p("discounted_break_even_month", whole)
	out["cost_per_call.baseline.total"], out["cost_per_call.tuned.total"] = b, u
	return out
}

func unless(ok bool, x float64) float64 {
	if !ok {
		return math.NaN()
	}
	return x
}

// ask draws a set of answers that go together.
func ask(r *rand.Rand, stock, tunable []string) map[string]string {
	given := map[string]string{}
	number := func(chance, low, high float64, name string) {
		if r.Float64() >= chance {
			return
		}
		at := func() float64 {
			x := low + (high-low)*r.Float64()*r.Float64()
			if r.IntN(5) == 0 {
				x = []float64{low, high}[r.IntN(2)]
			}
			return x
		}
		write := func(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }
		ends := []float64{at(), at(), at()}
		slices.Sort(ends)
		if given[name] = write(ends[1]); r.IntN(3) == 0 {
			given[name] = write(ends[0]) + ".." + write(ends[1]) + ".." + write(ends[2])
		}
	}
	word := func(chance float64, name string, words ...string) {
		if r.Float64() < chance {
			given[name] = words[r.IntN(len(words))]
		}
	}
	word(0.6, "baseline_model", stock...)
	word(0.6, "tuned_model", tunable...)
	word(0.6, "method", "lora_sft", "qlora_sft", "full_sft", "dpo_lora", "dpo_full", "pretraining")
	word(0.3, "task_stability", "one_off", "weekly", "monthly", "stable_6_months")
	word(0.2, "data_residency", "vendor_region", "own_cloud", "air_gapped")
	word(0.2, "training_stack", "vendor_tuned")
	word(0.4, "gpu", "a100-80gb", "b200", "l40s")
	word(0.3, "model", "qwen3-32b", "qwen3-30b-a3b", "llama-2-7b", "phi-4")
	word(0.3, "hosting", "dedicated")
	word(0.3, "training_route", "own_gpus")
	word(0.3, "start_date", "2026-01-31", "2024-02-29", "2027-01-14", "2026-12-30")
	word(0.3, "base_model_retirement", "2027-02-28", "2027-03-01", "2026-06-30", "2028-02-29", "2027-01-13")
	word(0.5, "sequence_length", "512", "8192", "16384", "32768")
	word(0.2, "eval_set_size", "0", "200")
	word(0.4, "months", "0", "1", "6", "36", "120")
	number(0.8, 0, 3e7, "monthly_calls")
	number(0.3, -20, 20, "volume_growth_percent_per_month")
	number(0.4, 0, 6000, "tokens_static")
	number(0.3, 0, 4e5, "tokens_variable")
	number(0.4, 0, 2000, "tokens_out")
	number(0.3, 0, 4000, "tuned_tokens_static")
	for _, name := range []string{"cache_hit_percent", "batch_percent", "list_price_discount_percent", "fallback_percent", "success_percent", "current_score", "target_score"} {
		number(0.35, 0, 100, name)
	}
	for _, name := range []string{"baseline_price_in", "baseline_price_cached", "baseline_price_out", "tuned_price_in", "tuned_price_cached", "tuned_price_out"} {
		number(0.15, 0, 10, name)
	}
	number(0.6, -50, 100, "baseline_price_fall_percent_per_year")
	number(0.4, 0, 0.01, "value_per_extra_pass")
	number(0.25, -0.001, 0.01, "saving_per_call")
	word(0.3, "labelled_examples", "0", "1500", "200..900..40000")
	number(0.3, 1, 1e5, "training_examples")
	number(0.3, 1, 5000, "tokens_per_example")
	number(0.3, 0.5, 8, "epochs")
	number(0.2, 1, 1e9, "training_tokens")
	number(0.2, 30, 100, "packing_percent")
	number(0.2, 0, 50, "waste_percent")
	number(0.2, 0, 20, "managed_price_per_million")
	number(0.2, 0, 12, "gpu_price_per_hour")
	number(0.2, 5, 45, "mfu_percent")
	number(0.3, 1, 20, "training_runs")
	number(0.3, 0, 50000, "labels_bought")
	number(0.3, 0, 10, "label_cost")
	number(0.3, 0, 60, "engineer_days")
	number(0.3, 0, 2000, "day_rate")
	number(0.2, 0, 9000, "eval_cost")
	number(0.2, 0, 9000, "other_one_off_cost")
	number(0.2, 0, 20000, "fine_tune_cost")
	word(0.2, "replicas", "2", "5", "1..2..5")
	word(0.2, "gpus_per_replica", "2", "8", "1..2..8")
	word(0.2, "adapters_sharing_host", "3", "8", "1..4..8")
	number(0.2, 0, 12, "hosting_price_per_hour")
	number(0.2, 0, 3000, "infra_cost_per_month")
	number(0.2, 0, 3, "maintenance_days_per_month")
	number(0.2, 0.5, 24, "retrain_every_months")
	word(0.1, "retrain_every_months", "never")
	number(0.2, 0, 100, "retrain_effort_percent")
	number(0.2, 0, 3000, "maintenance_cost_per_month")
	number(0.4, -20, 40, "discount_rate_percent")
	return given
}

// at follows a path through decoded JSON.
func at(t testing.TB, report any, path string) any {
	t.Helper()
	for step := range strings.SplitSeq(path, ".") {
		switch x := report.(type) {
		case map[string]any:
			report = x[step]
		case []any:
			i, _ := strconv.Atoi(step)
			report = x[i]
		}
	}
	return report
}

// agrees tells whether a printed number is want, rounded as promised: money to the cent, all else to nine digits.
func agrees(printed any, want float64, money bool) bool {
	if want != want || want-want != 0 {
		return printed == nil
	}
	written, ok := printed.(json.Number)
	if !ok {
		return false
	}
	got, _ := written.Float64()
	unit := 0.005
	if !money {
		unit = 0.5 * math.Pow(10, math.Floor(math.Log10(math.Abs(want)))-8)
	}
	return math.Abs(got-want) <= unit*1.0001+1e-12*math.Abs(want)+1e-9*unit
}

// catalog is the tables as the oracle reads them.
type catalog struct {
	prices, gpus, models map[string]map[string]string
	stock, tunable       []string // ids of rows that have the prices of a baseline, and of a tune
}

func readCatalog(t testing.TB) *catalog {
	c := &catalog{prices: rowsOf(t, "prices.txt", "brackets.txt"), gpus: rowsOf(t, "gpus.txt"), models: rowsOf(t, "models.txt")}
	for _, id := range slices.Sorted(maps.Keys(c.prices)) {
		row := c.prices[id]
		if row["input"] != "-" && row["output"] != "-" {
			c.stock = append(c.stock, id)
		}
		if row["tune"] != "none" && row["tuned_input"] != "-" && row["tuned_output"] != "-" || row["hosting"] == "dedicated" {
			c.tunable = append(c.tunable, id)
		}
	}
	return c
}

// printedFor decodes the engine's report for the answers given. It holds the parts that the oracle knows.
func printedFor(t testing.TB, tables *fact.Tables, given map[string]string, draws string) any {
	t.Helper()
	pairs := []Pair{{Name: "draws", Value: draws}}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		pairs = append(pairs, Pair{Name: name, Value: given[name]})
	}
	a, complaints := Read(tables, pairs)
	if len(complaints) > 0 {
		t.Fatal(complaints)
	}
	r := Resolve(tables, a)
	report := Report{Payback: r.payback(), Training: r.training(), CostPerCall: r.costPerCall()}
	Simulate(tables, a, &report)
	var printed any
	d := json.NewDecoder(strings.NewReader(string(report.JSON())))
	d.UseNumber()
	if err := d.Decode(&printed); err != nil {
		t.Fatal(err)
	}
	return printed
}

func TestOracle(t *testing.T) {
	c, tables := readCatalog(t), shipped(t)
	n := 300
	if os.Getenv("GUIDE_SOAK") != "" {
		n = 5000
	}
	r := rand.New(rand.NewPCG(4, 4))
	for range n {
		given := ask(r, c.stock, c.tunable)
		printed := printedFor(t, tables, given, "1")
		o := newOracle(t, c.prices, c.gpus, c.models, given)
		v := o.likely()
		want := o.money(v, true)
		for _, path := range slices.Sorted(maps.Keys(want)) {
			_, last, _ := strings.Cut(path, ".")
			money := !strings.HasPrefix(last, "break_even") && !strings.HasPrefix(path, "cost_per_call") && !strings.HasSuffix(last, "even_month") && last != "horizon_months"
			if got := at(t, printed, path); !agrees(got, want[path], money) {
				t.Fatalf("%v\n%s: printed %v, the oracle says %v", given, path, got, want[path])
			}
		}
		swings(t, given, o, v, at(t, printed, "payback.tornado").([]any))
	}
}

// swings holds the tornado against the oracle: every range that moves the npv is in it with both its ends, widest first.
func swings(t *testing.T, given map[string]string, o *oracle, v map[string]float64, tornado []any) {
	t.Helper()
	found, last := map[string]bool{}, math.Inf(1)
	npv := func(name string, end int) float64 {
		w := maps.Clone(v)
		w[name] = o.x[name][end]
		return o.money(w, false)["payback.npv"]
	}
	for _, swing := range tornado {
		name := at(t, swing, "input").(string)
		low, high := npv(name, 0), npv(name, 2)
		if !agrees(at(t, swing, "low"), low, true) || !agrees(at(t, swing, "high"), high, true) {
			t.Fatalf("%v\ntornado: printed %v, the oracle says %v and %v", given, swing, low, high)
		}
		width := math.Abs(high - low)
		if found[name] = true; width > last*(1+1e-9) {
			t.Fatalf("%v\n%s swings wider than the one before it", given, name)
		}
		last = width
	}
	for name := range o.x {
		if _, err := strconv.Atoi(name); err != nil && !found[name] && math.Abs(npv(name, 0)-npv(name, 2)) > 1e-6 {
			t.Fatalf("%v\n%s moves the npv and is not in the tornado", given, name)
		}
	}
}

// The draws agree with draws of another generator: equal percentiles and an equal chance, as far as 10,000 draws tell.
func TestOracleDraws(t *testing.T) {
	c, tables := readCatalog(t), shipped(t)
	r := rand.New(rand.NewPCG(5, 5))
	for range 8 {
		given := ask(r, c.stock, c.tunable)
		given["fine_tune_cost"], given["success_percent"] = "2000..5000..20000", "20..70..95"
		given["monthly_calls"], given["months"] = "1000..500000..5000000", "12"
		printed := printedFor(t, tables, given, "10000")
		o := newOracle(t, c.prices, c.gpus, c.models, given)
		const n = 4000
		var nets []float64
		won := 0.0
		v := o.likely()
		wide := slices.DeleteFunc(slices.Sorted(maps.Keys(o.x)), func(name string) bool { return !(o.x[name][2] > o.x[name][0]) })
		for range n {
			for _, name := range wide {
				v[name] = triangular(r.Float64(), o.x[name])
			}
			out := o.money(v, false)
			npv := -out["payback.upfront_cost"]
			if r.Float64() < v["success_percent"]/100 {
				npv = out["payback.npv_if_shipped"]
				nets = append(nets, out["payback.net_benefit"])
			}
			if npv > 0 {
				won++
			}
		}
		slices.Sort(nets)
		if p, _ := at(t, printed, "payback.probability").(json.Number).Float64(); math.Abs(p-won/n) > 0.03 {
			t.Errorf("%v\nprobability: printed %v, the oracle draws %v", given, p, won/n)
		}
		for q, path := range map[float64]string{.1: "payback.net_benefit_p10", .5: "payback.net_benefit_p50", .9: "payback.net_benefit_p90"} {
			got, _ := at(t, printed, path).(json.Number).Float64()
			low, high := nets[int((q-.05)*float64(len(nets)))], nets[int((q+.05)*float64(len(nets)))]
			if got < low-0.01 || got > high+0.01 {
				t.Errorf("%v\n%s: printed %v, the oracle draws %v to %v", given, path, got, low, high)
			}
		}
	}
}

// triangular is the value below which the share u of a triangular distribution lies.
func triangular(u float64, x triple) float64 {
	low, mode, high := x[0], x[1], x[2]
	switch {
	case !(high > low):
		return mode
	case u < (mode-low)/(high-low):
		return low + math.Sqrt(u*(high-low)*(mode-low))
	}
	return high - math.Sqrt((1-u)*(high-low)*(high-mode))
}
