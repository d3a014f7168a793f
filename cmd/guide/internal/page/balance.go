package page

import "slices"

// Raw HTML is printed so that its elements nest, in each other and in markdown's own, as a browser would otherwise make them by
// guessing: end tags that end nothing are dropped, and what is open where an element around it ends is closed. Elements that hold
// blocks may begin in one block of raw HTML and end in a later one, with markdown between; others end with their block.

// openTag is an element of raw HTML that has not ended.
type openTag struct {
	name string
	at   int // where its tag stands in the file being printed
}

var (
	empty    = words("br col hr img wbr")                                                                                                            // have no end
	unended  = words("caption colgroup dd dt li p rp rt tbody td tfoot th thead tr")                                                                 // HTML lets their end tags be left out
	holding  = words("a blockquote dd del details div dl dt figcaption figure ins li ol section table tbody td tfoot th thead tr ul")                // blocks of markdown
	blockish = words("blockquote details div dl figcaption figure h2 h3 h4 h5 h6 hr ol p pre section table ul")                                      // end a paragraph
	ends     = map[string]map[string]bool{"li": words("li"), "dt": words("dt dd"), "dd": words("dt dd"), "rt": words("rt rp"), "rp": words("rt rp"), // that begins what ends what
		"td": words("td th"), "th": words("td th"), "tr": words("td th tr caption colgroup"), "tbody": rows, "thead": rows, "tfoot": rows}
	rows = words("td th tr caption colgroup tbody thead tfoot")
)

// enter begins an element of markdown, in which raw HTML is a matter of its own. It returns what leave needs.
func (c *Context) enter() (before int) {
	before = c.rawFrom
	c.rawFrom = len(c.open)
	return before
}

// leave closes what raw HTML left open since enter.
func (c *Context) leave(before int) {
	c.closeTags(c.rawFrom)
	c.rawFrom = before
}

// closeTags prints the end tags of the open elements from the one with this number on. Those that HTML wants written are named.
func (c *Context) closeTags(from int) {
	for len(c.open) > from {
		last := c.open[len(c.open)-1]
		c.open = c.open[:len(c.open)-1]
		c.tag("</" + last.name + ">")
		if !unended[last.name] {
			c.Warn(last.at, "element "+last.name+" is not closed where it has to be, and is closed for it", "write </"+last.name+"> before what holds it ends")
		}
	}
}

// beginTag makes room for an element: what its tag ends without saying so is closed.
func (c *Context) beginTag(name string) {
	for len(c.open) > c.rawFrom {
		last := c.open[len(c.open)-1].name
		if !ends[name][last] && !(last == "p" && blockish[name]) {
			return
		}
		c.closeTags(len(c.open) - 1)
	}
}

// endTag prints the end tag of an element that is open, after those of what was opened in it.
func (c *Context) endTag(name string, at int) {
	for i := len(c.open) - 1; i >= c.rawFrom; i-- {
		if c.open[i].name == name {
			c.closeTags(i + 1)
			c.open = c.open[:i]
			c.tag("</" + name + ">")
			return
		}
	}
	c.Warn(at, "</"+name+"> ends nothing and is left out", "take it out, or write <"+name+"> where it begins, in the same paragraph, item or cell")
}

// endBlock closes what a block of raw HTML may not leave open.
func (c *Context) endBlock() {
	inner := c.open[c.rawFrom:]
	if i := slices.IndexFunc(inner, func(t openTag) bool { return !holding[t.name] }); i >= 0 {
		c.closeTags(c.rawFrom + i)
	}
}
