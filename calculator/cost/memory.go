package cost

import "math"

// Shape is a model as memory and serving see it.
type Shape struct {
	Parameters, Active float64
	Layers, Hidden     float64
	Heads, KVHeads     float64
	HeadDim            float64 // 0: Hidden / Heads
	Intermediate       float64 // 0: 3.5 x Hidden
	Vocabulary         float64
	Tied               bool
	CacheWidth         float64 // values cached a token and layer; 0: 2 x KVHeads x HeadDim
	Window             float64 // tokens that sliding layers keep; 0: none slide
	WindowLayers       float64
	WeightBytes        float64 // a parameter, as served; 0: 2
}

func (s *Shape) headDim() float64 {
	if s.HeadDim > 0 {
		return s.HeadDim
	}
	return s.Hidden / math.Max(s.Heads, 1)
}

// KVBytes is the cache that one token takes, in bytes: 2 x 2 bytes x layers x key-value heads x head size
// (stas00/ml-engineering, inference).
func (s *Shape) KVBytes() float64 {
	width := s.CacheWidth
	if width <= 0 {
		width = float64(float64(2*s.KVHeads) * s.headDim())
	}
	return float64(2*s.Layers) * width
}

// cache is the cache of one sequence of so many tokens, in bytes: sliding layers keep no more than their window.
func (s *Shape) cache(tokens float64) float64 {
	full := float64(s.KVBytes() * tokens)
	if s.Window <= 0 || tokens <= s.Window || s.Layers <= 0 {
		return full
	}
	return full - float64(float64(full/s.Layers)*float64(s.WindowLayers*(1-s.Window/tokens)))
}

// weights are the bytes of the weights as served.
func (s *Shape) weights() float64 {
	bytes := s.WeightBytes
	if bytes <= 0 {
		bytes = 2
	}
	return float64(s.Parameters * bytes)
}

// embeddings are the parameters of input and output embedding.
func (s *Shape) embeddings() float64 {
	one := float64(s.Vocabulary * s.Hidden)
	if s.Tied {
		return one
	}
	return 2 * one
}

// adapter is how many parameters LoRA of a rank adds over all linear matrices: rank x (in + out) of each. In a mixture
// every expert gets its own, which is estimated from the ratio of all to active parameters.
func (s *Shape) adapter(rank float64) float64 {
	d, wide := s.headDim(), s.Intermediate
	if wide <= 0 {
		wide = 3.5 * s.Hidden
	}
	q, kv := float64(s.Heads*d), float64(s.KVHeads*d)
	attention := float64(2*(s.Hidden+q)) + float64(2*(s.Hidden+kv))
	network := float64(3 * (s.Hidden + wide))
	if s.Active > 0 && s.Active < s.Parameters {
		network *= s.Parameters / s.Active
	}
	return float64(float64(rank*s.Layers) * (attention + network))
}

// Job is what training keeps in memory.
type Job struct {
	Shape         Shape
	Method        Method
	Sequence      float64 // tokens
	MicroBatch    float64 // sequences on one GPU
	Rank          float64
	Checkpointing bool
	FusedLoss     bool
	Rollout       float64 // tokens of a rollout, for the cache of the copy that generates
}

// Part is one part of memory, in GB (1e9 bytes).
type Part struct {
	Name string
	GB   float64
}

// Bytes a parameter: mixed-precision AdamW keeps bf16 and fp32 weights, fp32 gradients and two moments (stas00/ml-engineering,
// training/performance; 18.0 measured on Qwen-7B). Adapters are kept at 16.
const (
	weightBytes    = 6
	gradientBytes  = 4
	optimiserBytes = 8
	adapterBytes   = 16
	frozenBytes    = 2
	nf4Bytes       = 0.5625 // 4 bits and the scales of blocks
)

// actWidth is the bytes of activations a token, layer and unit of width, all kept: 34 with GELU (Korthikanti and others,
// arXiv 2205.05198), 42 with SwiGLU (fitted to litgpt's Llama-2 rows).
const actWidth = 42

// logitBytes a token and entry of the vocabulary: the logits in bf16 and fp32, their gradient and its copy (our derivation;
// predicts 2.086 MB a token on Qwen-7B, measured 2.079).
const logitBytes = 12

// States are the parts that can be sharded over GPUs.
func (j *Job) States() []Part {
	n := j.Shape.Parameters
	switch {
	case j.Method == QLoRA:
		embedded := min(j.Shape.embeddings(), n)
		base := float64(frozenBytes*embedded) + float64(nf4Bytes*(n-embedded))
		return []Part{{"weights", base / 1e9}, {"adapters", float64(adapterBytes*j.Shape.adapter(j.Rank)) / 1e9}}
	case j.Method.Adapter():
		return []Part{{"weights", float64(frozenBytes*n) / 1e9}, {"adapters", float64(adapterBytes*j.Shape.adapter(j.Rank)) / 1e9}}
	}
	parts := []Part{{"weights", float64(weightBytes*n) / 1e9}, {"gradients", float64(gradientBytes*n) / 1e9}, {"optimiser", float64(optimiserBytes*n) / 1e9}}
	switch j.Method {
	case DPOFull:
		parts = append(parts, Part{"reference", float64(frozenBytes*n) / 1e9})
	case PPO:
		parts = append(parts, Part{"critic", float64(18*n) / 1e9}, Part{"reference_and_reward", float64(2*frozenBytes*n) / 1e9})
	case GRPO:
		parts = append(parts, Part{"reference", float64(frozenBytes*n) / 1e9})
	}
	if j.Method.Rollouts() {
		parts = append(parts, Part{"generating_copy", j.Shape.weights() / 1e9}, Part{"key_value_cache", float64(j.MicroBatch*j.Shape.cache(j.Rollout)) / 1e9})
	}
	return parts
}

// Working are the parts that every GPU holds in full: activations and logits.
func (j *Job) Working() []Part {
	tokens := float64(j.Sequence * j.MicroBatch)
	if j.Method.Preference() {
		tokens *= 2
	}
	s := &j.Shape
	act := float64(float64(float64(actWidth*s.Hidden)*s.Layers) * tokens)
	if j.Checkpointing {
		act = float64(float64(float64(2*s.Hidden)*s.Layers)*tokens) + float64(float64(actWidth*s.Hidden)*tokens)
	}
	parts := []Part{{"activations", act / 1e9}}
	if !j.FusedLoss {
		parts = append(parts, Part{"logits", float64(float64(logitBytes*s.Vocabulary)*tokens) / 1e9})
	}
	return parts
}

// overhead of a process: 3% and 1 GB (fitted to published measurements).
const (
	overheadShare = 0.03
	overheadGB    = 1
)

// Memory lists the parts of training on one GPU that is large enough; they add up to the total.
func (j *Job) Memory() (parts []Part, total float64) {
	parts = append(j.States(), j.Working()...)
	for _, p := range parts {
		total += p.GB
	}
	over := float64(overheadShare*total) + overheadGB
	return append(parts, Part{"overhead", over}), total + over
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
	room := float64(Usable*memoryGB) - overheadGB - float64((1+overheadShare)*working)
	if room <= 0 {
		return 0
	}
	need := -math.Floor(-float64((1+overheadShare)*states) / room)
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

// servingGB is what serving takes beside weights and cache (between 0.4 and 1 in litgpt's and Qwen's rows).
const servingGB = 0.7

// Serving is the memory of serving so many requests of so many tokens at once, in GB.
func (s *Shape) Serving(requests, tokens float64) float64 {
	return (s.weights()+float64(requests*s.cache(tokens)))/1e9 + servingGB
}
