package calculator

import "whentofinetune/calculator/cost"

// Rule is one row of a table: when it speaks, what for, and on what evidence.
type Rule struct {
	ID      string
	When    Condition
	Outcome string                   // the outcome that it decides for, forbids or speaks with; empty where it concerns every tune
	Call    Call                     // where the outcome alone does not say it
	Because string                   // one sentence, said where it speaks
	Now     func(r *Resolved) string // what the answers make of it, said after Because
	Unless  string                   // one sentence, said where its rung is passed
	Sources []string
	Dissent string // counter-evidence, said with it
	Against []string
}

// Conditions that several rules share.
var (
	qualityGap = Is{PrimaryGap, oneOf{"knowledge", "style", "format", "domain_idiom", "reasoning", "tool_use", "refusal", "preference_quality"}}
	moneyGap   = Is{PrimaryGap, oneOf{"cost", "latency"}}
	reached    = Reaches{CurrentScore, TargetScore, 0}
	// behaviour is what weights can change: everything but facts, access and a format that a grammar can force.
	behaviour    = Is{PrimaryGap, oneOf{"style", "domain_idiom", "reasoning", "tool_use", "refusal", "preference_quality"}}
	better       = Any{&qualityGap, Is{PrimaryGap, oneOf{"none_measured"}}}
	publicVendor = Is{DataResidency, oneOf{"public_api_ok", "vendor_region"}}
	unworked     = Is{PromptingEffort, oneOf{"none", "basic"}}
	moving       = Is{TaskStability, oneOf{"one_off", "weekly"}}
	ownTraining  = Is{TeamCapability, oneOf{"own_gpus", "ml_infra_team"}}
	// teacherUsable: an openly licensed teacher runs anywhere, one behind an API only where the data may go there.
	teacherUsable = Any{Is{Teacher, oneOf{"open_licence"}}, All{Is{Teacher, oneOf{"strong_terms_ok"}}, &publicVendor}}
	// canReinforce: Google, Fireworks and Thinking Machines run reinforcement as a managed job.
	canReinforce = Any{&ownTraining, All{Is{TeamCapability, oneOf{"managed_jobs"}}, &publicVendor}}
	wantsTuning  = Any{&behaviour, &moneyGap}
	// factsToo: facts are needed beside the behaviour, and weights neither follow them nor cite them.
	factsToo     = Any{Not{Is{KnowledgeChange, oneOf{"none_needed"}}}, True{CitationsOrAccessControl}}
	narrowLabels = All{Is{TaskBreadth, oneOf{"single_narrow"}}, Any{Is{OutputKind, oneOf{"label"}}, Not{AtLeast{TokensOut, 21}}}}
)

// fastEnough tells whether the best model answers within the budget. A budget with a latency that is not known counts as
// missed.
var fastEnough = Fact{"the best model answers within latency_budget_ms", func(r *Resolved) Truth {
	if r.Unknown(LatencyBudgetMS) {
		return Holds
	}
	return inTime(r)
}, []Input{LatencyBudgetMS, BestModelLatencyMS}}

// knownInTime wants both the budget and the latency.
var knownInTime = Fact{"the best model is known to answer within latency_budget_ms", inTime, []Input{LatencyBudgetMS, BestModelLatencyMS}}

func inTime(r *Resolved) Truth {
	return truth(!r.Unknown(LatencyBudgetMS) && !r.Unknown(BestModelLatencyMS) && r.Likely(BestModelLatencyMS) <= r.Likely(LatencyBudgetMS))
}

// enoughExamples tells whether there are examples enough to tune on.
var enoughExamples = Fact{"there are examples enough to tune on (100 for a tone, 1,000 for a broad assistant or a preference, else 200)", func(r *Resolved) Truth {
	return truth(r.Likely(LabelledExamples) >= r.examplesNeeded())
}, []Input{LabelledExamples, PrimaryGap, TaskBreadth}}

// examplesNeeded is the least to tune on: 100 for a tone (Marquardt), 1,000 for general chat (LIMA), else 200 (Bucher saw 200 to
// 500 labels, OpenAI gains at 50 to 100).
func (r *Resolved) examplesNeeded() float64 {
	switch gap := r.Choice(PrimaryGap); {
	case gap == "style":
		return 100
	case gap == "preference_quality" || r.Choice(TaskBreadth) == "broad_assistant":
		return 1000
	}
	return 200
}

// leastPairs is the least for DPO in a narrow domain (practitioners say 1,000 to 2,000).
const leastPairs = 1000

var enoughPairs = AtLeast{PreferencePairs, leastPairs}

// cheaperPasses tells whether a cheaper stock model is known to pass.
var cheaperPasses = Fact{"a cheaper stock model is known to reach target_score", func(r *Resolved) Truth {
	return truth(r.meets(CheaperModelScore) == "yes")
}, []Input{CheaperModelScore, TargetScore}}

// tuneEnds tells whether the row that a tune runs on today has an end within the horizon.
func tuneEnds(r *Resolved) Truth {
	row := r.runsOn()
	return truth(row != nil && (row.Tune == "closing" || row.Tune == "closed" || row.Shutdown != ""))
}

// doorClosed tells whether the row to tune takes no new jobs. On GPUs of one's own it is no nearer: such rows are vendors' weights.
func doorClosed(r *Resolved) Truth {
	return truth(r.tune != nil && (r.tune.Tune == "closed" || r.tune.Tune == "closing"))
}

func powerTooLow(r *Resolved) Truth {
	e := r.evaluation()
	return truth(!e.Enough)
}

// shortOfMemory tells whether an adapter on own GPUs fits only with quantised weights.
func shortOfMemory(r *Resolved) Truth {
	job := r.job(r.likely())
	if r.managed || job.Method != cost.LoRA {
		return DoesNotHold
	}
	memory := r.hardware().MemoryGB
	need := job.GPUs(memory)
	job.Method = cost.QLoRA
	fits := job.GPUs(memory)
	return truth(fits > 0 && (need == 0 || fits < need))
}

// cheaperWins compares the cheapest stock model with tuning, over the horizon. Where its score is not known and it would win if
// it passed, it cannot be known. A saving that was given is taken to be over the best other way.
func cheaperWins(r *Resolved) Truth {
	meets := r.meets(CheaperModelScore)
	switch {
	case meets == "no":
		return DoesNotHold
	case r.Given(SavingPerCall): // nothing is known of prices
		return truth(meets == "yes")
	}
	m := r.lasting()
	if o := m.cheaper(); !o.NPV.Valid || o.NPV.Value < m.terms.NPV() {
		return DoesNotHold
	}
	if meets == "unknown" {
		return NotKnown
	}
	return Holds
}

// unpaid holds where tuning does not pay.
var unpaid = Fact{"tuning does not pay inside the horizon", func(r *Resolved) Truth {
	return truth(!r.paysBack())
}, []Input{MonthlyCalls, SavingPerCall, Months}}

// fullPays holds unless all weights are dearer to train than an adapter by what the adapter earns.
var fullPays = Fact{"full tuning pays, or an adapter does not either", func(r *Resolved) Truth {
	return truth(r.Given(Method) || !r.paysBack() || r.withMethod("full_sft").paysBack())
}, []Input{Method, MonthlyCalls, TrainingExamples}}

// cachingHelps holds where caching the repeated part, or batching what can wait, saves anything: prices are known, and not all is
// cached and batched already.
var cachingHelps = Fact{"caching or batching still saves something", func(r *Resolved) Truth {
	return truth(r.cachingSaves())
}, []Input{BaselineModel, CacheHitPercent, BatchPercent, TokensStatic}}

func (r *Resolved) cachingSaves() bool {
	if r.Given(SavingPerCall) { // nothing is known of prices
		return true
	}
	m := r.lasting()
	now := m.today().PerCall
	for _, o := range [...]Option{m.cached(), m.batched()} {
		if o.PerCall.Valid && now.Valid && o.PerCall.Value < now.Value {
			return true
		}
	}
	return r.Likely(MonthlyCalls) <= 0 // where nothing is called, nothing is known to cost
}

// cachingWins tells whether the cached prompt, where today's score is enough, saves at least as much as tuning.
func cachingWins(r *Resolved) Truth {
	if r.Given(SavingPerCall) || r.meets(CurrentScore) != "yes" {
		return DoesNotHold
	}
	m := r.lasting()
	o := m.cached()
	return truth(o.NPV.Valid && o.NPV.Value >= m.terms.NPV())
}
