package block

import (
	"bytes"
	"path"
	"slices"
	"strconv"
	"strings"

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
	if !ok {
		return
	}
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	language, info := strings.TrimPrefix(path.Ext(b.Target), "."), page.Info{Lines: b.Info.Lines, Words: b.Info.Words}
	for _, p := range b.Info.Pairs {
		switch p[0] {
		case "lines":
			if text, ok = someLines(text, p[1]); !ok {
				c.Fail(b.At, b.Target+" has no lines "+p[1], "write lines=3-9, counted from 1")
				return
			}
		case "region":
			if text, ok = region(text, p[1]); !ok {
				hint := "put lines with region " + p[1] + " and endregion around it"
				if near := problem.Nearest(p[1], regions(string(data))); near != "" {
					hint = "did you mean " + near + "?"
				}
				c.Fail(b.At, b.Target+" has no region "+p[1], hint)
				return
			}
		case "language":
			language = p[1]
		default:
			info.Pairs = append(info.Pairs, p)
		}
	}
	c.Code(language, text, info, b.At)
}

func someLines(text, want string) (string, bool) {
	in, ok := page.ParseLines(want)
	if !ok {
		return "", false
	}
	var out strings.Builder
	n := 0
	for line := range strings.Lines(text) {
		if n++; in(n) {
			out.WriteString(line)
		}
	}
	return out.String(), out.Len() > 0
}

func region(text, name string) (string, bool) {
	var out []string
	inside, found := false, false
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if i := slices.Index(fields, "region"); i >= 0 && i+1 < len(fields) && fields[i+1] == name {
			inside, found = true, true
			continue
		}
		if inside && slices.Contains(fields, "endregion") {
			break
		}
		if inside {
			out = append(out, line)
		}
	}
	return strings.Join(unindent(out), ""), found
}

// regions are the names of all regions of a text.
func regions(text string) (names []string) {
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if i := slices.Index(fields, "region"); i >= 0 && i+1 < len(fields) {
			names = append(names, fields[i+1])
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

// formula prints a fence of TeX as a block of MathML.
func formula(c *page.Context, b page.Block) {
	html, at, err := math.Print(b.Text, true)
	if err != nil {
		before := b.Text[:at]
		place := b.Inside(strings.Count(before, "\n"), at-strings.LastIndexByte(before, '\n')-1)
		c.Fail(place, "formula: "+err.Error(), "see the words to write with for what a formula may hold")
		return
	}
	c.Raw(`<div class="math" tabindex="0" role="group" aria-label="Formula">` + html + "</div>\n")
	c.Plain(strings.TrimSpace(b.Text))
}

// inlineMath prints TeX in a line.
func inlineMath(c *page.Context, s page.Span) bool {
	html, _, err := math.Print(s.Text, false)
	if err != nil {
		c.Fail(s.At, "formula: "+err.Error(), "see the words to write with for what a formula may hold")
		return true
	}
	c.Raw(html)
	c.Plain(s.Text)
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
