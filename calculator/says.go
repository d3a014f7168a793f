package calculator

import (
	"math"
	"strings"

	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// What rules say of the answers at hand, after their own sentence.

// runsOn is the row that a tune runs on today, or nil.
func (r *Resolved) runsOn() *fact.Price {
	if r.Worded(RunningTunedModel) {
		return nil
	}
	return r.tables.FindPrice(r.Choice(RunningTunedModel))
}

func runningEnd(r *Resolved) string { return r.door(r.runsOn()) }

func doorSince(r *Resolved) string { return r.door(r.tune) }

// door says since when a row is closed to new jobs, until when the last ones ran, and when it stops.
func (r *Resolved) door(row *fact.Price) string {
	if row == nil {
		return ""
	}
	s := row.Vendor + " " + row.Model + ": "
	switch {
	case row.Tune == "closing" && row.TuneUntil != "":
		s += "closing to new jobs since " + row.TuneSince + ", the last on " + row.TuneUntil
	case row.Tune == "closed" && row.TuneSince != "":
		s += "closed since " + row.TuneSince
	default:
		s += row.Tune
	}
	switch row.Shutdown {
	case "":
	case row.TuneSince:
		s += "; it stopped that day"
	default:
		s += "; it stops on " + row.Shutdown
	}
	return s + "."
}

// doorKey begins the key of a source that says who may tune a row.
const doorKey = "door:"

// DoorSource is what says who may tune a row of prices: the row of the doors that names its vendor and model, else where
// the row itself was read. ok is false where key names no row.
func DoorSource(t *fact.Tables, key string) (Source, bool) {
	if len(key) < len(doorKey) || key[:len(doorKey)] != doorKey {
		return Source{}, false
	}
	row := t.FindPrice(key[len(doorKey):])
	if row == nil {
		return Source{}, false
	}
	s := Source{Key: key, Title: row.Source, Address: row.TuneSource, Date: row.Date, Grade: row.Grade}
	if d := doorOf(t, row); d != nil {
		s.Title, s.Date, s.Grade = d.Vendor+", "+d.Route, d.Date, d.Grade
		if s.Address == "" {
			s.Address = d.Address
		}
	}
	return s, true
}

// doorOf is the door of a row's vendor that stands as the row does: one that names the model before one that does not.
func doorOf(t *fact.Tables, row *fact.Price) (first *fact.Door) {
	model, _, _ := strings.Cut(row.Model, " ")
	for i := range t.Doors {
		d := &t.Doors[i]
		if d.Vendor != row.Vendor || d.Status != row.Tune {
			continue
		}
		if strings.Contains(d.Models, model) {
			return d
		}
		if first == nil {
			first = d
		}
	}
	return first
}

// examplesMissing says how many more examples it takes, and what they would cost.
func examplesMissing(r *Resolved) string {
	more := r.examplesNeeded() - r.Likely(LabelledExamples)
	if more <= 0 {
		return ""
	}
	return cost.Plain(r.Likely(LabelledExamples)) + " of " + cost.Plain(r.examplesNeeded()) + " are there; the rest cost about $" +
		cost.Plain(math.Round(more*r.Likely(LabelCost))) + " to label."
}

// CutShort says until which day months count and how many do, where the base model retires before the last that was asked
// for; else it is empty.
func (r *Resolved) CutShort() string {
	want, left := math.Floor(r.Likely(Months)+.5), float64(max(r.lifetime, 0))
	if left >= want {
		return ""
	}
	if !r.start.Before(r.end) {
		return "The base model stopped on " + r.end.String() + ", before the start on " + r.start.String() + ": no month is counted, not " + cost.Plain(want) + "."
	}
	are := " months are"
	if left == 1 {
		are = " month is"
	}
	return "The base model retires first, on " + r.end.String() + ": " + cost.Plain(left) + are + " counted, not " + cost.Plain(want) + "."
}

// Aside says what the money of a verdict is held against where the data may not go there, and what it leaves out; else it is
// empty.
func (r *Resolved) Aside(outcome string) string {
	s := ""
	if where := r.inHouse(); where != "" && r.base != nil && !r.Given(SavingPerCall) {
		s = " The saving is held against " + r.base.ID + ", where data_residency " + where + " lets no call go: look at the self-hosted stock model among the other ways."
	}
	if outcome == "rag_plus_lora" {
		s += " The index and the passages of retrieval are not in it: they come with a tune and without."
	}
	return s
}

// wrongToday says what is wrong with the way of today, price or speed, and whether its score is what the use needs.
func wrongToday(r *Resolved) string {
	s := "What is wrong today is the price"
	if r.Choice(PrimaryGap) == "latency" {
		s = "What is wrong today is the speed (time the tuned model too: how fast it is, nobody has measured)"
	}
	switch reached.Ask(r) {
	case Holds:
		return s + "; the task is done well enough."
	case NotKnown:
		return s + "; whether the task is done well enough, nobody has said."
	}
	return s + ", and the score as well: " + cost.Plain(r.Likely(CurrentScore)) + "% pass and " + cost.Plain(r.Likely(TargetScore)) + "% must, which the tune has to bring too."
}

// itemsMissing says what the test set can show and how many items the claim needs.
func itemsMissing(r *Resolved) string {
	e, gain := r.evaluation(), "a gain of "
	if !r.gains() {
		gain = "no gain is named, and one of "
	}
	return cost.Plain(r.Likely(EvalSetSize)) + " items; " + gain + cost.Significant(r.wantedGain(), 3) + " points needs " + cost.Plain(e.PairedExamplesNeeded.Value) +
		" that both ways answer."
}

// contextOrRetrieval says what the whole corpus in the prompt costs a month beside retrieval.
func contextOrRetrieval(r *Resolved) string {
	if r.Given(SavingPerCall) {
		return ""
	}
	v := *r.likely()
	if v[TokensStatic] += r.Likely(CorpusTokens); !r.Given(CacheHitPercent) && r.baseline.hasCached {
		v[CacheHitPercent] = cacheHits.Likely
	}
	whole := r.baselineCall(&v).Total
	v = *r.likely()
	v[TokensVariable] += r.Likely(RetrievedTokens)
	retrieved, calls := r.baselineCall(&v).Total, r.Likely(MonthlyCalls)
	s := "That is about $" + cost.Plain(math.Round(calls*whole)) + " a month at your volume; retrieval would be about $" + cost.Plain(math.Round(calls*retrieved)) + "."
	if retrieved < whole {
		s += " Take that where the passages that it finds answer as well."
	}
	return s
}
