package page

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// table prints a table in a box of its own that scrolls, reachable by keyboard and named for those who do not see it.
func (c *Context) table(n *extast.Table) {
	c.lead = false
	c.tables++
	label := "Table " + itoa(c.tables)
	if header := n.FirstChild(); header != nil {
		if names := c.cellTexts(header); names != "" {
			label += ": " + names
		}
	}
	c.tag(`<div class="scroll" tabindex="0" role="group"`)
	c.Attr("aria-label", label)
	c.tag("><table>\n")
	body := false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		if _, ok := row.(*extast.TableHeader); ok {
			c.tag("<thead>\n")
			c.row(row, n.Alignments, "th")
			c.tag("</thead>\n")
			continue
		}
		if !body {
			c.tag("<tbody>\n")
			body = true
		}
		c.lostCells(row, len(n.Alignments))
		c.row(row, n.Alignments, "td")
	}
	if body {
		c.tag("</tbody>\n")
	}
	c.tag("</table></div>\n")
}

func (c *Context) row(row ast.Node, alignments []extast.Alignment, tag string) {
	c.tag("<tr>")
	column := 0
	for cell := row.FirstChild(); cell != nil && !c.full(cell); cell = cell.NextSibling() {
		tag, head := tag, tag == "th" && cell.FirstChild() != nil
		if !head {
			tag = "td" // an empty corner heads nothing
		}
		c.tag("<" + tag)
		if head {
			c.tag(` scope="col"`)
		}
		if column < len(alignments) {
			switch alignments[column] {
			case extast.AlignRight:
				c.tag(` class="number"`)
			case extast.AlignCenter:
				c.tag(` class="center"`)
			}
		}
		c.tag(">")
		c.children(cell)
		c.tag("</" + tag + ">")
		c.text = append(c.text, ' ')
		column++
	}
	c.tag("</tr>\n")
}

// cellTexts joins the plain texts of a header row, shortened.
func (c *Context) cellTexts(row ast.Node) string {
	var names []string
	for cell := row.FirstChild(); cell != nil && len(names) < 6; cell = cell.NextSibling() {
		if name := c.alt(cell); name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
