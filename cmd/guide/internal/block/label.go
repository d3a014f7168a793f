package block

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"whentofinetune/cmd/guide/internal/page"
)

// What stands beside a drawing: how wide it is, what of it is shown, and how numbers of an axis are printed.

const fontSize = 13 // pixels, as the theme sets axis-label and value-label

// textWidth is about how wide a text is, in pixels.
func textWidth(s string) float64 {
	w := 0.0
	for _, r := range s {
		w += letterWidth(r)
	}
	return w
}

// letterWidth is about how wide a letter is. Nothing here has the reader's face: these are the shares of an em that a wide one has
// (DejaVu Sans), so that most have room to spare.
func letterWidth(r rune) float64 {
	switch {
	case strings.ContainsRune(" .,:;'|!()[]ijlftrI1-", r):
		return .42 * fontSize
	case strings.ContainsRune("mwMW@%—…", r) || r >= 0x1100: // Hangul, kana and Han are as wide as high
		return fontSize
	case r >= 'A' && r <= 'Z':
		return .7 * fontSize
	}
	return .63 * fontSize
}

// widest is the width of the widest of some texts, at most a limit.
func widest(texts []string, most float64) float64 {
	w := 0.0
	for _, t := range texts {
		w = max(w, textWidth(t))
	}
	return min(w, most)
}

// shortened is what of a text is not wider than a limit, with an ellipsis where that is not all.
func shortened(s string, most float64) string {
	w, end := 0.0, 0 // end is where the text is cut if it has to be
	for i, r := range s {
		if w += letterWidth(r); w > most {
			return strings.TrimSpace(s[:end]) + "…"
		}
		if w+letterWidth('…') <= most {
			end = i + utf8.RuneLen(r)
		}
	}
	return s
}

// wrapped is a text in lines that are not wider than a limit: two at most, the second shortened.
func wrapped(s string, most float64) []string {
	w, space := 0.0, -1 // space is where the first line may end
	for i, r := range s {
		if r == ' ' {
			space = i
		}
		if w += letterWidth(r); w > most && space > 0 {
			return []string{s[:space], shortened(s[space+1:], most)}
		}
	}
	return []string{shortened(s, most)}
}

// label prints lines of a text around a place; where they are not all of it, the whole is their title.
func label(c *page.Context, anchor string, x, y float64, lines []string, text string) {
	const height = 15
	for i, line := range lines {
		c.Raw(`<text class="axis-label" text-anchor="` + anchor + `" x="` + px(x) + `" y="` + px(y+height*(float64(i)-float64(len(lines)-1)/2)) + `">`)
		c.Text(line)
		if strings.Join(lines, " ") != text {
			c.Raw("<title>")
			c.Text(text)
			c.Raw("</title>")
		}
		c.Raw("</text>")
	}
}

// axisNumber prints a number of an axis with three significant figures, as the calculator's charts do: 0.25, 2,500, 223 M.
func axisNumber(x float64) string {
	size := math.Abs(x)
	sign := either(x < 0, "−", "")
	switch {
	case size == 0:
		return "0"
	case size >= 999.5e12 || size < 1e-6:
		return sign + power(size)
	case size >= 999.5e9:
		return sign + figures(size/1e12) + " T"
	case size >= 999.5e6:
		return sign + figures(size/1e9) + " B"
	case size >= 1e6:
		return sign + figures(size/1e6) + " M"
	case size >= 999.5:
		digits := strconv.FormatFloat(size, 'f', 0, 64)
		for at := len(digits) - 3; at > 0; at -= 3 {
			digits = digits[:at] + "," + digits[at:]
		}
		return sign + digits
	}
	return sign + figures(size)
}

// figures prints a number under a thousand with three significant figures and no useless zeros.
func figures(x float64) string {
	decimals := max(0, 2-int(math.Floor(math.Log10(x))))
	s := strconv.FormatFloat(x, 'f', decimals, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// power prints a number that no word is short for: 1.8 × 10³⁰⁸.
func power(x float64) string {
	digits, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', 1, 64), "e")
	n, _ := strconv.Atoi(exponent)
	return strings.TrimSuffix(digits, ".0") + " × 10" + raised.Replace(strconv.Itoa(n))
}

var raised = strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")
