package calculator

import (
	"strconv"
	"strings"

	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// Schema writes the inputs as one JSON Schema (draft 2020-12): what a file of answers may hold. Numbers may be numbers,
// texts such as "100M", or objects of low, likely and high. What is chosen from a table is one of the rows that t has.
func Schema(t *fact.Tables) []byte {
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
	w.words(examples(t))
	w.shut(false)
	for i := range Questions {
		Questions[i].schema(w, t)
	}
	w.shut(false)
	w.flag("additionalProperties", false)
	w.shut(false)
	return append(w.out, '\n')
}

func (q *Question) schema(w *jsonWriter, t *fact.Tables) {
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
		list := make([]string, len(q.Choices))
		for i, c := range q.Choices {
			list[i] = c.Word
		}
		w.words(list)
	case q.Kind == KindCatalog:
		q.rowSchema(w, t)
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

// rowSchema lists the rows that an input may name, behind its own word. Where prices can be given beside it, any other name
// will do as well.
func (q *Question) rowSchema(w *jsonWriter, t *fact.Tables) {
	own := strings.TrimSuffix(q.ID, "_model")
	if _, priced := Find(own + "_price_in"); !priced {
		w.text("type", "string")
		w.words(q.rows(t))
		return
	}
	w.open("anyOf", true)
	w.open("", false)
	w.words(q.rows(t))
	w.shut(false)
	w.open("", false)
	w.text("type", "string")
	w.text("description", "a name of your own, where "+own+"_price_in and "+own+"_price_out are given")
	w.shut(false)
	w.shut(true)
}

// rows are the ids that an input takes from its table: of what runs without tuning those with a price, of what is tuned
// those that can be.
func (q *Question) rows(t *fact.Tables) []string {
	list := []string{}
	if q.Word != "" {
		list = append(list, q.Word)
	}
	price := func(p *fact.Price) {
		if q.ID == Questions[BaselineModel].ID && !(p.Input.Known && p.Output.Known) || q.ID == Questions[TunedModel].ID && p.Tune == fact.None {
			return
		}
		list = append(list, p.ID)
	}
	switch q.Catalog {
	case PriceCatalog:
		for i := range t.Prices {
			price(&t.Prices[i])
		}
		for i := range t.Brackets {
			price(&t.Brackets[i].Price)
		}
	case ModelCatalog:
		for i := range t.Models {
			list = append(list, t.Models[i].ID)
		}
	case GPUCatalog:
		for i := range t.GPUs {
			list = append(list, t.GPUs[i].ID)
		}
	}
	return list
}

// examples are the ids of the worked examples, then those of the published decisions.
func examples(t *fact.Tables) []string {
	list := []string{}
	for i := range t.Scenarios {
		list = append(list, t.Scenarios[i].ID)
	}
	for i := range t.Cases {
		list = append(list, t.Cases[i].ID)
	}
	return list
}

// words lists all that a text may be. A list of none would be no schema.
func (w *jsonWriter) words(list []string) {
	if len(list) == 0 {
		return
	}
	w.open("enum", true)
	for _, word := range list {
		w.text("", word)
	}
	w.shut(true)
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
