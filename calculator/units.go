package calculator

import "strings"

// unitless takes the input's own unit off an answer: 1M calls, 12 months, 5k USD, US$5k, 5 percent of calls.
func (q *Question) unitless(text string) string {
	if q.Kind == KindMoney {
		for _, currency := range [...]string{"USD", "US"} {
			if len(text) > len(currency) && strings.EqualFold(text[:len(currency)], currency) {
				text = strings.TrimSpace(text[len(currency):])
			}
		}
	}
	for _, unit := range q.unitWords() {
		if at := len(text) - len(unit); at > 0 && strings.EqualFold(text[at:], unit) {
			return strings.TrimSpace(text[:at])
		}
	}
	return text
}

// unitWords are the ways to write the input's unit, the longest first.
func (q *Question) unitWords() []string {
	words := []string{q.Unit}
	for _, joint := range [...]string{" a ", " an ", " of "} {
		if head, _, found := strings.Cut(q.Unit, joint); found {
			words = append(words, head)
		}
	}
	noun := words[len(words)-1]
	switch {
	case q.Kind == KindMoney:
		words = append(words, "US dollars", "dollars", "USD")
	case q.Kind == KindPercent:
		words = append(words, "percent")
	case len(noun) > len("ms") && strings.HasSuffix(noun, "s"):
		words = append(words, strings.TrimSuffix(noun, "s"))
	}
	return words
}

// strange says which sign stands in an answer that this input cannot have: 5% of a count would be read as 5.
func (q *Question) strange(text string) string {
	switch {
	case strings.Contains(text, "%") && q.Kind != KindPercent:
		return "“" + clip(text) + "” is a share, and this is counted in " + q.Unit + ". " + q.accepts()
	case strings.Contains(text, "$") && q.Kind != KindMoney:
		return "“" + clip(text) + "” is money, and this is counted in " + q.Unit + ". " + q.accepts()
	}
	return ""
}
