package calculator

import "whentofinetune/calculator/cost"

// search decides again with one answer or a few changed. It keeps a copy of what was resolved and changes that, where no
// default hangs on the answer: that is ten times as fast as resolving everything again.
type search struct {
	asked Answers
	now   Resolved
}

func (r *Resolved) search() *search {
	s := &search{asked: r.asked(), now: *r}
	s.now.others = nil
	for _, o := range r.others {
		other := *o
		s.now.others = append(s.now.others, &other)
	}
	return s
}

// derives tells whether defaults hang on in that follow does not fill.
func (s *search) derives(in Input) bool {
	switch in {
	case PrimaryGap, TaskStability, TaskBreadth, PromptingEffort, CurrentScore, TargetScore, BestModelScore, CheaperModelScore, EvalSetSize, KnowledgeChange,
		CorpusTokens, CitationsOrAccessControl, LatencyBudgetMS, BestModelLatencyMS, OutputKind, LabelledExamples, DataQuality, PreferencePairs, Verifier, Teacher,
		TeamCapability, Exposure, MonthlyCalls, VolumeGrowthPercentPerMonth, TokensStatic, TokensVariable, TokensOut, TunedTokensStatic, CacheHitPercent, BatchPercent,
		RetrievedTokens, IndexCost, ListPriceDiscountPercent, BaselinePriceFallPercentPerYear, FallbackPercent, ValuePerExtraPass, SavingPerCall, TrainingExamples,
		LabelsBought, LabelCost, EngineerDays, DayRate, EvalCost, OtherOneOffCost, Replicas, GPUsPerReplica, AdaptersSharingHost, InfraCostPerMonth,
		MaintenanceDaysPerMonth, RetrainEveryMonths, RetrainEffortPercent, MaintenanceCostPerMonth, Months, DiscountRatePercent, SuccessPercent:
		return false
	case BaselinePriceIn, BaselinePriceOut: // a cached price that is not known follows the price, and rows have rules for long prompts
		return s.now.base == nil || !s.now.baseline.plain()
	case TunedPriceIn, TunedPriceOut:
		return s.now.tune == nil || !s.now.tuned.plain()
	}
	return true
}

// plain reports whether the row of a side has a cached price of its own and no rule for long prompts.
func (s *side) plain() bool { return s.hasCached && s.long.above == 0 }

// replacement is what is put in the place of an answer: a number, or the word of a choice.
type replacement struct {
	number cost.Range
	word   string
}

// with decides with one answer changed.
func (s *search) with(in Input, x replacement) decision {
	if s.derives(in) {
		b := s.asked
		b.put(in, given, x.number, x.word)
		return Resolve(s.now.tables, b).decide()
	}
	back := s.change(in, x)
	d := s.now.decide()
	back()
	return d
}

// try decides with one number changed.
func (s *search) try(in Input, x float64) decision {
	return s.with(in, replacement{number: cost.Exactly(x)})
}

// change puts an answer on which no default hangs but those that follow, and returns what takes it back.
func (s *search) change(in Input, x replacement) (back func()) {
	n := len(s.now.others)
	was := []slot{s.now.slot(in)}
	s.now.put(in, given, x.number, x.word)
	s.now.follow()
	for _, o := range s.now.others {
		was = append(was, o.slot(in))
		o.put(in, given, x.number, x.word)
		o.follow()
	}
	return func() {
		s.now.others = s.now.others[:n] // those resolved meanwhile hold the changed answer
		s.now.put(in, was[0].state, was[0].number, was[0].word)
		s.now.follow()
		for i, o := range s.now.others {
			o.put(in, was[i+1].state, was[i+1].number, was[i+1].word)
			o.follow()
		}
	}
}

// slot is what stands for one input.
type slot struct {
	state  state
	number cost.Range
	word   string
}

func (a *Answers) slot(in Input) slot { return slot{a.state[in], a.number[in], a.word[in]} }
