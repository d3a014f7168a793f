// Package math turns TeX formulas into MathML, so that a page shows mathematics without a script and without fonts of
// its own. It is the one home of go-latex, whose parser reads the formula; the printer is ours.
//
// It knows one noun, the formula, and two verbs:
//
//	html, at, err := math.Print(`\frac{C_0}{S - M}`, true)
//	text := math.Plain(`\frac{C_0}{S - M}`) // C_0/(S−M)
//
// What it understands: letters, numbers, operators, sub- and superscripts, \frac, \binom, \sqrt with an optional
// root, \overline, sums, products and limits with their bounds, Greek letters, relations, arrows, delimiters with
// \left and \right, functions such as \log, \text and the alphabets \mathbf, \mathit, \mathtt, \mathbb, \mathcal.
// Whatever it does not understand is an error that names it; nothing is passed over.
//
// Not wanted here: environments such as aligned, macros of an author's own, a fallback picture.
package math

import (
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode"

	"codeberg.org/go-latex/latex"
	"codeberg.org/go-latex/latex/ast"
)

// Print returns the MathML of a TeX formula, as a block of its own or for a line of text. The TeX is kept in an
// annotation, for copying and for readers of the source. The error is one sentence in lower case without a full stop; at
// is the byte of tex where the mistake stands, 0 where that is not known.
func Print(tex string, block bool) (mathML string, at int, err error) {
	blank := len(tex) - len(strings.TrimLeftFunc(tex, unicode.IsSpace))
	tex = strings.TrimSpace(tex)
	if at, err := sound(tex); err != nil {
		return "", blank + at, err
	}
	p, err := read(tex)
	if err != nil {
		return "", blank + macro(tex, err), err
	}
	display := ""
	if block {
		display = ` display="block"`
	}
	return `<math` + display + `><semantics><mrow>` + p.out.String() + `</mrow><annotation encoding="application/x-tex">` +
		html.EscapeString(tex) + `</annotation></semantics></math>`, 0, nil
}

// Plain returns a TeX formula as a line of text says it, to be searched and quoted; "" where it cannot be read.
func Plain(tex string) string {
	tex = strings.TrimSpace(tex)
	if _, err := sound(tex); err != nil {
		return ""
	}
	p, err := read(tex)
	if err != nil {
		return ""
	}
	return p.plain.String()
}

// read prints a sound formula.
func read(tex string) (*printer, error) {
	node, err := parse(tex)
	if err != nil {
		return nil, err
	}
	p := new(printer)
	p.row(node)
	return p, p.err
}

// macro returns where the word stands that an error says is not known, 0 where it says nothing of the kind.
func macro(tex string, err error) int {
	_, word, _ := strings.Cut(err.Error(), `\`)
	word, _, known := strings.Cut(`\`+word, " ")
	for at := 0; known; {
		next := strings.Index(tex[at:], word)
		if next < 0 {
			break
		}
		at += next
		if end := at + len(word); end == len(tex) || tex[end]|0x20 < 'a' || tex[end]|0x20 > 'z' {
			return at
		}
		at++
	}
	return 0
}

// parse hands the formula to go-latex, which panics on what it does not know.
func parse(tex string) (list ast.List, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("the formula cannot be read")
			switch name, unknown := strings.CutPrefix(fmt.Sprint(r), "unknown macro "); {
			case unknown && (name == `\left` || name == `\right`):
				err = fmt.Errorf("the formula cannot be read: %s is before no bracket that is known", name)
			case unknown:
				err = fmt.Errorf("the formula cannot be read: %s is not known", name)
			}
		}
	}()
	node, err := latex.ParseExpr("$" + prepare(tex) + "$")
	if err != nil {
		return nil, fmt.Errorf("the formula cannot be read: %w", err)
	}
	all, ok := node.(ast.List)
	if !ok || len(all) != 1 {
		return nil, errors.New("the formula cannot be read")
	}
	expression, ok := all[0].(*ast.MathExpr)
	if !ok {
		return nil, errors.New("the formula cannot be read")
	}
	return expression.List, nil
}

// prepare rewrites the few words that go-latex does not know into those that it does: \text keeps its spaces, and
// \left and \right go, because MathML stretches its delimiters by itself. The parser knows no space before a part.
func prepare(tex string) string {
	tex = loose.ReplaceAllString(tex, "$1$2$3$4$5")
	tex = delimiters.Replace(exponential.ReplaceAllString(tex, `\operatorname{exp}$1`))
	var out strings.Builder
	for {
		before, after, found := strings.Cut(tex, `\text{`)
		out.WriteString(before)
		if !found {
			return apart(out.String()) // last, so that no space of it is one of the words
		}
		words, rest, _ := strings.Cut(after, "}")
		out.WriteString(`\mathregular{` + strings.ReplaceAll(words, " ", `\:`) + "}")
		tex = rest
	}
}

// apart puts a space between a digit and a letter or underscore, and after a leading zero: the scanner would take 2e, 1_0 and 08
// for Go's numbers.
func apart(tex string) string {
	out := make([]byte, 0, len(tex)+8)
	for i := range len(tex) {
		c := tex[i]
		if i > 0 && digit(tex[i-1]) && (c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z' || digit(c) && leading(out)) {
			out = append(out, ' ')
		}
		out = append(out, c)
	}
	return string(out)
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// leading reports whether what was read ends in a zero that begins a number.
func leading(read []byte) bool {
	n := len(read)
	return read[n-1] == '0' && (n == 1 || read[n-2] != '.' && !digit(read[n-2]))
}

// loose finds space before what stands in braces, or in the brackets of a root, and after ^ and _.
var loose = regexp.MustCompile(`([}\]]|\\[A-Za-z]+)\s+(\{)|(\\sqrt)\s+(\[)|([_^])\s+`)

// exponential finds \exp, which the parser takes for a command with a part, and would leave that out.
var exponential = regexp.MustCompile(`\\exp([0-9_]|\b)`)

var delimiters = strings.NewReplacer(
	`\left(`, "(", `\right)`, ")", `\left[`, "[", `\right]`, "]", `\left|`, `\vert `, `\right|`, `\vert `, `\left.`, "", `\right.`, "",
	`\left\{`, `\{`, `\right\}`, `\}`, `\left\lfloor`, `\lfloor`, `\right\rfloor`, `\rfloor`,
	`\left\lceil`, `\lceil`, `\right\rceil`, `\rceil`, `\leftarrow`, `\leftarrow`, `\leq`, `\leq`, `\le `, `\leq `,
	`\geq`, `\geq`, `\ge `, `\geq `, `\neq`, `\neq`, `\ne `, `\neq `, `\to `, `\rightarrow `, `\dfrac`, `\frac`, `\tfrac`, `\frac`,
)
