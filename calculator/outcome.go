package calculator

// Outcome is one thing that the calculator can recommend.
type Outcome struct {
	ID, Title  string
	Is         string // what it is
	Fails      string // when it fails
	Costs      string // what it costs
	Call       Call   // what it says about tuning, before money and blockers
	Tunes      bool
	Experiment string  // the cheapest next thing to try
	Stop       string  // its stop rule
	CostUSD    float64 // of the experiment beside runs and calls, in US dollars: a judgement of the hours of people and tools
	Arms       float64 // ways that the experiment scores on the held-out items
	Runs       float64 // training runs that the experiment takes
	Examples   float64 // examples that such a run trains on
	Method     string  // of training, where it is not an adapter on examples
	Tries      string  // the method of its experiment, an adapter where it is empty
	Risks      []string
	Page       string // the page of the guide that explains it
}

// FindOutcome returns the outcome with an id, or nil.
func FindOutcome(id string) *Outcome {
	for i := range Outcomes {
		if Outcomes[i].ID == id {
			return &Outcomes[i]
		}
	}
	return nil
}

// RiskKind is something that an outcome brings with it, and the test that shows it.
type RiskKind struct {
	Name, Text, Test string
	Sources          []string
}

// RiskKinds are all risks that outcomes name.
var RiskKinds = []RiskKind{
	{"forgetting", "Abilities that the examples do not exercise get worse.", "Score the same general items before and after; mix in general data if they fall by more than the error bar.", []string{"Luo", "On-policy"}},
	{"safety", "Guardrails weaken, even after harmless data.", "Run the same red-team prompts before and after each tune.", []string{"Qi", "Betley"}},
	{"lock_in", "A tune on a vendor's model cannot be taken elsewhere.", "Write down what it would take to train the same data on open weights.", []string{"OAI-dep"}},
	{"retirement", "The base model is retired, and the tune with it.", "Write the day on which it retires and see whether it still pays back.", []string{"OAI-w3c", "Bedrock-life"}},
	{"rollback", "A bad release has no way back.", "Switch ten percent of traffic to the prompt and back again before the release.", []string{"Judgement"}},
	{"overfitting", "The examples are learned by heart.", "Hold out items that share no source with the examples; choose the number of passes by their score.", []string{"Gekhman", "InstructGPT"}},
	{"reward_hacking", "The model learns to please the measure.", "Read fifty of the best-scored answers by hand at every checkpoint.", []string{"Yue"}},
	{"licence", "The teacher's terms may forbid it.", "Have counsel read the terms of the model whose answers you train on.", []string{"Terms"}},
	{"stale_index", "The index is older than the facts.", "Change a fact and time how long until the answer changes.", []string{"Ovadia"}},
	{"length", "Long prompts lower accuracy.", "Score the same questions with a tenth of the context.", []string{"Du"}},
	{"harm", "What it says reaches people whom you do not know, or who are owed a reason.", "Have somebody outside the team try for an hour to make it say what it must not; keep every answer that you act on.", []string{"Qi"}},
	{"injection", "Text that was read gives orders.", "Put an order into a document that is retrieved, and see whether it is followed.", []string{"Judgement"}},
	{"price", "The price or the model behind a name changes.", "Score the test set again each month, and after each notice of the vendor.", []string{"Luna"}},
	{"judge", "The judge is wrong.", "Compare it with people on a hundred items, twice a year.", []string{"Miller"}},
	{"format_reasoning", "A strict shape costs reasoning.", "Score once with free reasoning before the shape.", []string{"Tam"}},
}

// Outcomes are all that can be recommended, in the order of the ladder.
var Outcomes = []Outcome{
	{ID: "build_eval_first", Title: "Build the test first", Call: NotYet, Page: "decide/evaluate-first.html",
		Is: "Two hundred real requests with a way to mark each answer right or wrong.", Fails: "When the items are not those that users send.", Costs: "Some days of people who know the work.",
		Experiment: "Take 50 requests from last week and have two people mark the answers by hand.", Stop: "Stop if two people cannot agree on what is right: define that first.", CostUSD: 400, Risks: []string{"judge"}},
	{ID: "stop_no_gap", Title: "Stop: nothing to close", Call: DoNot, Page: "decide/index.html",
		Is: "Leave it as it is, and keep measuring.", Fails: "When traffic changes and nobody looks.", Costs: "A run of the test set a month.",
		Experiment: "Score {items} items again in a month.", Stop: "Act if the score falls by more than {gain}.", Arms: 1, Risks: []string{"price"}},
	{ID: "prompt_fewshot", Title: "Work on the prompt", Call: NotYet, Page: "decide/prompting.html",
		Is: "Clear instructions, a few well-chosen examples, and a measured comparison of variants.", Fails: "When the behaviour cannot be described or shown in a few examples.", Costs: "Days, and a few dollars of calls.",
		Experiment: "Write three variants, with 5, 20 and 50 examples, and score all on {items} held-out items.", Stop: "Stop if after two days the best gains under {gain} over the first.", CostUSD: 100, Arms: 4, Risks: []string{"length", "price"}},
	{ID: "structured_output", Title: "Force the shape", Call: DoNot, Page: "decide/prompting.html",
		Is: "Constrained decoding against a schema, or a parser that checks and mends.", Fails: "When the values are wrong and not the shape.", Costs: "Hours; nothing a call.",
		Experiment: "Turn on the schema mode of your vendor for {items} logged requests.", Stop: "Stop if more than 1 in 100 still fails the schema.", CostUSD: 20, Arms: 1, Risks: []string{"format_reasoning"}},
	{ID: "prompt_optimiser", Title: "Let an optimiser write the prompt", Call: NotYet, Page: "decide/prompt-optimiser.html",
		Is: "A program that rewrites the prompt against the test set, such as GEPA or MIPRO.", Fails: "When the test set is small or the judge is wrong: it learns their mistakes.", Costs: "Tens of dollars of calls a run.",
		Experiment: "One optimiser run on {examples} examples, its prompt scored on {items} items that it has not seen.", Stop: "Stop if it gains under {gain} there.", CostUSD: 50, Arms: 10, Examples: 50, Risks: []string{"overfitting", "judge"}},
	{ID: "cache_or_batch", Title: "Cache and batch", Call: DoNot, Page: "decide/context-and-caching.html",
		Is: "Put what repeats first and let the vendor cache it; send what can wait as a batch.", Fails: "When calls are too sparse to keep a cache warm.", Costs: "A header and a reordered prompt.",
		Experiment: "Log the cached share for a week after putting the fixed part first.", Stop: "Stop if fewer than 3 in 10 calls hit the cache.", CostUSD: 0, Risks: []string{"price"}},
	{ID: "long_context", Title: "Put the facts in the prompt", Call: DoNot, Page: "decide/context-and-caching.html",
		Is: "The whole corpus in the prompt, cached.", Fails: "When it grows, or when length lowers accuracy.", Costs: "The cached price of its tokens with every call.",
		Experiment: "Answer {items} questions with everything in the prompt, and with the right page alone.", Stop: "Stop if the full prompt scores {gain} lower.", CostUSD: 50, Arms: 2, Risks: []string{"length", "price"}},
	{ID: "rag", Title: "Retrieve", Call: DoNot, Page: "decide/retrieval.html",
		Is: "An index of your documents; each question brings the passages that answer it.", Fails: "When the right passage is not found: measure that on its own.", Costs: "Hundreds of dollars for the index, and a few thousand tokens a call.",
		Experiment: "Index one week of documents and check for {items} questions whether the right passage is among ten.", Stop: "Stop and mend the search if it is there less than 8 times in 10.", CostUSD: 300, Arms: 1, Risks: []string{"stale_index", "injection"}},
	{ID: "better_model", Title: "Use a better model", Call: DoNot, Page: "decide/better-model.html",
		Is: "The same prompt on a stronger stock model.", Fails: "When its price or its speed is the complaint.", Costs: "The difference of the prices, which keeps falling.",
		Experiment: "Score {items} held-out items on the two best models that your data may go to.", Stop: "Stop if neither reaches the target.", CostUSD: 20, Arms: 2, Risks: []string{"price"}},
	{ID: "smaller_stock_model", Title: "Use a smaller stock model", Call: DoNot, Page: "decide/smaller-model.html",
		Is: "The same prompt on a cheaper stock model.", Fails: "On the rare hard requests: send those to the large one.", Costs: "Less than today, at once.",
		Experiment: "Score {items} held-out items on the three cheapest rows of the price table.", Stop: "Stop if all miss the target by more than the error bar.", CostUSD: 20, Arms: 3, Risks: []string{"price"}},
	{ID: "tools_agent", Title: "Give it tools", Call: DoNot, Page: "decide/tools-and-agents.html",
		Is: "Functions that the model may call: to look up, to compute, to act.", Fails: "When an action cannot be undone and nobody approves it.", Costs: "Engineering, and several calls for one question.",
		Experiment: "Give it the one read-only tool that most questions need, and score {items} of them.", Stop: "Stop if it picks the wrong tool in more than 1 of 10.", CostUSD: 200, Arms: 1, Risks: []string{"injection", "rollback"}},
	{ID: "collect_data_active_learning", Title: "Collect examples first", Call: NotYet, Page: "data/active-learning.html",
		Is: "Label the requests that the model is least sure of, a few hundred at a time.", Fails: "When labellers disagree: their agreement is the ceiling.", Costs: "A dollar to some tens of dollars a label.",
		Experiment: "Label the 50 least certain requests of a week and put them into the prompt as examples.", Stop: "Stop if they lift the score by under {gain}: more of the same will not either.", CostUSD: 300, Arms: 2, Risks: []string{"judge", "licence"}},
	{ID: "small_classifier", Title: "Tune a small classifier", Call: FineTune, Tunes: true, Page: "techniques/classifier.html",
		Is: "A small model tuned to give one of your labels.", Fails: "On classes with few examples, and when the classes change.", Costs: "Dollars to train; a fraction of a large model to run.",
		Experiment: "Tune on {examples} labels and compare with the prompt on {items} held-out items.", Stop: "Stop if it is more than {gain} below the large model.", CostUSD: 100, Arms: 1, Runs: 1, Examples: 200, Risks: []string{"forgetting", "safety", "overfitting", "retirement", "rollback"}},
	{ID: "lora_sft", Title: "Tune an adapter on examples", Call: FineTune, Tunes: true, Page: "techniques/lora.html",
		Is: "Supervised tuning of low-rank matrices beside frozen weights; QLoRA where memory is short.", Fails: "At facts, at abilities that the base lacks, and when the task moves.", Costs: "Dollars a run; weeks of people; a host if it needs one.",
		Experiment: "{examples} examples, one LoRA run, {items} held-out items.", Stop: "Stop if it gains under {gain} over the best prompt.", CostUSD: 100, Arms: 1, Runs: 1, Examples: 50, Risks: []string{"lock_in", "forgetting", "safety", "overfitting", "retirement", "rollback"}},
	{ID: "full_sft", Title: "Tune all weights", Call: FineTune, Tunes: true, Page: "techniques/full.html",
		Is: "Supervised tuning of every weight.", Fails: "With little data: it forgets more than an adapter and gains nothing over it.", Costs: "Tens to hundreds of dollars a run, and a host of its own.",
		Experiment: "One adapter run at high rank on {examples} of the examples first, scored on {items} held-out items.", Stop: "Stop if the adapter is within the error bar of the target.", CostUSD: 200, Arms: 1, Runs: 1, Examples: 10000, Method: "full_sft", Risks: []string{"lock_in", "forgetting", "safety", "overfitting", "retirement", "rollback"}},
	{ID: "rag_plus_lora", Title: "Retrieve, and tune the idiom", Call: FineTune, Tunes: true, Page: "decide/tuning.html",
		Is: "Retrieval for the facts, and a model tuned to read them and to answer in the idiom.", Fails: "When retrieval misses: tune on passages as they are found, misses included.", Costs: "Both bills.",
		Experiment: "Score retrieval alone first, then one LoRA run on {examples} examples that hold retrieved passages, both on {items} held-out items.", Stop: "Stop if tuning adds under {gain} to retrieval.", CostUSD: 400, Arms: 2, Runs: 1, Examples: 200, Risks: []string{"stale_index", "injection", "forgetting", "safety", "overfitting", "retirement", "rollback"}},
	{ID: "tool_trace_sft", Title: "Tune on traces of tool use", Call: FineTune, Tunes: true, Page: "techniques/lora.html",
		Is: "Supervised tuning on verified traces of calls to your tools.", Fails: "On tools that it has not seen, and when a tool changes.", Costs: "Like an adapter; the traces are the work.",
		Experiment: "{examples} verified traces, one LoRA run, {items} held-out tasks.", Stop: "Stop if it gains under {gain} or invents calls.", CostUSD: 200, Arms: 1, Runs: 1, Examples: 200, Risks: []string{"lock_in", "forgetting", "safety", "overfitting", "retirement", "rollback"}},
	{ID: "distil_small", Title: "Distil into a small model", Call: FineTune, Tunes: true, Page: "techniques/distillation.html",
		Is: "A small model tuned on the checked answers or traces of a large one.", Fails: "When answers are copied without their reasoning, or are not checked.", Costs: "The teacher's tokens, the check, and a tuning run.",
		Experiment: "{examples} checked answers of the teacher, one run, {items} held-out items.", Stop: "Stop if it closes less than half of the gap to the teacher.", CostUSD: 300, Arms: 6, Runs: 1, Examples: 1000, Risks: []string{"licence", "forgetting", "safety", "overfitting", "retirement", "rollback"}},
	{ID: "dpo", Title: "Tune on preferences", Call: FineTune, Tunes: true, Page: "techniques/dpo.html",
		Is: "Direct preference optimisation on pairs of chosen and rejected answers.", Fails: "When the pairs differ in length or tone only: it learns that.", Costs: "About three times the compute of a supervised run; pairs that people mark cost more than that.",
		Experiment: "{examples} pairs, one run, {items} blind comparisons by people.", Stop: "Stop if it wins fewer than 55 of 100.", CostUSD: 300, Arms: 1, Runs: 1, Examples: 1000, Method: "dpo_lora", Tries: "dpo_lora", Risks: []string{"reward_hacking", "forgetting", "safety", "overfitting", "retirement", "rollback"}},
	{ID: "rl_verifiable", Title: "Reinforce against a verifier", Call: FineTune, Tunes: true, Page: "techniques/verifier.html",
		Is: "Reinforcement learning in which a program marks each answer.", Fails: "When the base never gets it right, or the verifier can be fooled.", Costs: "Tens of dollars of compute for a small run, and months of people; far more for a frontier model.",
		Experiment: "{examples} tasks, rank 8, one short run; compare at one try and at eight on {items} held-out items.", Stop: "Stop if the score at one try gains under {gain}.", CostUSD: 300, Arms: 9, Runs: 1, Examples: 500, Method: "grpo", Tries: "grpo", Risks: []string{"reward_hacking", "forgetting", "safety", "overfitting", "retirement", "rollback"}},
	{ID: "rlhf", Title: "Learn a reward from people", Call: FineTune, Tunes: true, Page: "techniques/rlhf.html",
		Is: "A reward model from comparisons, and reinforcement learning against it.", Fails: "When the reward model drifts from what people want.", Costs: "Labelling teams, several models in memory, months.",
		Experiment: "Train the reward model alone on {examples} pairs and measure on {items} others how often it agrees with people.", Stop: "Stop if it agrees on fewer than 7 of 10: use DPO.", CostUSD: 2000, Runs: 1, Examples: 33000, Method: "ppo", Tries: "dpo_full", Risks: []string{"reward_hacking", "judge", "forgetting", "safety", "overfitting", "retirement", "rollback"}},
	{ID: "continued_pretraining", Title: "Pretrain on your text", Call: FineTune, Tunes: true, Page: "techniques/continued-pretraining.html",
		Is: "Next-token training on a billion tokens or more of a language or notation, then supervised tuning.", Fails: "On small corpora, and where facts rather than language are missing.", Costs: "Thousands of dollars of compute and a team.",
		Experiment: "Continue a small model on 100M tokens and measure its loss on held-out text.", Stop: "Stop if the loss falls by under 10%.", CostUSD: 1000, Method: "pretraining", Risks: []string{"forgetting", "safety", "overfitting", "retirement", "rollback"}},
	{ID: "migrate_off_closed_tuning", Title: "Move the tune", Call: NotYet, Page: "open/retirement-dates.html",
		Is: "Take the training data to a model that stays: open weights, or a stock model that has caught up.", Fails: "When the data or the test set were not kept.", Costs: "One training run, and the test.",
		Experiment: "Score two current stock models with your old prompt on the test set of the tune.", Stop: "Stop tuning if one is within the error bar of it.", CostUSD: 50, Arms: 2, Risks: []string{"retirement", "lock_in"}},
}
