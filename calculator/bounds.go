package calculator

import (
	"math"
	"strings"

	"whentofinetune/calculator/cost"
)

// bounds says what is wrong with r as an answer to q, or is empty.
func (q *Question) bounds(r cost.Range) string {
	percent := ""
	if q.Kind == KindPercent {
		percent = "%"
	}
	switch {
	case (q == &Questions[Draws] || q == &Questions[RandomSeed]) && !r.Certain():
		return "A range is no answer here. " + q.accepts()
	case r.High > q.Max && q.Kind == KindPercent && q.Max == 100 && q.Min >= 0:
		return far(r.High) + "% is more than " + q.whole() + ". Write a share from " + cost.Plain(q.Min) + "% to 100%."
	case r.High > q.Max:
		return far(r.High) + percent + " is above the most that counts, " + cost.Plain(q.Max) + percent + ". " + q.accepts()
	case r.Low < q.Min:
		return far(r.Low) + percent + " is below the least that counts, " + cost.Plain(q.Min) + percent + ". " + q.accepts()
	}
	if q.Kind == KindCount {
		for _, x := range [...]float64{r.Low, r.Likely, r.High} {
			if math.Floor(x) != x {
				return cost.Plain(x) + " is not a whole number. Write " + cost.Plain(math.Floor(x)) + " or " + cost.Plain(math.Floor(x)+1) + "."
			}
		}
	}
	return ""
}

// far writes a number in full as long as its digits can be counted.
func far(x float64) string {
	if x > 1e18 || x < -1e18 {
		return cost.Significant(x, 3)
	}
	return cost.Plain(x)
}

// whole names what 100% of q is.
func (q *Question) whole() string {
	switch {
	case q.Unit == "% of calls":
		return "every call"
	case q.Unit == "percent of held-out items":
		return "every item"
	}
	return "all of it"
}

// accepts says what to write, as one sentence.
func (q *Question) accepts() string {
	also := ""
	if q.Word != "" {
		also = " or " + q.Word
	}
	if q.Unknown {
		also += " or unknown"
	}
	switch q.Kind {
	case KindChoice:
		words := make([]string, len(q.Choices))
		for i, c := range q.Choices {
			words[i] = c.Word
		}
		return "Choose one of " + strings.Join(words, ", ") + also + "."
	case KindBool:
		return "Choose true or false."
	case KindDate:
		return "Write a date such as 2027-01-14" + also + "."
	case KindCatalog:
		return "Choose a row of the " + q.Catalog.String() + " table" + also + "."
	}
	percent := ""
	if q.Kind == KindPercent {
		percent = "%"
	}
	kind := "a number"
	if q.Kind == KindCount {
		kind = "a whole number"
	}
	return "Write " + kind + " from " + cost.Plain(q.Min) + percent + " to " + cost.Plain(q.Max) + percent + also + "."
}

// noUnknown says what to do where "unknown" is no answer: what is left out has a default.
func (q *Question) noUnknown() string {
	taken := q.DefaultNote
	switch {
	case q.Default == "":
	case q.Numeric():
		r, _ := cost.ParseRange(q.Default)
		taken = cost.Plain(r.Likely)
		if !r.Certain() {
			taken = cost.Plain(r.Low) + ".." + taken + ".." + cost.Plain(r.High)
		}
	default:
		taken = q.Default
	}
	write := q.accepts()
	return "“unknown” is no answer here. Leave it out, and the default is taken: " + taken + ". Or " + strings.ToLower(write[:1]) + write[1:]
}

// example is a number and a range within the bounds of q, for whoever wrote none.
func (q *Question) example() string {
	switch {
	case q == &Questions[Draws] || q == &Questions[RandomSeed]:
		return q.accepts()
	case q.Kind == KindPercent:
		return "Write a share such as 5% or a range such as 2..5..10%."
	case q.Min > 1000: // parameters
		return "Write a number such as 8B or a range such as 7B..8B..9B."
	case q.Max < 2000:
		return "Write a number such as 6 or a range such as 3..6..12."
	}
	return "Write a number such as 1,500, 1.5k or a range such as 1k..1.5k..2k."
}

// nearest returns the first known word that begins with word and a hyphen or an underscore; else the one closest to it, if
// it is close enough to be meant: at most a third of its letters changed, put in or left out; else the first that begins with it.
func nearest(word string, n int, known func(int) string) string {
	best, least := "", (len(word)+1)/3
	for i := 0; i < n && len(word) >= 3; i++ {
		if rest, begins := strings.CutPrefix(known(i), word); begins && rest != "" && (rest[0] == '-' || rest[0] == '_') {
			return known(i)
		}
	}
	for i := range n {
		if d := distance(word, known(i), least); d <= least && (best == "" || d < least) {
			best, least = known(i), d
		}
	}
	for i := 0; best == "" && i < n && len(word) >= 3; i++ {
		if strings.HasPrefix(known(i), word) {
			best = known(i)
		}
	}
	return best
}

// distance counts the single letters to change, put in or leave out that turn a into b, and gives up above most.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most || len(a) > 80 || len(b) > 80 {
		return most + 1
	}
	var row [82]int
	for j := range len(b) + 1 {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			changed := diagonal
			if a[i] != b[j] {
				changed++
			}
			diagonal = row[j+1]
			row[j+1] = min(changed, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
