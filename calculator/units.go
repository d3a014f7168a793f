package calculator

import "strings"

// unitless takes the input's own unit off a number, or off each end of a range: 1M calls, 12 months, 5k USD, US$5k, $2.5 an hour,
// 5 percent of calls.
func (q *Question) unitless(text string) string {
	parts := strings.Split(text, "..")
	for i, part := range parts {
		parts[i] = q.plain(strings.TrimSpace(part))
	}
	return strings.Join(parts, "..")
}

// plain takes the input's own unit off one number.
func (q *Question) plain(text string) string {
	noun := q.Unit
	for _, joint := range [...]string{" a ", " an ", " of "} {
		if head, rate, found := strings.Cut(q.Unit, joint); found {
			noun = head
			for _, end := range [...]string{joint + rate, " per " + rate, "/" + rate} {
				text = withoutEnd(text, end)
			}
		}
	}
	for _, word := range q.nouns(noun) {
		if rest := withoutEnd(text, word); rest != text {
			text = rest
			break
		}
	}
	if q.Kind != KindMoney {
		return text
	}
	sign, amount := "", text
	for _, minus := range [...]string{"-", "−"} {
		if rest, found := strings.CutPrefix(text, minus); found {
			sign, amount = "-", strings.TrimSpace(rest)
		}
	}
	for _, currency := range [...]string{"USD", "US"} {
		if len(amount) > len(currency) && strings.EqualFold(amount[:len(currency)], currency) && !strings.EqualFold(amount, "USD") {
			return sign + strings.TrimSpace(amount[len(currency):])
		}
	}
	return text
}

// nouns are the ways to write what the input counts.
func (q *Question) nouns(noun string) []string {
	switch {
	case q.Kind == KindMoney:
		return []string{"US dollars", "dollars", "dollar", "USD", "$"}
	case q.Kind == KindPercent:
		return []string{noun, "percent"}
	case len(noun) > len("ms") && strings.HasSuffix(noun, "s"):
		return []string{noun, strings.TrimSuffix(noun, "s")}
	}
	return []string{noun}
}

// withoutEnd is text without an end, in either case; text itself where it is nothing else.
func withoutEnd(text, end string) string {
	if at := len(text) - len(end); at > 0 && strings.EqualFold(text[at:], end) {
		return strings.TrimSpace(text[:at])
	}
	return text
}

// strange says which sign stands in an answer that this input cannot have, since it would be read as another number than was
// meant: 5% of a count as 5, 10.000 calls as 10.
func (q *Question) strange(text string) string {
	switch {
	case strings.Contains(text, "%") && q.Kind != KindPercent:
		return "“" + clip(text) + "” is a share, and this is counted in " + q.Unit + ". " + q.accepts()
	case strings.Contains(text, "$") && q.Kind != KindMoney:
		return "“" + clip(text) + "” is money, and this is counted in " + q.Unit + ". " + q.accepts()
	case q.Kind == KindCount || q.Kind == KindNumber && q.Max >= 1e7:
		for part := range strings.SplitSeq(text, "..") {
			if grouped, plain := pointed(strings.TrimSpace(part)); grouped != "" {
				return "“" + clip(part) + "” could be " + grouped + " or " + plain + ". Write one of these."
			}
		}
	}
	return ""
}

// pointed reads a number such as 10.000 in two ways: as many languages write ten thousand, and as ten. Both are empty where only
// the second is meant: nobody ends a fraction of other than three digits, or one that was computed, with a zero.
func pointed(text string) (grouped, plain string) {
	whole, fraction, _ := strings.Cut(text, ".")
	if len(whole) == 0 || len(whole) > 3 || whole[0] == '0' || len(fraction) != 3 || fraction[2] != '0' || strings.Trim(whole+fraction, "0123456789") != "" {
		return "", ""
	}
	return whole + "," + fraction, strings.TrimRight(strings.TrimRight(text, "0"), ".")
}
