package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Said returns what HTML that the calculator printed says, as Markdown: paragraphs, lists, tables. Left out is what only a
// screen has: fields, buttons, pictures (their numbers stand in a table beside them) and what is hidden.
func Said(markup string) string {
	nodes, err := html.ParseFragment(strings.NewReader(markup), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return TextOf(markup) // the parser takes whatever comes; only a reader fails
	}
	w := &saying{}
	for _, n := range nodes {
		w.node(n)
	}
	w.end()
	return string(w.out)
}

// saying is Markdown under construction.
type saying struct {
	out    []byte
	line   []byte // of the paragraph or item being written
	before string // what the line begins with: a mark of a list
	item   bool   // the last line written is an item
	deep   int    // of lists
	loud   bool   // the line is a heading
}

// end ends a paragraph or an item.
func (w *saying) end() {
	line := strings.Join(strings.Fields(string(w.line)), " ")
	before := w.before
	w.line, w.before = w.line[:0], ""
	if line == "" {
		return
	}
	if w.loud {
		line = "**" + line + "**"
	}
	if len(w.out) > 0 && !(before != "" && w.item) {
		w.out = append(w.out, '\n')
	}
	w.item = before != ""
	w.out = append(append(append(w.out, before...), line...), '\n')
}

func (w *saying) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

// whole writes an element that is a paragraph of its own.
func (w *saying) whole(n *html.Node, before string, loud bool) {
	w.end()
	w.before, w.loud = before, loud
	w.children(n)
	w.end()
	w.loud = false
}

func (w *saying) node(n *html.Node) {
	if n.Type == html.TextNode {
		w.line = append(w.line, marked.Replace(n.Data)...)
		return
	}
	if n.Type != html.ElementNode || unsaid(n) {
		return
	}
	switch n.DataAtom {
	case atom.Form: // its title alone
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if hasClass(c, "block-title") || hasClass(c, "form-title") {
				w.whole(c, "", true)
			}
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Figcaption, atom.Summary:
		w.whole(n, "", true)
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Figure, atom.Details, atom.Blockquote, atom.Dl, atom.Nav, atom.Pre:
		w.whole(n, "", false)
	case atom.Ul, atom.Ol:
		w.end()
		w.deep++
		w.children(n)
		w.end()
		w.deep--
	case atom.Li:
		w.whole(n, strings.Repeat("  ", max(0, w.deep-1))+"- ", false)
	case atom.Dt:
		w.end()
		w.before = "- "
		w.children(n)
		w.line = append(w.line, ':')
	case atom.Dd:
		w.line = append(w.line, ' ')
		w.children(n)
	case atom.Table:
		w.end()
		w.table(n)
	case atom.A:
		w.link(n)
	default:
		w.line = append(w.line, ' ')
		w.children(n)
	}
}

// link writes a link to another site; others are their text, because they lead to what only the page has.
func (w *saying) link(n *html.Node) {
	to := valueOf(n, "href")
	if _, away, found := strings.Cut(to, "://"); !found || away == "" {
		w.children(n)
		return
	}
	w.line = append(w.line, '[')
	w.children(n)
	w.line = append(append(append(w.line, "](<"...), to...), ">)"...)
}

// table writes a table as Markdown's own. Its first row is its head.
func (w *saying) table(n *html.Node) {
	rows := 0
	for r := range n.Descendants() {
		if r.DataAtom != atom.Tr {
			continue
		}
		cells := 0
		row := []byte("|")
		for c := r.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
				cells++
				row = append(append(append(row, ' '), strings.ReplaceAll(w.cell(c), "|", `\|`)...), " |"...)
			}
		}
		if rows++; rows == 1 {
			row = append(row, ("\n|" + strings.Repeat(" --- |", cells))...)
			if len(w.out) > 0 {
				w.out = append(w.out, '\n')
			}
		}
		w.out = append(append(w.out, row...), '\n')
	}
	w.item = false
}

// cell is what a cell says, in one line.
func (w *saying) cell(n *html.Node) string {
	inner := &saying{}
	inner.children(n)
	inner.end()
	return strings.Join(strings.Fields(string(inner.out)), " ")
}

// marked escapes what Markdown would read as a mark.
var marked = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "[", `\[`, "]", `\]`, "<", `\<`)

// unsaid reports whether an element is only for a screen.
func unsaid(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Svg, atom.Button, atom.Script, atom.Style, atom.Template, atom.Input, atom.Noscript:
		return true
	}
	for _, a := range n.Attr {
		if a.Key == "hidden" {
			return true
		}
	}
	for _, class := range [...]string{"hidden", "key", "reading", "try", "block-more"} {
		if hasClass(n, class) {
			return true
		}
	}
	return false
}

func hasClass(n *html.Node, class string) bool {
	for word := range strings.FieldsSeq(valueOf(n, "class")) {
		if word == class {
			return true
		}
	}
	return false
}

// valueOf is the value of an attribute, or empty.
func valueOf(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
