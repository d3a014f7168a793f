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

func truth(yes bool) Truth {
	if yes {
		return Holds
	}
	return DoesNotHold
}

// Condition is a statement about answers that holds, does not hold, or cannot be known. Conditions are literals of the types
// below, so that the tables of rules are data that no code has to build: that keeps the module small. String reads one aloud.
type Condition interface {
	Ask(r *Resolved) Truth
	String() string
	// deciding adds the inputs that make the condition now what it is; asks marks every input that it looks at.
	deciding(r *Resolved, now Truth, list *[]Input)
	asks(seen *[Inputs]bool)
}

// Is holds where the answer to a choice is one of the words.
type Is struct {
	In    Input
	Words oneOf
}

type oneOf []string

func (c Is) Ask(r *Resolved) Truth {
	answer := r.Choice(c.In)
	for _, w := range c.Words {
		if w == answer {
			return Holds
		}
	}
	return DoesNotHold
}

func (c Is) String() string {
	last := len(c.Words) - 1
	if last == 0 {
		return c.In.ID() + " is " + c.Words[0]
	}
	return c.In.ID() + " is " + strings.Join(c.Words[:last], ", ") + " or " + c.Words[last]
}

func (c Is) deciding(_ *Resolved, _ Truth, list *[]Input) { addInput(list, c.In) }
func (c Is) asks(seen *[Inputs]bool)                      { seen[c.In] = true }

// AtLeast holds where a number is x or more.
type AtLeast struct {
	In Input
	X  float64
}

func (c AtLeast) Ask(r *Resolved) Truth {
	if r.Unknown(c.In) {
		return NotKnown
	}
	return truth(r.Likely(c.In) >= c.X)
}

func (c AtLeast) String() string                               { return c.In.ID() + " is at least " + cost.Text(c.X) }
func (c AtLeast) deciding(_ *Resolved, _ Truth, list *[]Input) { addInput(list, c.In) }
func (c AtLeast) asks(seen *[Inputs]bool)                      { seen[c.In] = true }

// Reaches holds where one number is at least another plus more.
type Reaches struct {
	In, Other Input
	More      float64
}

func (c Reaches) Ask(r *Resolved) Truth {
	if r.Unknown(c.In) || r.Unknown(c.Other) {
		return NotKnown
	}
	return truth(r.Likely(c.In) >= r.Likely(c.Other)+c.More)
}

func (c Reaches) String() string {
	if c.More < 0 {
		return c.In.ID() + " is at most " + cost.Text(-c.More) + " under " + c.Other.ID()
	}
	return c.In.ID() + " reaches " + c.Other.ID()
}

func (c Reaches) deciding(_ *Resolved, _ Truth, list *[]Input) {
	addInput(list, c.In)
	addInput(list, c.Other)
}

func (c Reaches) asks(seen *[Inputs]bool) { seen[c.In], seen[c.Other] = true, true }

// True holds where the answer is true.
type True struct{ In Input }

func (c True) Ask(r *Resolved) Truth                        { return truth(r.Bool(c.In)) }
func (c True) String() string                               { return c.In.ID() + " is true" }
func (c True) deciding(_ *Resolved, _ Truth, list *[]Input) { addInput(list, c.In) }
func (c True) asks(seen *[Inputs]bool)                      { seen[c.In] = true }

// Fact is worked out from several answers; Say reads it aloud.
type Fact struct {
	Say    string
	Known  func(r *Resolved) Truth
	Inputs []Input
}

func (c Fact) Ask(r *Resolved) Truth { return c.Known(r) }
func (c Fact) String() string        { return c.Say }

func (c Fact) deciding(_ *Resolved, _ Truth, list *[]Input) {
	for _, in := range c.Inputs {
		addInput(list, in)
	}
}

func (c Fact) asks(seen *[Inputs]bool) {
	for _, in := range c.Inputs {
		seen[in] = true
	}
}

// All holds where every part does; of no parts, always.
type All []Condition

func (c All) Ask(r *Resolved) Truth {
	least := Holds
	for _, part := range c {
		if least = min(least, part.Ask(r)); least == DoesNotHold {
			break
		}
	}
	return least
}

func (c All) String() string {
	if len(c) == 0 {
		return "always"
	}
	return joined(c, " and ")
}

func (c All) deciding(r *Resolved, now Truth, list *[]Input) { partsDeciding(c, r, now, list) }
func (c All) asks(seen *[Inputs]bool)                        { partsAsk(c, seen) }

// Any holds where a part does.
type Any []Condition

func (c Any) Ask(r *Resolved) Truth {
	most := DoesNotHold
	for _, part := range c {
		if most = max(most, part.Ask(r)); most == Holds {
			break
		}
	}
	return most
}

func (c Any) String() string                                 { return "(" + joined(c, " or ") + ")" }
func (c Any) deciding(r *Resolved, now Truth, list *[]Input) { partsDeciding(c, r, now, list) }
func (c Any) asks(seen *[Inputs]bool)                        { partsAsk(c, seen) }

// Not holds where its part does not.
type Not struct{ Part Condition }

func (c Not) Ask(r *Resolved) Truth                          { return Holds - c.Part.Ask(r) }
func (c Not) String() string                                 { return "not (" + c.Part.String() + ")" }
func (c Not) deciding(r *Resolved, now Truth, list *[]Input) { c.Part.deciding(r, Holds-now, list) }
func (c Not) asks(seen *[Inputs]bool)                        { c.Part.asks(seen) }

func joined(parts []Condition, with string) string {
	said := make([]string, len(parts))
	for i, p := range parts {
		said[i] = p.String()
	}
	return strings.Join(said, with)
}

// Deciding lists the inputs that make a condition what it is now: of parts that all must hold those that do not, or all of
// them where they do.
func Deciding(c Condition, r *Resolved) []Input {
	var list []Input
	c.deciding(r, c.Ask(r), &list)
	return list
}

func partsDeciding(parts []Condition, r *Resolved, now Truth, list *[]Input) {
	for _, part := range parts {
		if part.Ask(r) == now {
			part.deciding(r, now, list)
		}
	}
}

func partsAsk(parts []Condition, seen *[Inputs]bool) {
	for _, part := range parts {
		part.asks(seen)
	}
}

// asksFor reports whether a condition looks at an input.
func asksFor(c Condition, in Input) bool {
	var seen [Inputs]bool
	c.asks(&seen)
	return seen[in]
}

func addInput(list *[]Input, in Input) {
	for _, have := range *list {
		if have == in {
			return
		}
	}
	*list = append(*list, in)
}
