package calculator

import (
	"whentofinetune/calculator/cost"
)

// maxFlips is how many flips a verdict lists.
const maxFlips = 8

// flipNumbers are the numbers that are looked at for a flip, with the least step away from zero.
var flipNumbers = [...]struct {
	in   Input
	from float64 // where a zero starts
}{
	{MonthlyCalls, 100}, {LabelledExamples, 10}, {PreferencePairs, 100}, {EvalSetSize, 10}, {CurrentScore, 1}, {TargetScore, 1}, {BestModelScore, 1}, {CheaperModelScore, 1},
	{CorpusTokens, 1000}, {LatencyBudgetMS, 10}, {BestModelLatencyMS, 10}, {TokensStatic, 100}, {TokensOut, 10}, {CacheHitPercent, 1}, {BaselinePriceFallPercentPerYear, 1},
	{ValuePerExtraPass, 0.0001}, {SavingPerCall, 0.00001}, {FineTuneCost, 10}, {EngineerDays, 1}, {InfraCostPerMonth, 10}, {MaintenanceCostPerMonth, 10}, {Months, 1}, {SuccessPercent, 1},
}

// flipChoices are the choices that are looked at.
var flipChoices = [...]Input{PrimaryGap, TaskStability, TaskBreadth, PromptingEffort, KnowledgeChange, DataQuality, Verifier, Teacher, DataResidency, TeamCapability, OutputKind}

// candidate is a flip with how far away it is.
type candidate struct {
	flip Flip
	away float64
}

// flips finds the smallest single changes that turn the call or the primary, nearest first. Each is verified: deciding
// again with the input set to To gives its Call and Primary.
func (r *Resolved) flips(d *decision) []Flip {
	a := r.asked()
	var found []candidate
	for _, n := range flipNumbers {
		if r.flippable(n.in) {
			found = append(found, r.flipNumber(&a, d, n.in, n.from)...)
		}
	}
	for _, in := range flipChoices {
		found = append(found, r.flipChoice(&a, d, in)...)
	}
	for i := 1; i < len(found); i++ { // insertion keeps the order of the table among equals
		for j := i; j > 0 && found[j].away < found[j-1].away; j-- {
			found[j], found[j-1] = found[j-1], found[j]
		}
	}
	var list []Flip
	for _, c := range found {
		if len(list) == maxFlips {
			break
		}
		list = append(list, c.flip)
	}
	return list
}

// maxSteps is how often a change is doubled: from a cent to over a hundred dollars.
const maxSteps = 14

// flippable leaves out numbers that the answers make no use of, and those that nobody knows: they stand under what to find
// out.
func (r *Resolved) flippable(in Input) bool {
	if r.Unknown(in) {
		return false
	}
	switch in {
	case SavingPerCall, FineTuneCost, InfraCostPerMonth, MaintenanceCostPerMonth:
		return r.Given(in)
	case TokensStatic, TokensOut, CacheHitPercent:
		return !r.Given(SavingPerCall)
	case EngineerDays:
		return !r.Given(FineTuneCost)
	}
	return true
}

// try decides with one number changed.
func (r *Resolved) try(a *Answers, in Input, x float64) decision {
	b := *a
	b.SetNumber(in, cost.Exactly(x))
	return Resolve(r.tables, b).decide()
}

func (d *decision) same(e *decision) bool { return d.call == e.call && d.primary == e.primary }

// turned reports whether a change of in turns the verdict. Where the value of a better answer is asked for first, naming any
// turns the words; what counts is the value from which the tune pays.
func (d *decision) turned(e *decision, in Input) bool {
	if d.worth && in == ValuePerExtraPass {
		return e.call == FineTune
	}
	return !d.same(e)
}

// flipNumber looks for the nearest change of a number upwards and downwards: doubling until the verdict turns, then
// halving the interval until two digits are known.
func (r *Resolved) flipNumber(a *Answers, d *decision, in Input, start float64) []candidate {
	var found []candidate
	q := in.Question()
	now := r.Likely(in)
	for _, up := range [...]bool{true, false} {
		was, x := now, now
		for range maxSteps {
			if was, x = x, farther(x, start, up, q); x == was {
				break
			}
			if e := r.try(a, in, x); d.turned(&e, in) {
				found = append(found, r.threshold(a, d, in, was, x, now, start))
				break
			}
		}
	}
	return found
}

// farther is the next number to try: twice or half as far, inside the bounds.
func farther(x, start float64, up bool, q *Question) float64 {
	switch {
	case up && x < start:
		x = start
	case up && q.Kind == KindPercent:
		x += max(5, x/4)
	case up:
		x *= 2
	case x <= start:
		x = q.Min
	default:
		x /= 2
	}
	if q.Kind == KindCount {
		x = float64(int64(x))
	}
	return min(max(x, q.Min), q.Max)
}

// threshold narrows the change between a number that keeps the verdict and one that turns it, and writes it with as few
// digits as still turn it.
func (r *Resolved) threshold(a *Answers, d *decision, in Input, keeps, turns, now, start float64) candidate {
	q := in.Question()
	for range 12 {
		middle := (keeps + turns) / 2
		if q.Kind == KindCount {
			middle = float64(int64(middle))
		}
		if middle == keeps || middle == turns {
			break
		}
		if e := r.try(a, in, middle); d.turned(&e, in) {
			turns = middle
		} else {
			keeps = middle
		}
	}
	for digits := 2; digits <= 4; digits++ {
		x := min(max(cost.Digits(turns, digits, turns > keeps), q.Min), q.Max)
		if e := r.try(a, in, x); d.turned(&e, in) {
			turns = x
			break
		}
	}
	e := r.try(a, in, turns)
	from, to := max(now, start), max(turns, start)
	if d.worth && in == ValuePerExtraPass { // what is asked for first comes first
		from, to = 1, 1
	}
	return candidate{Flip{Input: in.ID(), From: r.Text(in), To: cost.RangeText(cost.Exactly(turns)), Call: e.call, Primary: e.primary.ID}, max(to/from, from/to)}
}

// choiceAway is how far a change of a choice counts: like half as much again of a number.
const choiceAway = 1.5

func (r *Resolved) flipChoice(a *Answers, d *decision, in Input) []candidate {
	var found []candidate
	for _, c := range in.Question().Choices {
		if c.Word == r.Choice(in) {
			continue
		}
		b := *a
		b.SetChoice(in, c.Word)
		if e := Resolve(r.tables, b).decide(); !d.same(&e) {
			found = append(found, candidate{Flip{Input: in.ID(), From: r.Text(in), To: c.Word, Call: e.call, Primary: e.primary.ID}, choiceAway + float64(len(found))})
		}
	}
	return found
}
