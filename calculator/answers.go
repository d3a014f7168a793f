package calculator

import (
	"strings"

	"whentofinetune/calculator/cost"
)

// Answers are what somebody said. The zero value says nothing: every input then has its default, as far as it does not
// hang on the catalog or on other answers; Resolve fills those in.
//
// Answers are a plain value: a copy is independent of the original.
type Answers struct {
	state  [Inputs]state
	number [Inputs]cost.Range // numbers, true as 1, dates as 20270114
	word   [Inputs]string     // choices and catalog ids
}

type state uint8

const (
	silent  state = iota // not given
	given                // given, with a value
	unknown              // given as unknown
	worded               // given as the input's own word: never, none
	filled               // not given, filled by Resolve
)

// Set takes the answer that text holds. An empty text takes the answer back. Where text cannot be accepted, the answer
// stays as it was and the complaint says why.
func (a *Answers) Set(in Input, text string) (Complaint, bool) {
	q := &Questions[in]
	text = strings.TrimSpace(text)
	word := plainWord(text)
	var wrong string
	switch {
	case text == "":
		a.Clear(in)
	case q.Word != "" && word == q.Word:
		a.put(in, worded, cost.Range{}, q.Word)
	case q.Unknown && (word == "unknown" || word == "none" && q.Kind != KindPercent):
		a.put(in, unknown, cost.Range{}, "")
	case word == "unknown":
		wrong = q.noUnknown()
	case q.Kind == KindChoice:
		wrong = a.setChoice(in, text)
	case q.Kind == KindBool:
		wrong = a.setBool(in, text)
	case q.Kind == KindDate:
		wrong = a.setDate(in, text)
	case q.Kind == KindCatalog:
		a.put(in, given, cost.Range{}, text)
	default:
		wrong = a.setNumber(in, text)
	}
	if wrong != "" {
		return Complaint{Input: q.ID, Given: text, Text: wrong}, false
	}
	return Complaint{}, true
}

// SetNumber gives a numeric input the value r, which must lie within the input's bounds.
func (a *Answers) SetNumber(in Input, r cost.Range) { a.put(in, given, r, "") }

// SetChoice gives a choice, a catalog id or a word such as never.
func (a *Answers) SetChoice(in Input, word string) {
	if word == Questions[in].Word && word != "" {
		a.put(in, worded, cost.Range{}, word)
		return
	}
	a.put(in, given, cost.Range{}, word)
}

// SetBool gives a KindBool its answer.
func (a *Answers) SetBool(in Input, yes bool) {
	x := 0.0
	if yes {
		x = 1
	}
	a.put(in, given, cost.Exactly(x), "")
}

// Clear takes an answer back: the input has its default again.
func (a *Answers) Clear(in Input) { a.put(in, silent, cost.Range{}, "") }

// Given reports whether somebody answered in, be it with "unknown".
func (a *Answers) Given(in Input) bool {
	s := a.state[in]
	return s == given || s == unknown || s == worded
}

// Unknown reports whether nobody knows: the answer is "unknown", or there is none and the default is "unknown".
func (a *Answers) Unknown(in Input) bool {
	s := a.state[in]
	return s == unknown || s == silent && defaults.state[in] == unknown
}

// Worded reports whether the answer is the input's own word: never for retrain_every_months, none for running_tuned_model.
func (a *Answers) Worded(in Input) bool {
	s := a.state[in]
	return s == worded || s == filled && a.word[in] != "" && a.word[in] == Questions[in].Word || s == silent && defaults.state[in] == worded
}

// Number returns the value of a numeric input, in its unit: percents as percents. It is zero where the input is unknown
// and, before Resolve, where its default hangs on something else.
func (a *Answers) Number(in Input) cost.Range {
	if a.state[in] == silent {
		return defaults.number[in]
	}
	return a.number[in]
}

// Likely is the likely value of Number(in).
func (a *Answers) Likely(in Input) float64 { return a.Number(in).Likely }

// Choice returns the word of a KindChoice, or the id of a KindCatalog: as it was given before Resolve, as the table
// spells it after.
func (a *Answers) Choice(in Input) string {
	if a.state[in] == silent {
		return defaults.word[in]
	}
	return a.word[in]
}

// Bool returns the answer to a KindBool.
func (a *Answers) Bool(in Input) bool { return a.Number(in).Likely != 0 }

// Date returns the answer to a KindDate, and whether it is known.
func (a *Answers) Date(in Input) (Date, bool) {
	n := int(a.Number(in).Likely)
	return Date{n / 10000, n / 100 % 100, n % 100}, n != 0
}

// Text writes the answer to in, or its default, so that Set reads the same back. It is empty where the default hangs on
// something else that has not been resolved.
func (a *Answers) Text(in Input) string {
	q := &Questions[in]
	s := a.state[in]
	if s == silent {
		return q.Default
	}
	switch {
	case s == unknown:
		return "unknown"
	case a.Worded(in):
		return q.Word
	case q.Kind == KindChoice || q.Kind == KindCatalog:
		return a.word[in]
	case q.Kind == KindBool:
		if a.number[in].Likely != 0 {
			return "true"
		}
		return "false"
	case q.Kind == KindDate:
		d, _ := a.Date(in)
		return d.String()
	}
	return cost.RangeText(a.number[in])
}

func (a *Answers) put(in Input, s state, r cost.Range, word string) {
	a.state[in], a.number[in], a.word[in] = s, r, word
}

func (a *Answers) setChoice(in Input, text string) string {
	q := &Questions[in]
	word := plainWord(text)
	for _, c := range q.Choices {
		if c.Word == word {
			a.put(in, given, cost.Range{}, c.Word)
			return ""
		}
	}
	near := ""
	if w := nearest(word, len(q.Choices), func(i int) string { return q.Choices[i].Word }); w != "" {
		near = " Did you mean " + w + "?"
	}
	return "“" + clip(text) + "” is not one of the choices." + near + " " + q.accepts()
}

func (a *Answers) setBool(in Input, text string) string {
	switch plainWord(text) {
	case "true", "yes", "on", "1":
		a.SetBool(in, true)
	case "false", "no", "off", "0":
		a.SetBool(in, false)
	default:
		return "“" + clip(text) + "” is neither true nor false. " + Questions[in].accepts()
	}
	return ""
}

func (a *Answers) setDate(in Input, text string) string {
	d, ok := ParseDate(text)
	if !ok {
		return "“" + clip(text) + "” " + noDate(text) + " " + Questions[in].accepts()
	}
	a.put(in, given, cost.Exactly(float64(d.number())), "")
	return ""
}

func (a *Answers) setNumber(in Input, text string) string {
	q := &Questions[in]
	text = q.unitless(text)
	if wrong := q.strange(text); wrong != "" {
		return wrong
	}
	r, wrong := cost.ParseRange(text)
	if what, found := strings.CutSuffix(wrong, cost.Example); found {
		wrong = what + q.example()
	}
	if wrong == "" {
		wrong = q.bounds(r)
	}
	if wrong == "" {
		a.put(in, given, r, "")
	}
	return wrong
}

// plainWord is a word without regard to case, spaces and hyphens.
func plainWord(text string) string {
	return cost.Exchange(strings.ToLower(strings.TrimSpace(text)), " ", "_", "-", "_")
}

// clip keeps a quoted answer short enough for one line.
func clip(text string) string {
	text = strings.ToValidUTF8(text, "�")
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}

// defaults are the defaults that hang on nothing, read once from the table of questions.
var defaults = readDefaults()

func readDefaults() (d Answers) {
	for i := range Questions {
		q := &Questions[i]
		if q.Default == "" {
			continue
		}
		if c, ok := d.Set(Input(i), q.Default); !ok {
			panic("calculator: default of " + q.ID + ": " + c.Text)
		}
	}
	return d
}
