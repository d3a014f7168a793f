package problem

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Nearest returns the candidate that word was most likely meant to be, or "" when none is close: at most a third of its
// letters may be wrong, a swap of neighbours counting once. Among equals the first in the alphabet wins.
func Nearest(word string, candidates []string) string {
	best, least := "", len(word)/3+1
	for _, c := range candidates {
		if max(len(c)-len(word), len(word)-len(c)) > least {
			continue
		}
		d := Distance(strings.ToLower(word), strings.ToLower(c))
		if d < least || d == least && best != "" && c < best {
			best, least = c, d
		}
	}
	return best
}

// Distance is the number of insertions, deletions, changes and swaps of neighbours between two words (the optimal string
// alignment distance), by bytes.
func Distance(a, b string) int {
	var short [3][48]int // most words need no more
	before, last, row := short[0][:], short[1][:], short[2][:]
	if len(b) >= len(row) {
		before, last, row = make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	}
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// Sort puts problems into file order and drops what is said twice.
func Sort(all []Problem) []Problem {
	slices.SortStableFunc(all, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Text, b.Text))
	})
	return slices.Compact(all)
}

// String prints a problem as one line: file:line:column: what is wrong; what to do. Characters that would end the line, or
// tell a terminal to do something, show as U+FFFD: names and values come from files that anybody may have written.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		b.WriteString(":" + strconv.Itoa(p.Line))
		if p.Column > 0 {
			b.WriteString(":" + strconv.Itoa(p.Column))
		}
	}
	b.WriteString(": ")
	switch {
	case p.Due:
		b.WriteString("due: ")
	case p.Warning:
		b.WriteString("warning: ")
	}
	b.WriteString(p.Text)
	if p.Hint != "" {
		b.WriteString("; " + p.Hint)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, b.String())
}
