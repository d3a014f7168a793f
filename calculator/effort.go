package calculator

import "whentofinetune/calculator/cost"

// How much work a method takes. Sources: training_runs and engineer_days are judgements from published projects
// (LoRA 20 to 80 hours, full SFT and DPO 80 to 300, RL 300 to 2,000); they are the user's own to replace.
type effort struct{ runs, days cost.Range }

var (
	loraEffort     = effort{runs: cost.Range{Low: 3, Likely: 8, High: 30}, days: cost.Range{Low: 3, Likely: 10, High: 25}}
	fullEffort     = effort{runs: cost.Range{Low: 2, Likely: 5, High: 10}, days: cost.Range{Low: 10, Likely: 20, High: 37}}
	dpoEffort      = effort{runs: cost.Range{Low: 2, Likely: 4, High: 8}, days: cost.Range{Low: 10, Likely: 20, High: 37}}
	rlEffort       = effort{runs: cost.Range{Low: 1, Likely: 3, High: 6}, days: cost.Range{Low: 40, Likely: 90, High: 250}}
	pretrainEffort = effort{runs: cost.Exactly(1.1), days: cost.Range{Low: 40, Likely: 90, High: 250}}
)

func effortOf(method string) effort {
	switch method {
	case "full_sft":
		return fullEffort
	case "dpo_lora", "dpo_full":
		return dpoEffort
	case "ppo", "grpo":
		return rlEffort
	case "pretraining":
		return pretrainEffort
	}
	return loraEffort
}

// evalSet is what building and running the evaluation costs; without any test set it has to be built first.
var evalSet = cost.Range{Low: 200, Likely: 500, High: 3000}

const evalFromNothing = 2000

// effort fills the defaults of runs and labour.
func (r *Resolved) effort() {
	e := effortOf(r.Choice(Method))
	r.fill(TrainingRuns, e.runs, "")
	r.fill(EngineerDays, e.days, "")
}
