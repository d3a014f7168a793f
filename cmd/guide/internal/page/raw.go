package page

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// Raw HTML. It is left out with a warning, unless site.yaml allows it; then what can run, load, or look like a part of the
// site that it is not is filtered from it. The pages' content security policy stands behind the filter.

func (c *Context) htmlBlock(n *ast.HTMLBlock) {
	c.lead = false
	lines := n.Lines().Sliced(0, n.Lines().Len())
	if n.HasClosure() {
		lines = append(lines[:len(lines):len(lines)], n.ClosureLine)
	}
	c.raw(lines, n.Pos(), true)
}

func (c *Context) rawHTML(n *ast.RawHTML) {
	c.raw(n.Segments.Sliced(0, n.Segments.Len()), n.Pos(), false)
}

func (c *Context) raw(lines []text.Segment, at int, block bool) {
	var raw []byte
	for i := range lines {
		raw = append(raw, lines[i].Value(c.src)...)
	}
	switch {
	case c.o.Conformance:
		c.out = append(c.out, strings.ReplaceAll(string(raw), "\x00", "\ufffd")...)
	case comment(raw), !c.o.RawHTML && bytes.HasPrefix(raw, []byte("</")):
	case c.o.RawHTML:
		if !c.quiet {
			c.filter(raw, lines)
		}
		if block {
			c.endBlock()
			c.newline()
		}
	default:
		c.Warn(at, "HTML is left out", "write it as markdown, put it in `code`, or allow it with raw_html: true in site.yaml")
	}
}

// placeIn is where a byte of lines that were joined stands in the file.
func placeIn(lines []text.Segment, at int) int {
	for i := range lines {
		if n := lines[i].Len(); at < n || i == len(lines)-1 {
			return lines[i].Start + max(0, at-lines[i].Padding)
		}
		at -= lines[i].Len()
	}
	return 0
}

// comment reports whether raw is nothing but a comment, which authors leave for one another.
func comment(raw []byte) bool {
	s := strings.TrimSpace(string(raw))
	return strings.HasPrefix(s, "<!--") && strings.HasSuffix(s, "-->") && strings.Count(s, "<!--") == 1
}

// Elements and attributes that raw HTML may use.
var (
	elements = words(`a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
		h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup table tbody td
		tfoot th thead time tr u ul var wbr`)
	attributes = words(`abbr align alt cite class colspan datetime dir height href hreflang id lang open reversed rowspan scope span src
		start title type value width`)
	dropped = words(`script style iframe object embed applet noscript template svg math form title textarea select button xmp noembed noframes plaintext`)
)

func words(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// filter prints what is allowed of raw HTML. Elements that are unknown lose their tags, dangerous ones their content too.
func (c *Context) filter(raw []byte, lines []text.Segment) {
	z := html.NewTokenizer(strings.NewReader(string(raw)))
	skip, read := "", 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		at := placeIn(lines, read)
		read += len(z.Raw())
		token := z.Token()
		if skip != "" {
			if kind == html.EndTagToken && token.Data == skip {
				skip = ""
			}
			continue
		}
		switch kind {
		case html.TextToken:
			c.out = escapeText(c.out, token.Data)
			c.text = append(c.text, token.Data...)
		case html.StartTagToken, html.SelfClosingTagToken:
			switch {
			case dropped[token.Data]:
				c.Warn(at, "element "+token.Data+" is left out", "")
				if kind == html.StartTagToken {
					skip = token.Data
				}
			case elements[token.Data]:
				c.startTag(token, at)
			default:
				c.Warn(at, "element "+token.Data+" is left out", "write it as markdown; what stands in it stays")
			}
		case html.EndTagToken:
			if elements[token.Data] {
				c.endTag(token.Data, at)
			}
		}
	}
}

func (c *Context) startTag(t html.Token, at int) {
	c.beginTag(t.Data)
	if !empty[t.Data] {
		c.open = append(c.open, openTag{t.Data, at})
	}
	if t.Data == "img" && !slices.ContainsFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "alt" }) {
		c.Warn(at, noAlt, `write alt="what it shows"`)
	}
	c.tag("<" + t.Data)
	for _, a := range t.Attr {
		if !attributes[a.Key] || a.Namespace != "" {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				c.Warn(at, "attribute "+a.Key+" is left out", "use class and the theme")
			}
			continue
		}
		switch a.Key {
		case "href", "src", "cite":
			kind := Internal
			if a.Key == "src" {
				kind = Picture
			}
			if href, _, ok := c.href(at, a.Val, kind); ok {
				c.Attr(a.Key, href)
			}
		case "id":
			if id := safeID(a.Val); id != "" {
				c.Attr("id", c.takeID(id))
			}
		default:
			c.Attr(a.Key, a.Val)
		}
	}
	c.tag(">")
	if t.Type == html.SelfClosingTagToken && !empty[t.Data] { // HTML knows no such end
		c.endTag(t.Data, at)
	}
}
