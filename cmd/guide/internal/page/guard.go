package page

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A few patterns of markdown make any parser work as the square of their length: brackets that never close, runs of
// emphasis, blocks within blocks, thousands of footnotes. The guard stands before the parser's own rules and counts what such a
// pattern would cost, in bytes looked at, so that a page stops at the same place on every machine, without a clock.

// complaint is what the guard panics with; parse turns it into a problem.
type complaint struct {
	at         int
	text, hint string
}

const maxWork = 1_000_000_000 // bytes looked at in one page; one to three seconds

var guardKey = parser.NewContextKey()

type guard struct {
	depth int
	most  int  // work that a page may cost
	work  *int // so far, over all files that the page is made of

	parent     ast.Node // block whose inlines are being read
	delimiters int      // of emphasis in it so far
	notes      int
	lost       []complaint // what would be lost in silence: marks without a note, links that are none
	miscited   []complaint // brackets that name sources but are no citations
}

func (g *guard) spend(at, work int) {
	if *g.work += work; *g.work > g.most {
		panic(&complaint{at, "page takes too long to read", "split the paragraph, list or table here (long runs of brackets, stars or footnotes are slow), or raise limits.work in site.yaml"})
	}
}

// blockGuard opens nothing. It bounds the nesting of blocks and counts footnotes and link references.
type blockGuard struct{}

func (blockGuard) Trigger() []byte { return []byte(">-+*0123456789:[") }

func (blockGuard) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	g, ok := pc.Get(guardKey).(*guard)
	if !ok {
		return nil, parser.NoChildren
	}
	_, at := reader.Position()
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		if n.Kind() != ast.KindListItem { // a list and its item are one step to a reader
			depth++
		}
	}
	if depth > g.depth {
		panic(&complaint{at.Start, "nested more than " + itoa(g.depth) + " deep", "write it flat, or raise limits.depth in site.yaml"})
	}
	line, _ := reader.PeekLine()
	g.spend(at.Start, len(line))
	if pos := pc.BlockOffset(); pos >= 0 && pos < len(line) && line[pos] == '[' && bytes.Contains(line, []byte("]:")) {
		g.notes++
		g.spend(at.Start, 40*g.notes)
	}
	return nil, parser.NoChildren
}

func (blockGuard) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }
func (blockGuard) Close(ast.Node, text.Reader, parser.Context)                 {}
func (blockGuard) CanInterruptParagraph() bool                                 { return true }
func (blockGuard) CanAcceptIndentedLine() bool                                 { return true }

// inlineGuard parses nothing. It counts what brackets and emphasis will cost.
type inlineGuard struct{}

func (inlineGuard) Trigger() []byte { return []byte("[]*_`~<") }

func (inlineGuard) Parse(parent ast.Node, reader text.Reader, pc parser.Context) ast.Node {
	g, ok := pc.Get(guardKey).(*guard)
	if !ok {
		return nil
	}
	line, at := reader.PeekLine()
	if g.parent != parent {
		g.parent, g.delimiters = parent, 0
	}
	switch line[0] {
	case '*', '_', '~':
		g.delimiters++
		g.spend(at.Start, 8*g.delimiters)
	case '[', ']', '<', '`':
		end := at.Start
		if l := parent.Lines(); l != nil && l.Len() > 0 {
			end = l.At(l.Len() - 1).Stop
		}
		g.spend(at.Start, max(0, end-at.Start))
	}
	return nil
}

// tableGuard makes no table. It counts the cells that a paragraph would become if it were one: short rows are filled up to the
// width of the head, so that a few thousand bytes make millions of them. On the way it notes what was to be a table and is none.
type tableGuard struct{}

const cellWork = 2000 // what a cell costs, in bytes looked at

func (tableGuard) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	g, ok := pc.Get(guardKey).(*guard)
	lines := node.Lines()
	if !ok {
		return
	}
	for i := 1; i < lines.Len(); i++ {
		head, rule := lines.At(i-1), lines.At(i)
		dashes := rule.Value(reader.Source())
		if len(bytes.Trim(dashes, " \t|:-\r\n")) > 0 {
			continue
		}
		columns := ruled(dashes)
		g.lostTable(rule.Start, head.Value(reader.Source()), dashes, columns)
		if columns > 0 {
			g.spend(lines.At(0).Start, cellWork*(columns+1)*(lines.Len()-i))
			return
		}
	}
}
