package view

import (
	"strings"

	"whentofinetune/calculator"
	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// hint is the line under a label: what is asked, the unit, the default, and where the default comes from with its date and
// grade.
func (p *printer) hint(in calculator.Input) string {
	q := in.Question()
	if inSet(in) {
		return "Default " + p.placeholder(in) + "."
	}
	said := []string{}
	if q.Hint != "" {
		said = append(said, q.Hint)
	}
	unsaid := p.unsaid(in)
	now := p.answerOf(in, unsaid)
	if q.Numeric() && q.Unit != "" && (now == "unknown" || now == q.Word) {
		said = append(said, q.Unit)
	}
	note := inLabels(q.DefaultNote)
	if computed(q) && !unsaid.Unknown(in) {
		return sentenced(strings.Join(append(said, "default "+note), "; "))
	}
	if origin := p.origin(in, unsaid); note != "" && origin != "" {
		note += ", " + origin
	} else {
		note += origin
	}
	if note != "" {
		now += " (" + note + ")"
	}
	return sentenced(strings.Join(append(said, "default "+now), "; "))
}

// computed reports whether an input that nobody answers is worked out from others: it has no default that a field could show.
func computed(q *calculator.Question) bool { return strings.HasPrefix(q.DefaultNote, "computed ") }

// inLabels is a note in which every input is called as its field is, and no word is written as machines write it.
func inLabels(note string) string {
	words := strings.Split(note, " ")
	for i, w := range words {
		bare := strings.TrimRight(w, ":,;")
		if in, found := calculator.Find(bare); found {
			words[i] = lower(in.Question().Label) + w[len(bare):]
		}
	}
	return cost.Exchange(strings.Join(words, " "), "_", " ")
}

// unsaid are the answers without the one to in: they hold what would stand if nobody had said it.
func (p *printer) unsaid(in calculator.Input) *calculator.Resolved {
	if !p.given.Given(in) {
		return p.a
	}
	a := p.given
	a.Clear(in)
	return calculator.Resolve(p.t, a)
}

// origin is where the default of an input was read, for those that come from a row: its date and grade. a are the answers
// without the one to in: the default's row, not the one that was chosen.
func (p *printer) origin(in calculator.Input, a *calculator.Resolved) string {
	var from fact.Origin
	switch in {
	case calculator.BaselineModel, calculator.BaselinePriceIn, calculator.BaselinePriceCached, calculator.BaselinePriceOut:
		if row := p.t.FindPrice(a.Choice(calculator.BaselineModel)); row != nil {
			from = row.Origin
		}
	case calculator.TunedModel, calculator.TunedPriceIn, calculator.TunedPriceCached, calculator.TunedPriceOut,
		calculator.ManagedPricePerMillion, calculator.Hosting:
		if row := p.t.FindPrice(a.Choice(calculator.TunedModel)); row != nil {
			from = row.Origin
		}
	case calculator.GPUPricePerHour:
		if row := p.t.FindGPU(a.Choice(calculator.GPU)); row != nil {
			from = row.Origin
		}
	case calculator.ModelParameters, calculator.ActiveParameters, calculator.Layers, calculator.HiddenSize,
		calculator.Vocabulary, calculator.Heads, calculator.KVHeads:
		if row := p.t.FindModel(a.Choice(calculator.Model)); row != nil {
			from = row.Origin
		}
	}
	if from.Date == "" {
		return ""
	}
	return from.Date + ", grade " + from.Grade
}

// answer is how an answer, or its default, reads: with its sign and its unit.
func (p *printer) answer(in calculator.Input) string { return p.answerOf(in, p.a) }

func (p *printer) answerOf(in calculator.Input, a *calculator.Resolved) string {
	q := in.Question()
	switch {
	case a.Unknown(in):
		return "unknown"
	case a.Worded(in):
		return q.Word
	case a.Text(in) == "":
		return "computed"
	case q.Kind == calculator.KindBool:
		if a.Bool(in) {
			return "yes"
		}
		return "no"
	case !q.Numeric():
		return p.choiceLabel(in, a.Text(in))
	}
	s := written(in, a.Number(in))
	switch unit := q.Unit; {
	case strings.HasPrefix(unit, "US dollars"):
		return cents(s) + strings.TrimPrefix(unit, "US dollars")
	case strings.HasPrefix(unit, "%"):
		return s + strings.TrimPrefix(unit, "%")
	case strings.HasPrefix(unit, "percent"):
		return s + strings.TrimPrefix(unit, "percent")
	case unit == "" || unit == "rank":
		return s
	case s == "1":
		return s + " " + single(unit)
	default:
		return s + " " + unit
	}
}

// cents gives each amount of a range with one decimal its second: $0.6 is $0.60.
func cents(s string) string {
	parts := strings.Split(s, "..")
	for i, part := range parts {
		if _, decimals, _ := strings.Cut(part, "."); len(decimals) == 1 {
			parts[i] += "0"
		}
	}
	return strings.Join(parts, "..")
}

// single is a unit as it reads after 1: its first word without the ending of many.
func single(unit string) string {
	word, rest, more := strings.Cut(unit, " ")
	if many, ok := strings.CutSuffix(word, "sses"); ok {
		word = many + "ss"
	} else if word != "ms" {
		word = strings.TrimSuffix(word, "s")
	}
	if more {
		word += " " + rest
	}
	return word
}

// written is a number or a range as it is typed, with the sign of its kind: $100..300..1,000 or 30..70..95%.
func written(in calculator.Input, r cost.Range) string {
	s := cost.Plain(r.Likely)
	if !r.Certain() {
		s = cost.Plain(r.Low) + ".." + s + ".." + cost.Plain(r.High)
	}
	switch in.Question().Kind {
	case calculator.KindMoney:
		if strings.HasPrefix(s, "−") {
			return "−$" + strings.TrimPrefix(s, "−")
		}
		return "$" + s
	case calculator.KindPercent:
		return s + "%"
	}
	return s
}

// value is one number of an input for a plot: $800, 65%, 2.2 M.
func (p *printer) value(in calculator.Input, x float64) string {
	switch in.Question().Kind {
	case calculator.KindMoney:
		if x < 1 && x > -1 {
			return perCall(x)
		}
		return short(x)
	case calculator.KindPercent:
		return percent(x)
	}
	return count(x)
}

// placeholder is the default that an empty field shows.
func (p *printer) placeholder(in calculator.Input) string {
	q := in.Question()
	a := p.unsaid(in)
	switch {
	case a.Unknown(in):
		return "unknown"
	case a.Worded(in):
		return q.Word
	case computed(q):
		return ""
	case !q.Numeric():
		return q.Default
	}
	return strings.TrimSuffix(strings.TrimPrefix(written(in, a.Number(in)), "$"), "%")
}

// choiceLabel is how a word of a choice or an id of the catalog reads.
func (p *printer) choiceLabel(in calculator.Input, word string) string {
	q := in.Question()
	for _, c := range q.Choices {
		if c.Word == word {
			return c.Label
		}
	}
	switch q.Catalog {
	case calculator.PriceCatalog:
		if row := p.t.FindPrice(word); row != nil {
			return priceLabel(row)
		}
	case calculator.ModelCatalog:
		if row := p.t.FindModel(word); row != nil {
			return row.Name
		}
	case calculator.GPUCatalog:
		if row := p.t.FindGPU(word); row != nil {
			return row.Name
		}
	}
	return word
}

// priceLabel names a row of prices.
func priceLabel(row *fact.Price) string {
	if strings.HasPrefix(strings.ToLower(row.Model), strings.ToLower(row.Vendor)) {
		return row.Model
	}
	return row.Vendor + " " + row.Model
}

// catalog prints the rows of a table as options.
func (p *printer) catalog(in calculator.Input, now string) {
	switch in.Question().Catalog {
	case calculator.PriceCatalog:
		p.priceOptions(in, now)
	case calculator.ModelCatalog:
		for i := range p.t.Models {
			row := &p.t.Models[i]
			p.option(row.ID, row.Name, row.ID == now)
		}
	case calculator.GPUCatalog:
		for i := range p.t.GPUs {
			row := &p.t.GPUs[i]
			p.option(row.ID, row.Name+", "+count(row.MemoryGB)+" GB", row.ID == now)
		}
	}
}

// priceOptions prints the price rows by vendor. Only rows that can serve the input are offered: stock models with a price
// for what runs without tuning, rows with a tuned price for what is tuned.
func (p *printer) priceOptions(in calculator.Input, now string) {
	vendor := ""
	for i := range p.t.Prices {
		row := &p.t.Prices[i]
		serves := row.Input.Known
		if in != calculator.BaselineModel {
			serves = row.TunedIn.Known
		}
		if !serves && row.ID != now {
			continue
		}
		if row.Vendor != vendor {
			if vendor != "" {
				p.raw("</optgroup>")
			}
			vendor = row.Vendor
			p.open("optgroup", "label", vendor)
		}
		label := row.Model
		if in == calculator.TunedModel && row.Tune != fact.Open {
			label += " (" + row.Tune + " to new tunes)"
		}
		p.option(row.ID, label, row.ID == now)
	}
	if vendor != "" {
		p.raw("</optgroup>")
	}
}
