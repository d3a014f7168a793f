package view

import (
	"math"
	"strings"

	"whentofinetune/calculator"
	"whentofinetune/calculator/cost"
)

// memoryFills are the fillings of the parts of a stack, in their order.
var memoryFills = [...]string{"solid-2", "solid-1", "hatch-2", "cross-2", "dots-2", "hatch-6", "solid-6"}

// memory draws the memory of training by part, and of serving one request, against what one GPU holds.
func (p *printer) memory() (figure, bool) {
	m := &p.r.Memory
	if !m.TrainingGB.Valid {
		return figure{}, false
	}
	f := figure{heads: []string{"Part", "GB"}}
	train := bar{name: "Training: " + figures(m.TrainingGB.Value) + " GB", strong: true}
	sum := 0.0
	said := []string{}
	for i, part := range m.Parts {
		fill := memoryFills[i%len(memoryFills)]
		train.parts = append(train.parts, partOf(fill, sum, sum+part.GB))
		sum += part.GB
		name := strings.ReplaceAll(part.Part, "_", " ")
		f.key = append(f.key, keyed{fill, name})
		said = append(said, name+" "+figures(part.GB))
		f.rows = append(f.rows, []cell{{name, ""}, {figures(part.GB), "memory.parts." + part.Part + ".gb"}})
	}
	train.sentence = "Training, in GB: " + strings.Join(said, ", ") + "."
	f.rest = train.sentence
	rows, most := []bar{train}, m.TrainingGB.Value
	f.rows = append(f.rows, []cell{{"Training, all", ""}, {figures(m.TrainingGB.Value), "memory.training_gb"}})
	if m.InferenceGB.Valid {
		rows = append(rows, bar{name: "Serving one request: " + figures(m.InferenceGB.Value) + " GB", strong: true,
			parts: []part{{"solid-6", 0, m.InferenceGB.Value}}, sentence: "Serving one request takes " + figures(m.InferenceGB.Value) + " GB."})
		most = math.Max(most, m.InferenceGB.Value)
		f.rows = append(f.rows, []cell{{"Serving one request", ""}, {figures(m.InferenceGB.Value), "memory.inference_gb"}})
	}
	limits := []limit{}
	f.finding = "Training takes " + figures(m.TrainingGB.Value) + " GB"
	if gpu := p.t.FindGPU(p.a.Choice(calculator.GPU)); gpu != nil && gpu.MemoryGB > 0 {
		if gpu.MemoryGB < 20*most {
			limits = append(limits, limit{gpu.MemoryGB, gpu.Name + ", " + count(gpu.MemoryGB) + " GB"})
		}
		f.finding += fits(m.GPUs, gpu.Name)
		most = math.Max(most, math.Min(gpu.MemoryGB, 20*most))
	}
	f.caption = "In GB of 10⁹ bytes, one batch of sequences at a time. The upright line is the memory of one card, of which some 8% is taken before a model is loaded."
	f.picture = func() {
		p.bars("memory", f.finding, train.sentence, newScale(0, most*1.04, func(x float64) string { return count(x) + " GB" }), rows, limits, 0, "")
	}
	return f, true
}

func partOf(class string, from, to float64) part { return part{class, from, to} }

// fits says how many cards the training needs.
func fits(gpus calculator.Maybe, name string) string {
	switch {
	case !gpus.Valid:
		return ""
	case gpus.Value <= 1:
		return ": it fits one " + name
	}
	return ": it needs " + count(gpus.Value) + " " + name
}

// decay draws what a thousand calls cost as the baseline's price falls, against the tuned model with its upkeep.
func (p *printer) decay() (figure, bool) {
	base, tuned := p.r.CostPerCall.Baseline.Total, p.r.CostPerCall.Tuned.Total
	h := p.r.Payback.HorizonMonths
	calls := p.a.Likely(calculator.MonthlyCalls)
	if !base.Valid || !tuned.Valid || h == 0 || calls <= 0 || base.Value <= 0 || p.a.Given(calculator.SavingPerCall) {
		return figure{}, false
	}
	upkeep := p.r.Payback.MonthlyRunningCost.Value
	level := tuned.Value + upkeep/calls + base.Value*p.a.Likely(calculator.FallbackPercent)/100
	fall := p.a.Number(calculator.BaselinePriceFallPercentPerYear)
	lines, crossed := []curve{}, -1.0
	for i, percentFall := range fallsOf(fall) {
		style := [...]string{"line-1", "line-1", "line-3"}[i]
		c := curve{style, percent(-percentFall) + " a year", "text-" + style[5:], nil}
		factor, x := cost.Root12(1-percentFall/100), base.Value*1000
		for t := 0; t <= h; t++ {
			if crossed < 0 && x < level*1000 {
				crossed = percentFall
			}
			c.values = append(c.values, x)
			x *= factor
		}
		lines = append(lines, c)
	}
	flat := make([]float64, h+1)
	for i := range flat {
		flat[i] = level * 1000
	}
	lines = append(lines, curve{"line-2", "Tuned, with upkeep " + money(level*1000), "text-2", flat})
	f := figure{axis: true, heads: []string{"Month"}, finding: decayFinding(crossed, level > base.Value)}
	f.caption = "US dollars for a thousand calls, volume as in month 1. Prices for a fixed ability have kept falling, so none is assumed to stand still."
	for _, c := range lines {
		name, _, _ := strings.Cut(c.label, " $")
		f.heads = append(f.heads, name)
	}
	for t := 0; t <= h; t += max(1, int(monthStep(float64(h)))) {
		row := []cell{{count(float64(t)), ""}}
		for _, c := range lines {
			row = append(row, cell{money(c.values[t]), ""})
		}
		f.rows = append(f.rows, row)
	}
	f.rest = decaySentence(lines, h)
	f.picture = func() { p.decayPicture(f.finding, float64(h), lines) }
	return f, true
}

func (p *printer) decayPicture(finding string, h float64, lines []curve) {
	way := "with " + lower(p.optionName(p.baselineWay()))
	if !p.assumesCache() {
		way = "today"
	}
	all := [][]float64{}
	for _, c := range lines {
		all = append(all, c.values)
	}
	g := plane{262, h, newScale(0, highest(all...), short)}
	p.figureSVG("decay", g.height, finding, "A thousand calls cost "+money(lines[0].values[0])+" "+way+" and "+lower(lines[len(lines)-1].label)+".")
	p.ground(g)
	p.curves(g, lines)
	p.raw(`<g class="points" data-points>`)
	for t := 0.0; t <= h; t++ {
		x, half := float64(t/h*100), 50/h
		from := math.Max(0, x-half)
		p.point(x, from, math.Min(100, x+half)-from, planeTop, int(g.bottom()), decaySentence(lines, int(t)))
	}
	p.raw("</g></svg>")
}

// decaySentence reads all lines at a month.
func decaySentence(lines []curve, t int) string {
	said := []string{}
	for _, c := range lines {
		name, _, _ := strings.Cut(c.label, " $")
		said = append(said, lower(name)+" "+money(c.values[t]))
	}
	return "Month " + count(float64(t)) + ", a thousand calls: " + strings.Join(said, ", ") + "."
}

// fallsOf lists the falls to draw: one, or low, likely, high.
func fallsOf(r cost.Range) []float64 {
	if r.Certain() {
		return []float64{r.Likely}
	}
	return []float64{r.Low, r.Likely, r.High}
}

// decayFinding says whether a falling price undercuts the tuned model within the horizon.
func decayFinding(crossed float64, dearer bool) string {
	switch {
	case dearer:
		return "A tuned call with its upkeep costs more than today’s from the start"
	case crossed < 0:
		return "No fall in the range undercuts the tuned model"
	}
	return "A fall of " + percent(crossed) + " a year undercuts the tuned model"
}

// lowest and highest are the ends of all values.
func lowest(lists ...[]float64) float64 {
	x := math.Inf(1)
	for _, l := range lists {
		for _, v := range l {
			x = math.Min(x, v)
		}
	}
	return x
}

func highest(lists ...[]float64) float64 {
	x := math.Inf(-1)
	for _, l := range lists {
		for _, v := range l {
			x = math.Max(x, v)
		}
	}
	return x
}
