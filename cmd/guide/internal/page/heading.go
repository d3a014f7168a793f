package page

import (
	"bytes"
	"cmp"

	"github.com/yuin/goldmark/ast"
)

// heading prints a heading. The first of level 1 that stands before everything else is the page's own: it is kept in
// NameHTML, not in the body, because the layout prints it. A later one becomes level 2.
func (c *Context) heading(n *ast.Heading) {
	if c.o.Conformance {
		c.tag("<h" + itoa(n.Level) + ">")
		c.children(n)
		c.tag("</h" + itoa(n.Level) + ">\n")
		return
	}
	html, plain := c.aside(n)
	c.lostID(n)
	own := n.Level == 1 && !c.titled && len(c.chain) == 1
	if own {
		c.titled = true
		c.page.Name = plain
		if c.lead {
			c.page.NameHTML = html
			c.lead = false
			return
		}
	}
	level := max(2, n.Level)
	c.judge(n, level, plain, own)
	c.level, c.lead = level, false
	c.closeSection()
	id := c.headingID(n, plain)
	c.section = Section{ID: id, Title: plain}
	c.page.Headings = append(c.page.Headings, Heading{ID: id, Title: plain, Level: level})
	if c.page.Name == "" && c.page.Front.Title == "" && len(c.page.Headings) == 1 {
		c.page.Name = plain
	}
	c.tag("<h" + itoa(level))
	c.Attr("id", id)
	c.tag(">" + html + `<a class="anchor" href="#`)
	c.out = escapeText(c.out, fragment(id))
	c.tag(`"`)
	c.Attr("aria-label", "Link to "+cmp.Or(plain, "this heading"))
	c.tag("></a></h" + itoa(level) + ">\n")
}

// judge warns of a heading that has no words, or is not of the level that its place wants.
func (c *Context) judge(n *ast.Heading, level int, plain string, own bool) {
	if n.Level == 1 && !own {
		c.Warn(n.Pos(), "second heading of level 1", "write ## so that the page has one title")
	}
	if level > c.level+1 {
		c.Warn(n.Pos(), "heading of level "+itoa(level)+" under one of level "+itoa(c.level), "use "+"######"[:c.level+1])
	}
	if plain == "" {
		c.Warn(n.Pos(), "heading is empty", "write its words after "+"######"[:n.Level]+", or take it out")
	}
}

func (c *Context) headingID(n *ast.Heading, plain string) string {
	if v, ok := n.AttributeString("id"); ok {
		given, _ := v.([]byte)
		if id := safeID(string(given)); id != "" {
			given := c.takeID(id)
			if given != id {
				c.Warn(n.Pos(), "id "+id+" is taken on this page, and becomes "+given, "choose another")
			}
			return given
		}
	}
	return c.takeID(slug(plain))
}

// lostID reports an id after a heading that is none, and so is printed with its words.
func (c *Context) lostID(n *ast.Heading) {
	if n.Lines().Len() == 0 {
		return
	}
	line := n.Lines().At(n.Lines().Len() - 1)
	text := line.Value(c.src)
	open := bytes.LastIndex(text, []byte("{#"))
	if open < 0 || open > 0 && text[open-1] == '\\' || text[len(text)-1] != '}' {
		return
	}
	c.object(line.Start+open, string(text[open:])+" is no id, and is shown as it is written", "write one word of letters, digits, -, _, . and :, such as {#own-name}")
}

// aside prints the children of n apart from the page and returns their HTML and plain text.
func (c *Context) aside(n ast.Node) (html, plain string) {
	out, text := len(c.out), len(c.text)
	c.children(n)
	html, plain = string(c.out[out:]), tidy(c.text[text:])
	c.out, c.text = c.out[:out], c.text[:text]
	return html, plain
}
