package page

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Tabs work without a script: each is a radio button, its label and its panel, in that order, and a style sheet shows the
// panel after the checked one. Without a style sheet all panels are read one after the other.

// tabs prints a quote whose headings begin its tabs.
func (c *Context) tabs(n ast.Node, title string) {
	type tab struct {
		label string
		nodes []ast.Node
	}
	var all []tab
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if h, ok := child.(*ast.Heading); ok {
			_, label := c.aside(h)
			all = append(all, tab{label: label})
			continue
		}
		if len(all) == 0 {
			c.Fail(child.Pos(), "text before the first tab", "begin each tab with a heading, such as > ### Python")
			return
		}
		all[len(all)-1].nodes = append(all[len(all)-1].nodes, child)
	}
	if len(all) == 0 {
		c.Warn(n.Pos(), "no tab follows", "begin each tab with a heading, such as > ### Python")
		return
	}
	name := c.openTabs(title)
	for i, t := range all {
		c.openTab(name, i, t.label)
		for _, child := range t.nodes {
			c.node(child)
		}
		c.tag("</div>\n")
	}
	c.tag("</div>\n")
}

// tabbedCode prints a code block that is a tab, together with those that follow it directly.
func (c *Context) tabbedCode(n *ast.FencedCodeBlock, label string) {
	if before, ok := n.PreviousSibling().(*ast.FencedCodeBlock); ok && c.tabLabel(before) != "" {
		return // printed with the first of its group
	}
	name := c.openTabs("")
	i := 0
	for block, ok := n, true; ok && label != ""; i++ {
		c.openTab(name, i, label)
		info := string(unescape(block.Info.Segment.Value(c.src)))
		language, rest, _ := strings.Cut(info, " ")
		c.Code(language, string(c.lines(block)), ParseInfo(rest), block.Pos())
		c.tag("</div>\n")
		if block, ok = block.NextSibling().(*ast.FencedCodeBlock); ok {
			label = c.tabLabel(block)
		}
	}
	c.tag("</div>\n")
}

func (c *Context) tabLabel(n *ast.FencedCodeBlock) string {
	if n.Info == nil {
		return ""
	}
	_, rest, _ := strings.Cut(string(unescape(n.Info.Segment.Value(c.src))), " ")
	return ParseInfo(rest).Get("tab")
}

func (c *Context) openTabs(title string) (name string) {
	c.tabSets++
	name = "tabs-" + itoa(c.tabSets)
	if title == "" {
		title = "Choices " + itoa(c.tabSets)
	}
	c.tag(`<div class="tabs" role="group"`)
	c.Attr("aria-label", title)
	c.tag(">\n")
	return name
}

func (c *Context) openTab(name string, i int, label string) {
	id := name + "-" + itoa(i+1)
	c.tag(`<input type="radio" name="` + name + `" id="` + id + `"`)
	c.Attr("data-tab", slug(label))
	if i == 0 {
		c.tag(" checked")
	}
	c.tag(`><label for="` + id + `">`)
	c.Text(label)
	c.tag(`</label><div class="tab">` + "\n")
	c.text = append(append(c.text, label...), ' ')
}
