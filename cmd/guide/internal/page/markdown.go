package page

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The two parsers. goldmark's renderer is not used: Context prints the tree itself, in one walk that also collects
// headings, links and plain text, knows the page it prints, and writes into one buffer.
var (
	commonMark = newParser()
	extended   = newParser(
		block(extension.NewFootnoteBlockParser(), 999),
		block(extension.NewDefinitionListParser(), 101),
		block(extension.NewDefinitionDescriptionParser(), 102),
		paragraph(tableGuard{}, 199),
		paragraph(extension.NewTableParagraphTransformer(), 200),
		tree(extension.NewTableASTTransformer(), 0),
		tree(extension.NewFootnoteASTTransformer(), 999),
		inline(newCitationParser(), 100),
		inline(extension.NewFootnoteParser(), 101),
		inline(lostMark{}, 102),
		inline(lostLink{}, 201),
		tree(lostNotes{}, 998),
		inline(extension.NewTaskCheckBoxParser(), 0),
		inline(newMathParser(), 150),
		inline(extension.NewStrikethroughParser(), 500),
		inline(extension.NewLinkifyParser(), 999),
		parser.WithHeadingAttribute(),
	)
)

func newParser(extra ...parser.Option) parser.Parser {
	return parser.NewParser(append([]parser.Option{
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(), util.Prioritized(blockGuard{}, -1))...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(), util.Prioritized(inlineGuard{}, -1))...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	}, extra...)...)
}

func block(p parser.BlockParser, priority int) parser.Option {
	return parser.WithBlockParsers(util.Prioritized(p, priority))
}

func inline(p parser.InlineParser, priority int) parser.Option {
	return parser.WithInlineParsers(util.Prioritized(p, priority))
}

func paragraph(p parser.ParagraphTransformer, priority int) parser.Option {
	return parser.WithParagraphTransformers(util.Prioritized(p, priority))
}

func tree(p parser.ASTTransformer, priority int) parser.Option {
	return parser.WithASTTransformers(util.Prioritized(p, priority))
}

// parse returns the tree of a file and what was found in it on the way, or what stopped the parser. What it cost is added to work.
func parse(src []byte, o *Options, work *int) (root ast.Node, found *guard, stopped *complaint) {
	defer func() {
		if r := recover(); r != nil {
			c, ok := r.(*complaint)
			if !ok {
				panic(r)
			}
			root, found, stopped = nil, nil, c
		}
	}()
	p := extended
	if o.Conformance {
		p = commonMark
	}
	pc := parser.NewContext()
	g := &guard{depth: orElse(o.Depth, 60), most: orElse(o.Work, maxWork), work: work}
	pc.Set(guardKey, g)
	root = p.Parse(text.NewReader(src), parser.WithContext(pc))
	return root, g, nil
}
