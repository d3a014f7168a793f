package view

import (
	"strings"

	"whentofinetune/calculator"
	"whentofinetune/calculator/cost"
)

// A blockOf is a small live block for an article: the fields that it shows, its result, and its pictures.
type blockOf struct {
	word, title string
	fields      []calculator.Input
	result      string // a sentence with numbers in braces
	pictures    []string
}

var blocks = [...]blockOf{
	{"payback", "When it pays back", []calculator.Input{calculator.MonthlyCalls, calculator.SavingPerCall, calculator.FineTuneCost, calculator.MaintenanceCostPerMonth, calculator.Months},
		"", []string{"cumulative"}},
	{"crossing", "Two ways to pay for the same calls", []calculator.Input{calculator.MonthlyCalls, calculator.TokensStatic, calculator.CacheHitPercent, calculator.BaselinePriceFallPercentPerYear},
		"", []string{"cumulative"}},
	{"training", "What the training costs", []calculator.Input{calculator.Method, calculator.Model, calculator.TrainingExamples, calculator.TokensPerExample, calculator.Epochs, calculator.TrainingRuns},
		"One run costs {training.usd_per_run} and takes {training.wall_hours_per_run} by the clock; {runs} until one ships cost {training.usd}.", nil},
	{"memory", "What fits on a card", []calculator.Input{calculator.Method, calculator.Model, calculator.SequenceLength, calculator.MicroBatch, calculator.GPU, calculator.FusedLoss},
		"Training takes {memory.training_gb}, so it needs {memory.gpus}; serving one request takes {memory.inference_gb}.", []string{"memory"}},
	{"serving", "What serving on GPUs of your own costs", []calculator.Input{calculator.Model, calculator.GPU, calculator.MonthlyCalls, calculator.TokensOut, calculator.Replicas, calculator.AdaptersSharingHost},
		"With {serving.gpus} requests are answered at {serving.requests_per_second} at most; {calls take} of that. A million output tokens: {serving.usd_per_million_output_tokens}.", nil},
	{"evaluation", "What your test set can show", []calculator.Input{calculator.EvalSetSize, calculator.CurrentScore, calculator.TargetScore},
		"A score is known to ±{evaluation.half_width_points}, and gaps under {evaluation.detectable_points} do not show. {gain needs} {evaluation.examples_needed} items, or {evaluation.paired_examples_needed} answered by both.", nil},
	{"verdict", "Should you tune?", []calculator.Input{calculator.PrimaryGap, calculator.PromptingEffort, calculator.EvalSetSize, calculator.CurrentScore, calculator.TargetScore, calculator.LabelledExamples, calculator.MonthlyCalls},
		"", nil},
	{"options", "The same calls, other ways", []calculator.Input{calculator.MonthlyCalls, calculator.TokensStatic, calculator.TokensOut, calculator.CacheHitPercent, calculator.BaselineModel, calculator.TunedModel},
		"", []string{"options"}},
}

// block prints a live block: its form and, in an element of its own, its result.
func (p *printer) block(word string) []byte {
	for i := range blocks {
		if blocks[i].word == word {
			p.printBlock(&blocks[i])
			return nil
		}
	}
	known := []string{}
	for _, b := range blocks {
		known = append(known, b.word)
	}
	return unknownName("block", word, known)
}

func (p *printer) printBlock(b *blockOf) {
	preset := strings.TrimPrefix(p.fragment(), "v1&")
	// A group, not a landmark: a page may hold many, also with the same name.
	p.open("div", "class", "block", "role", "group", "aria-labelledby", p.id+"block-title")
	p.open("form", "data-calculator", b.word, "data-preset", preset, "autocomplete", "off", "spellcheck", "false", "novalidate", "")
	p.el("p", b.title, "class", "block-title", "id", p.id+"block-title")
	p.raw("\n")
	for _, in := range b.fields {
		p.field(in, false)
	}
	p.fixed(b.fields)
	p.raw("</form>\n")
	p.open("div", "data-report", b.word, "data-state", "printed")
	p.blockResult(b)
	p.raw(`<p class="block-more">`)
	p.el("a", "Continue with these numbers in the calculator", "href", p.root+"calculator.html", "data-fragment", p.fragment())
	p.raw("</p></div></div>\n")
}

// blockResult prints what the answers of a block come to.
func (p *printer) blockResult(b *blockOf) {
	switch b.word {
	case "verdict":
		p.verdict()
	case "options": // the picture brings its table
	default:
		sentence := b.result
		if sentence == "" {
			sentence = p.moneySentence() + p.against() + p.a.Aside("") + p.unsound()
			if cut := p.a.CutShort(); cut != "" {
				sentence += " " + cut
			}
		}
		p.raw(`<p class="block-result" role="status">`)
		p.fill(cost.Exchange(sentence, "{gain needs}", p.gainNeeds(), "{calls take}", p.callsTake(), "{runs}", p.runCount()))
		p.raw("</p>\n")
	}
	for _, name := range b.pictures {
		p.chart(name)
	}
}

// fewGiven is how many answers are read at a glance; more of them are folded.
const fewGiven = 4

// fixed says which answers of the block have no field in it.
func (p *printer) fixed(fields []calculator.Input) {
	said := []string{}
	for i := range calculator.Questions {
		in := calculator.Input(i)
		shown := !p.given.Given(in)
		for _, f := range fields {
			shown = shown || f == in
		}
		if !shown {
			said = append(said, lower(in.Question().Label)+": "+p.answer(in))
		}
	}
	if len(said) > 0 {
		text := strings.Join(said, "; ") + "."
		if len(said) <= fewGiven {
			p.el("p", "Given here: "+text, "class", "block-given")
		} else {
			p.raw(`<details class="block-given"><summary>`)
			p.text("Given here: " + px(len(said)) + " answers more")
			p.raw("</summary>")
			p.el("p", sentenceCase(text))
			p.raw("</details>")
		}
		p.raw("\n")
	}
}
