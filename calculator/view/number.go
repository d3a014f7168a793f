package view

import (
	"math"
	"strconv"
	"strings"

	"whentofinetune/calculator"
	"whentofinetune/calculator/cost"
)

// Numbers as people read them. Rounding happens here and nowhere before: a true minus sign, thousands parted by commas,
// three significant figures on plots, cents only where a sum is small, never an exponent.

// never stands where a number has no finite value.
const never = "never"

// signed puts a true minus before what magnitude prints of |x|, unless it prints as zero.
func signed(x float64, before string, magnitude func(float64) string) string {
	s := before + magnitude(math.Abs(x))
	if x < 0 && strings.Trim(s, before+"0.,") != "" {
		return "−" + s
	}
	return s
}

// money prints US dollars in full: $1,862, −$19,281, $2.56; from a billion on as short does.
func money(x float64) string {
	if x >= 999.5e6 || x <= -999.5e6 { // more digits than anybody reads
		return short(x)
	}
	return signed(x, "$", func(x float64) string {
		if x < 20 && x != math.Floor(x) {
			return fixed(x, 2)
		}
		return grouped(x, 0)
	})
}

// glued keeps each minus of a sentence with its dollars: without a joiner a line may end between them.
func glued(s string) string { return cost.Exchange(s, "−$", "−\u2060$") }

// short prints US dollars for a plot: $54.2k, $1.19M, $120.
func short(x float64) string {
	return signed(x, "$", func(x float64) string {
		switch {
		case x >= 999.5e9:
			return figures(x/1e12) + "T"
		case x >= 999.5e6:
			return figures(x/1e9) + "B"
		case x >= 999.5e3:
			return figures(x/1e6) + "M"
		case x >= 999.5:
			return figures(x/1e3) + "k"
		}
		return figures(x)
	})
}

// perCall prints US dollars of one call: $0.00112.
func perCall(x float64) string {
	return signed(x, "$", func(x float64) string {
		if x >= 1 {
			return fixed(x, 2)
		}
		return trimmed(fixed(x, places(x, 3)))
	})
}

// count prints a number of things: 2.15 M, 10,000, 0.25.
func count(x float64) string {
	return signed(x, "", func(x float64) string {
		switch {
		case x >= 999.5e9:
			return figures(x/1e12) + " T"
		case x >= 999.5e6:
			return figures(x/1e9) + " B"
		case x >= 1e6:
			return figures(x/1e6) + " M"
		case x >= 1000:
			return grouped(x, 0)
		}
		return figures(x)
	})
}

// percent prints a share given in percent: 65%, 2.5%.
func percent(x float64) string { return signed(x, "", figures) + "%" }

// months prints a number of months as sentences do: 5, 0.16, 100.
func months(x float64) string { return calculator.MonthsText(x) }

// atMonth says when something happens: month 3.9. A tenth of a month is no time that anybody counts in months.
func atMonth(x float64) string {
	if x > 0 && x < 0.1 {
		return "within three days"
	}
	return "month " + months(x)
}

// inMonth is atMonth inside a sentence: in month 3.9.
func inMonth(x float64) string {
	if s := atMonth(x); !strings.HasPrefix(s, "month") {
		return s
	}
	return "in " + atMonth(x)
}

// figures prints x >= 0 with three significant figures and no useless zeros: 0.0123, 1.5, 54.2, 843.
func figures(x float64) string {
	if x >= 999.5 {
		return grouped(x, 0)
	}
	return trimmed(fixed(x, places(x, 3)))
}

// places is how many decimals give x the wanted significant figures.
func places(x float64, wanted int) int {
	if x == 0 {
		return 0
	}
	n := wanted
	for y := math.Abs(x); y >= 1 && n > 0; y /= 10 {
		n--
	}
	for y := math.Abs(x); y < 0.1 && n < 12; y *= 10 {
		n++
	}
	return n
}

// trimmed takes useless zeros off a decimal.
func trimmed(s string) string {
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// fixed prints x with n decimals, half away from zero.
func fixed(x float64, n int) string {
	scale := 1.0
	for range n {
		scale *= 10
	}
	if rounded := math.Round(x*scale) / scale; math.Abs(x) < 1e15/scale {
		x = rounded
	}
	return strconv.FormatFloat(x, 'f', n, 64)
}

// grouped prints x rounded to n decimals with its thousands parted.
func grouped(x float64, n int) string {
	s := fixed(x, n)
	whole, fraction, cut := strings.Cut(s, ".")
	whole = commas(whole)
	if cut {
		whole += "." + fraction
	}
	return whole
}

// commas parts the thousands of digits.
func commas(digits string) string {
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// parted returns an answer with the thousands of a whole number, or of those of a range, parted as people write them.
func parted(answer string) string {
	numbers := strings.Split(answer, "..")
	for i, n := range numbers {
		if strings.Trim(n, "0123456789") == "" {
			numbers[i] = commas(n)
		}
	}
	return strings.Join(numbers, "..")
}

// maybe prints m by its printer, or word where there is no number.
func maybe(m calculator.Maybe, print func(float64) string, word string) string {
	if !m.Valid {
		return word
	}
	return print(m.Value)
}
