package cost

import "math"

// What serving reaches of a chip's limits: of its peak while it reads a prompt, of its bandwidth while it writes (measured
// with vLLM on one H100, tgarg01/silybench-data@045df3b). jax-ml/scaling-book uses 0.40 of the peak; 0.55 to 0.65 of the
// bandwidth is usual.
const (
	prefillMFU    = 0.55
	bandwidthUsed = 0.65
)

// linkShare is how much longer a step of writing takes for each further GPU of a replica: all of them wait for one another
// after every layer (fitted to the tables of TensorRT-LLM 0.9 for 2, 4 and 8 A100). Reading prompts waits far less.
const linkShare = 0.06

// MaxBatch is the most requests that a server holds at once unless told otherwise (vLLM).
const MaxBatch = 256

// SecondsPerMonth is 730 hours.
const SecondsPerMonth = HoursPerMonth * 3600

// Server is one replica of a model and what a request asks of it.
type Server struct {
	Shape   Shape
	GPU     Hardware
	GPUs    float64 // of the replica
	In, Out float64 // tokens of a request
	Batch   float64 // requests at once, at most; 0: MaxBatch
}

// Throughput is what a replica does at full load.
type Throughput struct {
	Batch           float64 // requests at once, as the memory allows
	Requests        float64 // a second
	TokensPerSecond float64 // output
}

// Throughput is the roofline of reading and writing: a prompt is bound by arithmetic; a step that writes one token for
// every request at hand is bound by reading weights and caches, or by arithmetic. The batch is capped by memory. It is zero
// where the weights and one request do not fit.
func (s *Server) Throughput() Throughput {
	gpus := math.Max(s.GPUs, 1)
	context := s.In + s.Out
	room := float64(gpus*s.GPU.MemoryGB*Usable*1e9) - float64(s.Shape.weights()) - servingGB*1e9
	each := s.Shape.cache(context)
	batch := s.Batch
	if batch <= 0 {
		batch = MaxBatch
	}
	if each > 0 {
		batch = min(batch, math.Floor(room/each))
	}
	if batch < 1 || room < 0 {
		return Throughput{}
	}
	flops := float64(float64(gpus*s.GPU.TFLOPS)*1e12) * prefillMFU
	bandwidth := float64(float64(gpus*s.GPU.Bandwidth)*1e9) * bandwidthUsed
	perToken := float64(2 * s.Shape.Active)
	prefill := float64(s.In*perToken) / flops
	read := (float64(s.touched(batch)) + float64(batch*s.Shape.cache(s.In+float64(s.Out/2)))) / bandwidth
	step := math.Max(read, float64(batch*perToken)/flops) * (1 + float64(linkShare*(gpus-1)))
	request := prefill + float64(s.Out*step)/batch
	if !(request > 0) {
		return Throughput{}
	}
	return Throughput{Batch: batch, Requests: 1 / request, TokensPerSecond: s.Out / request}
}

// touched are the bytes of weights that one step reads: of a mixture at most the experts that the batch asks for.
func (s *Server) touched(batch float64) float64 {
	all := s.Shape.weights()
	return min(all, all/s.Shape.Parameters*s.Shape.Active*batch)
}

// MillionUSD is what a million output tokens cost, in US dollars, on a replica of a price an hour that is busy the given
// share (0 to 1) of its time.
func MillionUSD(pricePerHour, tokensPerSecond, busy float64) float64 {
	return pricePerHour / (3600 * tokensPerSecond) * 1e6 / busy
}

// Utilisation is the share of its time that a host of so many replicas is busy with so many calls a month; above 1 they do
// not fit.
func (t Throughput) Utilisation(calls, replicas float64) float64 {
	return calls / float64(float64(t.Requests*replicas)*SecondsPerMonth)
}

// FewestGPUs is the smallest of 1, 2, 4, 8 ... GPUs that hold a model and one request of so many tokens; 0 where not even
// 1,024 do, or as many as work as one.
func FewestGPUs(s *Shape, gpu Hardware, tokens float64) float64 {
	need := s.Serving(1, tokens)
	for n := 1.0; n <= min(1024, gpu.Linked()); n *= 2 {
		if need <= n*gpu.MemoryGB*Usable {
			return n
		}
	}
	return 0
}

// RolloutHours are the GPU-hours in which a model writes so many tokens, in answers of out tokens to prompts of in tokens, by
// the serving model: on the fewest GPUs that hold it or on 2, 4 or 8 times as many, whichever takes the fewest GPU-hours,
// for a host with little room left runs few requests at once. It is 0 where no host holds the model.
func RolloutHours(s Shape, gpu Hardware, in, out, tokens float64) float64 {
	fewest, best := FewestGPUs(&s, gpu, in+out), 0.0
	for times := 1.0; times <= 8; times *= 2 {
		server := Server{Shape: s, GPU: gpu, GPUs: fewest * times, In: in, Out: out}
		if server.GPUs > 0 {
			best = max(best, server.Throughput().TokensPerSecond/server.GPUs)
		}
	}
	if best <= 0 {
		return 0
	}
	return tokens / best / 3600
}
