package page

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Mathematics in a line: $`x^2`$, the one of GitHub's two notations that no sum of money looks like.

type math struct {
	ast.BaseInline
	tex string
}

var kindMath = ast.NewNodeKind("Math")

func (n *math) Kind() ast.NodeKind            { return kindMath }
func (n *math) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type mathParser struct{}

func newMathParser() parser.InlineParser { return mathParser{} }

func (mathParser) Trigger() []byte { return []byte{'$'} }

func (mathParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if len(line) < 5 || line[1] != '`' {
		return nil
	}
	end := bytes.Index(line[2:], []byte("`$"))
	if end < 1 {
		return nil
	}
	n := &math{tex: string(line[2 : 2+end])}
	n.SetPos(segment.Start)
	block.Advance(end + 4)
	return n
}

func (c *Context) math(n *math) {
	if f := c.o.Words.Math; f != nil && !c.quiet && f(c, Span{Text: n.tex, At: n.Pos()}) {
		return
	}
	c.text = append(c.text, n.tex...)
	c.tag("<code>")
	c.out = escapeText(c.out, n.tex)
	c.tag("</code>")
}
