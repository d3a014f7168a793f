package calculator

import (
	"strconv"
	"strings"

	"whentofinetune/calculator/cost"
)

// Value returns one number or word of the report as it stands in a sentence: $1,195,000; 8.3 months; 65%; never. A path
// is the names of its parents and its own, joined by points: payback.npv, payback.by_month.12.cumulative,
// payback.lines.training.one_off, options.cached.total, cost_per_call.tuned.total.
func (r *Report) Value(path string) (text string, ok bool) {
	f := finder{want: path}
	r.walk(&f)
	return f.found, f.ok
}

// Digits returns the same number as JSON writes it.
func (r *Report) Digits(path string) (digits string, ok bool) {
	f := finder{want: path, plain: true}
	r.walk(&f)
	return f.found, f.ok
}

// Figures lists every path of the report that Value knows.
func (r *Report) Figures() []string {
	var l lister
	r.walk(&l)
	return l.paths
}

// trail is the path of the part of the report that is being visited.
type trail struct {
	path []byte
	ends []int
}

func (t *trail) open(name string, _ bool) {
	t.ends = append(t.ends, len(t.path))
	t.path = append(append(t.path, name...), '.')
}

func (t *trail) shut(bool) {
	t.path = t.path[:t.ends[len(t.ends)-1]]
	t.ends = t.ends[:len(t.ends)-1]
}

// finder is the visitor that looks for one path.
type finder struct {
	trail
	want  string
	plain bool
	found string
	ok    bool
}

func (f *finder) here(name string) bool {
	own, rest := len(f.path), len(f.want)
	return own+len(name) == rest && f.want[:own] == string(f.path) && f.want[own:] == name
}

func (f *finder) number(name string, measure Measure, m Maybe) {
	if !f.here(name) {
		return
	}
	f.ok = true
	if f.plain {
		f.found = m.digits(measure)
		return
	}
	f.found = m.prose(measure)
}

func (f *finder) text(name, s string) {
	if f.here(name) {
		f.found, f.ok = s, true
	}
}

func (f *finder) flag(name string, yes bool) {
	if !f.here(name) {
		return
	}
	words := [2]string{"no", "yes"}
	if f.plain {
		words = [2]string{"false", "true"}
	}
	f.found, f.ok = words[0], true
	if yes {
		f.found = words[1]
	}
}

// lister is the visitor that collects paths.
type lister struct {
	trail
	paths []string
}

func (l *lister) number(name string, _ Measure, _ Maybe) { l.add(name) }
func (l *lister) text(name, _ string)                    { l.add(name) }
func (l *lister) flag(name string, _ bool)               { l.add(name) }
func (l *lister) add(name string)                        { l.paths = append(l.paths, string(l.path)+name) }

// prose writes m for a sentence. What has no value is "never" for a time and "not known" for all else.
func (m Maybe) prose(measure Measure) string {
	if !m.Valid {
		if measure == Spell {
			return "never"
		}
		return "not known"
	}
	if measure == Money && m.Value > 0 && cost.Cents(m.Value) == "0.00" {
		return "less than a cent"
	}
	x, sign := m.Value, ""
	if x < 0 {
		x, sign = -x, "−"
	}
	s := prose(x, measure)
	if sign != "" && strings.Trim(s, "$0.,% abcdefghijklmnopqrstuvwxyzGBU-") == "" {
		sign = ""
	}
	return sign + s
}

// prose writes a number that is not negative.
func prose(x float64, measure Measure) string {
	switch measure {
	case Money:
		if x < 20 && x != float64(int(x)) {
			return "$" + cost.Cents(x)
		}
		return "$" + cost.Fixed(x, 0)
	case PerCall:
		switch {
		case x >= 1000:
			return "$" + cost.Fixed(x, 0)
		case x >= 1:
			return "$" + cost.Cents(x)
		}
		return "$" + cost.Decimal(x, 3)
	case Spell:
		return amount(x, "month")
	case Ratio:
		return cost.Fixed(x*100, 0) + "%"
	case Percent:
		return rounded(x) + "%"
	case Points:
		return amount(x, "point")
	case Hours:
		return amount(x, "hour")
	case Gigabytes:
		return rounded(x) + " GB"
	case Cards:
		return amount(x, "GPU")
	case PerSecond:
		return rounded(x) + " a second"
	}
	return rounded(x)
}

// MonthsText writes a number of months, which is not negative, as Value does, without the word.
func MonthsText(x float64) string { return rounded(x) }

// rounded writes one decimal from 1 to 100, whole numbers above, two significant digits below 1, millions and more in
// three significant digits.
func rounded(x float64) string {
	switch {
	case x >= 999.5e12:
		return power(x)
	case x >= 999.5e9:
		return cost.Significant(x/1e12, 3) + " T"
	case x >= 999.5e6:
		return cost.Significant(x/1e9, 3) + " B"
	case x >= 1e6:
		return cost.Significant(x/1e6, 3) + " M"
	case x >= 100:
		return cost.Fixed(x, 0)
	case x >= 1:
		return strings.TrimSuffix(cost.Fixed(x, 1), ".0")
	}
	return cost.Decimal(x, 2)
}

// power writes a very large number with its power of ten raised: 4.82 × 10¹⁷.
func power(x float64) string {
	raised := [...]string{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', 2, 64), "e+")
	s := mantissa + " × 10"
	for i := range len(exponent) {
		if digit := exponent[i] - '0'; digit < 10 {
			s += raised[digit]
		}
	}
	return s
}

// amount writes a number with its unit, in the singular for exactly one.
func amount(x float64, unit string) string {
	s := rounded(x)
	if s == "1" {
		return s + " " + unit
	}
	return s + " " + unit + "s"
}
