package cost

import (
	"math"
	"strconv"
	"strings"
)

// Cents writes an amount of money to the cent, half away from zero, without a sign where it rounds to zero: 1195000.00.
// The rounding looks at the exact binary value. Only odd eighths stand half way between two cents, and their second
// decimal is 2 or 7, so that adding one to it carries nothing.
func Cents(x float64) string {
	if eighths := x * 8; eighths == math.Floor(eighths) && math.Abs(eighths) < 1<<53 && int64(eighths)&1 == 1 {
		s := strconv.FormatFloat(x, 'f', 3, 64)
		last := len(s) - 2
		return s[:last] + string(s[last]+1)
	}
	return unsigned(strconv.FormatFloat(x, 'f', 2, 64))
}

// Significant writes x to n significant digits, half away from zero, without trailing zeros and without an exponent
// between 1e-7 and 1e21: 0.05, 833333.333, 4.818e+17 is 481800000000000000.
func Significant(x float64, n int) string {
	long := strconv.FormatFloat(x, 'e', 60, 64)
	mantissa, _, _ := strings.Cut(strings.TrimPrefix(long, "-"), "e")
	if digits := strings.Replace(mantissa, ".", "", 1); digits[n] == '5' && strings.Trim(digits[n+1:], "0") == "" {
		x = math.Float64frombits(math.Float64bits(x) + 1)
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'e', n-1, 64), 64)
	if err != nil {
		return "0"
	}
	format := byte('f')
	if a := math.Abs(short); a != 0 && (a < 1e-7 || a >= 1e21) {
		format = 'e'
	}
	return unsigned(strconv.FormatFloat(short, format, -1, 64))
}

// Decimal is Significant without an exponent, however small x is.
func Decimal(x float64, n int) string {
	s := Significant(x, n)
	if !strings.Contains(s, "e-") {
		return s
	}
	short, _ := strconv.ParseFloat(s, 64)
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// unsigned takes the sign off a zero.
func unsigned(s string) string {
	if strings.HasPrefix(s, "-") && strings.Trim(s, "-0.") == "" {
		return s[1:]
	}
	return s
}

// Fixed writes x to the given number of decimals, 0 or 1, half away from zero, thousands parted by commas.
func Fixed(x float64, decimals int) string {
	scale := 1.0
	if decimals == 1 {
		scale = 10
	}
	return grouped(unsigned(strconv.FormatFloat(math.Floor(float64(math.Abs(x)*scale)+0.5)/scale, 'f', decimals, 64)))
}

// grouped parts the thousands of a plain decimal by commas.
func grouped(s string) string {
	whole, fraction, found := strings.Cut(s, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if found {
		whole += "." + fraction
	}
	return whole
}

// Digits rounds a number of 0 or more to n significant digits, up or down.
func Digits(x float64, n int, up bool) float64 {
	if !(x > 0) || x > 1e300 {
		return x
	}
	low := 1.0
	for range n - 1 {
		low *= 10
	}
	scale, small := 1.0, false
	for x/scale >= low*10 {
		scale *= 10
	}
	for scale == 1 && x < low || small && x*scale < low {
		scale, small = scale*10, true
	}
	y := x / scale
	if small {
		y = x * scale
	}
	if up {
		y = -math.Floor(-y)
	} else {
		y = math.Floor(y)
	}
	if small {
		return y / scale
	}
	return y * scale
}
