package cost

import "math"

// Precision is how a run keeps its numbers.
type Precision uint8

const (
	Mixed Precision = iota // bf16 with fp32 copies: AdamW as usual
	BF16                   // everything in bf16, moments too
	Int8                   // Mixed, over frozen weights in 8 bits
	NF4                    // inference: weights in 4 bits with doubly quantised scales
)

// Kept says which activations a run keeps for the way back.
type Kept uint8

const (
	All         Kept = iota // all of them
	Checkpoints             // the input of each layer; the rest is computed again
	Offloaded               // the inputs of the layers too are moved off the GPU
)

// Job is what training keeps in memory.
type Job struct {
	Shape      Shape
	Method     Method
	Precision  Precision
	Kept       Kept
	FusedLoss  bool    // the logits are never held at once
	Sequence   float64 // tokens
	MicroBatch float64 // sequences on one GPU
	Rank       float64
	Rollout    float64 // tokens of a sample, for the cache of the copy that generates
}

// Part is one part of memory, in GB (1e9 bytes).
type Part struct {
	Name string
	GB   float64
}

// Bytes a parameter. Mixed-precision AdamW keeps bf16 and fp32 weights, fp32 gradients and two fp32 moments: 18 in all
// (stas00/ml-engineering, training performance; 18.0 measured on Qwen-7B, 139.2 GB). All in bf16 it is 8. NF4 is 4 bits
// and the scales of blocks, 0.127 bits less doubly quantised (litgpt; QLoRA, arXiv 2305.14314).
const (
	weightBytes     = 6
	gradientBytes   = 4
	optimiserBytes  = 8
	adapterBytes    = 16
	frozenBytes     = 2
	nf4Bytes        = 0.5 + 0.0625
	nf4DoubledBytes = 0.5 + 0.0159
)

// smallModels is the size of a PPO critic, and of a reward model, as a share of the policy: a judgement (DeepSpeed-Chat
// trains with a critic of 350 million parameters beside policies of 7 to 175 billion).
const smallModels = 0.1

// Activations a token, layer and unit of width, all kept, in bytes: 34 with a GELU network (Korthikanti and others, arXiv
// 2205.05198), 42 with a gated one (fitted to litgpt's rows of Llama 2).
const (
	plainWidth = 34
	gatedWidth = 42
)

// logitBytes a token and entry of the vocabulary: the logits in bf16 and fp32, and both gradients (our derivation: 2.086 MB
// a token on Qwen-7B, 2.079 measured). All in bf16 it is 8.
const (
	logitBytes     = 12
	logitBytesBF16 = 8
)

// States are the parts that can be sharded over GPUs.
func (j *Job) States() []Part {
	if j.Method.Adapter() {
		each := float64(adapterBytes)
		if j.Precision == BF16 {
			each = adapterBytes / 2
		}
		return []Part{{"weights", j.frozen() / 1e9}, {"adapters", each * j.Shape.LoRAParameters(j.Rank) / 1e9}}
	}
	n := j.Shape.Parameters / 1e9
	parts := []Part{{"weights", weightBytes * n}, {"gradients", gradientBytes * n}, {"optimiser", optimiserBytes * n}}
	if j.Precision == BF16 {
		parts = []Part{{"weights", 2 * n}, {"gradients", 2 * n}, {"optimiser", 4 * n}}
	}
	switch j.Method {
	case PPO:
		critic := weightBytes + gradientBytes + optimiserBytes
		parts = append(parts, Part{"critic_and_reward", float64(critic+frozenBytes) * smallModels * n}, Part{"reference", frozenBytes * n})
	case GRPO, DPOFull:
		parts = append(parts, Part{"reference", frozenBytes * n})
	}
	if j.Method.Rollouts() {
		parts = append(parts, Part{"generating_copy", j.Shape.weights() / 1e9}, Part{"key_value_cache", j.MicroBatch * j.Shape.cache(j.Rollout) / 1e9})
	}
	return parts
}

// frozen are the bytes of weights that adapters leave as they are. Embeddings stay in 16 bits when the rest is quantised;
// with vocabularies of 150,000 that is 2.5 GB of a 7B model.
func (j *Job) frozen() float64 {
	n, each := j.Shape.Parameters, float64(frozenBytes)
	switch {
	case j.Precision == NF4:
		each = nf4DoubledBytes
	case j.Method == QLoRA:
		each = nf4Bytes
	case j.Precision == Int8:
		each = 1
	default:
		return each * n
	}
	embedded := min(j.Shape.embeddings(), n)
	return float64(frozenBytes*embedded) + float64(each*(n-embedded))
}

// Working are the parts that every GPU holds in full: activations and logits.
func (j *Job) Working() []Part {
	tokens := float64(j.Sequence * j.MicroBatch)
	if j.Method.Preference() {
		tokens *= 2
	}
	s := &j.Shape
	width := float64(gatedWidth)
	if matrices, _ := s.network(); matrices == 2 {
		width = plainWidth
	}
	layer := float64(width * s.Hidden * tokens)
	activations := layer
	switch j.Kept {
	case All:
		activations = layer * s.Layers
	case Checkpoints:
		activations += float64(2 * s.Hidden * s.Layers * tokens)
	}
	parts := []Part{{"activations", activations / 1e9}}
	if !j.FusedLoss {
		each := float64(logitBytes)
		if j.Precision == BF16 {
			each = logitBytesBF16
		}
		parts = append(parts, Part{"logits", each * s.Vocabulary * tokens / 1e9})
	}
	return parts
}

// overhead of a process: a share and some GB, and what the kernels of quantised weights hold besides, which multiply in 16
// bits (all fitted to published measurements).
const (
	overheadShare = 0.03
	overheadGB    = 0.6
	quantisedGB   = 0.3
)

// fixed is the part of the overhead that does not grow, in GB.
func (j *Job) fixed() float64 {
	if j.Method == QLoRA || j.Precision == Int8 {
		return overheadGB + quantisedGB
	}
	return overheadGB
}

// Memory lists the parts of training on one GPU that is large enough; they add up to the total, in GB.
func (j *Job) Memory() (parts []Part, total float64) {
	parts = append(j.States(), j.Working()...)
	for _, p := range parts {
		total += p.GB
	}
	over := float64(overheadShare*total) + j.fixed()
	return append(parts, Part{"overhead", over}), total + over
}

// Inference is the memory of serving one request of Sequence tokens in the job's precision, in GB.
func (j *Job) Inference() float64 {
	if j.Precision == NF4 {
		return (j.frozen()+j.Shape.cache(j.Sequence))/1e9 + servingGB
	}
	return j.Shape.Serving(1, j.Sequence)
}

// Usable is the share of a GPU's memory that a job may plan with.
const Usable = 0.92

// GPUs is how many GPUs of a size the job needs: 1, 2, 4, 8 or a multiple of 8. States are sharded, the working memory is
// not. It is 0 where even the working memory of one GPU does not fit.
func (j *Job) GPUs(memoryGB float64) float64 {
	states, working := 0.0, 0.0
	for _, p := range j.States() {
		states += p.GB
	}
	for _, p := range j.Working() {
		working += p.GB
	}
	room := float64(Usable*memoryGB) - j.fixed() - float64((1+overheadShare)*working)
	if room <= 0 {
		return 0
	}
	need := -math.Floor(-(1 + overheadShare) * states / room)
	switch {
	case need <= 1:
		return 1
	case need <= 2:
		return 2
	case need <= 4:
		return 4
	}
	return -8 * math.Floor(-need/8)
}
