// Package validate holds the cost model against published runs: predicted beside measured GPU-hours, memory and requests a
// second, for every row of runs.txt. Each class of run has one default, the one that the calculator uses; no constant belongs
// to a row.
package validate

import (
	"slices"
	"strings"

	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// Row is one published run and what the model makes of it.
type Row struct {
	Run       *fact.Run
	Published float64
	Predicted float64
	Ratio     float64 // predicted / published
	Inside    bool    // within the tolerance of its part
	Reason    string  // why it is missed or cannot be predicted, or what to know of it
}

// Part is one kind of measurement.
type Part struct {
	ID, Title, Unit string
	Kind            string  // training, memory, serving
	Factor          float64 // a row is inside where predicted / published is between 1 / Factor and Factor
	Rows            []Row
	Unpredicted     []Row   // rows that do not state what a prediction needs, and upper bounds
	Inside          int     // rows inside
	Median          float64 // of predicted / published
	MedianError     float64 // of |predicted / published - 1|, 0 to 1
}

// Tolerances: hours swing with the care that was taken, memory hardly does. A memory row is inside within 15% either way.
const (
	hoursFactor   = 1.6
	memoryFactor  = 1.15
	servingFactor = 1.3
)

// Later is the word of setup that marks a run which was looked for when the model stood. Such runs are counted apart: most of
// the defaults were fitted to the others.
const Later = "later"

// Check predicts every run of the tables.
func Check(t *fact.Tables) []Part {
	parts := []Part{
		{ID: "training", Kind: "training", Title: "Training", Unit: "GPU-hours", Factor: hoursFactor},
		{ID: "memory", Kind: "memory", Title: "Memory", Unit: "GB", Factor: memoryFactor},
		{ID: "serving", Kind: "serving", Title: "Serving", Unit: "requests a second", Factor: servingFactor},
		{ID: "later-memory", Kind: "memory", Title: "Memory, runs found later", Unit: "GB", Factor: memoryFactor},
		{ID: "later-serving", Kind: "serving", Title: "Serving, runs found later", Unit: "requests a second", Factor: servingFactor},
	}
	for i := range t.Runs {
		run := &t.Runs[i]
		later := 0
		if says(run, Later) {
			later = 2
		}
		switch run.Kind {
		case "training":
			parts[0].add(run, run.GPUHours, hours(t, run))
		case "memory":
			parts[1+later].add(run, run.MemoryGB, memory(t, run))
		case "serving":
			parts[2+later].add(run, run.Requests, requests(t, run))
		}
	}
	for i := range parts {
		parts[i].sum()
	}
	return parts
}

// says reports whether a word stands among those by which a run differs from the defaults.
func says(run *fact.Run, word string) bool { return slices.Contains(strings.Fields(run.Setup), word) }

// add takes a row in. A prediction of 0 says that the row does not state enough.
func (p *Part) add(run *fact.Run, published fact.Maybe, predicted float64) {
	row := Row{Run: run, Published: published.Value, Predicted: predicted, Reason: run.Caveat}
	if !published.Known || !(predicted > 0) || run.Bound {
		row.Inside = run.Bound && predicted > 0 && predicted <= published.Value
		p.Unpredicted = append(p.Unpredicted, row)
		return
	}
	row.Ratio = predicted / published.Value
	least, most := p.Limits()
	row.Inside = row.Ratio >= least && row.Ratio <= most
	p.Rows = append(p.Rows, row)
}

// sum counts what is inside and takes the medians.
func (p *Part) sum() {
	var ratios, errors []float64
	for i := range p.Rows {
		r := &p.Rows[i]
		if r.Inside {
			p.Inside++
		}
		ratios, errors = append(ratios, r.Ratio), append(errors, max(r.Ratio-1, 1-r.Ratio))
	}
	p.Median, p.MedianError = median(ratios), median(errors)
}

func median(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	for i := 1; i < len(x); i++ { // few, and the library's sort weighs five times as much in the module
		for j := i; j > 0 && x[j] < x[j-1]; j-- {
			x[j], x[j-1] = x[j-1], x[j]
		}
	}
	return (x[(len(x)-1)/2] + x[len(x)/2]) / 2
}

// shape is the model of a run: the row of the table, or what the run itself states.
func shape(t *fact.Tables, run *fact.Run) cost.Shape {
	if m := t.FindModel(run.Model); m != nil && run.Model != "" {
		return cost.Shape{Parameters: m.Parameters, Active: m.Active, Layers: m.Layers, Hidden: m.Hidden, Heads: m.Heads, KVHeads: m.KVHeads, HeadDim: m.HeadDim.Or(0),
			Intermediate: m.Intermediate, Vocabulary: m.Vocabulary, Tied: m.Tied, CacheWidth: m.CacheWidth.Or(0), Window: m.Window.Or(0), WindowLayers: m.WindowLayers.Or(0),
			WeightBytes: m.WeightBytes.Or(0)}
	}
	return cost.Shape{Parameters: run.Parameters.Value, Active: run.Active.Or(run.Parameters.Value), Layers: run.Layers.Value, Hidden: run.Hidden.Value, Heads: run.Heads.Value,
		KVHeads: run.KVHeads.Value, Intermediate: run.Intermediate.Value, Vocabulary: run.Vocabulary.Value}
}

func hardware(t *fact.Tables, run *fact.Run) (cost.Hardware, bool) {
	g := t.FindGPU(run.GPU)
	if g == nil {
		return cost.Hardware{}, false
	}
	return cost.Hardware{MemoryGB: g.MemoryGB, Bandwidth: g.Bandwidth, TFLOPS: g.TFLOPS, Matmul: g.Matmul.Or(0)}, true
}

// hours predicts the GPU-hours of a run from its tokens by the default of its class.
func hours(t *fact.Tables, run *fact.Run) float64 {
	gpu, ok := hardware(t, run)
	if !ok || !run.Tokens.Known || !(run.Parameters.Known || run.Model != "") {
		return 0
	}
	method := cost.Method(run.Method)
	s := shape(t, run)
	r := cost.Run{Method: method, Shape: s, Tokens: run.Tokens.Value, Sequence: run.Sequence.Value, GPU: gpu, GPUs: run.GPUs.Or(1),
		MFU: method.MFU(run.Class == "vendor_tuned", cost.BigChip(gpu.TFLOPS)).Likely}
	if method.Rollouts() && run.TokensOut.Known {
		written := run.Tokens.Value * run.TokensOut.Value / (run.TokensIn.Value + run.TokensOut.Value)
		r.Rollout = cost.RolloutHours(s, gpu, run.TokensIn.Value, run.TokensOut.Value, written)
	}
	return r.Cost().GPUHours
}

// memory predicts the memory of a run, in GB.
func memory(t *fact.Tables, run *fact.Run) float64 {
	j := cost.Job{Shape: shape(t, run), Method: cost.Method(run.Method), Sequence: run.Sequence.Value, MicroBatch: run.MicroBatch.Value, Rank: run.Rank.Value,
		FusedLoss: says(run, "fused_loss"), Rollout: run.TokensOut.Value}
	switch {
	case says(run, "offload"):
		j.Kept = cost.Offloaded
	case says(run, "checkpointing"):
		j.Kept = cost.Checkpoints
	}
	switch {
	case says(run, "bf16"):
		j.Precision = cost.BF16
	case says(run, "int8"):
		j.Precision = cost.Int8
	case says(run, "nf4"):
		j.Precision = cost.NF4
	}
	if run.Method == "inference" {
		return j.Inference()
	}
	if !run.Sequence.Known || !run.MicroBatch.Known {
		return 0
	}
	_, total := j.Memory()
	return total
}

// requests predicts the requests a second of a serving run.
func requests(t *fact.Tables, run *fact.Run) float64 {
	gpu, ok := hardware(t, run)
	if !ok || !run.TokensIn.Known || !run.TokensOut.Known {
		return 0
	}
	s := cost.Server{Shape: shape(t, run), GPU: gpu, GPUs: run.GPUs.Or(1), In: run.TokensIn.Value, Out: run.TokensOut.Value, Batch: run.Concurrency.Value}
	return s.Throughput().Requests
}
