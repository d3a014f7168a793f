package calculator

import (
	"strings"

	"whentofinetune/calculator/fact"
)

// Pair is one named answer as text.
type Pair = fact.Pair

// ScenarioName is the name under which a whole worked example is answered: its inputs first, then those given beside it.
const ScenarioName = "scenario"

// Read reads answers from pairs; a later one wins over an earlier. What cannot be accepted is a complaint, and its default
// stands in.
func Read(t *fact.Tables, pairs []Pair) (Answers, []Complaint) {
	var a Answers
	var complaints []Complaint
	for _, p := range pairs {
		if plainWord(p.Name) == ScenarioName {
			complaints = append(complaints, a.scenario(t, p.Value)...)
		}
	}
	for _, p := range pairs {
		if plainWord(p.Name) == ScenarioName {
			continue
		}
		if c, ok := a.name(p); !ok {
			complaints = append(complaints, c)
		}
	}
	return a, complaints
}

// Named returns the name of the input that a name, written in whatever case and with blanks or hyphens, stands for. Where it
// stands for none, complaint says so.
func Named(name string) (id, complaint string) {
	plain := plainWord(name)
	if in, ok := Find(plain); ok {
		return in.ID(), ""
	}
	if plain == ScenarioName {
		return plain, ""
	}
	complaint = "there is no input of this name."
	if near := nearest(plain, len(Questions)+1, inputName); near != "" {
		return "", complaint + " Did you mean " + near + "?"
	}
	return "", complaint + " The schema lists all of them."
}

// inputName is the name of the input i, and after the last that by which a worked example is asked for.
func inputName(i int) string {
	if i == len(Questions) {
		return ScenarioName
	}
	return Questions[i].ID
}

// name gives the answer that a pair holds.
func (a *Answers) name(p Pair) (Complaint, bool) {
	id, wrong := Named(p.Name)
	in, ok := Find(id)
	if !ok {
		return Complaint{Input: clip(p.Name), Given: clip(p.Value), Text: strings.ToUpper(wrong[:1]) + wrong[1:]}, false
	}
	return a.Set(in, p.Value)
}

// scenario takes the answers of a worked example, or of a published case.
func (a *Answers) scenario(t *fact.Tables, id string) []Complaint {
	var inputs []Pair
	if s := t.FindScenario(id); s != nil {
		inputs = s.Inputs
	} else if c := t.FindCase(id); c != nil {
		inputs = c.Inputs
	} else {
		text := "There is no worked example of this name."
		if near := t.NearScenario(id); near != "" {
			text += " Did you mean " + near + "?"
		}
		return []Complaint{{Input: ScenarioName, Given: clip(id), Text: text}}
	}
	var complaints []Complaint
	for _, p := range inputs {
		if c, ok := a.name(p); !ok {
			complaints = append(complaints, c)
		}
	}
	return complaints
}

// Nearest returns the known name that a wrong one was most likely meant to be, or "".
func Nearest(name string, known []string) string {
	return nearest(strings.ToLower(name), len(known), func(i int) string { return known[i] })
}
