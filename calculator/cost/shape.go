package cost

import "math"

// Shape is a decoder-only transformer as training, memory and serving see it. Counts are numbers of things, widths are
// numbers of values; where a field says so, 0 is worked out from the rest.
type Shape struct {
	Parameters   float64 // all of them: what has to be held
	Active       float64 // those that a token passes: what has to be computed
	Layers       float64
	Hidden       float64 // width of the residual stream
	Heads        float64
	KVHeads      float64
	HeadDim      float64 // width of one head; 0: Hidden / Heads
	Intermediate float64 // width of the feed-forward network, of one expert in a mixture; 0: what the parameters leave for it
	Vocabulary   float64
	Tied         bool    // input and output embedding are one matrix
	CacheWidth   float64 // values cached a token and layer; 0: 2 x KVHeads x HeadDim
	Window       float64 // tokens that sliding layers keep; 0: none slide
	WindowLayers float64
	WeightBytes  float64 // a parameter, as served; 0: 2
}

func (s *Shape) headDim() float64 {
	if s.HeadDim > 0 {
		return s.HeadDim
	}
	return s.Hidden / math.Max(s.Heads, 1)
}

// queries and keys are the widths of all queries, and of all keys or all values, of a token in one layer.
func (s *Shape) queries() float64 { return s.Heads * s.headDim() }
func (s *Shape) keys() float64    { return s.KVHeads * s.headDim() }

// mixture reports whether a token passes only a part of the parameters.
func (s *Shape) mixture() bool { return s.Active > 0 && s.Active < s.Parameters }

// embeddings are the parameters of input and output embedding.
func (s *Shape) embeddings() float64 {
	one := float64(s.Vocabulary * s.Hidden)
	if s.Tied {
		return one
	}
	return float64(2 * one)
}

// network is how many matrices of Hidden x width the feed-forward network of a layer has, and their width. A gated network
// (SwiGLU) has three, a plain one (GELU) two; which it is shows in the number of parameters.
func (s *Shape) network() (matrices, width float64) {
	attention := float64(2*s.Hidden*s.queries()) + float64(2*s.Hidden*s.keys())
	left := (s.Parameters-s.embeddings())/math.Max(s.Layers, 1) - attention
	switch {
	case s.Intermediate <= 0:
		return 3, math.Max(left, 0) / (3 * s.Hidden)
	case !s.mixture() && left < 2.5*s.Hidden*s.Intermediate:
		return 2, s.Intermediate
	}
	return 3, s.Intermediate
}

// KVBytes is the cache that one token takes, in bytes: 2 bytes x layers x (2 x key-value heads x head size), or what a
// latent attention caches in the brackets' place.
//
// Source: stas00/ml-engineering, inference. Llama 3.1 8B: 131,072 bytes.
func (s *Shape) KVBytes() float64 {
	width := s.CacheWidth
	if width <= 0 {
		width = 2 * s.keys()
	}
	return 2 * s.Layers * width
}

// cache is the cache of one sequence of so many tokens, in bytes: sliding layers keep no more than their window.
func (s *Shape) cache(tokens float64) float64 {
	full := float64(s.KVBytes() * tokens)
	if s.Window <= 0 || tokens <= s.Window || s.Layers <= 0 {
		return full
	}
	return full - float64(full/s.Layers*s.WindowLayers*(1-s.Window/tokens))
}

// weights are the bytes of the weights as served.
func (s *Shape) weights() float64 {
	if s.WeightBytes > 0 {
		return s.Parameters * s.WeightBytes
	}
	return s.Parameters * frozenBytes
}

// LoRAParameters are those that adapters of a rank on every linear layer add: rank x (width in + width out) of each matrix.
// The experts of a mixture get none: adapters on fused experts are rare.
func (s *Shape) LoRAParameters(rank float64) float64 {
	widths := float64(2*(s.Hidden+s.queries())) + float64(2*(s.Hidden+s.keys()))
	if !s.mixture() {
		matrices, width := s.network()
		widths += float64(matrices * (s.Hidden + width))
	}
	return rank * s.Layers * widths
}

// servingGB is what a serving process takes beside weights and cache, in GB (0.4 to 1 in the rows of litgpt and Qwen).
const servingGB = 0.4

// Serving is the memory of serving so many requests of so many tokens at once, in GB (1e9 bytes).
func (s *Shape) Serving(requests, tokens float64) float64 {
	return (float64(s.weights())+float64(requests*s.cache(tokens)))/1e9 + servingGB
}
