package calculator

import (
	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// maxFlips is how many flips a verdict lists.
const maxFlips = 8

// flipNumbers are the numbers that are looked at for a flip, with the least step away from zero.
var flipNumbers = [...]struct {
	in   Input
	from float64 // where a zero starts
}{
	{MonthlyCalls, 100}, {LabelledExamples, 10}, {PreferencePairs, 100}, {EvalSetSize, 10}, {CurrentScore, 1}, {TargetScore, 1}, {BestModelScore, 1}, {CheaperModelScore, 1},
	{CorpusTokens, 1000}, {LatencyBudgetMS, 10}, {BestModelLatencyMS, 10}, {VolumeGrowthPercentPerMonth, 1}, {TokensStatic, 100}, {TokensVariable, 100}, {TokensOut, 10},
	{TunedTokensStatic, 100}, {CacheHitPercent, 1}, {BatchPercent, 1}, {BaselinePriceIn, 0.01}, {BaselinePriceOut, 0.01}, {TunedPriceIn, 0.01}, {TunedPriceOut, 0.01},
	{BaselinePriceFallPercentPerYear, 1}, {FallbackPercent, 1}, {ValuePerExtraPass, 0.0001}, {SavingPerCall, 0.00001}, {FineTuneCost, 10}, {EngineerDays, 1},
	{InfraCostPerMonth, 10}, {MaintenanceCostPerMonth, 10}, {Replicas, 1}, {AdaptersSharingHost, 1}, {HostingPricePerHour, 0.1}, {Months, 1}, {SuccessPercent, 1},
}

// flipChoices are the choices that are looked at, with how far one step counts: as if a number had been multiplied by it. What a
// team can do in weeks is near, what others decide is farther, and what is missing is a finding. Where the words are in order,
// each step counts, and one back, which would undo what has been done, counts threefold.
var flipChoices = [...]struct {
	in      Input
	away    float64
	ordered bool
}{
	{PromptingEffort, 1.4, true}, {DataQuality, 1.4, true}, {TeamCapability, 2, true}, {TaskStability, 2, false}, {CitationsOrAccessControl, 2, false},
	{Teacher, 2, false}, {Verifier, 2, false}, {DataResidency, 2.5, false}, {KnowledgeChange, 2.5, false}, {TaskBreadth, 2.5, false}, {OutputKind, 3, false},
	{Hosting, 1.6, false}, {TrainingRoute, 1.6, false}, {Method, 4, false}, {PrimaryGap, 100, false},
}

// tooFar is how far away a change is that nobody would ask about. Volume may grow farther.
const tooFar = 120

// candidate is a flip with how far away it is.
type candidate struct {
	flip Flip
	away float64
}

// flips finds the smallest single changes that turn the call or the primary, nearest first. Each is verified: deciding
// again with the input set to To gives its Call and Primary.
func (r *Resolved) flips(d *decision) []Flip {
	h := flipper{search: r.search(), r: r, d: d}
	hangs := r.hanging(d)
	for _, n := range flipNumbers {
		if r.flippable(n.in) && hangs[n.in] {
			h.number(n.in, n.from)
		}
	}
	for _, c := range flipChoices {
		if hangs[c.in] {
			h.choice(c.in, c.away, c.ordered)
		}
	}
	for _, in := range [...]Input{BaselineModel, TunedModel} {
		if r.flippable(in) && hangs[in] {
			h.row(in)
		}
	}
	found := h.found
	for i := 1; i < len(found); i++ { // insertion keeps the order of the table among equals
		for j := i; j > 0 && found[j].away < found[j-1].away; j-- {
			found[j], found[j-1] = found[j-1], found[j]
		}
	}
	var list []Flip
	for _, c := range found {
		if len(list) < maxFlips && (c.away <= tooFar || c.flip.Input == MonthlyCalls.ID()) {
			list = append(list, c.flip)
		}
	}
	return list
}

// flippable leaves out numbers that the answers make no use of, and those that nobody knows: they stand under what to find
// out.
func (r *Resolved) flippable(in Input) bool {
	switch in {
	case SavingPerCall, FineTuneCost, InfraCostPerMonth, MaintenanceCostPerMonth, TunedTokensStatic:
		return r.Given(in)
	case TokensStatic, TokensVariable, TokensOut, CacheHitPercent, BatchPercent, FallbackPercent, BaselinePriceIn, BaselinePriceOut, BaselineModel:
		return !r.Given(SavingPerCall)
	case TunedPriceIn, TunedPriceOut:
		return !r.Given(SavingPerCall) && !r.dedicated
	case Replicas, AdaptersSharingHost, HostingPricePerHour:
		return r.dedicated && !r.Given(InfraCostPerMonth)
	case EngineerDays:
		return !r.Given(FineTuneCost)
	}
	return !r.Unknown(in)
}

// hanging marks the answers on which the verdict can hang: those that a rule down to the one that decided asks for, and, where a
// tune is weighed, those of the blockers and of the money.
func (r *Resolved) hanging(d *decision) *[Inputs]bool {
	var seen [Inputs]bool
	for i := range d.rung + 1 {
		Rungs[i].When.asks(&seen)
	}
	weighed := FindOutcome(Rungs[d.rung].Outcome).Tunes
	for i := range Blockers {
		if weighed {
			Blockers[i].When.asks(&seen)
		}
	}
	for in := range Inputs {
		seen[in] = seen[in] || (weighed || moneyGap.Ask(r) == Holds) && isMoney(in)
	}
	return &seen
}

// isMoney tells whether in has to do with the money of a tune alone, or with the way that it is trained and served.
func isMoney(in Input) bool {
	return Questions[in].Group >= GroupVolume || in == TaskStability || in == DataResidency || in == CurrentScore || in == TargetScore || in == EvalSetSize || in == LabelledExamples
}

// flipper looks for flips of one verdict.
type flipper struct {
	*search
	r     *Resolved
	d     *decision
	found []candidate
}

// turned reports whether a change of in turns the verdict. Where the value of a better answer is asked for first, naming any
// turns the words; what counts is the value from which the tune pays.
func (h *flipper) turned(e *decision, in Input) bool {
	if h.d.worth && in == ValuePerExtraPass {
		return e.call == FineTune
	}
	return !h.d.same(e)
}

// maxSteps is how often a change is doubled: from a cent to over a hundred dollars.
const maxSteps = 14

// number looks for the nearest change of a number upwards and downwards: doubling until the verdict turns, then halving the
// interval until two digits are known.
func (h *flipper) number(in Input, start float64) {
	now := h.r.Likely(in)
	for _, up := range [...]bool{true, false} {
		was, x := now, now
		for range maxSteps {
			if was, x = x, farther(x, start, up, in); x == was {
				break
			}
			if e := h.try(in, x); h.turned(&e, in) {
				h.threshold(in, was, x, now, start)
				break
			}
		}
	}
}

// farther is the next number to try: twice or half as far, inside the bounds.
func farther(x, start float64, up bool, in Input) float64 {
	q := in.Question()
	switch {
	case up && x < start && x >= 0:
		x = start
	case q.Kind == KindPercent && q.Min < 0:
		if !up {
			x -= max(1, x/4, -x/4)
		} else {
			x += max(1, x/4, -x/4)
		}
	case up && q.Kind == KindPercent:
		x += max(5, x/4)
	case up:
		x *= 2
	case x <= start:
		x = q.Min
	default:
		x /= 2
	}
	if whole(in) {
		x = float64(int64(x))
	}
	return min(max(x, q.Min), q.Max)
}

// whole tells whether in counts what is not parted. Tokens a call are an average.
func whole(in Input) bool { return in.Question().Kind == KindCount || in == MonthlyCalls || ruled(in) }

// ruled tells whether only rules and other answers look at in, so that where the verdict turns is a number that was meant.
func ruled(in Input) bool {
	return in == CorpusTokens || in == LatencyBudgetMS || in == BestModelLatencyMS
}

// exact tells whether the number that turns the verdict is known to the last digit and meant so: that of a rule, or next to a
// round one that keeps it. Others, which the money brings about, are written with few digits.
func exact(in Input, keeps, turns float64) bool {
	return whole(in) && max(turns-keeps, keeps-turns) <= 1 && (ruled(in) || cost.Digits(keeps, 2, false) == keeps)
}

// threshold narrows the change between a number that keeps the verdict and one that turns it, and writes it with as few
// digits as still turn it.
func (h *flipper) threshold(in Input, keeps, turns, now, start float64) {
	q := in.Question()
	least := keeps == 0 && turns == start && q.Kind != KindCount // nobody asks about less than the least step
	halves := 12
	if ruled(in) {
		halves = 50
	}
	for range halves {
		if least {
			break
		}
		middle := (keeps + turns) / 2
		if whole(in) {
			middle = float64(int64(middle))
		}
		if middle == keeps || middle == turns {
			break
		}
		if e := h.try(in, middle); h.turned(&e, in) {
			turns = middle
		} else {
			keeps = middle
		}
	}
	if !exact(in, keeps, turns) {
		if x, found := h.short(in, keeps, turns, now); found {
			turns = x
		}
	}
	if (in == EvalSetSize || in == Months) && turns == 0 {
		return // nobody throws a test set away, or asks about no months
	}
	e := h.try(in, turns)
	away := 1.0
	if !(h.d.worth && in == ValuePerExtraPass) { // what is asked for first comes first
		from, to := max(now, start), max(turns, start)
		away = max(to/from, from/to)
		if points := max(turns-now, now-turns); q.Kind == KindPercent && q.Max == 100 { // ten points count as a quarter more
			if away = min(away, 1+points/40); q.Min < 0 {
				away = 1 + points/20 // where zero is in the middle, ten count as half more
			}
		}
	}
	h.add(in, cost.RangeText(cost.Exactly(turns)), &e, away)
}

// short is a number near turns with as few digits as still turn the verdict: the one that is nearer to the number now, if it does.
func (h *flipper) short(in Input, keeps, turns, now float64) (x float64, found bool) {
	q := in.Question()
	for digits := 2; digits <= 4; digits++ {
		for _, up := range [...]bool{turns < keeps, turns > keeps} {
			x := cost.Digits(turns, digits, up)
			if turns < 0 {
				x = -cost.Digits(-turns, digits, !up)
			}
			x = min(max(x, q.Min), q.Max)
			if x == now || whole(in) && x != float64(int64(x)) {
				continue
			}
			if e := h.try(in, x); h.turned(&e, in) {
				return x, true
			}
		}
	}
	return 0, false
}

func (h *flipper) add(in Input, to string, e *decision, away float64) {
	h.found = append(h.found, candidate{Flip{Input: in.ID(), From: h.r.Text(in), To: to, Call: e.call, Primary: e.primary.ID}, away})
}

// choice tries every other word of a choice. Of words in order the nearest on either side is listed, of others each that turns,
// the second and third as farther away than the first.
func (h *flipper) choice(in Input, away float64, ordered bool) {
	if in.Question().Kind == KindBool {
		to, text := 1.0, "true"
		if h.r.Bool(in) {
			to, text = 0, "false"
		}
		if e := h.try(in, to); !h.d.same(&e) {
			h.add(in, text, &e, away)
		}
		return
	}
	words := in.Question().Choices
	now := 0
	for words[now].Word != h.r.Choice(in) {
		now++
	}
	for _, step := range [...]int{1, -1} {
		for i := now + step; i >= 0 && i < len(words); i += step {
			e := h.with(in, replacement{word: words[i].Word})
			if h.d.same(&e) {
				continue
			}
			if !ordered && h.listed(in, &e) {
				continue
			}
			if !ordered {
				h.add(in, words[i].Word, &e, away)
				away++
				continue
			}
			steps := float64((i - now) * step)
			if step < 0 {
				steps *= 3
			}
			h.add(in, words[i].Word, &e, away*steps)
			break
		}
	}
}

// listed reports whether another word of a choice already brings the same verdict about.
func (h *flipper) listed(in Input, e *decision) bool {
	for _, c := range h.found {
		if c.flip.Input == in.ID() && c.flip.Call == e.call && c.flip.Primary == e.primary.ID {
			return true
		}
	}
	return false
}

// row tries the rows of the price table and lists the nearest in price that turns the verdict.
func (h *flipper) row(in Input) {
	now, best, least := h.r.rowCall(in, h.r.tables.FindPrice(h.r.Choice(in))), candidate{}, 0.0
	for i := range h.r.tables.Prices {
		row := &h.r.tables.Prices[i]
		call := h.r.rowCall(in, row)
		if row.ID == h.r.Choice(in) || !(call > 0) || row.Shutdown != "" || in == TunedModel && row.Tune != fact.Open {
			continue
		}
		away := 1.5 * max(call/now, now/call, 1)
		if !(now > 0) {
			away = 2
		}
		if best.flip.Input != "" && away >= least {
			continue
		}
		if e := h.with(in, replacement{word: row.ID}); !h.d.same(&e) {
			best, least = candidate{Flip{Input: in.ID(), From: h.r.Text(in), To: row.ID, Call: e.call, Primary: e.primary.ID}, away}, away
		}
	}
	if best.flip.Input != "" {
		h.found = append(h.found, best)
	}
}

// rowCall is what one of these calls costs by a row of prices, without a cache: how rows are told to be near.
func (r *Resolved) rowCall(in Input, row *fact.Price) float64 {
	if row == nil {
		return 0
	}
	rateIn, rateOut := row.Input, row.Output
	if in == TunedModel {
		rateIn, rateOut = row.TunedIn, row.TunedOut
	}
	return float64((r.Likely(TokensStatic)+r.Likely(TokensVariable))*rateIn.Or(0)) + float64(r.Likely(TokensOut)*rateOut.Or(0))
}
