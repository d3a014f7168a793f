package cost

import (
	"math"
	"testing"
)

var (
	a100 = Hardware{MemoryGB: 80, Bandwidth: 2039, TFLOPS: 312, Matmul: 271}
	h100 = Hardware{MemoryGB: 80, Bandwidth: 3350, TFLOPS: 989, Matmul: 794}
)

func roughly(t *testing.T, what string, got, want, share float64) {
	t.Helper()
	if math.Abs(got-want) > share*math.Abs(want) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// The figures are worked by hand from the formulas.
func TestTrainingByHand(t *testing.T) {
	lora := Run{Method: LoRA, Tokens: LoRA.Tokens(10000, 500, 3, 1), Shape: Shape{Active: 8.03e9}, Sequence: 2048, MFU: 0.30, GPUs: 1, GPU: a100}
	c := lora.Cost()
	roughly(t, "LoRA FLOPs", c.FLOPs, 4.818e17, 1e-9)
	roughly(t, "LoRA A100-hours", c.GPUHours, 1.42984, 1e-5)
	roughly(t, "LoRA dollars", c.GPUHours*1.79, 2.5594, 1e-4)
	lora.GPU = h100
	roughly(t, "LoRA dollars on an H100", lora.Cost().GPUHours*3.99, 1.7998, 1e-4)
	full := Run{Method: Full, Tokens: 240e6, Shape: Shape{Active: 7e9}, Sequence: 2048, MFU: 0.20, GPUs: 8, GPU: a100}
	roughly(t, "full A100-hours", full.Cost().GPUHours, 44.8718, 1e-5)
	roughly(t, "full wall-clock", full.Cost().WallHours, 44.8718/8+0.25, 1e-5)
	dpo := Run{Method: DPOFull, Tokens: 60e6, Shape: Shape{Active: 8.03e9}, Sequence: 2048, MFU: 0.20, GPUs: 1, GPU: a100}
	roughly(t, "DPO A100-hours", dpo.Cost().GPUHours, 17.16, 1e-3)
}

func TestMFUIsCapped(t *testing.T) {
	r := Run{Method: Full, Tokens: 1e6, Shape: Shape{Active: 1e9}, MFU: 0.99, GPUs: 1, GPU: h100}
	roughly(t, "MFU", r.Cost().MFU, 794.0/989, 1e-9)
}

func TestAttentionCountsInLongSequencesOnly(t *testing.T) {
	r := Run{Method: Full, Tokens: 1e9, Shape: Shape{Active: 7e9, Layers: 32, Hidden: 4096, Heads: 32}, Sequence: 8192, MFU: 0.2, GPUs: 1, GPU: a100}
	short := r.Cost()
	r.Sequence = 8193
	long := r.Cost()
	if long.GPUHours <= short.GPUHours*1.1 {
		t.Errorf("%v hours with attention, %v without", long.GPUHours, short.GPUHours)
	}
	roughly(t, "attention", short.Attention, 12*32*4096*8192*1e9, 1e-9)
}

var llama8B = Shape{Parameters: 8030261248, Active: 8030261248, Layers: 32, Hidden: 4096, Heads: 32, KVHeads: 8, HeadDim: 128, Intermediate: 14336, Vocabulary: 128256}

func TestMemoryByHand(t *testing.T) {
	roughly(t, "cache a token", llama8B.KVBytes(), 131072, 1e-12)
	roughly(t, "cache of 1,024 tokens", llama8B.cache(1024), 134217728, 1e-12)
	states := func(m Method, n float64) float64 {
		sum := 0.0
		for _, p := range (&Job{Shape: Shape{Parameters: n, Active: n}, Method: m}).States() {
			sum += p.GB
		}
		return sum
	}
	roughly(t, "states of a full 7B", states(Full, 7e9), 126, 1e-12)
	roughly(t, "NF4 weights of Llama-2 7B", (&Job{Shape: Shape{Parameters: 6738415616, Layers: 0, Hidden: 4096, Vocabulary: 32000}, Method: QLoRA}).States()[0].GB, 4.17, 0.01)
	job := Job{Shape: llama8B, Method: LoRA, Sequence: 2048, MicroBatch: 1, Rank: 16, Kept: Checkpoints}
	parts, total := job.Memory()
	sum := 0.0
	for _, p := range parts {
		sum += p.GB
	}
	roughly(t, "sum of the parts", sum, total, 1e-12)
	if n := job.GPUs(80); n != 1 {
		t.Errorf("LoRA on 8B needs %v GPUs of 80 GB, want 1", n)
	}
	job.Method = Full
	if n := job.GPUs(80); n != 4 {
		t.Errorf("full tuning of 8B needs %v GPUs of 80 GB, want 4", n)
	}
	job.Sequence, job.Kept = 1e6, All
	if n := job.GPUs(80); n != 0 {
		t.Errorf("a million tokens of activations fit on %v GPUs of 80 GB", n)
	}
}

// Measured on Qwen3-8B in bf16 with vLLM on one H100 (tgarg01/silybench-data, 2026-09-24).
func TestServingAgainstMeasurements(t *testing.T) {
	qwen := Shape{Parameters: 8190735360, Active: 8190735360, Layers: 36, Hidden: 4096, Heads: 32, KVHeads: 8, HeadDim: 128, Intermediate: 12288, Vocabulary: 151936}
	for _, c := range []struct{ in, out, batch, measured float64 }{{128, 128, 512, 113.59}, {1024, 128, 128, 23.6}, {128, 1024, 512, 13.0}} {
		s := Server{Shape: qwen, GPU: h100, GPUs: 1, In: c.in, Out: c.out, Batch: c.batch}
		got := s.Throughput().Requests
		if ratio := got / c.measured; ratio > 1.3 || ratio < 1/1.3 {
			t.Errorf("%v in, %v out: %v requests a second, measured %v", c.in, c.out, got, c.measured)
		}
	}
}

func TestEvaluationByHand(t *testing.T) {
	for _, c := range []struct{ p, n, half float64 }{{.7, 50, 12.3}, {.9, 50, 8.5}, {.7, 100, 8.8}, {.9, 200, 4.2}, {.7, 1000, 2.8}} {
		roughly(t, "half width", 100*HalfWidth(c.p, c.n), c.half, 0.02)
	}
	for _, c := range []struct{ n, gap float64 }{{50, 22.4}, {100, 15.8}, {200, 11.2}, {400, 7.9}, {1000, 5.0}} {
		roughly(t, "detectable gap", 100*Detectable(.8, c.n), c.gap, 0.01)
	}
	roughly(t, "items for 5 points at 85%", ItemsFor(.85, .05), 801, 0)
	roughly(t, "items within 2 points at 90%", ItemsWithin(.9, .02), 865, 0)
	roughly(t, "items within 5 points at 50%", ItemsWithin(.5, .05), 385, 0)
}
