package calculator

import (
	"math"

	"whentofinetune/calculator/cost"
)

// stage is one way from the examples at hand to a tune: when it has been gone, when it is shut, and what it takes.
type stage struct {
	id, title string
	asked     Condition // where it comes up at all
	done      Condition
	shut      []Rule // the first that holds says why it cannot be gone
	takes     func(r *Resolved) string
	sources   []string
}

// never holds nowhere: it has no part that could.
var never = Any{}

// lacking holds where something has to be done before there is enough to tune on.
var lacking = Any{Not{&enoughExamples}, Is{DataQuality, oneOf{"unverified"}}, All{Is{PrimaryGap, oneOf{"preference_quality"}}, Not{&enoughPairs}}}

// stages are the ways, the cheap ones first.
var stages = []stage{
	{"few_shot", "Show them in the prompt", All{}, Not{&unworked}, nil, fewShot, []string{"Bertsch", "T-Few"}},
	{"check", "Have them checked", All{}, All{Is{DataQuality, oneOf{"expert_verified"}}, AtLeast{LabelledExamples, 1}}, []Rule{{When: Not{AtLeast{LabelledExamples, 1}}, Because: "There are none to check yet."}},
		func(r *Resolved) string {
			if r.Choice(DataQuality) == "unverified" {
				return "Nobody has: two people who know the work mark 100 of them, and where they differ the task is defined first."
			}
			return "Some are. Experts agreed far better than a crowd, and a model learns no further than its labels agree."
		}, []string{"LIMA", "G-active"}},
	{"active_learning", "Label what the model is least sure of", All{}, &enoughExamples, nil, examplesMissing, []string{"G-active", "OAI-sft"}},
	{"pairs", "Collect preferences", Is{PrimaryGap, oneOf{"preference_quality"}}, &enoughPairs, nil, func(r *Resolved) string {
		return cost.Plain(r.Likely(PreferencePairs)) + " of " + cost.Plain(leastPairs) + " are there: let users or reviewers choose between two answers."
	}, []string{"Bernardelle"}},
	{"synthetic", "Generate examples and keep what passes a check", All{}, &never, []Rule{{When: Is{Verifier, oneOf{"none"}}, Because: "Nothing checks an answer, and what is generated unchecked teaches style alone."}},
		func(r *Resolved) string {
			if r.Choice(Verifier) == "programmatic" {
				return "A program can check: let your own model try, and keep what passes."
			}
			return "A judge can check: hold it against people on 100 items first, and keep what passes."
		}, []string{"phi-1", "Alpaca", "Gudibande"}},
	{"distillation", "Learn from a stronger model", All{}, &never, Vetoes, func(r *Resolved) string {
		s := "Its licence allows it. "
		if r.Choice(Teacher) == "strong_terms_ok" {
			s = "Its terms allow it, you say: have counsel read them. "
		}
		return s + "A thousand checked answers on your own traffic are a beginning, with their reasoning where reasoning is the gap."
	}, []string{"DSS", "s1", "Terms"}},
}

func fewShot(r *Resolved) string {
	if have := r.Likely(LabelledExamples); have >= 1 {
		return "Put " + cost.Plain(math.Min(have, 50)) + " of them into the prompt and measure: that is the score to beat."
	}
	return "Write five by hand and measure: that is the score to beat."
}

// readiness is the way from the examples at hand to what could be tuned on; where the verdict is to distil, that way comes next.
// It is empty where examples close no gap.
func (r *Resolved) readiness(d *decision) Readiness {
	if wantsTuning.Ask(r) != Holds {
		return Readiness{}
	}
	p := Readiness{Examples: Some(r.Likely(LabelledExamples)), Needed: Some(r.examplesNeeded())}
	next, distils := lacking.Ask(r) == Holds, Rungs[d.rung].Outcome == "distil_small"
	for i := range stages {
		s := &stages[i]
		if s.asked.Ask(r) != Holds {
			continue
		}
		step := Step{Step: s.id, Title: s.title, Status: "open", Sources: s.sources}
		if s.done.Ask(r) == Holds {
			step.Status = "done"
		}
		for k := range s.shut {
			if step.Status == "open" && s.shut[k].When.Ask(r) == Holds {
				step.Status, step.Text, step.Sources = "closed", s.shut[k].Because, append(s.shut[k].Sources, s.sources...)
			}
		}
		if step.Status == "open" {
			step.Text = s.takes(r)
			if next && (s.id == "distillation" || s.id == "few_shot" || !distils) {
				step.Status, next = "next", false
			}
		}
		p.Steps = append(p.Steps, step)
	}
	return p
}
