package calculator

import (
	"strings"

	"whentofinetune/calculator/cost"
)

// scores are the inputs whose lack can hide a better way.
var scores = [...]Input{CurrentScore, TargetScore, BestModelScore, CheaperModelScore}

// findOut lists the unknowns that could turn the call or the primary, those first on which most hangs. A score is tried at
// several values, beside the others as they are and beside others that are unknown too at a low and a high value: where two
// are unknown, neither alone may turn anything.
func (r *Resolved) findOut(d *decision) []Unsure {
	var list []Unsure
	var weights []int
	add := func(in Input, weight int, text string) {
		if weight == 0 {
			return
		}
		at := len(list)
		for at > 0 && weights[at-1] < weight {
			at--
		}
		list, weights = append(list, Unsure{}), append(weights, 0)
		copy(list[at+1:], list[at:])
		copy(weights[at+1:], weights[at:])
		list[at], weights[at] = Unsure{Input: in.ID(), Text: "Find out " + wanted(in) + " first: " + text + "."}, weight
	}
	s := r.search()
	for _, in := range scores {
		if r.Unknown(in) {
			weight, text := s.hangs(d, in)
			add(in, weight, text)
		}
	}
	if budget := r.Likely(LatencyBudgetMS); !r.Unknown(LatencyBudgetMS) && r.Unknown(BestModelLatencyMS) {
		if e := s.try(BestModelLatencyMS, budget); !e.same(d) {
			add(BestModelLatencyMS, 1, "unknown counts as too slow; at "+cost.Plain(budget)+" ms or less it would be "+e.said())
		}
	}
	if d.primary.Tunes && r.tune != nil && r.Unknown(BaseModelRetirement) && r.tune.Shutdown == "" && ownWeights(r.tune.Vendor) {
		s.now.lifetime = r.horizonMonths() / 2
		if e := s.now.decide(); !e.same(d) {
			add(BaseModelRetirement, 1, "half as many months in production, and it would be "+e.said())
		}
		s.now.lifetime = r.lifetime
	}
	return list
}

// wanted names an unknown in a sentence.
func wanted(in Input) string {
	switch in {
	case CurrentScore:
		return "what passes your test today"
	case TargetScore:
		return "what the use needs to pass"
	case BestModelScore:
		return "what the best stock model passes"
	case CheaperModelScore:
		return "what a cheaper stock model passes"
	case BestModelLatencyMS:
		return "how fast the best stock model answers"
	}
	return "when the base model retires"
}

// ownWeights tells whether a vendor tunes models of its own, which go when it retires them; open weights stay.
func ownWeights(vendor string) bool {
	return strings.Contains("OpenAI, Azure, Google, Anthropic, Cohere, AWS Bedrock", vendor)
}

// horizonMonths are the months that count.
func (r *Resolved) horizonMonths() int { return max(0, min(int(r.Likely(Months)), r.lifetime)) }

// hangs weighs how much hangs on an unknown score, and says what it could turn.
func (s *search) hangs(d *decision, in Input) (weight int, text string) {
	first, turned := 0.0, decision{}
	for _, x := range s.tries(in) {
		if e := s.try(in, x); !e.same(d) {
			weight += 2
			if turned.primary == nil || turned.primary == d.primary && e.primary != d.primary {
				first, turned = x, e
			}
		}
	}
	var others []Input
	for _, o := range scores {
		if o != in && s.now.Unknown(o) {
			others = append(others, o)
		}
	}
	for mask := range 1 << len(others) {
		if len(others) == 0 {
			break
		}
		var back []func()
		for i, o := range others {
			x := 30.0
			if mask>>i&1 != 0 {
				x = 95
			}
			back = append(back, s.change(o, replacement{number: cost.Exactly(x)}))
		}
		weight += s.varies(in)
		for i := len(back) - 1; i >= 0; i-- {
			back[i]()
		}
	}
	if turned.primary == nil || in == TargetScore && s.now.Unknown(CurrentScore) {
		return weight, joint(in)
	}
	return weight, "at " + cost.Plain(first) + "% it would be " + turned.said()
}

// joint says what an unknown decides together with another.
func joint(in Input) string {
	switch in {
	case CurrentScore:
		return "if that is what the use needs, there is nothing to close"
	case TargetScore:
		return "without it no gap has been measured"
	case BestModelScore:
		return "if that is enough, a better model does it without tuning"
	}
	return "if that is enough, it does the same for less without tuning"
}

// varies counts the verdicts that a score can bring about beside the first.
func (s *search) varies(in Input) (n int) {
	var was decision
	for i, x := range [...]float64{10, 50, 75, 100} {
		e := s.try(in, x)
		if i > 0 && !e.same(&was) {
			n++
		}
		was = e
	}
	return n
}

// tries are the values at which an unknown score is tried: where rules turn, and between. A cheaper model is not expected to
// pass where the best is known to fail.
func (s *search) tries(in Input) []float64 {
	list := []float64{10, 50, 75, 90, 100}
	for i, o := range [...]Input{TargetScore, CurrentScore} {
		if x := s.now.Likely(o); o != in && !s.now.Unknown(o) {
			at := 0
			for at < len(list) && list[at] < x {
				at++
			}
			if i == 0 && at < len(list) && list[at] != x {
				list = append(list[:at], append([]float64{x}, list[at:]...)...)
			}
		}
	}
	if best := s.now.Likely(BestModelScore); in == CheaperModelScore && !s.now.Unknown(BestModelScore) {
		for len(list) > 0 && list[len(list)-1] > best {
			list = list[:len(list)-1]
		}
	}
	return list
}

// said names a verdict in a sentence.
func (d *decision) said() string {
	return "“" + strings.ReplaceAll(string(d.call), "_", " ") + ": " + lowerFirst(d.primary.Title) + "”"
}

func (d *decision) same(e *decision) bool { return d.call == e.call && d.primary == e.primary }

func lowerFirst(s string) string {
	if s == "" || len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return string(s[0]|0x20) + s[1:]
}
