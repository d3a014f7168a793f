package page

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// node prints one node of the tree. What is more than a tag around its children stands in a file of its own.
func (c *Context) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		c.textNode(n)
	case *ast.String:
		c.plain(n.Value)
	case *ast.Paragraph:
		c.paragraph(n)
	case *ast.TextBlock:
		c.children(n)
		if n.NextSibling() != nil && n.FirstChild() != nil {
			c.newline()
		}
		c.text = append(c.text, ' ')
	case *ast.Heading:
		c.heading(n)
	case *ast.Emphasis:
		tag := "em"
		if n.Level == 2 {
			tag = "strong"
		}
		c.wrap(tag, n)
	case *ast.CodeSpan:
		c.codeSpan(n)
	case *ast.Link:
		c.link(n)
	case *ast.AutoLink:
		c.autoLink(n)
	case *ast.Image:
		c.image(n)
	case *ast.List:
		c.list(n)
	case *ast.ListItem:
		c.listItem(n)
	case *ast.Blockquote:
		c.blockquote(n)
	case *ast.FencedCodeBlock:
		c.fence(n)
	case *ast.CodeBlock:
		c.indentedCode(n)
	case *ast.ThematicBreak:
		c.tag("<hr>")
		c.newline()
	case *ast.HTMLBlock:
		c.htmlBlock(n)
	case *ast.RawHTML:
		c.rawHTML(n)
	case *ast.LinkReferenceDefinition:
	default:
		c.extension(n)
	}
}

// extension prints what goldmark's extensions and our own syntax add.
func (c *Context) extension(n ast.Node) {
	switch n := n.(type) {
	case *extast.Strikethrough:
		c.wrap("del", n)
	case *extast.TaskCheckBox:
		c.taskBox(n)
	case *extast.Table:
		c.table(n)
	case *extast.DefinitionList:
		c.block("dl", n)
	case *extast.DefinitionTerm:
		c.definitionTerm(n)
	case *extast.DefinitionDescription:
		c.block("dd", n)
	case *extast.FootnoteLink:
		c.noteLink(n)
	case *extast.FootnoteBacklink:
		c.noteBack(n)
	case *extast.Footnote:
		c.note(n)
	case *extast.FootnoteList:
		c.noteList(n)
	case *citation:
		c.citation(n)
	case *math:
		c.math(n)
	default:
		c.children(n)
	}
}

// tag appends markup of this package's own.
func (c *Context) tag(s string) {
	if !c.quiet {
		c.out = append(c.out, s...)
	}
}

func (c *Context) newline() {
	if !c.quiet {
		c.out = append(c.out, '\n')
	}
}

// wrap prints an inline element around the children of n.
func (c *Context) wrap(tag string, n ast.Node) {
	c.tag("<" + tag + ">")
	c.children(n)
	c.tag("</" + tag + ">")
}

// block prints a block element around the children of n.
func (c *Context) block(tag string, n ast.Node) {
	c.lead = false
	c.tag("<" + tag + ">")
	if _, tight := n.FirstChild().(*ast.TextBlock); !tight {
		c.newline()
	}
	c.children(n)
	c.tag("</" + tag + ">\n")
	c.text = append(c.text, ' ')
}

func (c *Context) textNode(n *ast.Text) {
	value := n.Segment.Value(c.src)
	if n.IsRaw() {
		c.out = escapeText(c.out, value)
		c.text = append(c.text, value...)
	} else {
		c.plain(value)
	}
	switch {
	case n.HardLineBreak():
		c.tag("<br>")
		c.out, c.text = append(c.out, '\n'), append(c.text, ' ')
	case n.SoftLineBreak():
		c.out, c.text = append(c.out, '\n'), append(c.text, ' ')
	}
}

// plain prints markdown text that holds no syntax but escapes and entities.
func (c *Context) plain(value []byte) {
	value = unescape(value)
	c.out = escapeText(c.out, value)
	c.text = append(c.text, value...)
}

func (c *Context) paragraph(n *ast.Paragraph) {
	if c.embed(n) || c.captioned(n) {
		c.lead = false
		return
	}
	c.lead = false
	c.tag("<p>")
	start := len(c.text)
	c.children(n)
	if p := c.page; p.Summary == "" && len(c.text)-start > 20 {
		p.Summary = summary(tidy(c.text[start:]))
	}
	c.tag("</p>\n")
	c.text = append(c.text, ' ')
}

// summary cuts a first paragraph to what a search page shows of it, at the end of a sentence or word.
func summary(s string) string {
	const most = 160
	if len(s) <= most {
		return s
	}
	cut := s[:most]
	for len(cut) > 0 && cut[len(cut)-1]&0xC0 == 0x80 {
		cut = cut[:len(cut)-1]
	}
	if len(cut) > 0 && cut[len(cut)-1] >= 0xC0 {
		cut = cut[:len(cut)-1]
	}
	if i := bytes.LastIndexAny([]byte(cut), ".!?"); i > 60 {
		return cut[:i+1]
	}
	if i := bytes.LastIndexByte([]byte(cut), ' '); i > 60 {
		cut = cut[:i]
	}
	return cut + "…"
}

func (c *Context) list(n *ast.List) {
	tag := "ul"
	if n.IsOrdered() {
		tag = "ol"
	}
	c.lead = false
	c.tag("<" + tag)
	if n.IsOrdered() && n.Start != 1 {
		c.tag(` start="` + itoa(n.Start) + `"`)
	}
	if taskList(n) {
		c.tag(` class="tasks"`)
	}
	c.tag(">\n")
	c.children(n)
	c.tag("</" + tag + ">\n")
}

func (c *Context) listItem(n *ast.ListItem) {
	c.tag("<li>")
	if first := n.FirstChild(); first != nil {
		if _, tight := first.(*ast.TextBlock); !tight {
			c.newline()
		}
	}
	c.children(n)
	c.tag("</li>\n")
	c.text = append(c.text, ' ')
}

func taskList(n *ast.List) bool {
	item := n.FirstChild()
	if item == nil || item.FirstChild() == nil {
		return false
	}
	_, ok := item.FirstChild().FirstChild().(*extast.TaskCheckBox)
	return ok
}

func (c *Context) taskBox(n *extast.TaskCheckBox) {
	c.tag(`<input type="checkbox" disabled`)
	if n.IsChecked {
		c.tag(` checked`)
	}
	c.tag(` aria-label="`)
	if n.IsChecked {
		c.tag(`done"> `)
	} else {
		c.tag(`to do"> `)
	}
}

func (c *Context) codeSpan(n *ast.CodeSpan) {
	var code []byte
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if t, ok := child.(*ast.Text); ok {
			code = append(code, t.Segment.Value(c.src)...)
		}
	}
	code = bytes.ReplaceAll(code, []byte("\n"), []byte(" "))
	if f := c.o.Words.Spans; f != nil && !c.quiet && c.asks() && f(c, Span{Text: string(code), At: n.Pos()}) {
		return
	}
	c.tag("<code>")
	c.out = escapeText(c.out, code)
	c.tag("</code>")
	c.text = append(c.text, code...)
}

// lines joins the raw lines of a block.
func (c *Context) lines(n ast.Node) []byte {
	l := n.Lines()
	switch l.Len() {
	case 0:
		return nil
	case 1:
		segment := l.At(0)
		return segment.Value(c.src)
	}
	first, last := l.At(0), l.At(l.Len()-1)
	out := make([]byte, 0, last.Stop-first.Start+16)
	for i := range l.Len() {
		segment := l.At(i)
		out = append(out, segment.Value(c.src)...)
	}
	return out
}
