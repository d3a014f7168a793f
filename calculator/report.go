package calculator

import "strings"

// A Report is everything that the calculator has to say about one set of answers. Every view (page, terminal, JSON,
// memo) is a printer of this value. Field names of its JSON form are promised: paths such as payback.npv are used by
// pages, links and tests. Money is in US dollars, unrounded; nothing rounds but the printer.
//
// A number that has no finite value is Null.
type Report struct {
	Verdict     Verdict
	Payback     Payback
	Options     []Option
	Training    Training
	Memory      Memory
	Serving     Serving
	Evaluation  Evaluation
	CostPerCall CostPerCall
	Readiness   Readiness
	Assumed     []string // names of inputs that took their default
	Unknown     []string // names of inputs that are unknown, those that the verdict hangs on most first
	Forced      []string // names of inputs that data_residency decides, whatever was answered
	Complaints  []Complaint
	Sources     []Source
}

// Call is the answer in one word.
type Call string

const (
	FineTune Call = "fine_tune"
	NotYet   Call = "not_yet"
	DoNot    Call = "do_not"
)

// Maybe is a number that may be missing (printed as null).
type Maybe struct {
	_     [0]func() // not compared with ==: a function of each size of report would weigh on the module
	Value float64
	Valid bool
}

// Null is the number that is not there.
var Null = Maybe{}

// Some returns x as a number that is there, or Null where x is not finite.
func Some(x float64) Maybe {
	if x = float64(x); x != x || x-x != 0 { // rounded first: a fused x-x is what rounding left
		return Null
	}
	return Maybe{Value: x, Valid: true}
}

// Verdict is the decision and all that argues for it.
type Verdict struct {
	Call           Call
	Primary        string // an outcome id
	RunnerUp       string // an outcome id, or empty
	Because        []Reason
	Blockers       []Reason
	Passed         []Passed
	FindOut        []Unsure // unknowns that could change the verdict, most first
	Flips          []Flip
	NextExperiment Experiment
	Risks          []Risk
}

// Reason is a rule that spoke: its id, its sentence, the inputs it looked at and the evidence it rests on.
type Reason struct {
	Rule    string
	Text    string
	Inputs  []string
	Sources []string
	Dissent bool // counter-evidence, printed like any other reason and marked
}

// Passed is a rung of the ladder above the one that decided, and the fact that ruled it out.
type Passed struct {
	Outcome string
	Rule    string
	Why     string // the fact in words
	Text    string // Why with the answers that it rests on, by their ids
	Inputs  []string
}

// Unsure is an unknown that could change the verdict.
type Unsure struct {
	Input string
	Text  string
}

// Flip is a smallest single change that turns the call or the primary; deciding again with Input set to To gives Call
// and Primary.
type Flip struct {
	Input, From, To string
	Call            Call
	Primary         string
}

// Experiment is the cheapest next thing to try.
type Experiment struct {
	Text     string
	CostUSD  float64
	StopRule string
}

// Risk is something the outcome brings with it, and the test that shows it.
type Risk struct {
	Name, Text, Test string
	Sources          []string
}

// Readiness is the way from the examples at hand to what could be tuned on; it has no steps where examples close no gap.
type Readiness struct {
	Examples, Needed Maybe
	Steps            []Step
}

// Step is one way to examples. Status is done, next (the cheapest that is left), open or closed; Text says what it takes, or why
// it is closed.
type Step struct {
	Step, Title, Status, Text string
	Sources                   []string
}

// Payback is the money of the tuned option against the baseline.
type Payback struct {
	MonthlySaving, MonthlyRunningCost, MonthlyNet, UpfrontCost Maybe
	BreakEvenMonths, DiscountedBreakEvenMonth                  Maybe
	PaysBackWithinHorizon                                      bool
	BreakEvenCalls, BreakEvenCallsPerMonth                     Maybe
	BreakEvenSavingPerCall                                     Maybe
	HorizonMonths                                              int
	NetBenefit, NPV, NPVIfShipped, Probability                 Maybe
	AtRisk                                                     AtRisk
	NetBenefitP10, NetBenefitP50, NetBenefitP90                Maybe
	BreakEvenP10, BreakEvenP90                                 Maybe // months, over draws that ship; null where that draw never breaks even
	ByMonth                                                    []Month
	Lines                                                      []Line
	Tornado                                                    []Swing
	Drawn                                                      bool // the Monte Carlo fields are filled
}

// AtRisk is what can be lost.
type AtRisk struct{ IfNotShipped, WorstCumulative, Pilot Maybe }

// Month is one month of production.
type Month struct {
	Month                                                     int
	Baseline, Tuned, Cumulative, CumulativeP10, CumulativeP90 Maybe
}

// Line is one part of the bill.
type Line struct {
	Name             string
	OneOff, PerMonth float64
}

// Swing is how far NPV moves when one input goes from its low to its high value.
type Swing struct {
	Input     string
	Low, High float64
}

// Option is one way to serve the same volume.
type Option struct {
	Option                                 string
	MeetsTarget                            string // yes, no, unknown
	Upfront, PerMonth, PerCall, Total, NPV Maybe
	Note                                   string
	Unsound                                bool // its price does not hold, for what is paid for could not be done
}

// Training is the compute of training.
type Training struct {
	FLOPs, GPUHoursPerRun, WallHoursPerRun, USDPerRun, Runs, USD, MFUPercent Maybe
	AttentionFLOPs, RolloutGPUHours, TrainingTokens                          Maybe
}

// Memory is the memory of training and of serving one request.
type Memory struct {
	TrainingGB, InferenceGB, KVBytesPerToken Maybe
	GPUs                                     Maybe // GPUs that training needs
	Parts                                    []MemoryPart
}

// MemoryPart is one part of the training memory, in GB (1e9 bytes).
type MemoryPart struct {
	Part string
	GB   float64
}

// Serving is the tuned model on GPUs of one's own or a dedicated deployment.
type Serving struct {
	OutputTokensPerSecond, RequestsPerSecond, UtilisationPercent, USDPerMillionOutputTokens, GPUs Maybe
}

// Evaluation is what the held-out set can tell.
type Evaluation struct {
	HalfWidthPoints, DetectablePoints, ExamplesNeeded, PairedExamplesNeeded Maybe
	ExamplesForScore                                                        Maybe // items that give today's score to within 5 points
	Enough                                                                  bool
}

// CostPerCall is one call in month 1, in US dollars.
type CostPerCall struct{ Baseline, Tuned CallCost }

// CallCost is a call's parts.
type CallCost struct{ Input, Cached, Output, Total Maybe }

// Complaint is one thing wrong with one input. Unsound is one that leaves the money without ground: what is paid for could not
// be done.
type Complaint struct {
	Input, Given, Text string
	Unsound            bool
}

// Unsound is the complaint that leaves the money without ground, in its first sentence; empty where there is none.
func (r *Report) Unsound() string {
	for _, c := range r.Complaints {
		if c.Unsound {
			first, _, _ := strings.Cut(c.Text, ". ")
			return strings.TrimSuffix(first, ".") + "."
		}
	}
	return ""
}

// Source is evidence or a price row that the report rests on.
type Source struct{ Key, Title, Address, Date, Grade string }
