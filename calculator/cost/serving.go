package cost

import "math"

// What serving reaches of a chip's limits: of its peak while it reads a prompt, of its bandwidth while it writes (measured
// with vLLM on H100; jax-ml/scaling-book uses 0.40 and lower bounds).
const (
	prefillMFU    = 0.55
	bandwidthUsed = 0.60
)

// MaxBatch is the most requests that a server is taken to hold at once.
const MaxBatch = 512

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
	room := float64(float64(gpus*s.GPU.MemoryGB)*Usable)*1e9 - s.Shape.weights() - servingGB*1e9
	each := s.Shape.cache(context)
	batch := s.Batch
	if batch <= 0 {
		batch = MaxBatch
	}
	if each > 0 {
		batch = min(batch, math.Floor(room/each))
	}
	if batch < 1 {
		return Throughput{}
	}
	flops := float64(float64(gpus*s.GPU.TFLOPS)*1e12) * prefillMFU
	bandwidth := float64(float64(gpus*s.GPU.Bandwidth)*1e9) * bandwidthUsed
	perToken := float64(2 * s.Shape.Active)
	prefill := float64(s.In*perToken) / flops
	read := (s.Shape.weights() + float64(batch*s.Shape.cache(s.In+s.Out/2))) / bandwidth
	step := math.Max(read, float64(batch*perToken)/flops)
	request := prefill + float64(s.Out*step)/batch
	if !(request > 0) {
		return Throughput{}
	}
	return Throughput{Batch: batch, Requests: 1 / request, TokensPerSecond: s.Out / request}
}

// Utilisation is the share of its time that a host of so many replicas is busy with so many calls a month; above 1 they do
// not fit.
func (t Throughput) Utilisation(calls, replicas float64) float64 {
	return calls / float64(float64(t.Requests*replicas)*SecondsPerMonth)
}
