package page

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Footnotes. Ids carry a number of the file when it is included, because each file counts its own notes from 1.

func (c *Context) noteID(kind string, index int) string {
	if len(c.chain) > 1 {
		kind += itoa(c.included)
	}
	return kind + "-" + itoa(index)
}

func (c *Context) noteLink(n *extast.FootnoteLink) {
	if c.quiet {
		return
	}
	id := c.noteID("fnref", n.Index)
	if n.RefIndex > 0 {
		id += "-" + itoa(n.RefIndex+1)
	}
	c.tag(`<sup id="` + id + `"><a class="note-ref" role="doc-noteref" href="#` + c.noteID("fn", n.Index) + `">` + itoa(n.Index) + `</a></sup>`)
	c.page.Anchors = append(c.page.Anchors, id)
}

// lostMark parses nothing. It comes after the parser of footnotes and notes each mark that this one did not know.
type lostMark struct{}

func (lostMark) Trigger() []byte { return []byte{'['} }

func (lostMark) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	g, ok := pc.Get(guardKey).(*guard)
	if !ok || len(line) < 4 || line[1] != '^' {
		return nil
	}
	end := bytes.IndexByte(line[:min(len(line), maxMark)], ']')
	if end < 3 || bytes.ContainsAny(line[2:end], " \t[^`") || end+1 < len(line) && line[end+1] == '(' {
		return nil
	}
	mark := string(line[:end+1])
	g.lost = append(g.lost, complaint{segment.Start, "there is no note for " + mark + ", and it is shown as it is written", "write " + mark + ": and the note on a line of its own"})
	return nil
}

const maxMark = 100 // bytes of a mark that is looked for, so that a line of brackets costs no square

// lostNotes finds the notes that no mark leads to, which the transformer of footnotes then leaves out.
type lostNotes struct{}

func (lostNotes) Transform(root *ast.Document, reader text.Reader, pc parser.Context) {
	g, ok := pc.Get(guardKey).(*guard)
	if !ok || g.notes == 0 {
		return
	}
	seen := map[string]bool{}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		note, ok := n.(*extast.Footnote)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		mark := "[^" + string(note.Ref) + "]"
		switch {
		case seen[mark]:
			g.lost = append(g.lost, complaint{note.Pos(), "second note " + mark + " is left out", "give it a name of its own"})
		case note.Index < 0:
			g.lost = append(g.lost, complaint{note.Pos(), "no mark leads to note " + mark + ", and it is left out", "write " + mark + " in the text that it belongs to"})
		}
		seen[mark] = true
		return ast.WalkContinue, nil
	})
}

func (c *Context) noteBack(n *extast.FootnoteBacklink) {
	id := c.noteID("fnref", n.Index)
	label := "Back to note " + itoa(n.Index)
	if n.RefIndex > 0 {
		id += "-" + itoa(n.RefIndex+1)
		label += ", mention " + itoa(n.RefIndex+1)
	}
	c.tag(` <a class="note-back" role="doc-backlink" href="#` + id + `" aria-label="` + label + `">↩</a>`)
}

func (c *Context) note(n *extast.Footnote) {
	id := c.noteID("fn", n.Index)
	c.page.Anchors = append(c.page.Anchors, id)
	c.tag(`<li id="` + id + `">` + "\n")
	c.children(n)
	c.tag("</li>\n")
	c.text = append(c.text, ' ')
}

func (c *Context) noteList(n *extast.FootnoteList) {
	c.tag(`<section class="footnotes" role="doc-endnotes" aria-label="Notes"><ol>` + "\n")
	c.children(n)
	c.tag("</ol></section>\n")
}

// definitionTerm prints a term with an id, so that other pages can link to it.
func (c *Context) definitionTerm(n *extast.DefinitionTerm) {
	html, plain := c.aside(n)
	c.lead = false
	c.tag("<dt")
	c.Attr("id", c.takeID(slug(plain)))
	c.tag(">" + html + "</dt>\n")
	c.text = append(append(c.text, plain...), ' ')
}

// Terms returns the definitions of a page by the ids of their terms, as plain text: what a link to a glossary explains.
func Terms(src []byte) map[string]string {
	terms := map[string]string{}
	p := &Page{File: "glossary.md"}
	c := newContext(p, &Options{})
	body, lines := c.frontMatter(cleanStart(src))
	root, _, stopped := parse(body, c.o, &c.work)
	if stopped != nil {
		return terms
	}
	c.file, c.src, c.chain, c.cursor = p.File, body, []string{p.File}, cursor{src: body, first: lines + 1}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		term, ok := n.(*extast.DefinitionTerm)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		_, name := c.aside(term)
		for next := n.NextSibling(); next != nil; next = next.NextSibling() {
			if d, ok := next.(*extast.DefinitionDescription); ok {
				_, text := c.aside(d)
				terms[slug(name)] = string(bytes.TrimSpace([]byte(text)))
				break
			}
		}
		return ast.WalkSkipChildren, nil
	})
	return terms
}
