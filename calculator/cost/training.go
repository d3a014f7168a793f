package cost

import "math"

// Hardware is what training and serving run on, for one GPU.
type Hardware struct {
	MemoryGB  float64 // 1e9 bytes
	Bandwidth float64 // GB/s
	TFLOPS    float64 // dense bf16 peak, 1e12 FLOP/s
	Matmul    float64 // the most measured in matrix products, 1e12 FLOP/s; 0 where it is not known
}

// Method is a way of training.
type Method string

// The methods that formulas differ by.
const (
	LoRA     Method = "lora_sft"
	QLoRA    Method = "qlora_sft"
	Full     Method = "full_sft"
	DPOLoRA  Method = "dpo_lora"
	DPOFull  Method = "dpo_full"
	PPO      Method = "ppo"
	GRPO     Method = "grpo"
	Pretrain Method = "pretraining"
)

// Preference reports whether a method reads two answers for each example.
func (m Method) Preference() bool { return m == DPOLoRA || m == DPOFull }

// Rollouts reports whether a method generates its own text while it trains.
func (m Method) Rollouts() bool { return m == PPO || m == GRPO }

// Adapter reports whether a method trains low-rank matrices beside frozen weights.
func (m Method) Adapter() bool { return m == LoRA || m == QLoRA || m == DPOLoRA }

// FLOPsPerToken is how many floating-point operations a method spends on each active parameter and token: forward 2,
// gradients of what passes 2, gradients of weights 2 (mosaicml/llm-foundry, benchmarking README). Frozen weights need no
// gradients of their own. DPO adds a forward pass of the reference; PPO old log-probabilities and reference, and a small
// critic in the same sum (fits DeepSpeed-Chat); GRPO the same without a critic.
func (m Method) FLOPsPerToken() float64 {
	switch m {
	case LoRA, QLoRA:
		return 4
	case DPOLoRA:
		return 6
	case DPOFull:
		return 8
	case PPO, GRPO:
		return 10
	}
	return 6
}

// attentionPasses is how many forward passes' worth of attention a method computes for a token, a backward pass counting for
// two: scores and mixing have no weights whose gradients could be left out.
func (m Method) attentionPasses() float64 {
	switch m {
	case DPOLoRA, DPOFull:
		return 4
	case PPO, GRPO:
		return 5
	}
	return 3
}

// Tokens is what a run processes: examples x tokens x passes, a padded row counting as a whole one, and both answers of a
// preference pair. Packing is the share of a row that is text, above 0 up to 1.
func (m Method) Tokens(examples, each, passes, packing float64) float64 {
	tokens := examples * each * passes / packing
	if m.Preference() {
		tokens *= 2
	}
	return tokens
}

// MFU is the share of a GPU's dense bf16 peak that a method reaches, with its range, as published runs imply: one value
// for a class of method, stack and chip. big says that the chip is an H100 or newer.
func (m Method) MFU(vendorTuned, big bool) Range {
	switch {
	case vendorTuned && big && !m.Rollouts() && m != Pretrain:
		return Range{0.55, 0.65, 0.80} // packed FP8: NeMo 24.12
	case m == Pretrain && big:
		return Range{0.23, 0.35, 0.45}
	case m == Pretrain:
		return Range{0.32, 0.40, 0.63}
	case m == QLoRA:
		return Range{0.15, 0.24, 0.35}
	case m == LoRA || m == DPOLoRA:
		return Range{0.20, 0.30, 0.45}
	case m == PPO || m == GRPO:
		return Range{0.10, 0.20, 0.25}
	}
	return Range{0.08, 0.20, 0.45}
}

// BigChip reports whether a chip counts as an H100 or newer, by its peak in 1e12 FLOP/s.
func BigChip(tflops float64) bool { return tflops > 500 }

// Ceiling is the share of the peak that matrix products were measured to reach: no MFU is above it (stas00/ml-engineering,
// compute/accelerator).
func (h Hardware) Ceiling() float64 {
	if h.Matmul <= 0 || h.Matmul > h.TFLOPS {
		return 1
	}
	return h.Matmul / h.TFLOPS
}

// Linked is how many of a chip work as one: any number in a data centre, at most 8 where they have no link but the board's
// (chips of less than 40 GB or 1,500 GB/s).
func (h Hardware) Linked() float64 {
	if h.MemoryGB < 40 || h.Bandwidth < 1500 {
		return 8
	}
	return 1e6
}

// AttentionFrom is the sequence length in tokens above which the attention term is added to the hours: the classes of MFU
// were fitted without it.
const AttentionFrom = 8192

// StartUp is the wall-clock time, in hours, that a job takes before its first step. It is waited for, not paid for.
const StartUp = 0.25

// Run is one training run.
type Run struct {
	Method   Method
	Shape    Shape
	Tokens   float64 // processed over all passes, both answers of a pair
	Sequence float64 // tokens
	MFU      float64 // 0 to 1
	GPUs     float64
	GPU      Hardware
	Rollout  float64 // GPU-hours of generation, by the serving model
}

// TrainingCost is what a run takes.
type TrainingCost struct {
	FLOPs     float64 // without attention
	Attention float64 // FLOPs of attention, a line of its own
	MFU       float64 // 0 to 1, capped at what the chip was measured to reach
	GPUHours  float64 // with rollouts
	WallHours float64 // with start-up
}

// Cost works a run out: FLOPs / (peak x MFU x 3600) GPU-hours. Attention is 4 x layers x width x sequence a token and
// forward pass (mosaicml/llm-foundry: two products, n_layers x 2 x 2 x d_model x s^2 a sequence; causal kernels do half of
// it) and counts in the hours of long sequences only.
func (r *Run) Cost() TrainingCost {
	s := &r.Shape
	c := TrainingCost{FLOPs: float64(r.Method.FLOPsPerToken() * s.Active * r.Tokens), MFU: min(r.MFU, r.GPU.Ceiling())}
	c.Attention = float64(4 * s.Layers * s.queries() * r.Sequence * r.Method.attentionPasses() * r.Tokens)
	work := c.FLOPs
	if r.Sequence > AttentionFrom {
		work += c.Attention
	}
	c.GPUHours = work/(r.GPU.TFLOPS*1e12*c.MFU*3600) + r.Rollout
	c.WallHours = c.GPUHours/math.Max(r.GPUs, 1) + StartUp
	return c
}

// RentUSD is the rent of all runs in US dollars: runs x GPU-hours x price x (1 + waste). Waste is failed and idle time as a
// share of the useful.
func RentUSD(runs, gpuHours, price, waste float64) float64 {
	return runs * gpuHours * price * (1 + waste)
}

// ManagedUSD is a vendor's bill for all runs in US dollars: runs x tokens x price a million tokens.
func ManagedUSD(runs, tokens, price float64) float64 { return runs * tokens * price / 1e6 }
