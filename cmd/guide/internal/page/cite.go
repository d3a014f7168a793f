package page

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
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

func (citationParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	end := 2
	for end < len(line) && keyByte(line[end]) {
		end++
	}
	if len(line) < 4 || line[1] != '@' || end == 2 || end == len(line) || line[end] != ']' || leads(line[end+1:]) {
		miscited(line, segment.Start, pc)
		return nil
	}
	n := &citation{key: string(line[2:end])}
	n.SetPos(segment.Start)
	block.Advance(end + 1)
	return n
}

// leads reports whether what follows a bracket makes the text of a link of it: an address, or a label that is no citation itself.
func leads(after []byte) bool {
	return len(after) > 0 && (after[0] == '(' || after[0] == '[' && (len(after) < 2 || after[1] != '@'))
}

// cited finds what is written as a key in brackets, at their start or after what stands before it.
var cited = regexp.MustCompile(`(?:^|[ ;,-])@ ?([A-Za-z][A-Za-z0-9_.:-]*)`)

// miscited notes brackets that name sources in another way than citations are written.
func miscited(line []byte, at int, pc parser.Context) {
	g, ok := pc.Get(guardKey).(*guard)
	within := line[1:min(len(line), maxLost)]
	if !ok || bytes.IndexByte(within, '@') < 0 {
		return
	}
	end := bytes.IndexByte(within, ']')
	if end >= 0 && (leads(within[end+1:]) || bytes.HasPrefix(within[end+1:], []byte(":"))) || end < 0 && within[0] != '@' {
		return
	}
	if end >= 0 {
		within = within[:end]
	}
	if bytes.ContainsAny(within, "[`") {
		return
	}
	if _, defined := pc.Reference(util.ToLinkReference(within)); defined {
		return
	}
	var keys []string
	for _, m := range cited.FindAllSubmatch(within, -1) {
		keys = append(keys, "[@"+strings.TrimRight(string(m[1]), ".:-_")+"]")
	}
	if len(keys) > 0 {
		g.miscited = append(g.miscited, complaint{at, "this is no citation, and it is shown as it is written", "write each key in brackets of its own: " + strings.Join(keys, " ")})
	}
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
