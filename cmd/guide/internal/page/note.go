package page

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
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
	root, stopped := parse(body, c.o, &c.work)
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
