package calculator

import (
	"strconv"

	"whentofinetune/calculator/cost"
)

// Schema writes the inputs as one JSON Schema (draft 2020-12): what a file of answers may hold. Numbers may be numbers,
// texts such as "100M", or objects of low, likely and high.
func Schema() []byte {
	w := &jsonWriter{out: make([]byte, 0, 64<<10)}
	w.out = append(w.out, '{')
	w.levels = append(w.levels, level{})
	w.text("$schema", "https://json-schema.org/draft/2020-12/schema")
	w.text("title", "When to Fine-Tune: answers")
	w.text("description", "Every input is optional; one that is not given takes its default.")
	w.text("type", "object")
	w.open("properties", false)
	w.open("scenario", false)
	w.text("title", "Scenario")
	w.text("description", "takes the inputs of a worked example first; the others win over it")
	w.text("type", "string")
	w.shut(false)
	for i := range Questions {
		Questions[i].schema(w)
	}
	w.shut(false)
	w.flag("additionalProperties", false)
	w.shut(false)
	return append(w.out, '\n')
}

func (q *Question) schema(w *jsonWriter) {
	w.open(q.ID, false)
	defer w.shut(false)
	w.text("title", q.Label)
	w.text("description", q.describe())
	switch {
	case q.Numeric():
		q.numberSchema(w)
	case q.Kind == KindBool:
		w.text("type", "boolean")
	case q.Kind == KindChoice:
		w.text("type", "string")
		w.open("enum", true)
		for _, c := range q.Choices {
			w.text("", c.Word)
		}
		w.shut(true)
	case q.Kind == KindDate:
		w.text("type", "string")
		w.text("pattern", "^([0-9]{4}-[0-9]{2}-[0-9]{2}|unknown)$")
	default:
		w.text("type", "string")
	}
	q.defaultSchema(w)
	w.text("x-group", Groups[q.Group])
	if q.Unit != "" {
		w.text("x-unit", q.Unit)
	}
}

// describe is the hint, the unit and the default as one line.
func (q *Question) describe() string {
	s := q.Hint
	for _, part := range [...]string{q.Unit, q.DefaultNote} {
		if part == "" {
			continue
		}
		if s != "" {
			s += "; "
		}
		if part == q.DefaultNote && q.Default == "" {
			s += "default: "
		}
		s += part
	}
	return s
}

// numberSchema accepts a number, a range, or either as text, and the input's words.
func (q *Question) numberSchema(w *jsonWriter) {
	w.open("anyOf", true)
	w.open("", false)
	q.limits(w)
	w.shut(false)
	w.open("", false)
	w.text("type", "object")
	w.open("properties", false)
	for _, end := range [...]string{"low", "likely", "high"} {
		w.open(end, false)
		q.limits(w)
		w.shut(false)
	}
	w.shut(false)
	w.open("required", true)
	for _, end := range [...]string{"low", "likely", "high"} {
		w.text("", end)
	}
	w.shut(true)
	w.flag("additionalProperties", false)
	w.shut(false)
	w.open("", false)
	w.text("type", "string")
	words := "a number such as 1,500, 1.5k or 8.03B, or a range low..likely..high"
	if q.Word != "" {
		words += ", or " + q.Word
	}
	if q.Unknown {
		words += ", or unknown"
	}
	w.text("description", words)
	w.shut(false)
	w.shut(true)
}

func (q *Question) limits(w *jsonWriter) {
	if q.Kind == KindCount {
		w.text("type", "integer")
	} else {
		w.text("type", "number")
	}
	w.raw("minimum", cost.Significant(q.Min, 17))
	w.raw("maximum", cost.Significant(q.Max, 17))
}

// defaultSchema writes the default in the kind's own form, unless it hangs on other answers.
func (q *Question) defaultSchema(w *jsonWriter) {
	if q.Default == "" {
		return
	}
	in, _ := Find(q.ID)
	r := defaults.Number(in)
	switch {
	case defaults.state[in] != given || !q.Numeric() && q.Kind != KindBool:
		w.text("default", q.Default)
	case q.Kind == KindBool:
		w.flag("default", r.Likely != 0)
	case r.Certain():
		w.raw("default", strconv.FormatFloat(r.Likely, 'f', -1, 64))
	default:
		w.open("default", false)
		w.raw("low", strconv.FormatFloat(r.Low, 'f', -1, 64))
		w.raw("likely", strconv.FormatFloat(r.Likely, 'f', -1, 64))
		w.raw("high", strconv.FormatFloat(r.High, 'f', -1, 64))
		w.shut(false)
	}
}

// raw writes a value that is JSON already.
func (w *jsonWriter) raw(name, value string) {
	w.key(name)
	w.out = append(w.out, value...)
}
