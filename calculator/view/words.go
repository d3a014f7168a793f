package view

import (
	"strings"

	"whentofinetune/calculator"
)

// calls are the three answers: the word, the class, and the glyph that carries the call where colour does not.
var calls = [...]struct {
	call         calculator.Call
	title, class string
	glyph        markup
}{
	{calculator.FineTune, "Fine-tune", "call-fine-tune", `<circle cx="8" cy="8" r="7.25" fill="currentColor"/>`},
	{calculator.NotYet, "Not yet", "call-not-yet", `<circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.75"/><path d="M8 1.5a6.5 6.5 0 0 0 0 13z" fill="currentColor"/>`},
	{calculator.DoNot, "Do not", "call-do-not", `<circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.75"/><path d="M3.6 8h8.8" stroke="currentColor" stroke-width="2.5"/>`},
}

// callAt is the row of a call.
func callAt(c calculator.Call) int {
	for i := range calls {
		if calls[i].call == c {
			return i
		}
	}
	return len(calls) - 1
}

func callTitle(c calculator.Call) string { return calls[callAt(c)].title }
func callClass(c calculator.Call) string { return calls[callAt(c)].class }

// glyph draws the sign of a call.
func (p *printer) glyph(c calculator.Call) {
	p.raw(`<svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">`)
	p.raw(calls[callAt(c)].glyph)
	p.raw("</svg>")
}

// callWord prints a call inline with its glyph, and what it comes to where that is not the same as before.
func (p *printer) callWord(c calculator.Call, more string) {
	p.open("span", "class", "call "+callClass(c))
	p.raw("<span>")
	p.glyph(c)
	p.text(lower(callTitle(c)))
	p.raw("</span>")
	if more != "" {
		p.text(": " + lower(more))
	}
	p.raw("</span>")
}

// grades say what a grade means.
var grades = [...]struct{ word, class, title string }{
	{"A", "grade-a", "Grade A: the primary source was read"},
	{"B", "grade-b", "Grade B: second-hand"},
	{"C", "grade-c", "Grade C: from general knowledge, not checked"},
	{"calc", "grade-calc", "Our own arithmetic"},
	{"dissent", "grade-dissent", "Counter-evidence"},
}

// grade prints the grade of a source. A grade with more to say, such as A/B or A (opening read), is printed as it is
// written under the class of its first word.
func (p *printer) grade(word string) {
	if word == "" {
		return
	}
	for _, g := range grades {
		if word == g.word || strings.HasPrefix(word, g.word+"/") || strings.HasPrefix(word, g.word+" ") {
			p.el("abbr", word, "class", "grade "+g.class, "title", g.title)
			return
		}
	}
	p.el("span", word, "class", "grade")
}

// lower makes the first letter small, unless the word is written in capitals or is a name.
func lower(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if s == "" || strings.ToLower(first[1:]) != first[1:] || len(first) == 1 && first != "A" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// sentenced ends s with a full stop and begins it with a capital.
func sentenced(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return s
	}
	if !strings.ContainsAny(s[len(s)-1:], ".!?") {
		s += "."
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// inputLink prints the label of an input as a link to its field.
func (p *printer) inputLink(id string) {
	p.el("a", p.inputLabel(id), "href", p.root+"calculator.html#"+id, "data-input", id)
}

func (p *printer) inputLabel(id string) string {
	if in, found := calculator.Find(id); found {
		return in.Question().Label
	}
	return id
}

// fragment writes the answers that differ from the default, in table order, as a link holds them: v1&name=value&...
func (p *printer) fragment() string {
	b := strings.Builder{}
	b.WriteString("v1")
	for i := range calculator.Questions {
		in := calculator.Input(i)
		if text := p.given.Text(in); p.given.Given(in) && text != in.Question().Default {
			b.WriteString("&" + in.ID() + "=" + encoded(text))
		}
	}
	return b.String()
}

// link is the address of the calculator with the present answers.
func (p *printer) link() string { return p.root + "calculator.html#" + p.fragment() }

// fragmentWith is fragment with one answer changed.
func (p *printer) fragmentWith(in calculator.Input, text string) string {
	changed := *p
	if _, good := changed.given.Set(in, text); !good {
		return p.fragment()
	}
	return changed.fragment()
}

// encoded writes s so that it may stand in a fragment: what is not a letter, a digit or one of a few signs becomes
// percent and its bytes.
func encoded(s string) string {
	const hex = "0123456789ABCDEF"
	b := []byte{}
	for i := range len(s) {
		c := s[i]
		if c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || strings.IndexByte("-._~,:@/", c) >= 0 {
			b = append(b, c)
		} else {
			b = append(b, '%', hex[c>>4], hex[c&15])
		}
	}
	return string(b)
}

// machine is what stands beside a number for machines: the digits that JSON has, or null.
func (p *printer) machine(path string) string {
	digits, _ := p.r.Digits(path)
	return digits
}
