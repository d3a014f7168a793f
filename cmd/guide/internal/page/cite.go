package page

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Citations: [@key], where key is letters, digits and -_.:

type citation struct {
	ast.BaseInline
	key string
}

var kindCitation = ast.NewNodeKind("Citation")

func (n *citation) Kind() ast.NodeKind            { return kindCitation }
func (n *citation) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type citationParser struct{}

func newCitationParser() parser.InlineParser { return citationParser{} }

func (citationParser) Trigger() []byte { return []byte{'['} }

func (citationParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if len(line) < 4 || line[1] != '@' {
		return nil
	}
	end := 2
	for end < len(line) && keyByte(line[end]) {
		end++
	}
	if end == 2 || end == len(line) || line[end] != ']' || end+1 < len(line) && (line[end+1] == '(' || line[end+1] == '[') {
		return nil
	}
	n := &citation{key: string(line[2:end])}
	n.SetPos(segment.Start)
	block.Advance(end + 1)
	return n
}

func keyByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '_' || b == '.' || b == ':'
}

func (c *Context) citation(n *citation) {
	if f := c.o.Words.Cite; f != nil && !c.quiet && c.asks() && f(c, Span{Text: n.key, At: n.Pos()}) {
		return
	}
	c.out = escapeText(c.out, "[@"+n.key+"]")
	c.text = append(append(append(c.text, "[@"...), n.key...), ']')
}

// asks reports whether what is written for a calculator is meant for one: in a tree that was written for another tool, without
// a calculator, it is text.
func (c *Context) asks() bool { return c.o.OwnWords || c.o.Ask != nil }
