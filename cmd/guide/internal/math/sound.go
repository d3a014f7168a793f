package math

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// maxFormula is the longest formula read, in bytes. Longer ones are a file pasted by mistake.
const maxFormula = 4096

// maxDepth is how deep braces may nest.
const maxDepth = 32

// signs are what the parser reads beside letters and digits.
const signs = "0123456789 \t\r\n[]()=<>/*-+!?':,;."

// sound refuses, and says where, what the parser would not stop at, or not in words that an author knows.
func sound(tex string) (at int, err error) {
	switch {
	case tex == "":
		return 0, errors.New("the formula is empty")
	case len(tex) > maxFormula:
		return 0, fmt.Errorf("the formula has %d bytes, at most %d are read", len(tex), maxFormula)
	}
	var open []int // braces
	escaped := false
	for i, r := range tex {
		switch {
		case escaped:
			escaped = false
			if r == '"' || r == '`' { // the scanner would look for the end of a string
				return i - 1, fmt.Errorf(`the formula cannot be read: \%c is not known`, r)
			}
		case r == '\\':
			if escaped = true; i+1 == len(tex) {
				return i, errors.New("the formula ends in a backslash")
			}
		case r == '{':
			if open = append(open, i); len(open) > maxDepth {
				return i, fmt.Errorf("braces nest deeper than %d", maxDepth)
			}
		case r == '}':
			if len(open) == 0 {
				return i, errors.New("a } has no { before it")
			}
			open = open[:len(open)-1]
		case r == '^' || r == '_':
			if side := alone(tex, i); side != "" {
				return i, fmt.Errorf("nothing stands %s %q", side, r)
			}
		case r == '|' && !strings.HasSuffix(tex[:i], `\left`) && !strings.HasSuffix(tex[:i], `\right`):
			return i, fmt.Errorf(`%q has no meaning in a formula, where it is \vert`, r)
		case r != '|' && !unicode.IsLetter(r) && !strings.ContainsRune(signs, r):
			return i, fmt.Errorf("%q has no meaning in a formula", r)
		}
	}
	if len(open) > 0 {
		return open[len(open)-1], errors.New("a { is not closed")
	}
	return complete(tex)
}

// alone says on which side of a ^ or _ nothing stands, "" where something does on both.
func alone(tex string, at int) string {
	before, after := strings.TrimSpace(tex[:at]), strings.TrimSpace(tex[at+1:])
	switch {
	case after == "" || strings.ContainsRune("^_}", rune(after[0])):
		return "after"
	case before == "" || strings.HasSuffix(before, "{") && !strings.HasSuffix(before, `\{`):
		return "before"
	}
	return ""
}

// parts is how many parts in braces the commands take that take any. Those with 0 the parser knows, and the printer does not.
var parts = map[string]int{
	"frac": 2, "dfrac": 2, "tfrac": 2, "binom": 2, "sqrt": 1, "overline": 1, "operatorname": 1, "text": 1,
	"mathregular": 1, "mathit": 1, "mathbf": 1, "mathtt": 1, "mathsf": 1, "mathbb": 1, "mathcal": 1,
	"genfrac": 0, "stackrel": 0, "hspace": 0, "mathdefault": 0, "mathfrak": 0, "mathscr": 0,
	"textbf": 0, "textit": 0, "textsf": 0, "texttt": 0, "textcal": 0, "textdefault": 0, "textbb": 0, "textfrak": 0, "textscr": 0, "textregular": 0,
}

// complete refuses, and says where, a command without what it takes in braces. The braces of tex are known to close.
func complete(tex string) (at int, err error) {
	for i := 0; i < len(tex); i++ {
		if tex[i] != '\\' {
			continue
		}
		name := tex[i+1:]
		rest := strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
		name = name[:len(name)-len(rest)]
		takes, some := parts[name]
		if some && takes == 0 {
			return i, fmt.Errorf(`the formula cannot be read: \%s is not known`, name)
		}
		rest = strings.TrimSpace(rest)
		if name == "sqrt" && strings.HasPrefix(rest, "[") {
			end := closing(rest, ']')
			if end < 0 {
				return i + strings.IndexByte(tex[i:], '['), errors.New("a [ is not closed")
			}
			rest = strings.TrimSpace(rest[end:])
		}
		for has := range takes {
			if !strings.HasPrefix(rest, "{") {
				return i, lacks(name, takes, has)
			}
			rest = strings.TrimSpace(rest[closing(rest, '}'):])
		}
		i += max(1, len(name))
	}
	return 0, nil
}

// closing is where the bracket or brace that begins tex has ended with end, -1 where it has not.
func closing(tex string, end byte) int {
	deep := 0
	for i := 1; i < len(tex) && deep >= 0; i++ {
		switch {
		case tex[i] == '\\':
			i++
		case tex[i] == end && deep == 0:
			return i + 1
		case tex[i] == '{':
			deep++
		case tex[i] == '}':
			deep--
		}
	}
	return -1
}

// lacks says what a command takes.
func lacks(name string, takes, has int) error {
	if takes == 1 {
		return fmt.Errorf(`\%[1]s takes a part in braces, as in \%[1]s{a}, and has none`, name)
	}
	return fmt.Errorf(`\%[1]s takes two parts in braces, as in \%[1]s{a}{b}, and has %[2]s`, name, [...]string{"none", "one"}[has])
}
