package cost

import (
	"strconv"
	"strings"
)

// Number reads a number as people write it: 12, 1,500, 1.5k, 100M, 8.03B, 1e8, 5%, $0.0005, −3. Thousands may be
// parted by commas or thin spaces where every group but the first has three digits. The suffixes are k (1e3), M (1e6),
// B or bn (1e9) and T (1e12), in either case. A percent sign is taken off: 5% is 5.
//
// The second result is empty, or says what is wrong and what to write, as two sentences.
func Number(text string) (float64, string) {
	plain, exponent, ok := digits(text)
	if ok {
		if x, err := strconv.ParseFloat(plain+"e"+strconv.Itoa(exponent), 64); err == nil {
			return x + 0, ""
		}
	}
	return 0, "“" + clip(text) + "” " + fault(text)
}

// ParseRange reads a number or low..likely..high. A suffix after a space counts for all three: 2.2..3..4.2 M.
//
// The second result is empty, or says what is wrong and what to write.
func ParseRange(text string) (Range, string) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "..") {
		x, wrong := Number(text)
		return Exactly(x), wrong
	}
	suffix := ""
	if i := strings.LastIndexAny(text, " \u00a0\u202f"); i > 0 {
		if tail := strings.TrimLeft(text[i:], " \u00a0\u202f"); scale(tail) != 0 {
			suffix, text = tail, text[:i]
		}
	}
	parts := strings.Split(text, "..")
	if len(parts) != 3 {
		return Range{}, "“" + clip(text) + "” is not a range. Write low..likely..high, such as 4..6..9."
	}
	var ends [3]float64
	for i, part := range parts {
		x, wrong := Number(strings.TrimSpace(part) + suffix)
		if wrong != "" {
			return Range{}, wrong
		}
		ends[i] = x
	}
	r := Range{ends[0], ends[1], ends[2]}
	if last := strings.TrimSpace(parts[2]); suffix == "" && r.High >= 100*r.Likely && r.Likely > 0 && ends[2] != bare(last) && r.Low == bare(parts[0]) && r.Likely == bare(parts[1]) {
		tail := strings.TrimLeft(last, "$0123456789.,")
		return Range{}, "“" + clip(text) + "” has its suffix at the last number alone. Write " + strings.TrimSpace(parts[0]) + tail + ".." + strings.TrimSpace(parts[1]) + tail + ".." + last + "."
	}
	return r, r.Fault()
}

// bare is the number that a text holds without its suffix.
func bare(text string) float64 {
	x, _ := Number(strings.TrimRight(strings.TrimSpace(text), "kKmMbBnNgGtT"))
	return x
}

// Fault says what is wrong with the order of the three values of r, or is empty.
func (r Range) Fault() string {
	const write = ". Write low..likely..high, such as 4..6..9."
	switch {
	case r.Low > r.High:
		return "The low end, " + Plain(r.Low) + ", is above the high end, " + Plain(r.High) + write
	case r.Likely < r.Low:
		return "The likely value, " + Plain(r.Likely) + ", is below the low end, " + Plain(r.Low) + write
	case r.Likely > r.High:
		return "The likely value, " + Plain(r.Likely) + ", is above the high end, " + Plain(r.High) + write
	}
	return ""
}

// digits takes a written number apart: its digits as Go writes them, and the power of ten that its suffix stands for.
func digits(text string) (plain string, exponent int, ok bool) {
	s := strings.TrimSpace(text)
	s = strings.ReplaceAll(s, "−", "-")
	sign := ""
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "+") {
		sign, s = strings.TrimPrefix(s[:1], "+"), strings.TrimSpace(s[1:])
	}
	s = strings.TrimSpace(strings.TrimPrefix(s, "$"))
	if sign == "" && strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	s = strings.TrimSpace(strings.TrimSuffix(s, "%"))
	for end := len(s); end > 0; end-- {
		if c := s[end-1]; c >= '0' && c <= '9' || c == '.' {
			if tail := strings.TrimSpace(s[end:]); tail != "" {
				if exponent = scale(tail); exponent == 0 {
					return "", 0, false
				}
			}
			s = s[:end]
			break
		}
	}
	if at := strings.IndexAny(s, "eE"); at > 0 {
		power, err := strconv.Atoi(s[at+1:])
		if err != nil || power < -400 || power > 400 {
			return "", 0, false
		}
		exponent, s = exponent+power, s[:at]
	}
	s, ok = ungroup(s)
	return sign + s, exponent, ok
}

// scale is the power of ten that a suffix stands for, 0 for none.
func scale(suffix string) int {
	switch strings.ToLower(suffix) {
	case "k":
		return 3
	case "m", "mn", "million":
		return 6
	case "b", "bn", "g", "billion":
		return 9
	case "t", "trillion":
		return 12
	}
	return 0
}

// ungroup takes the separators of thousands out of a plain decimal and checks that nothing else is in it.
func ungroup(s string) (string, bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	for _, space := range [...]string{"\u202f", "\u00a0", "_", " ", "'"} {
		whole = strings.ReplaceAll(whole, space, ",")
	}
	groups := strings.Split(whole, ",")
	if len(groups) > 1 {
		for i, g := range groups {
			if i > 0 && len(g) != 3 || i == 0 && (len(g) == 0 || len(g) > 3 || g[0] == '0') { // 0,125 was meant for 0.125
				return "", false
			}
		}
		whole = strings.Join(groups, "")
	}
	if whole == "" && fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" || len(whole)+len(fraction) > 400 {
		return "", false
	}
	if whole == "" {
		whole = "0"
	}
	if fraction == "" {
		return whole, true
	}
	return whole + "." + fraction, true
}

// Example ends what is said of a text that is no number at all.
const Example = "Write a number such as 1,500, 1.5k or a range such as 1k..1.5k..2k."

// fault says what is wrong with a text that is no number, and what to write instead.
func fault(text string) string {
	s := strings.TrimSpace(text)
	if s == "" {
		return "is empty. Write a number such as 1,500, 1.5k or a range."
	}
	if mended, what := unletter(s); what != "" {
		return what + ". Write " + mended + " or a range."
	}
	if whole, fraction, found := strings.Cut(s, ","); found && !strings.ContainsAny(fraction, ",.") {
		if _, wrong := Number(whole + "." + fraction); wrong == "" {
			return "has a comma where a point or three digits should stand. Write " + whole + "." + fraction + " or group the digits by threes."
		}
	}
	if commas := strings.ReplaceAll(s, ".", ","); strings.Count(s, ".") > 1 {
		if _, wrong := Number(commas); wrong == "" {
			return "has points where commas should stand. Write " + commas + " or a range."
		}
	}
	return "is not a number. " + Example
}

// unletter mends letters that were typed for digits, O for 0 and l or I for 1, and says where they stand.
func unletter(s string) (mended, what string) {
	mended = Exchange(s, "O", "0", "o", "0", "l", "1", "I", "1")
	if mended == s || strings.Trim(s, "0123456789.,OolI$%- ") != "" || !strings.ContainsAny(s, "0123456789") {
		return "", ""
	}
	if _, _, ok := digits(mended); !ok {
		return "", ""
	}
	trimmed := strings.TrimRight(s, "Oo")
	count, letter := len(s)-len(trimmed), "O"
	verb := "ends in "
	if count == 0 || strings.ContainsAny(trimmed, "OolI") {
		verb = "holds "
		count = len(s) - len(Exchange(s, "O", "", "o", ""))
		if count == 0 {
			letter, count = "l or I", len(s)-len(Exchange(s, "l", "", "I", ""))
		}
	}
	if count == 1 {
		return mended, verb + "the letter " + letter
	}
	return mended, verb + words(count) + " letters " + letter
}

// Exchange replaces each first of the pairs by its second, one after another. It does what strings.NewReplacer does for a few
// short words, without that machine's weight in the module.
func Exchange(s string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, pairs[i], pairs[i+1])
	}
	return s
}

// words writes a small count in letters.
func words(n int) string {
	names := [...]string{"no", "one", "two", "three", "four", "five", "six"}
	if n < len(names) {
		return names[n]
	}
	return strconv.Itoa(n)
}

// clip keeps a quoted answer short enough for one line.
func clip(text string) string {
	text = strings.ToValidUTF8(strings.TrimSpace(text), "�")
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}

// Text writes x in the shortest form that Number reads back as the very same value: 100M, 8.03B, 1500, 0.0005.
func Text(x float64) string {
	plain := strconv.FormatFloat(x, 'f', -1, 64)
	for _, unit := range [...]struct {
		floor  float64
		places int
		suffix string
	}{{1e12, 12, "T"}, {1e9, 9, "B"}, {1e6, 6, "M"}} {
		if x < unit.floor && x > -unit.floor {
			continue
		}
		short := shifted(plain, unit.places) + unit.suffix
		if y, wrong := Number(short); wrong == "" && y == x && len(short) < len(plain) {
			return short
		}
	}
	return plain
}

// shifted moves the decimal point of a plain number to the left.
func shifted(plain string, places int) string {
	sign := ""
	if strings.HasPrefix(plain, "-") {
		sign, plain = "-", plain[1:]
	}
	whole, fraction, _ := strings.Cut(plain, ".")
	if len(whole) <= places {
		whole = strings.Repeat("0", places-len(whole)+1) + whole
	}
	at := len(whole) - places
	fraction = strings.TrimRight(whole[at:]+fraction, "0")
	if fraction == "" {
		return sign + whole[:at]
	}
	return sign + whole[:at] + "." + fraction
}

// RangeText writes r so that ParseRange reads the same values back: 12 or 8..12..20.
func RangeText(r Range) string {
	if r.Certain() {
		return Text(r.Likely)
	}
	return Text(r.Low) + ".." + Text(r.Likely) + ".." + Text(r.High)
}

// Plain writes x for a sentence: thousands parted by commas, a true minus sign, no exponent.
func Plain(x float64) string {
	if x < 0 {
		return "−" + grouped(strconv.FormatFloat(-x, 'f', -1, 64))
	}
	return grouped(strconv.FormatFloat(x, 'f', -1, 64))
}
