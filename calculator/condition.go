package calculator

import (
	"strings"

	"whentofinetune/calculator/cost"
)

// Truth is what is known of a condition. Unknown is not false.
type Truth uint8

const (
	DoesNotHold Truth = iota
	NotKnown
	Holds
)

// Condition is a statement about answers that holds, does not hold, or cannot be known. The zero value always holds.
type Condition struct {
	op     op
	in     Input
	other  Input // atLeastInput: the input that it is compared with
	words  []string
	number float64
	parts  []Condition
	known  func(r *Resolved) Truth // fact: worked out from more than one answer
	say    string                  // fact: read aloud
	inputs []Input                 // fact: what it looks at
}

type op uint8

const (
	always op = iota
	is
	atLeast
	atLeastInput
	isTrue
	derived
	all
	some
	not
)

// Is holds where the answer to a choice is one of the words.
func Is(in Input, words ...string) Condition { return Condition{op: is, in: in, words: words} }

// AtLeast holds where a number is x or more.
func AtLeast(in Input, x float64) Condition { return Condition{op: atLeast, in: in, number: x} }

// Below holds where a number is less than x.
func Below(in Input, x float64) Condition { return Not(AtLeast(in, x)) }

// Reaches holds where one number is at least another plus more.
func Reaches(in, other Input, more float64) Condition {
	return Condition{op: atLeastInput, in: in, other: other, number: more}
}

// True holds where the answer is true.
func True(in Input) Condition { return Condition{op: isTrue, in: in} }

// Fact is worked out from several answers; say reads it aloud.
func Fact(say string, known func(r *Resolved) Truth, inputs ...Input) Condition {
	return Condition{op: derived, known: known, say: say, inputs: inputs}
}

// All holds where every part does.
func All(parts ...Condition) Condition { return Condition{op: all, parts: parts} }

// Any holds where a part does.
func Any(parts ...Condition) Condition { return Condition{op: some, parts: parts} }

// Not holds where c does not.
func Not(c Condition) Condition { return Condition{op: not, parts: []Condition{c}} }

// Ask tells whether the condition holds.
func (c *Condition) Ask(r *Resolved) Truth {
	switch c.op {
	case is:
		return c.word(r)
	case atLeast:
		if r.Unknown(c.in) {
			return NotKnown
		}
		return truth(r.Likely(c.in) >= c.number)
	case atLeastInput:
		if r.Unknown(c.in) || r.Unknown(c.other) {
			return NotKnown
		}
		return truth(r.Likely(c.in) >= r.Likely(c.other)+c.number)
	case isTrue:
		return truth(r.Bool(c.in))
	case derived:
		return c.known(r)
	case all:
		return c.allHold(r)
	case some:
		return c.someHolds(r)
	case not:
		return Holds - c.parts[0].Ask(r)
	}
	return Holds
}

func truth(yes bool) Truth {
	if yes {
		return Holds
	}
	return DoesNotHold
}

func (c *Condition) word(r *Resolved) Truth {
	answer := r.Choice(c.in)
	for _, w := range c.words {
		if w == answer {
			return Holds
		}
	}
	return DoesNotHold
}

func (c *Condition) allHold(r *Resolved) Truth {
	least := Holds
	for i := range c.parts {
		if least = min(least, c.parts[i].Ask(r)); least == DoesNotHold {
			break
		}
	}
	return least
}

func (c *Condition) someHolds(r *Resolved) Truth {
	most := DoesNotHold
	for i := range c.parts {
		if most = max(most, c.parts[i].Ask(r)); most == Holds {
			break
		}
	}
	return most
}

// String reads the condition aloud.
func (c Condition) String() string {
	switch c.op {
	case is:
		return c.in.ID() + " is " + either(c.words)
	case atLeast:
		return c.in.ID() + " is at least " + cost.Text(c.number)
	case atLeastInput:
		if c.number < 0 {
			return c.in.ID() + " is at most " + cost.Text(-c.number) + " under " + c.other.ID()
		}
		return c.in.ID() + " reaches " + c.other.ID()
	case isTrue:
		return c.in.ID() + " is true"
	case derived:
		return c.say
	case all:
		return joined(c.parts, " and ")
	case some:
		return "(" + joined(c.parts, " or ") + ")"
	case not:
		return "not (" + c.parts[0].String() + ")"
	}
	return "always"
}

func either(words []string) string {
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

func joined(parts []Condition, with string) string {
	said := make([]string, len(parts))
	for i, p := range parts {
		said[i] = p.String()
	}
	return strings.Join(said, with)
}

// Deciding lists the inputs that make the condition what it is now: of parts that all must hold those that do not, or all
// of them where they do.
func (c *Condition) Deciding(r *Resolved) []Input {
	var list []Input
	c.deciding(r, c.Ask(r), &list)
	return list
}

func (c *Condition) deciding(r *Resolved, now Truth, list *[]Input) {
	switch c.op {
	case is, atLeast, isTrue:
		addInput(list, c.in)
	case atLeastInput:
		addInput(list, c.in)
		addInput(list, c.other)
	case derived:
		for _, in := range c.inputs {
			addInput(list, in)
		}
	case not:
		c.parts[0].deciding(r, Holds-now, list)
	case all, some:
		for i := range c.parts {
			if c.parts[i].Ask(r) == now {
				c.parts[i].deciding(r, now, list)
			}
		}
	}
}

// Asks lists every input that the condition looks at.
func (c *Condition) Asks() []Input {
	var list []Input
	c.asks(&list)
	return list
}

func (c *Condition) asks(list *[]Input) {
	switch c.op {
	case is, atLeast, isTrue:
		addInput(list, c.in)
	case atLeastInput:
		addInput(list, c.in)
		addInput(list, c.other)
	case derived:
		for _, in := range c.inputs {
			addInput(list, in)
		}
	}
	for i := range c.parts {
		c.parts[i].asks(list)
	}
}

func addInput(list *[]Input, in Input) {
	for _, have := range *list {
		if have == in {
			return
		}
	}
	*list = append(*list, in)
}

// asksFor reports whether the condition looks at an input.
func (c *Condition) asksFor(in Input) bool {
	if c.in == in && (c.op == is || c.op == atLeast || c.op == isTrue || c.op == atLeastInput) || c.op == atLeastInput && c.other == in {
		return true
	}
	for _, i := range c.inputs {
		if i == in {
			return true
		}
	}
	for i := range c.parts {
		if c.parts[i].asksFor(in) {
			return true
		}
	}
	return false
}
