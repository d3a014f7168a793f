package fact

// Maybe is a number that a table may leave out with a dash.
type Maybe struct {
	Value float64
	Known bool
}

// Or returns the number, or other where it is not known.
func (m Maybe) Or(other float64) float64 {
	if m.Known {
		return m.Value
	}
	return other
}

// Known returns x as a number that is there.
func Known(x float64) Maybe { return Maybe{x, true} }

// Origin says where a row's facts come from. Every dated row has one.
type Origin struct {
	_       [0]func() // rows are not compared with ==: a function of each size would weigh on the module
	Source  string    // the title of the document that was read
	Address string    // its address on the web
	Date    string    // the day for which the facts hold: 2026-11-09, 2026-11, 2026 or undated
	Grade   string    // A read at its source, B second-hand, C from general knowledge and not to be printed unchecked
	Line    int       // the row's line in its table
}

// Status says whether a vendor takes tuning jobs.
const (
	Open    = "open"    // anyone may start a job
	Closing = "closing" // some may, until a date
	Closed  = "closed"  // nobody may any more
	None    = "none"    // never offered, or no offer was found
)

// Hosting says how a tuned model is paid for while it runs.
const (
	PerToken  = "per_token" // by the token, like the stock model
	Dedicated = "dedicated" // by the hour, used or not
)

// Price is what one vendor takes for one model. Rates are US dollars a million tokens.
type Price struct {
	ID, Vendor, Model string

	Input, Cached, CacheWrite, Output Maybe
	BatchDiscount                     Maybe // share of the price that a batch saves, 0 to 1

	LongAbove       Maybe   // prompts of more tokens than this cost more, as a whole
	LongIn, LongOut float64 // by which input (also cached) and output are multiplied then; 1 where there is no rule
	Tune            string  // open, closing, closed, none
	TuneSince       string  // the day from which Tune holds, or empty
	TuneUntil       string  // the last day for new jobs, or empty
	TuneSource      string  // address of the source of the tuning facts, or empty
	Train           Training
	PaddingBilled   bool  // rows of the training file that are not packed are billed at full length
	TunedIn         Maybe // the tuned model's own rates
	TunedCached     Maybe
	TunedOut        Maybe
	Hosting         string // per_token, dedicated, or empty: not said
	HostHour        Maybe  // US dollars a GPU-hour of a dedicated deployment
	Shutdown        string // the day on which the model and its tunes stop, or empty
	Also            string // more addresses, parted by spaces, or empty
	Note            string
	Origin
}

// Training is a vendor's price of training by method, in US dollars a million training tokens (tokens x passes), and by
// the hour where the vendor bills time.
type Training struct{ LoRA, Full, DPOLoRA, DPOFull, RL, RLHour Maybe }

// Bracket is a vendor's price for all models of a size. Tables.Price finds it like any other price.
type Bracket struct {
	Price
	Above, UpTo float64 // parameters: more than Above, at most UpTo; UpTo is 0 where there is no upper end
}

// GPU is an accelerator, its measured limits and its rent.
type GPU struct {
	ID, Name  string
	MemoryGB  float64 // 1e9 bytes
	Bandwidth float64 // GB/s of its memory
	TFLOPS    float64 // dense bf16 peak (fp16 where there is no bf16), 1e12 FLOP/s
	Matmul    Maybe   // the most that was measured in matrix products, 1e12 FLOP/s
	PriceLow  Maybe   // US dollars an hour: marketplace
	Price     float64 // a usual secure rent
	PriceHigh Maybe   // hyperscaler or managed
	SpecFrom  string  // address of the specification
	Note      string
	Origin
}

// Model is the shape of an open model, counted from its configuration.
type Model struct {
	ID, Name     string
	Parameters   float64 // all of them
	Active       float64 // those that a token passes
	Layers       float64
	Hidden       float64
	Heads        float64
	KVHeads      float64
	HeadDim      Maybe   // not always Hidden / Heads
	Intermediate float64 // width of the feed-forward network; of one expert in a mixture
	Vocabulary   float64
	Tied         bool // input and output embedding are one matrix
	Context      float64
	CacheWidth   Maybe // values cached a token and layer, where it is not 2 x KVHeads x HeadDim
	Window       Maybe // tokens that the sliding layers keep
	WindowLayers Maybe // how many layers slide
	WeightBytes  Maybe // bytes a parameter of the weights as shipped, where it is not 2
	Licence      string
	Note         string
	Origin
}

// Evidence is a study or document on which rules rest.
type Evidence struct {
	Key, Title, Authors string
	Year                int
	Address             string
	DateRead            string
	Grade               string
	Figure              string // what it measured, in one sentence
	MeasuredOn          string // the generation of models it was measured on, or empty
	HoldsToday          string // whether it would hold today, or empty
	Dissent             string // what speaks against it, or empty
	Line                int
}

// Door is a dated way to tune a vendor's models.
type Door struct {
	Vendor, Route string
	Models        string
	Methods       string
	Status        string // open, closing, closed, none
	Since, Until  string // days, or empty
	Origin
}

// Pair is one named answer as text.
type Pair struct{ Name, Value string }

// Scenario is a worked example: answers and the outcome that the evidence supports.
type Scenario struct {
	ID, Title, Source string
	Inputs            []Pair
	ExpectPrimary     []string
	ExpectNot         []string
	ExpectCall        []string
	Confidence        string // high, medium, lower
	Line              int
}

// Case is a decision that an organisation published, and what came of it.
type Case struct {
	ID, Title, Category string
	Happened            string
	Inputs              []Pair
	Assumed             []string // inputs that the source does not state
	ExpectPrimary       []string
	ExpectNot           []string
	ExpectCall          []string
	Confidence          string
	Origin
}

// Moved is a fact that changed, and when.
type Moved struct {
	ID, Title, Fact string
	Origin
}

// Run is a published training run, a measurement of memory or a measurement of serving.
type Run struct {
	ID, Name string
	Kind     string // training, memory, serving
	Class    string // training: the kind of stack and method whose one default predicts it
	Method   string // lora_sft, qlora_sft, full_sft, dpo_lora, dpo_full, ppo, grpo, pretraining, inference
	Model    string // id in models.txt, or empty: then the shape stands in the row
	Setup    string // words that say how the run differed from the defaults, or empty

	Parameters, Active, Layers, Hidden, Heads, KVHeads, Intermediate, Vocabulary Maybe

	GPU                        string
	GPUs                       Maybe
	Tokens                     Maybe // training: processed over all passes
	Sequence, MicroBatch, Rank Maybe
	TokensIn, TokensOut        Maybe // serving: of one request
	Concurrency                Maybe // serving: requests at once
	GPUHours, WallHours, USD   Maybe // measured
	MemoryGB                   Maybe // measured, 1e9 bytes
	Requests                   Maybe // measured, a second
	TokensPerSecond            Maybe // measured, output
	Bound                      bool  // the measurement is an upper bound
	Caveat                     string
	Origin
}
