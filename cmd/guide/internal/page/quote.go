package page

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Alerts by the word that begins a quote as [!WORD], with the title shown when the author gives none.
var alerts = map[string]string{
	"NOTE": "Note", "TIP": "Tip", "IMPORTANT": "Important", "WARNING": "Warning", "CAUTION": "Caution", "DISSENT": "Dissent",
}

// groups are quotes that are laid out rather than set apart, by the same first line.
var groups = map[string]bool{"TABS": true, "STEPS": true, "DETAILS": true}

func (c *Context) blockquote(n *ast.Blockquote) {
	c.lead = false
	if c.o.Conformance {
		c.tag("<blockquote>\n")
		c.children(n)
		c.tag("</blockquote>\n")
		return
	}
	word, title, ok := c.marker(n)
	if !ok {
		c.block("blockquote", n)
		return
	}
	switch word {
	case "TABS":
		c.tabs(n, title)
		return
	case "STEPS":
		c.steps(n, title)
		return
	case "DETAILS":
		c.details(n, title)
		return
	}
	name := alerts[word]
	c.tag(`<aside class="callout ` + strings.ToLower(word) + `" role="note"`)
	if title == "" {
		title = name
	} else if word == "DISSENT" {
		title = name + ": " + title
	}
	c.Attr("aria-label", title)
	c.tag(`><p class="callout-title">`)
	c.Text(title)
	c.tag("</p>\n")
	c.text = append(append(c.text, title...), ". "...)
	c.children(n)
	c.tag("</aside>\n")
}

// marker takes [!WORD] and what follows it on its line out of a quote's first paragraph.
func (c *Context) marker(n ast.Node) (word, title string, ok bool) {
	p, isParagraph := n.FirstChild().(*ast.Paragraph)
	if !isParagraph || p.Lines().Len() == 0 {
		return "", "", false
	}
	first := p.Lines().At(0)
	line := strings.TrimSpace(string(first.Value(c.src)))
	if !strings.HasPrefix(line, "[!") {
		return "", "", false
	}
	word, title, ok = strings.Cut(line[2:], "]")
	word, title = strings.ToUpper(word), strings.TrimSpace(title)
	if !ok || alerts[word] == "" && !groups[word] {
		if ok && word != "" && !strings.ContainsAny(word, " [") {
			c.Warn(first.Start, "unknown alert [!"+word+"]", "use NOTE, TIP, IMPORTANT, WARNING, CAUTION, DISSENT, TABS, STEPS or DETAILS")
		}
		return "", "", false
	}
	for child := p.FirstChild(); child != nil; {
		next := child.NextSibling()
		if child.Pos() >= first.Stop || textStart(child) >= first.Stop {
			break
		}
		p.RemoveChild(p, child)
		child = next
	}
	if p.FirstChild() == nil {
		n.RemoveChild(n, p)
	}
	return word, string(unescape([]byte(title))), true
}

func textStart(n ast.Node) int {
	if t, ok := n.(*ast.Text); ok {
		return t.Segment.Start
	}
	return n.Pos()
}

// steps prints the ordered list inside as steps of a procedure.
func (c *Context) steps(n ast.Node, title string) {
	numbered := false
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		list, ok := child.(*ast.List)
		numbered = numbered || ok && list.IsOrdered()
	}
	if !numbered {
		c.Warn(n.Pos(), "no numbered list follows", "write the steps as > 1. and > 2.")
	}
	c.tag(`<div class="steps">` + "\n")
	c.groupTitle(title)
	c.children(n)
	c.tag("</div>\n")
}

// details prints what stands inside folded, under its title.
func (c *Context) details(n ast.Node, title string) {
	if title == "" {
		title = "More"
	}
	c.tag("<details><summary>")
	c.Text(title)
	c.tag("</summary>\n")
	c.text = append(append(c.text, title...), ' ')
	c.children(n)
	c.tag("</details>\n")
}

func (c *Context) groupTitle(title string) {
	if title == "" {
		return
	}
	c.tag(`<p class="group-title">`)
	c.Text(title)
	c.tag("</p>\n")
	c.text = append(append(c.text, title...), ' ')
}
