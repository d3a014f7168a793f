package block

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/bep/goat"

	"whentofinetune/cmd/guide/internal/math"
	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
)

// include prints another markdown file in place.
func include(c *page.Context, b page.Block) { c.Include(b.At, b.Target) }

// codeFile prints a file, or lines or a named region of it, as a code block. A region stands between lines that hold
// "region NAME" and "endregion"; those lines are not printed.
func codeFile(c *page.Context, b page.Block) {
	data, ok := c.Read(b.At, b.Target)
	if !ok || !codeTakes(c, b) {
		return
	}
	text, language, rest, wrong := Excerpt(b.Target, data, b.Info)
	switch {
	case wrong != nil && wrong.Warning:
		c.Warn(b.At, wrong.Text, wrong.Hint)
	case wrong != nil:
		c.Fail(b.At, wrong.Text, wrong.Hint)
		return
	}
	c.Code(language, text, rest, b.At)
}

// What may follow the word "code": names with a value, and words.
var (
	codeNames = []string{"lines", "region", "language", "title", "start"}
	codeWords = []string{"numbers", "linenos", "wrap"}
)

// codeTakes reports what follows the word "code" and is unknown. A value that has a space and no quotes leaves a word behind.
func codeTakes(c *page.Context, b page.Block) bool {
	good := true
	fail := func(name, text, hint string) {
		if near := problem.Nearest(name, slices.Concat(codeNames, codeWords)); near != "" && near != name {
			hint = "did you mean " + near + "?"
		}
		c.Fail(b.At, text, hint)
		good = false
	}
	for _, p := range b.Info.Pairs {
		switch {
		case !slices.Contains(codeNames, p[0]):
			fail(p[0], "code takes no "+p[0]+"=", "known are "+strings.Join(codeNames, "=, ")+"=, "+strings.Join(codeWords, ", "))
		case p[1] == "":
			fail(p[0], p[0]+"= says nothing", "write the value right after the sign")
		}
	}
	for _, w := range b.Info.Words {
		if !slices.Contains(codeWords, w) {
			fail(w, "code takes no "+w, `put quotes around a value with a space, as in title="a b.go"`)
		}
	}
	return good
}

// Excerpt is what a link with the title "code" shows of a file: the lines or the region that info asks for, and the language. rest is
// what else info says. wrong, without a place, says what is not there; where it is a warning there is something to show.
func Excerpt(name string, data []byte, info page.Info) (text, language string, rest page.Info, wrong *problem.Problem) {
	text = strings.ReplaceAll(string(data), "\r\n", "\n")
	rest = page.Info{Lines: info.Lines, Words: info.Words}
	for _, p := range info.Pairs {
		if p[0] != "lines" && p[0] != "region" && p[0] != "language" {
			rest.Pairs = append(rest.Pairs, p)
		}
	}
	hidden := marks(text)
	if r := info.Get("region"); r != "" {
		if text, wrong = oneRegion(name, text, r); wrong != nil && !wrong.Warning {
			return "", "", rest, wrong
		}
		hidden = nil
	}
	asked := info.Get("lines")
	text, length, ok := someLines(text, asked, hidden)
	if !ok {
		return "", "", rest, &problem.Problem{Text: name + " has no lines " + asked + ": it has " + strconv.Itoa(length), Hint: "write lines=3-9, counted from 1"}
	}
	return text, cmp.Or(info.Get("language"), strings.TrimPrefix(path.Ext(name), ".")), rest, wrong
}

// someLines are the lines of a text that want names, or all, without the hidden ones. ok is false where there are not so many.
func someLines(text, want string, hidden map[int]bool) (lines string, length int, ok bool) {
	in, last, ok := page.ParseLines(want)
	var out strings.Builder
	for line := range strings.Lines(text) {
		if length++; (want == "" || in(length)) && !hidden[length] {
			out.WriteString(line)
		}
	}
	return out.String(), length, ok && last <= length && (want == "" || out.Len() > 0)
}

const maxRegions = 100 // that stand in each other

// marks are the numbers of the lines that begin a region and of those that end it.
func marks(text string) map[int]bool {
	type begun struct {
		line  int
		label string
	}
	found, open, n := map[int]bool{}, []begun(nil), 0
	for line := range strings.Lines(text) {
		n++
		switch word, label := marker(line); {
		case word == "region" && label != "":
			open = append(open, begun{n, label})
		case word == "endregion" && len(open) > 0:
			i := len(open) - 1
			for j := i; label != "" && j >= max(0, i-maxRegions); j-- {
				if open[j].label == label {
					i = j
					break
				}
			}
			found[open[i].line], found[n] = true, true
			open = slices.Delete(open, i, i+1)
		}
	}
	return found
}

// oneRegion are the lines of a region of a file.
func oneRegion(file, text, name string) (lines string, wrong *problem.Problem) {
	lines, found, closed := region(text, name)
	switch {
	case !found:
		hint := "put lines with region " + name + " and endregion around it"
		if near := problem.Nearest(name, regions(text)); near != "" {
			hint = "did you mean " + near + "?"
		}
		return "", &problem.Problem{Text: file + " has no region " + name, Hint: hint}
	case !closed:
		return lines, &problem.Problem{Text: "region " + name + " of " + file + " goes on to the end of the file", Hint: "end it with a line endregion", Warning: true}
	}
	return lines, nil
}

// region returns the lines of a named region. Those that begin or end it, or one inside it, are not among them.
func region(text, name string) (lines string, found, closed bool) {
	var out []string
	depth, known := 0, regions(text)
	for line := range strings.Lines(text) {
		word, label := marker(line)
		if !slices.Contains(known, label) && word == "endregion" { // it may say anything after the word
			label = ""
		}
		switch {
		case !found:
			found = word == "region" && label == name
		case word == "region":
			depth++
		case word == "endregion" && (label == name || label == "" && depth == 0):
			return strings.Join(unindent(out), ""), true, true
		case word == "endregion":
			depth = max(0, depth-1)
		default:
			out = append(out, line)
		}
	}
	return strings.Join(unindent(out), ""), found, false
}

// marker takes apart a line that begins or ends a region, behind the signs of a comment or of an editor: // region a, #region a,
// <!-- endregion -->.
func marker(line string) (word, label string) {
	fields := strings.Fields(line)
	if len(fields) > 1 && !strings.ContainsFunc(fields[0], unicode.IsLetter) {
		fields = fields[1:]
	}
	if len(fields) == 0 {
		return "", ""
	}
	word = strings.TrimLeftFunc(fields[0], func(r rune) bool { return !unicode.IsLetter(r) })
	if word != "region" && word != "endregion" {
		return "", ""
	}
	if len(fields) > 1 {
		label = fields[1]
	}
	return word, label
}

// regions are the names of all regions of a text.
func regions(text string) (names []string) {
	for line := range strings.Lines(text) {
		if word, label := marker(line); word == "region" && label != "" {
			names = append(names, label)
		}
	}
	return names
}

// unindent takes away the white space that all lines begin with.
func unindent(lines []string) []string {
	common, first := "", true
	for _, l := range lines {
		if strings.TrimSpace(l) == "" {
			continue
		}
		indent := l[:len(l)-len(strings.TrimLeft(l, " \t"))]
		if first {
			common, first = indent, false
		}
		for !strings.HasPrefix(indent, common) {
			common = common[:len(common)-1]
		}
	}
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.TrimPrefix(l, common)
	}
	return out
}

// formulaHint says where to look: what a formula may hold is listed on the page on writing.
const formulaHint = "write it with the commands that the guide lists under formulas and drawings"

// formula prints a fence of TeX as a block of MathML. It adds no plain text: a line of it is no sentence to find or quote.
func formula(c *page.Context, b page.Block) {
	html, at, err := math.Print(b.Text, true)
	if err != nil {
		before := b.Text[:at]
		place := b.Inside(strings.Count(before, "\n"), at-strings.LastIndexByte(before, '\n')-1)
		c.Fail(place, "formula: "+err.Error(), formulaHint)
		return
	}
	c.Raw(`<div class="math" tabindex="0" role="group" aria-label="Formula">` + html + "</div>\n")
}

// inlineMath prints TeX in a line.
func inlineMath(c *page.Context, s page.Span) bool {
	html, _, err := math.Print(s.Text, false)
	if err != nil {
		c.Fail(s.At, "formula: "+err.Error(), formulaHint)
		return true
	}
	c.Raw(html)
	c.Plain(math.Plain(s.Text))
	return true
}

// maxDiagram bounds the area that is drawn, in characters: the drawing library's time and memory grow with it.
const maxDiagram = 64 << 10

func area(text string) int {
	lines, longest := 0, 0
	for l := range strings.Lines(text) {
		lines, longest = lines+1, max(longest, len(l))
	}
	return lines * longest
}

// diagram prints a drawing in characters as SVG. Its title names it for those who do not see it.
func diagram(c *page.Context, b page.Block) {
	title := b.Info.Get("title")
	if title == "" {
		c.Warn(b.At, "diagram has no title for those who cannot see it", `write title="what it shows" after the word`)
		title = "Diagram"
	}
	if strings.TrimSpace(b.Text) == "" {
		c.Fail(b.At, "diagram is empty", "draw it between the two fences")
		return
	}
	if area(b.Text) > maxDiagram {
		c.Fail(b.At, "diagram is too large", "keep its lines times its longest line under "+strconv.Itoa(maxDiagram))
		return
	}
	drawn := goat.BuildSVG(bytes.NewReader([]byte(b.Text)))
	c.Raw(`<figure class="diagram"><div class="scroll" tabindex="0" role="group"`)
	c.Attr("aria-label", title)
	c.Raw(`><svg role="img"`)
	c.Attr("width", strconv.Itoa(drawn.Width))
	c.Attr("height", strconv.Itoa(drawn.Height))
	c.Raw("><title>")
	c.Text(title)
	c.Raw("</title>" + strings.ReplaceAll(drawn.Body, " style='font-size:1em'", "") + "</svg></div><figcaption>")
	c.Text(title)
	c.Raw("</figcaption></figure>\n")
	c.Plain(title)
}
