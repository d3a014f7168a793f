package page

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Tabs work without a script: each is a radio button, its label and its panel, in that order, and a style sheet shows the
// panel after the checked one. Without a style sheet all panels are read one after the other.

// tabs prints a quote whose headings begin its tabs.
func (c *Context) tabs(n ast.Node, title string) {
	type tab struct {
		label string
		at    int
		nodes []ast.Node
	}
	var all []tab
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if h, ok := child.(*ast.Heading); ok {
			_, label := c.aside(h)
			all = append(all, tab{label: label, at: h.Pos()})
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
	group := c.openTabs(title)
	for _, t := range all {
		c.openTab(group, t.label, t.at)
		before := c.enter()
		for _, child := range t.nodes {
			c.node(child)
		}
		c.leave(before)
		c.tag("</div>\n")
	}
	c.tag("</div>\n")
}

// tabbedCode prints a code block that is a tab, together with those that follow it directly.
func (c *Context) tabbedCode(n *ast.FencedCodeBlock, label string) {
	if before, ok := n.PreviousSibling().(*ast.FencedCodeBlock); ok && c.tabLabel(before) != "" {
		return // printed with the first of its group
	}
	group := c.openTabs("")
	for block, ok := n, true; ok && label != ""; {
		c.openTab(group, label, block.Pos())
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

// tabGroup is a set of tabs of which one shows.
type tabGroup struct {
	name  string
	count int
	seen  map[string]bool // names of its tabs, as the script compares them
}

func (c *Context) openTabs(title string) *tabGroup {
	c.tabSets++
	if title == "" {
		title = "Choices " + itoa(c.tabSets)
	}
	c.tag(`<div class="tabs" role="group"`)
	c.Attr("aria-label", title)
	c.tag(">\n")
	return &tabGroup{name: "tabs-" + itoa(c.tabSets), seen: map[string]bool{}}
}

func (c *Context) openTab(g *tabGroup, label string, at int) {
	tab := slug(label)
	if g.seen[tab] {
		c.Warn(at, "second tab "+strconv.Quote(label)+" in a row of tabs", "give each tab a name of its own, or part the rows by a paragraph")
	}
	g.count++
	g.seen[tab] = true
	id := g.name + "-" + itoa(g.count)
	c.tag(`<input type="radio" name="` + g.name + `" id="` + id + `"`)
	c.Attr("data-tab", tab)
	if g.count == 1 {
		c.tag(" checked")
	}
	c.tag(`><label for="` + id + `">`)
	c.Text(label)
	c.tag(`</label><div class="tab">` + "\n")
	c.text = append(append(c.text, label...), ' ')
}
