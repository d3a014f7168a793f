package view

import (
	"strconv"
	"strings"

	"whentofinetune/calculator"
)

// parts of the form below the eight questions: a title and the groups of questions that it holds.
var formParts = [...]struct {
	word, title string
	groups      []calculator.Group
}{
	{"task", "The task", []calculator.Group{calculator.GroupTask}},
	{"data", "Your data", []calculator.Group{calculator.GroupData}},
	{"team", "Team and limits", []calculator.Group{calculator.GroupTeam}},
	{"all", "All inputs", []calculator.Group{calculator.GroupVolume, calculator.GroupInvestment, calculator.GroupRunning, calculator.GroupHorizon}},
}

// form prints every input: the eight questions that are asked first, then the groups.
func (p *printer) form() {
	p.open("form", "class", "form", "data-calculator", "form", "aria-labelledby", p.id+"form-title", "autocomplete", "off", "spellcheck", "false", "novalidate", "")
	p.raw("\n")
	p.el("h2", "Eight questions", "class", "form-title", "id", p.id+"form-title")
	p.raw(`
<p class="form-help">Write numbers as you would say them: 3M, 1,500, 5%, or a range such as 8..12..20. An empty field takes its default. Where an answer may be unknown, a box beside it says so.</p>
`)
	p.problems()
	for first := 1; first <= 8; first++ {
		p.asked(first)
	}
	for _, part := range formParts {
		p.formPart(part.word, part.title, part.groups)
	}
	p.raw(`<p class="form-foot"><b>Nothing that you type leaves this page.</b> The link holds every answer after its #, which browsers do not send.</p>
</form>
`)
}

// problems prints the error summary: what is wrong, each with a link to its field. It is there, hidden, while
// nothing is wrong, so that a script finds its place.
func (p *printer) problems() {
	complaints := p.r.Complaints
	p.open("div", "class", "problems", "data-problems", "", "tabindex", "-1", "role", "group", "aria-labelledby", p.id+"problems-title",
		when(len(complaints) == 0, "hidden"), "")
	p.el("h3", "There is a problem", "id", p.id+"problems-title")
	p.raw("<ul>")
	for _, c := range complaints {
		p.raw("<li>")
		if in, ok := calculator.Find(c.Input); ok {
			p.el("a", in.Question().Label, "href", "#"+p.id+c.Input, "data-input", c.Input)
		} else {
			p.el("b", c.Input)
		}
		p.text(": " + c.Text)
		p.raw("</li>")
	}
	p.raw("</ul></div>\n")
}

// asked prints the questions of one of the eight places: one field, or several that belong together as one set.
func (p *printer) asked(first int) {
	ins := []calculator.Input{}
	for i := range calculator.Questions {
		if calculator.Questions[i].First == first {
			ins = append(ins, calculator.Input(i))
		}
	}
	if len(ins) > 1 {
		p.openSet(ins)
		defer p.raw("</fieldset>\n")
	}
	for _, in := range ins {
		p.field(in, len(ins) > 1)
	}
}

// openSet opens a set of fields that share the beginning of their labels, with what each is.
func (p *printer) openSet(ins []calculator.Input) {
	id := p.id + ins[0].ID() + "-set"
	title, _ := setLabel(ins[0])
	p.open("fieldset", "class", "fields", "aria-describedby", id)
	p.el("legend", title, "class", "label")
	said := []string{}
	for _, in := range ins {
		_, label := setLabel(in)
		said = append(said, label+": "+in.Question().Hint+".")
	}
	p.raw("\n")
	p.el("p", strings.Join(said, " "), "class", "hint", "id", id)
	p.raw("\n")
}

// setLabel parts the label of an input into what its set is called and what it is there.
func setLabel(in calculator.Input) (set, label string) {
	set, label, _ = strings.Cut(in.Question().Label, ", ")
	return set, sentenceCase(label)
}

// inSet reports whether in stands in a set of fields.
func inSet(in calculator.Input) bool {
	first, n := in.Question().First, 0
	for i := range calculator.Questions {
		if first > 0 && calculator.Questions[i].First == first {
			n++
		}
	}
	return n > 1
}

// formPart prints a group of fields that opens, with how many of them were answered.
func (p *printer) formPart(word, title string, groups []calculator.Group) {
	all, answered, unknown := 0, 0, 0
	for i := range calculator.Questions {
		in := calculator.Input(i)
		if !inGroups(in, groups) {
			continue
		}
		all++
		if p.given.Given(in) {
			answered++
		}
		if p.given.Given(in) && p.given.Unknown(in) {
			unknown++
		}
	}
	p.open("details", "class", "group", "data-group", word)
	p.raw("<summary>")
	p.text(title + " ")
	p.el("small", counted(all, answered, unknown), "class", "count", "data-count", "")
	p.raw("</summary>\n")
	for _, g := range groups {
		if len(groups) > 1 {
			p.el("h3", calculator.Groups[g], "class", "subgroup")
			p.raw("\n")
		}
		for i := range calculator.Questions {
			if in := calculator.Input(i); inGroups(in, []calculator.Group{g}) {
				p.field(in, false)
			}
		}
	}
	p.raw("</details>\n")
}

// counted says how many inputs a group has and how many of them somebody answered.
func counted(all, answered, unknown int) string {
	s := strconv.Itoa(all) + ", "
	switch {
	case answered == 0:
		return s + "all by default"
	case unknown == 0:
		return s + strconv.Itoa(answered) + " answered"
	}
	return s + strconv.Itoa(answered) + " answered, " + strconv.Itoa(unknown) + " unknown"
}

// inGroups reports whether in stands in one of groups and not among the eight questions.
func inGroups(in calculator.Input, groups []calculator.Group) bool {
	q := in.Question()
	for _, g := range groups {
		if q.Group == g && q.First == 0 {
			return true
		}
	}
	return false
}

// field prints one input: its label, its control, the place of its complaint and its hint. A field of a set leaves out of
// its label what the set is called.
func (p *printer) field(in calculator.Input, short bool) {
	q := in.Question()
	label := q.Label
	if short {
		_, label = setLabel(in)
	}
	radios := q.Kind == calculator.KindBool || q.Kind == calculator.KindChoice && len(q.Choices) <= 3 && q.Default != ""
	selects := q.Kind == calculator.KindCatalog || q.Kind == calculator.KindChoice && !radios
	class, tag := "field", markup("div")
	if radios || selects {
		class = "field field-wide"
	}
	if radios {
		tag = "fieldset"
	}
	complaint := p.complaint(in)
	described := p.id + q.ID + "-hint"
	if complaint != "" {
		described += " " + p.id + q.ID + "-complaint"
	}
	p.open(tag, "class", class, "data-field", q.ID, "data-state", p.state(in), "data-default", q.Default, when(radios, "aria-describedby"), described)
	p.raw("\n")
	if radios {
		p.el("legend", label, "class", "label")
	} else {
		p.el("label", label, "class", "label", "for", p.id+q.ID)
	}
	p.raw("\n")
	switch {
	case radios:
		p.radios(in)
	case selects:
		p.selection(in, described)
	default:
		p.textField(in, described, complaint != "")
	}
	p.el("p", complaint, "class", "complaint", "id", p.id+q.ID+"-complaint", "data-complaint", q.ID, when(complaint == "", "hidden"), "")
	p.raw(`<p class="hint">`)
	p.el("span", p.hint(in), "id", p.id+q.ID+"-hint", "data-hint", q.ID)
	p.raw("</p>")
	p.raw("\n")
	p.shut(tag)
	p.raw("\n")
}

// textField prints the control of a number or a date, the checkbox that says unknown, and the slider of a share.
func (p *printer) textField(in calculator.Input, described string, wrong bool) {
	q := in.Question()
	before, after := "", ""
	switch q.Kind {
	case calculator.KindMoney:
		before = "$"
	case calculator.KindPercent:
		after = "%"
	}
	written, mode := p.written(in), "decimal"
	if q.Kind == calculator.KindDate {
		mode = "text"
	}
	p.raw(`<div class="control">`)
	if before != "" {
		p.el("span", before, "class", "unit", "aria-hidden", "true")
	}
	p.open("input", "class", "input", "id", p.id+q.ID, "name", q.ID, "type", "text", "inputmode", mode,
		when(written != "", "value"), written, "placeholder", p.placeholder(in), when(wrong, "aria-invalid"), "true", "aria-describedby", described)
	if after != "" {
		p.el("span", after, "class", "unit", "aria-hidden", "true")
	}
	p.raw("</div>\n")
	word, say := q.Word, q.Word
	if q.Unknown {
		word, say = "unknown", "not known"
	}
	if word != "" {
		on := p.given.Unknown(in) || p.a.Worded(in)
		p.raw(`<label class="unknown">`)
		p.open("input", "type", "checkbox", "data-unknown", q.ID, "value", word, when(on, "checked"), "")
		p.raw(" ")
		p.text(say)
		p.el("span", ": "+q.Label, "class", "hidden")
		p.raw("</label>\n")
	}
	if q.Kind == calculator.KindPercent && q.Max == 100 && q.Min >= 0 {
		p.open("input", "class", "slider", "type", "range", "min", "0", "max", "100", "step", "1", "value", fixed(p.a.Likely(in), 0),
			"data-slider", q.ID, "aria-label", q.Label+", percent", when(word != "" && (p.given.Unknown(in) || p.a.Worded(in)), "aria-valuetext"), "not known")
		p.raw("\n")
	}
}

// radios prints a choice between few words.
func (p *printer) radios(in calculator.Input) {
	q := in.Question()
	choices := q.Choices
	if q.Kind == calculator.KindBool {
		choices = []calculator.Choice{{Word: "true", Label: "yes"}, {Word: "false", Label: "no"}}
	}
	p.open("div", "class", "choices", "id", p.id+q.ID)
	for _, c := range choices {
		p.raw(`<label class="choice">`)
		p.open("input", "type", "radio", "name", q.ID, "value", c.Word, when(p.a.Text(in) == c.Word, "checked"), "")
		p.raw(" ")
		p.text(c.Label)
		p.raw("</label>")
	}
	p.raw("</div>\n")
}

// selection prints a choice between many words or the rows of a table.
func (p *printer) selection(in calculator.Input, described string) {
	q := in.Question()
	now := p.a.Text(in)
	p.raw(`<div class="control">`)
	p.open("select", "class", "input", "id", p.id+q.ID, "name", q.ID, "aria-describedby", described)
	if q.Default == "" {
		p.option("", "default: "+p.choiceLabel(in, now), !p.given.Given(in))
		if !p.given.Given(in) {
			now = "\x00"
		}
	}
	if q.Word != "" {
		p.option(q.Word, q.Word, now == q.Word)
	}
	for _, c := range q.Choices {
		p.option(c.Word, c.Label, c.Word == now)
	}
	p.catalog(in, now)
	p.raw("</select></div>\n")
}

func (p *printer) option(value, label string, selected bool) {
	// An attribute without a value would take the label for the value's place in a link.
	p.raw(`<option value="`)
	p.text(value)
	p.raw(`"`)
	if selected {
		p.raw(" selected")
	}
	p.raw(">")
	p.text(label)
	p.raw("</option>")
}

// complaint is what is wrong with the answer to in, or empty.
func (p *printer) complaint(in calculator.Input) string {
	for _, c := range p.r.Complaints {
		if c.Input == in.ID() {
			return c.Text
		}
	}
	return ""
}

// state is the word for how in was answered; see the package comment.
func (p *printer) state(in calculator.Input) string {
	q := in.Question()
	switch {
	case p.complaint(in) != "":
		return "error"
	case p.given.Unknown(in):
		return "unknown"
	case p.given.Given(in) && p.given.Text(in) != q.Default:
		return "changed"
	case q.Default == "":
		return "assumed"
	}
	return "default"
}

// written is the text that stands in the field of in: what was typed where it cannot be read, else the answer, else
// nothing.
func (p *printer) written(in calculator.Input) string {
	for _, c := range p.r.Complaints {
		if c.Input == in.ID() {
			return c.Given
		}
	}
	if !p.given.Given(in) || p.given.Unknown(in) {
		return ""
	}
	return parted(p.given.Text(in))
}
