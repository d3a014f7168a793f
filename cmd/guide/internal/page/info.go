package page

import (
	"strconv"
	"strings"
)

// Info is what follows the first word of a fence or of an embed's title: words and name="value" pairs, and line
// numbers in braces.
type Info struct {
	Words []string
	Pairs [][2]string
	Lines string // what stood in {braces}
}

// ParseInfo splits an info string. Values may stand in double or single quotes, in which a backslash keeps the next
// character as it is.
func ParseInfo(s string) Info {
	var info Info
	for s = strings.TrimLeft(s, " \t"); s != ""; s = strings.TrimLeft(s, " \t") {
		if s[0] == '{' {
			if end := strings.IndexByte(s, '}'); end > 0 {
				info.Lines, s = s[1:end], s[end+1:]
				continue
			}
		}
		end := strings.IndexAny(s, " \t={")
		if end == 0 {
			end = 1
		}
		if end < 0 {
			end = len(s)
		}
		word := s[:end]
		s = s[end:]
		if s == "" || s[0] != '=' {
			info.Words = append(info.Words, word)
			continue
		}
		var value string
		value, s = infoValue(s[1:])
		info.Pairs = append(info.Pairs, [2]string{word, value})
	}
	return info
}

func infoValue(s string) (value, rest string) {
	if s == "" {
		return "", ""
	}
	if q := s[0]; q == '"' || q == '\'' {
		var b strings.Builder
		for i := 1; i < len(s); i++ {
			switch {
			case s[i] == '\\' && i+1 < len(s):
				i++
				b.WriteByte(s[i])
			case s[i] == q:
				return b.String(), s[i+1:]
			default:
				b.WriteByte(s[i])
			}
		}
		return b.String(), ""
	}
	end := strings.IndexAny(s, " \t")
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:]
}

// Get returns the value of a pair, or "".
func (i Info) Get(name string) string {
	for _, p := range i.Pairs {
		if p[0] == name {
			return p[1]
		}
	}
	return ""
}

// Has reports whether a word stands in the info string.
func (i Info) Has(word string) bool {
	for _, w := range i.Words {
		if w == word {
			return true
		}
	}
	return false
}

// Rest joins the words as they were written.
func (i Info) Rest() string { return strings.Join(i.Words, " ") }

// ParseLines reads "3, 5-7" as a set of line numbers, of which last is the greatest. What is not a number is left out; ok says whether
// all was read.
func ParseLines(s string) (in func(line int) bool, last int, ok bool) {
	type span struct{ from, to int }
	var spans []span
	ok = true
	for part := range strings.SplitSeq(s, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		from, to, ranged := strings.Cut(part, "-")
		a, err := strconv.Atoi(strings.TrimSpace(from))
		b, err2 := a, error(nil)
		if ranged {
			b, err2 = strconv.Atoi(strings.TrimSpace(to))
		}
		if err != nil || err2 != nil || a < 1 || b < a {
			ok = false
			continue
		}
		spans, last = append(spans, span{a, b}), max(last, b)
	}
	return func(line int) bool {
		for _, s := range spans {
			if s.from <= line && line <= s.to {
				return true
			}
		}
		return false
	}, last, ok
}
