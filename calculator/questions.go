package calculator

// Questions are all inputs, in the order in which they are asked.
//
// A default written low..likely..high carries that range. The source of every default that is a judgement or a
// measurement stands in its hint or in DefaultNote.
var Questions = [Inputs]Question{
	// The task
	PrimaryGap: {ID: "primary_gap", Label: "What is missing", Hint: "the gap that you measured, not the one that you suspect",
		Kind: KindChoice, Choices: gaps, Default: "none_measured", Group: GroupTask},
	TaskStability: {ID: "task_stability", Label: "How often the task changes", Hint: "its rules, labels or format",
		Kind: KindChoice, Choices: stabilities, Default: "monthly", Group: GroupTask},
	TaskBreadth: {ID: "task_breadth", Label: "How broad the task is", Hint: "narrow tasks suit small tuned models",
		Kind: KindChoice, Choices: breadths, Default: "a_few", Group: GroupTask},
	PromptingEffort: {ID: "prompting_effort", Label: "Work put into the prompt", Hint: "systematic: measured on a test set, with examples and variants",
		Kind: KindChoice, Choices: efforts, Default: "basic", Group: GroupTask},
	CurrentScore: {ID: "current_score", Label: "Passes your test today", Hint: "with today's prompt and model", Unit: "percent of held-out items",
		Kind: KindPercent, Max: 100, Unknown: true, Default: "unknown", Group: GroupTask},
	TargetScore: {ID: "target_score", Label: "Must pass", Hint: "what the use needs", Unit: "percent of held-out items",
		Kind: KindPercent, Max: 100, Unknown: true, Default: "unknown", Group: GroupTask},
	BestModelScore: {ID: "best_model_score", Label: "Best stock model, same test", Hint: "with the right context; price, speed and residency apart", Unit: "percent of held-out items",
		Kind: KindPercent, Max: 100, Unknown: true, Default: "unknown", Group: GroupTask},
	CheaperModelScore: {ID: "cheaper_model_score", Label: "Cheaper stock model, same test", Hint: "the honest rival of a tune for cost", Unit: "percent of held-out items",
		Kind: KindPercent, Max: 100, Unknown: true, Default: "unknown", Group: GroupTask},
	EvalSetSize: {ID: "eval_set_size", Label: "Held-out test items", Hint: "never used for training or for the prompt", Unit: "items",
		Kind: KindCount, Max: 1e9, Default: "0", Group: GroupTask},
	KnowledgeChange: {ID: "knowledge_change", Label: "How often the needed facts change", Hint: "facts that the model must know and cannot",
		Kind: KindChoice, Choices: changes, Default: "none_needed", Group: GroupTask},
	CorpusTokens: {ID: "corpus_tokens", Label: "Corpus", Hint: "the documents that hold those facts", Unit: "tokens",
		Kind: KindNumber, Max: 1e15, Default: "0", Group: GroupTask},
	CitationsOrAccessControl: {ID: "citations_or_access_control", Label: "Answers must cite or obey access rights", Hint: "weights can do neither",
		Kind: KindBool, Default: "false", Group: GroupTask},
	LatencyBudgetMS: {ID: "latency_budget_ms", Label: "Latency budget", Hint: "at p95; unknown means there is none", Unit: "ms",
		Kind: KindNumber, Min: 1, Max: 1e9, Unknown: true, Default: "unknown", Group: GroupTask},
	BestModelLatencyMS: {ID: "best_model_latency_ms", Label: "Latency of the best stock model", Hint: "at p95, on your calls", Unit: "ms",
		Kind: KindNumber, Min: 1, Max: 1e9, Unknown: true, Default: "unknown", Group: GroupTask},
	OutputKind: {ID: "output_kind", Label: "What a call returns", Hint: "labels need no language model at all",
		Kind: KindChoice, Choices: outputs, Default: "text", Group: GroupTask},

	// The data
	LabelledExamples: {ID: "labelled_examples", Label: "Labelled examples at hand", Hint: "input and wanted answer", Unit: "examples",
		Kind: KindCount, Max: 1e12, Default: "0", Group: GroupData},
	DataQuality: {ID: "data_quality", Label: "Who checked them", Hint: "a model copies the faults of its examples",
		Kind: KindChoice, Choices: qualities, Default: "spot_checked", Group: GroupData},
	PreferencePairs: {ID: "preference_pairs", Label: "Preference pairs", Hint: "one answer chosen over another", Unit: "pairs",
		Kind: KindCount, Max: 1e12, Default: "0", Group: GroupData},
	Verifier: {ID: "verifier", Label: "What can check an answer", Hint: "tests, a parser, a rule: programmatic",
		Kind: KindChoice, Choices: verifiers, Default: "none", Group: GroupData},
	Teacher: {ID: "teacher", Label: "A stronger model to learn from", Hint: "and whether its terms allow training on its answers",
		Kind: KindChoice, Choices: teachers, Default: "strong_terms_forbid", Group: GroupData},

	// The team and its limits
	DataResidency: {ID: "data_residency", Label: "Where the data may go", Hint: "own cloud and air-gapped force your own GPUs",
		Kind: KindChoice, Choices: residencies, Default: "public_api_ok", Group: GroupTeam},
	TeamCapability: {ID: "team_capability", Label: "What the team can run", Hint: "today, without hiring",
		Kind: KindChoice, Choices: capabilities, Default: "managed_jobs", Group: GroupTeam},
	Exposure: {ID: "exposure", Label: "Who sees the answers", Hint: "tuning can weaken refusals",
		Kind: KindChoice, Choices: exposures, Default: "internal", Group: GroupTeam},
	StartDate: {ID: "start_date", Label: "Start of production", Hint: "unknown: the day the facts were collected",
		Kind: KindDate, Unknown: true, Default: "unknown", Group: GroupTeam},
	BaseModelRetirement: {ID: "base_model_retirement", Label: "The base model retires on", Hint: "unknown: the tuned row's shutdown, if it has one",
		Kind: KindDate, Unknown: true, Default: "unknown", Group: GroupTeam},
	RunningTunedModel: {ID: "running_tuned_model", Label: "A tune of yours runs on", Hint: "its row in the price table",
		Kind: KindCatalog, Catalog: PriceCatalog, Word: "none", Default: "none", Group: GroupTeam},

	// Volume and price of a call
	MonthlyCalls: {ID: "monthly_calls", Label: "Calls a month", Hint: "in the first month", Unit: "calls a month",
		Kind: KindNumber, Max: 1e15, Default: "10000", Group: GroupVolume, First: 1},
	VolumeGrowthPercentPerMonth: {ID: "volume_growth_percent_per_month", Label: "Growth of the calls", Hint: "negative shrinks", Unit: "% a month",
		Kind: KindPercent, Min: -100, Max: 100, Default: "0", Group: GroupVolume},
	TokensStatic: {ID: "tokens_static", Label: "Tokens a call, repeated", Hint: "the part of the prompt that is the same every time", Unit: "tokens a call",
		Kind: KindNumber, Max: 1e8, Default: "1500", Group: GroupVolume, First: 2},
	TokensVariable: {ID: "tokens_variable", Label: "Tokens a call, the rest of the prompt", Hint: "what changes from call to call", Unit: "tokens a call",
		Kind: KindNumber, Max: 1e8, Default: "500", Group: GroupVolume, First: 2},
	TokensOut: {ID: "tokens_out", Label: "Tokens a call, the answer", Hint: "with its hidden reasoning", Unit: "tokens a call",
		Kind: KindNumber, Max: 1e8, Default: "200", Group: GroupVolume, First: 2},
	TunedTokensStatic: {ID: "tuned_tokens_static", Label: "Repeated part after tuning", Hint: "what the prompt keeps", Unit: "tokens a call",
		Kind: KindNumber, Max: 1e8, DefaultNote: "half of tokens_static", Group: GroupVolume},
	CacheHitPercent: {ID: "cache_hit_percent", Label: "Repeated part read from cache", Hint: "your logs say", Unit: "% of calls",
		Kind: KindPercent, Max: 100, DefaultNote: "30..70..95 where the row has a cached price and the repeated part has 1,024 tokens or more, else 0", Group: GroupVolume, First: 3},
	BatchPercent: {ID: "batch_percent", Label: "Calls that can wait for a batch", Hint: "most vendors halve the price", Unit: "% of calls",
		Kind: KindPercent, Max: 100, Default: "0", Group: GroupVolume},
	BaselineModel: {ID: "baseline_model", Label: "Model without tuning", Hint: "what the calls would run on",
		Kind: KindCatalog, Catalog: PriceCatalog, Default: "gpt-6.1-terra", Group: GroupVolume, First: 4},
	TunedModel: {ID: "tuned_model", Label: "Model to tune", Hint: "a row with a tuned price and an open door",
		Kind: KindCatalog, Catalog: PriceCatalog, Default: "tinker-qwen3-8b-lora", Group: GroupVolume, First: 6},
	RetrievedTokens: {ID: "retrieved_tokens", Label: "Tokens that retrieval adds", Hint: "for the retrieval option", Unit: "tokens a call",
		Kind: KindNumber, Max: 1e8, Default: "2000", Group: GroupVolume},
	IndexCost: {ID: "index_cost", Label: "Building the index", Hint: "for the retrieval option", Unit: "US dollars",
		Kind: KindMoney, Max: 1e12, Default: "100..300..1000", Group: GroupVolume},
	BaselinePriceIn: {ID: "baseline_price_in", Label: "Baseline, input", Hint: "before any discount", Unit: "US dollars a million tokens",
		Kind: KindMoney, Max: 1e6, DefaultNote: "the row's", Group: GroupVolume},
	BaselinePriceCached: {ID: "baseline_price_cached", Label: "Baseline, cached input", Hint: "without a price: as input", Unit: "US dollars a million tokens",
		Kind: KindMoney, Max: 1e6, DefaultNote: "the row's", Group: GroupVolume},
	BaselinePriceOut: {ID: "baseline_price_out", Label: "Baseline, output", Hint: "before any discount", Unit: "US dollars a million tokens",
		Kind: KindMoney, Max: 1e6, DefaultNote: "the row's", Group: GroupVolume},
	TunedPriceIn: {ID: "tuned_price_in", Label: "Tuned, input", Hint: "before any discount", Unit: "US dollars a million tokens",
		Kind: KindMoney, Max: 1e6, DefaultNote: "the row's", Group: GroupVolume},
	TunedPriceCached: {ID: "tuned_price_cached", Label: "Tuned, cached input", Hint: "without a price: as input", Unit: "US dollars a million tokens",
		Kind: KindMoney, Max: 1e6, DefaultNote: "the row's", Group: GroupVolume},
	TunedPriceOut: {ID: "tuned_price_out", Label: "Tuned, output", Hint: "before any discount", Unit: "US dollars a million tokens",
		Kind: KindMoney, Max: 1e6, DefaultNote: "the row's", Group: GroupVolume},
	ListPriceDiscountPercent: {ID: "list_price_discount_percent", Label: "Off the list price", Hint: "both models", Unit: "%",
		Kind: KindPercent, Max: 100, Default: "0", Group: GroupVolume},
	BaselinePriceFallPercentPerYear: {ID: "baseline_price_fall_percent_per_year", Label: "Fall of the baseline's price", Hint: "negative rises", Unit: "% a year",
		Kind: KindPercent, Min: -100, Max: 100, Default: "0..50..90", DefaultNote: "Epoch and a16z measured a ninth to a tenth a year, and less, for those who change models", Group: GroupVolume},
	FallbackPercent: {ID: "fallback_percent", Label: "Calls that fall back", Hint: "they run again on the baseline after the tuned model", Unit: "% of calls",
		Kind: KindPercent, Max: 100, Default: "0", Group: GroupVolume},
	ValuePerExtraPass: {ID: "value_per_extra_pass", Label: "Worth of a call that newly passes", Hint: "quality in money; 0 counts saving alone", Unit: "US dollars",
		Kind: KindMoney, Max: 1e9, Default: "0", Group: GroupVolume},
	SavingPerCall: {ID: "saving_per_call", Label: "Saving a call", Hint: "given, tokens, prices and fallback are not looked at", Unit: "US dollars",
		Kind: KindMoney, Min: -1e6, Max: 1e6, DefaultNote: "computed from tokens and prices", Group: GroupVolume},

	// Investment
	Method: {ID: "method", Label: "Method", Hint: "not sure? leave it; the verdict says if another fits better",
		Kind: KindChoice, Choices: methods, Default: "lora_sft", Group: GroupInvestment, First: 5},
	Model: {ID: "model", Label: "Shape of the model", Hint: "for training, memory and your own GPUs",
		Kind: KindCatalog, Catalog: ModelCatalog, Default: "llama-3.1-8b", Group: GroupInvestment},
	ModelParameters: {ID: "model_parameters", Label: "Parameters", Hint: "all of them, in memory", Unit: "parameters",
		Kind: KindNumber, Min: 1e5, Max: 1e14, DefaultNote: "the row's", Group: GroupInvestment},
	ActiveParameters: {ID: "active_parameters", Label: "Active parameters", Hint: "those that a token passes: fewer for mixtures of experts", Unit: "parameters",
		Kind: KindNumber, Min: 1e5, Max: 1e14, DefaultNote: "the row's, at most the parameters", Group: GroupInvestment},
	Layers: {ID: "layers", Label: "Layers", Unit: "layers",
		Kind: KindCount, Min: 1, Max: 10000, DefaultNote: "the row's", Group: GroupInvestment},
	HiddenSize: {ID: "hidden_size", Label: "Hidden size", Unit: "values",
		Kind: KindCount, Min: 1, Max: 1e6, DefaultNote: "the row's", Group: GroupInvestment},
	Vocabulary: {ID: "vocabulary", Label: "Vocabulary", Unit: "tokens",
		Kind: KindCount, Min: 1, Max: 1e8, DefaultNote: "the row's", Group: GroupInvestment},
	Heads: {ID: "heads", Label: "Attention heads", Unit: "heads",
		Kind: KindCount, Min: 1, Max: 10000, DefaultNote: "the row's", Group: GroupInvestment},
	KVHeads: {ID: "kv_heads", Label: "Key-value heads", Hint: "fewer than heads where they are shared", Unit: "heads",
		Kind: KindCount, Min: 1, Max: 10000, DefaultNote: "the row's", Group: GroupInvestment},
	TrainingExamples: {ID: "training_examples", Label: "Examples to train on", Hint: "1,500, 1.5k or a range", Unit: "examples",
		Kind: KindNumber, Min: 1, Max: 1e12, DefaultNote: "labelled_examples if above 0, else 2,000", Group: GroupInvestment, First: 7},
	TokensPerExample: {ID: "tokens_per_example", Label: "Tokens an example", Hint: "prompt and answer", Unit: "tokens",
		Kind: KindNumber, Min: 1, Max: 1e8, Default: "500", Group: GroupInvestment},
	Epochs: {ID: "epochs", Label: "Passes over the examples", Unit: "passes",
		Kind: KindNumber, Min: 0.01, Max: 1000, Default: "3", Group: GroupInvestment},
	TrainingTokens: {ID: "training_tokens", Label: "Training tokens", Hint: "over all passes; given, it replaces the three above", Unit: "tokens",
		Kind: KindNumber, Min: 1, Max: 1e16, DefaultNote: "examples x tokens x passes", Group: GroupInvestment},
	PackingPercent: {ID: "packing_percent", Label: "Share of a row that is text", Hint: "100 when examples are packed, about 50 when padded; few vendors bill the padding", Unit: "%",
		Kind: KindPercent, Min: 1, Max: 100, Default: "100", Group: GroupInvestment},
	WastePercent: {ID: "waste_percent", Label: "GPU time lost", Hint: "failed and idle, own GPUs only", Unit: "%",
		Kind: KindPercent, Max: 1000, Default: "10", Group: GroupInvestment},
	RolloutPrompts: {ID: "rollout_prompts", Label: "Rollout prompts", Hint: "PPO and GRPO, over the whole run", Unit: "prompts",
		Kind: KindNumber, Min: 1, Max: 1e12, Default: "10000", Group: GroupInvestment},
	RolloutsPerPrompt: {ID: "rollouts_per_prompt", Label: "Samples a prompt", Hint: "PPO and GRPO", Unit: "samples",
		Kind: KindNumber, Min: 1, Max: 100000, Default: "8", Group: GroupInvestment},
	RolloutTokens: {ID: "rollout_tokens", Label: "Tokens a sample", Hint: "PPO and GRPO", Unit: "tokens",
		Kind: KindNumber, Min: 1, Max: 1e7, Default: "1000", Group: GroupInvestment},
	TrainingStack: {ID: "training_stack", Label: "Training software", Hint: "vendor-tuned: packed FP8 on H100 or newer",
		Kind: KindChoice, Choices: stacks, Default: "plain", Group: GroupInvestment},
	TrainingRoute: {ID: "training_route", Label: "Where it is trained", Hint: "own GPUs are forced by own cloud and air-gapped",
		Kind: KindChoice, Choices: routes, DefaultNote: "managed where the row offers it, else own_gpus", Group: GroupInvestment},
	ManagedPricePerMillion: {ID: "managed_price_per_million", Label: "Managed training", Hint: "already the method's: DPO is not doubled again", Unit: "US dollars a million tokens",
		Kind: KindMoney, Max: 1e6, DefaultNote: "the row's", Group: GroupInvestment},
	GPU: {ID: "gpu", Label: "GPU", Hint: "for your own training and hosting",
		Kind: KindCatalog, Catalog: GPUCatalog, Default: "h100-sxm", Group: GroupInvestment},
	GPUCount: {ID: "gpu_count", Label: "GPUs to train on", Unit: "GPUs",
		Kind: KindCount, Min: 1, Max: 1e6, DefaultNote: "as many as the memory needs", Group: GroupInvestment},
	GPUPricePerHour: {ID: "gpu_price_per_hour", Label: "Price of a GPU", Hint: "rented; marketplace to hyperscaler", Unit: "US dollars an hour",
		Kind: KindMoney, Max: 1e5, DefaultNote: "the row's", Group: GroupInvestment},
	MFUPercent: {ID: "mfu_percent", Label: "Share of the GPU's peak in use", Hint: "of dense bf16", Unit: "%",
		Kind: KindPercent, Min: 0.1, Max: 100, DefaultNote: "by method and stack, with its range", Group: GroupInvestment},
	SequenceLength: {ID: "sequence_length", Label: "Sequence length", Unit: "tokens",
		Kind: KindCount, Min: 1, Max: 1e8, Default: "2048", Group: GroupInvestment},
	MicroBatch: {ID: "micro_batch", Label: "Sequences at a time", Hint: "on one GPU", Unit: "sequences",
		Kind: KindCount, Min: 1, Max: 1e6, Default: "1", Group: GroupInvestment},
	LoRARank: {ID: "lora_rank", Label: "LoRA rank", Unit: "rank",
		Kind: KindCount, Min: 1, Max: 65536, Default: "16", Group: GroupInvestment},
	Checkpointing: {ID: "checkpointing", Label: "Recompute activations", Hint: "less memory, a third more work",
		Kind: KindBool, Default: "true", Group: GroupInvestment},
	FusedLoss: {ID: "fused_loss", Label: "Fused loss", Hint: "no logits in memory",
		Kind: KindBool, Default: "false", Group: GroupInvestment},
	TrainingRuns: {ID: "training_runs", Label: "Runs until one ships", Hint: "the first rarely does", Unit: "runs",
		Kind: KindNumber, Min: 1, Max: 10000, DefaultNote: "LoRA 3..8..30, full SFT 2..5..10, DPO 2..4..8, RL 1..3..6, pretraining 1.1", Group: GroupInvestment},
	LabelsBought: {ID: "labels_bought", Label: "Labels to buy", Unit: "labels",
		Kind: KindNumber, Max: 1e12, Default: "0", Group: GroupInvestment},
	LabelCost: {ID: "label_cost", Label: "Price of a label", Unit: "US dollars",
		Kind: KindMoney, Max: 1e6, Default: "1", Group: GroupInvestment},
	EngineerDays: {ID: "engineer_days", Label: "Engineering", Hint: "until the first release", Unit: "days",
		Kind: KindNumber, Max: 1e6, DefaultNote: "LoRA 3..10..25, full and DPO 10..20..37, RL 40..90..250", Group: GroupInvestment},
	DayRate: {ID: "day_rate", Label: "A day of an engineer", Hint: "loaded; your own figure is better", Unit: "US dollars",
		Kind: KindMoney, Max: 1e6, Default: "480..800..1600", Group: GroupInvestment},
	EvalCost: {ID: "eval_cost", Label: "Evaluation", Hint: "building and running the test", Unit: "US dollars",
		Kind: KindMoney, Max: 1e12, DefaultNote: "200..500..3,000; 2,000 where eval_set_size is 0", Group: GroupInvestment},
	OtherOneOffCost: {ID: "other_one_off_cost", Label: "Other costs, once", Hint: "security, legal, procurement", Unit: "US dollars",
		Kind: KindMoney, Max: 1e12, Default: "0", Group: GroupInvestment},
	FineTuneCost: {ID: "fine_tune_cost", Label: "Up front, all of it", Hint: "given, it replaces everything above", Unit: "US dollars",
		Kind: KindMoney, Max: 1e12, DefaultNote: "computed from the parts", Group: GroupInvestment},

	// Running it
	Hosting: {ID: "hosting", Label: "Hosting", Hint: "most managed LoRA needs a dedicated deployment",
		Kind: KindChoice, Choices: hostings, DefaultNote: "what the tuned row says", Group: GroupRunning},
	Replicas: {ID: "replicas", Label: "Replicas", Hint: "two for availability", Unit: "replicas",
		Kind: KindCount, Min: 1, Max: 1e6, Default: "1", Group: GroupRunning},
	GPUsPerReplica: {ID: "gpus_per_replica", Label: "GPUs a replica", Unit: "GPUs",
		Kind: KindCount, Min: 1, Max: 10000, Default: "1", Group: GroupRunning},
	AdaptersSharingHost: {ID: "adapters_sharing_host", Label: "Adapters that share the host", Hint: "they share its cost too", Unit: "adapters",
		Kind: KindCount, Min: 1, Max: 100000, Default: "1", Group: GroupRunning},
	HostingPricePerHour: {ID: "hosting_price_per_hour", Label: "Price of the host", Unit: "US dollars a GPU-hour",
		Kind: KindMoney, Max: 1e5, DefaultNote: "the row's, else the GPU's", Group: GroupRunning},
	InfraCostPerMonth: {ID: "infra_cost_per_month", Label: "Infrastructure a month", Hint: "given, it replaces the hosting computed", Unit: "US dollars a month",
		Kind: KindMoney, Max: 1e12, DefaultNote: "computed from the hosting", Group: GroupRunning},
	MaintenanceDaysPerMonth: {ID: "maintenance_days_per_month", Label: "Upkeep", Hint: "over and above what the prompt needs", Unit: "days a month",
		Kind: KindNumber, Max: 10000, Default: "0.25..0.5..2", Group: GroupRunning},
	RetrainEveryMonths: {ID: "retrain_every_months", Label: "Retraining every", Hint: "or never", Unit: "months",
		Kind: KindNumber, Min: 0.1, Max: 1200, Word: "never", DefaultNote: "by task_stability: weekly 1, monthly 3, stable_6_months 6, one_off never", Group: GroupRunning},
	RetrainEffortPercent: {ID: "retrain_effort_percent", Label: "A retraining costs", Unit: "% of the up-front cost",
		Kind: KindPercent, Max: 1000, Default: "10..25..60", Group: GroupRunning},
	MaintenanceCostPerMonth: {ID: "maintenance_cost_per_month", Label: "Maintenance a month", Hint: "given, it replaces the three above", Unit: "US dollars a month",
		Kind: KindMoney, Max: 1e12, DefaultNote: "computed from upkeep and retraining", Group: GroupRunning},

	// Horizon
	Months: {ID: "months", Label: "Months in production", Hint: "cut short if the base model retires first", Unit: "months",
		Kind: KindCount, Max: 600, Default: "12", Group: GroupHorizon, First: 8},
	DiscountRatePercent: {ID: "discount_rate_percent", Label: "Discount rate", Hint: "what money costs you", Unit: "% a year",
		Kind: KindPercent, Min: -50, Max: 1000, Default: "8", Group: GroupHorizon},
	SuccessPercent: {ID: "success_percent", Label: "Chance that it ships", Hint: "a judgement: set your own", Unit: "%",
		Kind: KindPercent, Max: 100, Default: "30..60..90", Group: GroupHorizon},
	Draws: {ID: "draws", Label: "Monte Carlo draws", Unit: "draws",
		Kind: KindCount, Min: 1, Max: 100000, Default: "10000", Group: GroupHorizon},
	RandomSeed: {ID: "random_seed", Label: "Random seed", Hint: "the same seed prints the same digits everywhere",
		Kind: KindCount, Max: 9007199254740991, Default: "1", Group: GroupHorizon},
}

var gaps = []Choice{
	{"knowledge", "facts it does not know"},
	{"style", "style or voice"},
	{"format", "a strict format"},
	{"domain_idiom", "the idiom of a domain"},
	{"reasoning", "reasoning"},
	{"tool_use", "use of your tools"},
	{"actions_needed", "it must act, not only answer"},
	{"refusal", "refuses too much or too little"},
	{"preference_quality", "people like other answers better"},
	{"cost", "cost"},
	{"latency", "latency"},
	{"none_measured", "nothing measured yet"},
}

var stabilities = []Choice{
	{"one_off", "done once"},
	{"weekly", "every week"},
	{"monthly", "every month"},
	{"stable_6_months", "stable for six months or more"},
}

var breadths = []Choice{
	{"single_narrow", "one narrow task"},
	{"a_few", "a few tasks"},
	{"broad_assistant", "a broad assistant"},
}

var efforts = []Choice{
	{"none", "none"},
	{"basic", "basic"},
	{"systematic", "systematic"},
	{"optimiser_used", "an optimiser was used"},
}

var changes = []Choice{
	{"none_needed", "no outside facts needed"},
	{"static", "they do not change"},
	{"yearly", "every year"},
	{"monthly", "every month"},
	{"weekly", "every week"},
	{"live", "by the minute"},
}

var outputs = []Choice{
	{"label", "a label"},
	{"fields", "fields"},
	{"text", "text"},
	{"tool_call", "a tool call"},
}

var qualities = []Choice{
	{"unverified", "nobody"},
	{"spot_checked", "spot checks"},
	{"expert_verified", "experts, every one"},
}

var verifiers = []Choice{
	{"none", "nothing"},
	{"llm_judge", "another model as judge"},
	{"programmatic", "a program"},
}

var teachers = []Choice{
	{"none", "none"},
	{"strong_terms_forbid", "yes, its terms forbid training"},
	{"strong_terms_ok", "yes, its terms allow training"},
	{"open_licence", "yes, under an open licence"},
}

var residencies = []Choice{
	{"public_api_ok", "any public API"},
	{"vendor_region", "a vendor's region"},
	{"own_cloud", "our own cloud account"},
	{"air_gapped", "nowhere: air-gapped"},
}

var capabilities = []Choice{
	{"none", "prompts only"},
	{"managed_jobs", "managed tuning jobs"},
	{"own_gpus", "training on our own GPUs"},
	{"ml_infra_team", "an ML infrastructure team"},
}

var exposures = []Choice{
	{"internal", "colleagues"},
	{"public", "the public"},
	{"regulated", "a regulated use"},
}

var methods = []Choice{
	{"lora_sft", "LoRA, supervised"},
	{"qlora_sft", "QLoRA, supervised"},
	{"full_sft", "full, supervised"},
	{"dpo_lora", "DPO with LoRA"},
	{"dpo_full", "DPO, full"},
	{"ppo", "PPO"},
	{"grpo", "GRPO"},
	{"pretraining", "continued pretraining"},
}

var stacks = []Choice{
	{"plain", "plain: Hugging Face, FSDP, ZeRO"},
	{"vendor_tuned", "tuned by the vendor: packed FP8"},
}

var routes = []Choice{
	{"managed", "managed job"},
	{"own_gpus", "own GPUs"},
}

var hostings = []Choice{
	{"per_token", "by the token"},
	{"dedicated", "a dedicated host"},
}
