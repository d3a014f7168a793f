package search

import (
	"unicode"
	"unicode/utf8"
)

// maxTerm is the longest term kept, in bytes: longer runs are hashes and addresses that nobody types.
const maxTerm = 40

// mostJoined is how many words that hyphens join make a compound at most, as in "state-of-the-art".
const mostJoined = 4

// Terms calls yield with each term of text, in order, a compound ahead of the last of its words. The slice is only good
// during the call.
func Terms(text string, stem bool, yield func(term []byte)) {
	var buf [maxTerm + utf8.UTFMax]byte
	term, from := buf[:0], 0
	long := false
	var joined []int // where the words begin that hyphens join to the one at hand
	flush := func(end int, hyphen bool) {
		if len(term) > 0 && !long {
			for _, start := range joined {
				if c := compound(text[start:end], stem); c != nil {
					yield(c)
				}
			}
			if stem {
				term = Stem(term)
			}
			yield(term)
		}
		switch {
		case !hyphen || len(term) == 0 || long:
			joined = joined[:0]
		case len(joined) == mostJoined-1:
			joined = append(joined[1:], from)
		default:
			joined = append(joined, from)
		}
		term, long = buf[:0], false
	}
	for i := 0; i < len(text); {
		if len(term) == 0 {
			from = i
			if end, ok := plain(text, i, &buf); ok && len(joined) == 0 { // nearly every word
				if n := end - i; stem {
					yield(Stem(buf[:n]))
				} else {
					yield(buf[:n])
				}
				i = end + 1
				continue
			}
		}
		c := text[i]
		if c < utf8.RuneSelf {
			c = fold[c]
			switch {
			case c == 0:
				flush(i, text[i] == '-')
			case len(term) >= maxTerm:
				long = true
			default:
				term = append(term, c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case unspaced(r):
			flush(i, false)
			i += pairs(text[i:], yield)
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if len(term) >= maxTerm {
				long = true
			} else {
				term = utf8.AppendRune(term, unicode.ToLower(r))
			}
		default:
			flush(i, hyphens[r])
		}
		i += n
	}
	flush(len(text), false)
}

// plain reads a word of ASCII that starts at i into buf, folded, and returns its end. It is not ok where there is none, where it is
// too long, or where what ends it may go on with it: a hyphen, or a character outside ASCII.
func plain(text string, i int, buf *[maxTerm + utf8.UTFMax]byte) (end int, ok bool) {
	n := 0
	for ; i+n < len(text) && n < maxTerm; n++ {
		c := text[i+n]
		if c >= utf8.RuneSelf {
			return 0, false
		}
		if buf[n] = fold[c]; buf[n] == 0 {
			return i + n, n > 0 && c != '-'
		}
	}
	return i + n, n > 0 && i+n == len(text)
}

// hyphens that join words, beside the one of ASCII: the hyphen proper, the one that does not break, the one that shows
// only where a line ends.
var hyphens = map[rune]bool{'\u2010': true, '\u2011': true, '\u00AD': true}

// compound returns the term of words that hyphens join; nil if it is too long, or has no letter and so is a date or a
// number.
func compound(text string, stem bool) []byte {
	term := make([]byte, 0, maxTerm+utf8.UTFMax)
	letter := false
	for _, r := range text {
		if r == '-' || hyphens[r] {
			r = '-'
		}
		letter = letter || unicode.IsLetter(r)
		if term = utf8.AppendRune(term, unicode.ToLower(r)); len(term) > maxTerm {
			return nil
		}
	}
	if !letter {
		return nil
	}
	if stem {
		term = Stem(term)
	}
	return term
}

// fold holds the lower-case form of each ASCII letter and digit, and 0 for what separates terms.
var fold = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		switch {
		case 'A' <= c && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			t[c] = byte(c)
		}
	}
	return t
}()

// unspaced reports whether r belongs to a script that writes words without spaces between them.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
}

// pairs yields each two neighbouring characters of the unspaced run at the start of text, or the character itself if
// it stands alone, and returns the length of the run in bytes.
func pairs(text string, yield func(term []byte)) int {
	previous, end := -1, 0
	var buf [2 * utf8.UTFMax]byte
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if !unspaced(r) {
			break
		}
		if previous >= 0 {
			yield(append(buf[:0], text[previous:end+n]...))
		}
		previous = end
		end += n
	}
	if _, n := utf8.DecodeRuneInString(text); n == end {
		yield(append(buf[:0], text[:end]...))
	}
	return end
}

// Stem folds an English plural onto its singular, in place: -ies to -y, -s away unless the word ends in -us, -ss, -is
// or -s alone. It is the S-stemmer of Harman, "How effective is suffixing?", JASIS 42 (1991), with -es treated as -s.
func Stem(term []byte) []byte {
	n := len(term)
	if n < 4 || term[n-1] != 's' {
		return term
	}
	switch before := term[n-2]; {
	case before == 's' || before == 'u' || before == 'i' || before == '-':
		return term
	case before == 'e' && term[n-3] == 'i' && n > 4:
		term[n-3] = 'y'
		return term[:n-2]
	}
	return term[:n-1]
}
