package calculator

// Rule is one row of the table: when it speaks, what for, and on what evidence.
type Rule struct {
	ID      string
	When    Condition
	Outcome string // the outcome that it decides for; empty where it only stands in the way
	Because string // one sentence, said where it speaks
	Unless  string // one sentence, said where its rung is passed
	Sources []string
	Dissent string // counter-evidence, said with it
	Against []string
}

// Conditions that several rules share.
var (
	qualityGap = Is(PrimaryGap, "knowledge", "style", "format", "domain_idiom", "reasoning", "tool_use", "refusal", "preference_quality")
	moneyGap   = Is(PrimaryGap, "cost", "latency")
	reached    = Reaches(CurrentScore, TargetScore, 0)
	// behaviour is what weights can change: everything but facts, access and a format that a grammar can force.
	behaviour     = Is(PrimaryGap, "style", "domain_idiom", "reasoning", "tool_use", "refusal", "preference_quality")
	publicVendor  = Is(DataResidency, "public_api_ok", "vendor_region")
	teacherUsable = Is(Teacher, "strong_terms_ok", "open_licence")
	ownTraining   = Is(TeamCapability, "own_gpus", "ml_infra_team")
	wantsTuning   = Any(behaviour, moneyGap)
	narrowLabels  = All(Is(TaskBreadth, "single_narrow"), Any(Is(OutputKind, "label"), Below(TokensOut, 21)))
)

// fastEnough tells whether the best model answers within the budget. A budget with a latency that is not known counts as
// missed.
var fastEnough = Fact("the best model answers within latency_budget_ms", func(r *Resolved) Truth {
	if r.Unknown(LatencyBudgetMS) {
		return Holds
	}
	return truth(!r.Unknown(BestModelLatencyMS) && r.Likely(BestModelLatencyMS) <= r.Likely(LatencyBudgetMS))
}, LatencyBudgetMS, BestModelLatencyMS)

// enoughExamples tells whether there are examples enough to tune on: 100 for a tone, 200 for labels and for everything
// else (Bucher: 200 to 500 labels; Marquardt: 100 for a tone; OpenAI saw gains at 50 to 100).
var enoughExamples = Fact("there are examples enough to tune on (100 for a tone, else 200)", func(r *Resolved) Truth {
	need := 200.0
	if r.Choice(PrimaryGap) == "style" {
		need = 100
	}
	return truth(r.Likely(LabelledExamples) >= need)
}, LabelledExamples, PrimaryGap)

// enoughPairs is the least for DPO in a narrow domain (practitioners say 1,000 to 2,000).
var enoughPairs = AtLeast(PreferencePairs, 1000)

// Rungs are the rules that decide for an outcome, in the order in which they are asked: the first that holds decides.
var Rungs = []Rule{
	{ID: "R33", Outcome: "migrate_off_closed_tuning", When: Fact("the row that the tune runs on is closing, closed or has a shutdown date", tuneEnds, RunningTunedModel),
		Because: "The model that your tune runs on is being closed, and the tune goes with it: move before anything else.",
		Unless:  "No tune of yours runs on a row that is closing.", Sources: []string{"OAI-dep", "OAI-w3c"}},
	{ID: "R1", Outcome: "build_eval_first", When: Below(EvalSetSize, 1),
		Because: "There is no test set, so nobody could tell whether tuning, or anything else, had helped.",
		Unless:  "There is a test set.", Sources: []string{"OAI-sft", "Hamel", "Miller"}},
	{ID: "R0", Outcome: "stop_no_gap", When: All(reached, Not(moneyGap)),
		Because: "The score that you have is the score that you want, and neither cost nor speed is the complaint: there is nothing to close.",
		Unless:  "There is a gap to close.", Sources: []string{"Source-document"}},
	{ID: "R6", Outcome: "tools_agent", When: Any(Is(PrimaryGap, "actions_needed"), All(Is(PrimaryGap, "knowledge"), Is(KnowledgeChange, "live"))),
		Because: "What is missing is access, to live facts or to actions, and access comes from tools; weights hold neither.",
		Unless:  "Nothing has to be looked up live or acted upon.", Sources: []string{"Gorilla", "Source-document"}},
	{ID: "R17c", Outcome: "continued_pretraining", When: All(Is(PrimaryGap, "domain_idiom", "knowledge"), AtLeast(CorpusTokens, 1e9), Not(Reaches(BestModelScore, TargetScore, -20)), Is(TeamCapability, "ml_infra_team")),
		Because: "The model lacks a language or notation of which you hold a billion tokens or more, and even the best model is far off: that much new text is learned by pretraining on.",
		Unless:  "There is no great body of a language that models lack.", Sources: []string{"Biderman", "Gekhman"}},
	{ID: "R3", Outcome: "structured_output", When: Is(PrimaryGap, "format"),
		Because: "A fixed shape is forced by constrained decoding or checked and mended in code; examples only make it likely.",
		Unless:  "The shape of the output is not the complaint.", Sources: []string{"OAI-so"},
		Dissent: "A strict format can cost reasoning: let the model reason in free text first, then write the shape.", Against: []string{"Tam"}},
	{ID: "R4b", Outcome: "long_context", When: All(Is(PrimaryGap, "knowledge"), AtLeast(CorpusTokens, 1), Below(CorpusTokens, 200001), Is(KnowledgeChange, "none_needed", "static", "yearly"), Not(True(CitationsOrAccessControl))),
		Because: "The facts fit the prompt (up to about 200,000 tokens) and seldom change: put them there once and cache them.",
		Unless:  "The facts do not fit the prompt, change too often, or must be cited.", Sources: []string{"Contextual", "Li"},
		Dissent: "Length alone lowers accuracy, even with the right passage in it: measure before you rely on it.", Against: []string{"Du"}},
	{ID: "R4", Outcome: "rag", When: Is(PrimaryGap, "knowledge"),
		Because: "Missing facts are retrieved: an index is changed in minutes, can cite, and can keep from each reader what is not theirs. Tuning on facts is slow, goes stale and breeds invention.",
		Unless:  "Facts are not what is missing.", Sources: []string{"Ovadia", "Gekhman", "Lin"},
		Dissent: "A vendor of tuning software says that tuning can add knowledge and recommends both; it gives no figures.", Against: []string{"Unsloth"}},
	{ID: "R5", Outcome: "better_model", When: All(qualityGap, Reaches(BestModelScore, TargetScore, 0), publicVendor, fastEnough),
		Because: "A better stock model already passes with the right context, may be used where your data may go, and is fast enough. Prices of a fixed quality keep falling.",
		Unless:  "No better stock model is known to pass in time, where the data may go.", Sources: []string{"Epoch", "a16z", "Medprompt"}},
	{ID: "R2", Outcome: "prompt_fewshot", When: All(Is(PromptingEffort, "none", "basic"), Any(qualityGap, Is(PrimaryGap, "none_measured"))),
		Because: "The prompt has not been worked on systematically. Prompting alone has beaten specialist models, costs days, and every later step starts from it.",
		Unless:  "The prompt has been worked on systematically.", Sources: []string{"Medprompt", "OAI-sft", "Bertsch"},
		Dissent: "On older and smaller models tuning on the same examples was better and cheaper a call than showing them.", Against: []string{"T-Few"}},
	{ID: "R7", Outcome: "prompt_optimiser", When: All(Is(TaskStability, "one_off", "weekly"), wantsTuning, Is(PromptingEffort, "none", "basic", "systematic")),
		Because: "What is asked for changes every week or is done once: a tune would be stale before it paid, and a prompt is changed in an hour.",
		Unless:  "The task stays as it is long enough to train for.", Sources: []string{"GEPA", "Judgement"}},
	{ID: "R34", Outcome: "smaller_stock_model", When: All(moneyGap, Fact("a cheaper stock model meets the target and saves at least as much as tuning", cheaperWins, CheaperModelScore, TargetScore)),
		Because: "A cheaper stock model is known to reach the target, and taking it saves at least as much as tuning would, without the work.",
		Unless:  "No cheaper stock model is known to reach the target for less.", Sources: []string{"Epoch", "Luna"}},
	{ID: "R35", Outcome: "cache_or_batch", When: All(moneyGap, Fact("tuning does not pay back inside the horizon, or caching saves as much", cachingWins, MonthlyCalls, SavingPerCall, Months)),
		Because: "Tuning does not earn its cost back in time. Caching the repeated part and batching what can wait take most of the same saving, now, for nothing.",
		Unless:  "Tuning saves more than caching would, and pays back in time.", Sources: []string{"Cache", "Source-document"}},
	{ID: "R4e", Outcome: "rag_plus_lora", When: All(Is(PrimaryGap, "domain_idiom"), Not(Is(KnowledgeChange, "none_needed")), enoughExamples),
		Because: "Both are missing: facts that change, and the idiom of the domain. Retrieval brings the one and tuning the other; the gains add up.",
		Unless:  "Facts and idiom are not missing together.", Sources: []string{"Balaguer", "RAFT"},
		Dissent: "Where only behaviour was missing, adding retrieval to a tuned model lowered its score.", Against: []string{"OAI-acc"}},
	{ID: "R23b", Outcome: "rlhf", When: All(Is(PrimaryGap, "preference_quality"), AtLeast(PreferencePairs, 100000), Is(TeamCapability, "ml_infra_team")),
		Because: "There are preferences by the hundred thousand and a team that can run a reward model and its training: that is what RLHF takes.",
		Unless:  "There are not preferences and people enough for a reward model.", Sources: []string{"InstructGPT"}},
	{ID: "R19", Outcome: "dpo", When: All(Is(PrimaryGap, "preference_quality"), enoughPairs),
		Because: "People prefer other answers and you hold the pairs: DPO learns from them directly, without a reward model.",
		Unless:  "Preferences are not the complaint, or there are too few pairs.", Sources: []string{"Bernardelle"}},
	{ID: "R9b", Outcome: "distil_small", When: All(Is(PrimaryGap, "reasoning"), teacherUsable, ownTraining),
		Because: "Reasoning is learned best from the checked traces of a stronger model: on one base distillation beat reinforcement learning by far. Sharpen with a verifier afterwards.",
		Unless:  "Reasoning is not the gap, or there is no teacher that may be used.", Sources: []string{"R1", "s1", "LIMO"},
		Dissent: "Imitating answers without their reasoning teaches style, not ability.", Against: []string{"Gudibande"}},
	{ID: "R23", Outcome: "rl_verifiable", When: All(Is(PrimaryGap, "reasoning", "tool_use"), Is(Verifier, "programmatic"), ownTraining, Not(enoughExamples)),
		Because: "A program can tell right from wrong and there is no teacher to copy: reinforcement learning against the verifier sharpens what the model can already do.",
		Unless:  "There is no verifier, or examples teach the same for less.", Sources: []string{"LWR", "G-tune"},
		Dissent: "It may sharpen without extending: at many tries the base model catches up.", Against: []string{"Yue"}},
	{ID: "R14", Outcome: "tool_trace_sft", When: All(Is(PrimaryGap, "tool_use"), enoughExamples),
		Because: "Your tools are used in patterns that stock models do not know, and you hold verified traces of them: that is what supervised tuning copies well.",
		Unless:  "Tool use is not the gap, or there are too few traces.", Sources: []string{"Gorilla", "ToolACE"},
		Dissent: "Models tuned for tools can be narrow: one that led a benchmark of calls failed another of judging its own.", Against: []string{"ToolACE"}},
	{ID: "R12", Outcome: "small_classifier", When: All(narrowLabels, Any(moneyGap, Is(PrimaryGap, "domain_idiom", "style")), enoughExamples),
		Because: "One narrow task with short answers and labels at hand: a small tuned model matches or beats large prompted ones on it, for a fraction of the price and the time.",
		Unless:  "It is not one narrow labelling task with labels at hand.", Sources: []string{"Bucher", "LoRA-Land"}},
	{ID: "R13", Outcome: "distil_small", When: All(moneyGap, teacherUsable, Not(enoughExamples), reached),
		Because: "The large model is good enough and may teach: let it label your own traffic and tune a small one on the checked answers.",
		Unless:  "Examples are there already, or no teacher may be used.", Sources: []string{"DSS", "On-policy", "Terms"}},
	{ID: "R17b", Outcome: "full_sft", When: All(Is(PrimaryGap, "domain_idiom", "tool_use", "reasoning"), AtLeast(LabelledExamples, 100000), Is(TeamCapability, "ml_infra_team"), Not(Reaches(BestModelScore, TargetScore, -10))),
		Because: "A large shift, a hundred thousand examples or more, and a team that can train: here adapters stay below full tuning.",
		Unless:  "Neither the data nor the shift is so large that an adapter could not hold it.", Sources: []string{"Biderman"},
		Dissent: "On data of post-training size an adapter over all layers equals full tuning.", Against: []string{"LWR"}},
	{ID: "R2b", Outcome: "prompt_optimiser", When: All(behaviour, Is(PromptingEffort, "systematic"), AtLeast(LabelledExamples, 10), Not(enoughExamples)),
		Because: "There are a few examples, too few to tune on and enough for an optimiser of prompts, which has beaten reinforcement learning with a fraction of the tries.",
		Unless:  "The examples are enough to tune on, or an optimiser has been used.", Sources: []string{"GEPA", "BetterTogether"}},
	{ID: "R24", Outcome: "collect_data_active_learning", When: All(wantsTuning, Not(enoughExamples)),
		Because: "Tuning is what fits, and there are too few examples for it. Label what the model is least sure of first: a few hundred good labels have done the work of a hundred thousand.",
		Unless:  "There are examples enough.", Sources: []string{"G-active", "OAI-sft", "LIMA"}},
	{ID: "R11", Outcome: "lora_sft", When: wantsTuning,
		Because: "The behaviour is wanted, steady and shown by examples, and a prompt does not hold it: that is what supervised tuning is good at, and an adapter is the cheap way.",
		Unless:  "The gap is not one of behaviour, cost or speed.", Sources: []string{"Marquardt", "LWR", "Tog-lora"}},
	{ID: "R36", Outcome: "prompt_optimiser", When: Is(PromptingEffort, "systematic"),
		Because: "Nothing is measured to be missing. Let an optimiser look for what the prompt can still give, and name the gap.",
		Unless:  "An optimiser has been used already.", Sources: []string{"GEPA"}},
	{ID: "R37", Outcome: "stop_no_gap", When: Condition{},
		Because: "No gap is named, and the prompt has been taken as far as it goes: stop here until something is measured to be missing.", Sources: []string{"Source-document"}},
}

// Blockers stand in the way of an outcome that tunes: each is something that must come first.
var Blockers = []Rule{
	{ID: "R31", When: Fact("the test set is too small to show the gain", powerTooLow, EvalSetSize, CurrentScore, TargetScore),
		Because: "The test set is too small to show the gain that you want: whatever came of it could be chance.", Sources: []string{"Miller"}},
	{ID: "R10", When: Is(DataQuality, "unverified"),
		Because: "Nobody has checked the examples. A model learns their mistakes as faithfully as the rest; a thousand good ones beat many more.", Sources: []string{"LIMA", "G-active"}},
	{ID: "R38", When: Is(TeamCapability, "none"),
		Because: "Nobody on the team has run a training job: somebody has to own the data, the runs and the upkeep.", Sources: []string{"Judgement"}},
	{ID: "R39", When: Fact("the row to tune is closed to new jobs", doorClosed, TunedModel, TrainingRoute),
		Because: "The door to tuning this model is closed. Choose a row that is open, or open weights on GPUs of your own.", Sources: []string{"OAI-dep", "Cohere"}},
	{ID: "R32", When: All(Is(Teacher, "strong_terms_forbid"), Fact("the examples would come from a teacher", fromTeacher, LabelledExamples)),
		Because: "The terms of the teacher forbid training on its answers: use an openly licensed one, or ask counsel.", Sources: []string{"Terms"}},
}

// tuneEnds tells whether the row that a tune runs on today has an end.
func tuneEnds(r *Resolved) Truth {
	if r.Worded(RunningTunedModel) {
		return DoesNotHold
	}
	row := r.tables.FindPrice(r.Choice(RunningTunedModel))
	return truth(row != nil && (row.Tune == "closing" || row.Tune == "closed" || row.Shutdown != ""))
}

func doorClosed(r *Resolved) Truth {
	return truth(r.managed && r.tune != nil && (r.tune.Tune == "closed" || r.tune.Tune == "closing"))
}

func powerTooLow(r *Resolved) Truth {
	e := r.evaluation()
	return truth(!e.Enough)
}

func fromTeacher(r *Resolved) Truth { return truth(r.Likely(LabelledExamples) < 1) }

// cheaperWins compares the cheapest stock model with tuning, over the horizon.
func cheaperWins(r *Resolved) Truth {
	switch r.meets(CheaperModelScore) {
	case "no":
		return DoesNotHold
	case "unknown":
		return NotKnown
	}
	if r.Given(SavingPerCall) {
		return Holds
	}
	m := r.market()
	o := m.cheaper()
	return truth(o.NPV.Valid && o.NPV.Value >= m.terms.NPV())
}

// cachingWins tells whether tuning does not pay, or whether the cached prompt, where today's score is enough, saves as much.
func cachingWins(r *Resolved) Truth {
	m := r.market()
	p := m.terms.Payback()
	if !pays(p.NPV, p.PaysBack) {
		return Holds
	}
	if r.Given(SavingPerCall) || r.meets(CurrentScore) != "yes" || r.Choice(PrimaryGap) == "latency" {
		return DoesNotHold
	}
	o := m.cachedAt(cacheHits.High)
	return truth(o.NPV.Valid && o.NPV.Value >= p.NPV)
}

// pays is the rule of the contract: worth something today, and back inside the horizon.
func pays(npv float64, back bool) bool { return npv > 0 && back }
