package page

import (
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
	if n.Level == 1 && !own {
		c.Warn(n.Pos(), "second heading of level 1", "write ## so that the page has one title")
	}
	if level > c.level+1 {
		c.Warn(n.Pos(), "heading of level "+itoa(level)+" under one of level "+itoa(c.level), "use "+"######"[:c.level+1])
	}
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
	c.Attr("aria-label", "Link to "+plain)
	c.tag("></a></h" + itoa(level) + ">\n")
}

func (c *Context) headingID(n *ast.Heading, plain string) string {
	if v, ok := n.AttributeString("id"); ok {
		given, _ := v.([]byte)
		if id := safeID(string(given)); id != "" {
			if c.taken(id) {
				c.Warn(n.Pos(), "id "+id+" is taken on this page", "choose another")
			}
			return c.takeID(id)
		}
	}
	return c.takeID(slug(plain))
}

// aside prints the children of n apart from the page and returns their HTML and plain text.
func (c *Context) aside(n ast.Node) (html, plain string) {
	out, text := len(c.out), len(c.text)
	c.children(n)
	html, plain = string(c.out[out:]), tidy(c.text[text:])
	c.out, c.text = c.out[:out], c.text[:text]
	return html, plain
}
