package page

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"

	"whentofinetune/cmd/guide/internal/problem"
)

// Context is a page while it is being printed. The words of package block print through it: HTML with Raw, everything
// else with Text or Attr, which escape.
type Context struct {
	page     *Page
	o        *Options
	problems problems

	out  []byte
	text []byte         // plain text of the section being printed
	ids  map[string]int // taken on the page, with the last number that was added to make another of it
	deep int            // nesting of the node being printed

	// The file being printed: the page's own, or one that it includes.
	file   string
	src    []byte
	cursor cursor
	chain  []string // files on the way from the page to this one

	titled   bool // the page's own heading has been taken
	lead     bool // nothing has been printed yet
	level    int  // of the last heading
	tables   int
	pictures int
	tabSets  int
	included int  // files included so far
	work     int  // bytes looked at, see guard
	quiet    bool // print no HTML of its own around text: inside alt texts
	overflow bool
	unread   bool // the file could not be read, which has been said
	hidden   bool // it holds characters that are replaced
	section  Section
	open     []openTag // elements of raw HTML that have not ended
	rawFrom  int       // those from this number on were opened in the element of markdown being printed
}

func newContext(p *Page, o *Options) *Context {
	b := buffers.Get().(*buffer)
	return &Context{page: p, o: o, ids: make(map[string]int, 16), lead: true, level: 1, out: b.out[:0], text: b.text[:0]}
}

// buffer is what a page is printed into, kept for the next page.
type buffer struct{ out, text []byte }

var buffers = sync.Pool{New: func() any { return new(buffer) }}

// maxBuffer is the largest buffer that is kept: one huge page must not hold memory for good.
const maxBuffer = 1 << 20

// Path returns the address of the page from the site's root.
func (c *Context) Path() string { return c.page.Path }

// File returns the content file being printed.
func (c *Context) File() string { return c.file }

// Root returns the prefix from the page's address to the site's root.
func (c *Context) Root() string { return strings.Repeat("../", strings.Count(c.page.Path, "/")) }

// Raw appends HTML as it is.
func (c *Context) Raw(html string) { c.out = append(c.out, html...) }

// Bytes appends HTML as it is.
func (c *Context) Bytes(html []byte) { c.out = append(c.out, html...) }

// Text appends text, escaped.
func (c *Context) Text(s string) { c.out = escapeText(c.out, s) }

// Attr appends a space, a name and a value in quotes, escaped.
func (c *Context) Attr(name, value string) {
	c.out = append(c.out, ' ')
	c.out = append(c.out, name...)
	c.out = append(c.out, `="`...)
	c.out = escapeText(c.out, value)
	c.out = append(c.out, '"')
}

// Plain adds to the plain text of the section, which search finds.
func (c *Context) Plain(s string) { c.text = append(c.text, s...) }

// Live marks the page as holding something that the calculator's module can redraw.
func (c *Context) Live() { c.page.Live = true }

// View records what was asked for a block that begins at a place of the page's own file.
func (c *Context) View(at int, request string) {
	if len(c.chain) == 1 {
		line, _ := c.cursor.position(at)
		c.page.Views = append(c.page.Views, View{line, request})
	}
}

// ID returns want, made unique and safe on this page, and takes it.
func (c *Context) ID(want string) string { return c.takeID(slug(want)) }

// Printed appends HTML that was printed elsewhere, and takes the ids in it.
func (c *Context) Printed(markup string) {
	c.out = append(c.out, markup...)
	for rest := markup; ; {
		at := strings.Index(rest, ` id="`)
		if at < 0 {
			return
		}
		rest = rest[at+len(` id="`):]
		id, after, found := strings.Cut(rest, `"`)
		if !found {
			return
		}
		c.ids[id] = 0
		c.page.Anchors = append(c.page.Anchors, id)
		rest = after
	}
}

// Cite adds a source to the page's list.
func (c *Context) Cite(s Citation) {
	for _, have := range c.page.Citations {
		if have.Key == s.Key {
			return
		}
	}
	c.page.Citations = append(c.page.Citations, s)
}

// Link records a reference that a word prints itself, so that it is checked with the others.
func (c *Context) Link(at int, target, anchor string, kind LinkKind) {
	line, column := c.cursor.position(at)
	c.page.Links = append(c.page.Links, Link{File: c.file, Line: line, Column: column, Target: target, Anchor: anchor, Kind: kind})
}

// Fail reports what makes the page wrong, at a place in the file being printed.
func (c *Context) Fail(at int, text, hint string) { c.report(at, text, hint, false) }

// Warn reports what the author should look at.
func (c *Context) Warn(at int, text, hint string) { c.report(at, text, hint, true) }

// object reports what makes the page wrong, as a warning in a tree that was written for another tool.
func (c *Context) object(at int, text, hint string) { c.report(at, text, hint, !c.o.OwnWords) }

// Report adds a problem found elsewhere, such as in a file that was read.
func (c *Context) Report(p problem.Problem) { c.problems.add(p) }

func (c *Context) report(at int, text, hint string, warning bool) {
	line, column := c.cursor.position(at)
	c.problems.add(problem.Problem{File: c.name(c.file), Line: line, Column: column, Text: text, Hint: hint, Warning: warning})
}

// name is how a content file is called in problems.
func (c *Context) name(file string) string { return path.Join(c.o.Prefix, file) }

// Name is how a content file is called in problems.
func (c *Context) Name(file string) string { return c.name(file) }

// Read returns a file of the content folder, named by its clean path in it. What is wrong is reported at a place of the
// file being printed.
func (c *Context) Read(at int, name string) ([]byte, bool) {
	if c.o.Read == nil {
		c.Fail(at, "no files can be read here", "write the text in the page")
		return nil, false
	}
	data, err := c.o.Read(name)
	if err != nil {
		why := ""
		if !errors.Is(err, fs.ErrNotExist) {
			why = ": " + innermost(err)
		}
		c.Fail(at, "cannot read "+name+why, "check the name; it is looked for in the content folder only")
		return nil, false
	}
	return data, true
}

// innermost is the text of the error at the root of others: without paths of the machine.
func innermost(err error) string {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err.Error()
}

// Ask sends a request to the calculator. ok is false when no answer can be had, which has then been said.
func (c *Context) Ask(at int, request string) (reply string, ok bool) {
	if c.o.Ask == nil {
		c.Fail(at, "this site has no calculator to ask", "drop the block, or add a calculator to the site")
		return "", false
	}
	reply, found, err := c.o.Ask(request)
	for _, p := range found {
		c.problems.add(p)
	}
	if err != nil {
		c.Fail(at, "the calculator cannot answer: "+err.Error(), "")
		return "", false
	}
	return reply, len(found) == 0
}

// Resolve makes a path within the content folder of one that is relative to the file being printed, or begins with a
// slash at the content folder. ok is false when it leads outside.
func (c *Context) Resolve(rel string) (name string, ok bool) { return Resolve(c.file, rel) }

// Resolve returns the content file that an address in the file from names: one that begins with a slash from the content folder,
// another from that file's folder. ok is false when it leads outside.
func Resolve(from, rel string) (name string, ok bool) {
	if _, w := scheme(rel); w != within || strings.ContainsAny(rel, "\\\x00") {
		return "", false
	}
	if strings.HasPrefix(rel, "/") {
		rel = path.Clean(rel)[1:]
	} else {
		rel = path.Join(path.Dir(from), rel)
	}
	if rel == ".." || strings.HasPrefix(rel, "../") {
		return "", false
	}
	return rel, true
}

// Deepest is how far files may include each other.
const Deepest = 20

// MaxIncluded is how many files one page may include: without a bound a few files that include each other a few times make
// more pages than there is time for.
const MaxIncluded = 500

// Include prints another markdown file in place. Its links are relative to itself. A file that includes itself, over
// however many steps, is refused with the whole chain.
func (c *Context) Include(at int, name string) {
	for i, f := range c.chain {
		if f == name {
			c.Fail(at, "include goes in a circle: "+strings.Join(append(c.chain[i:], name), " > "), "take one of them out")
			return
		}
	}
	if len(c.chain) >= Deepest {
		c.Fail(at, "includes are nested more than "+itoa(Deepest)+" deep: "+strings.Join(c.chain, " > "), "include less")
		return
	}
	src, ok := c.Read(at, name)
	if !ok {
		return
	}
	if src, ok = c.legible(name, src); !ok {
		return
	}
	if c.included++; c.included > MaxIncluded {
		if c.included == MaxIncluded+1 {
			c.Fail(at, "page includes more than "+itoa(MaxIncluded)+" files", "include less")
		}
		return
	}
	body := Body(src) // another page may be included, without what its front matter says of it
	c.Markdown(name, body, 1+bytes.Count(src[:len(src)-len(body)], []byte("\n")))
}

// Markdown prints text as markdown in place. file and line say where it stands, for links and problems.
func (c *Context) Markdown(file string, src []byte, line int) {
	wasFile, wasSrc, wasCursor, wasChain := c.file, c.src, c.cursor, c.chain
	c.document(file, src, line-1)
	c.file, c.src, c.cursor, c.chain = wasFile, wasSrc, wasCursor, wasChain
}

// document parses and prints a file whose first line is number lines+1.
func (c *Context) document(file string, src []byte, lines int) {
	c.file, c.src = file, src
	c.cursor = cursor{src: src, first: lines + 1}
	c.chain = append(c.chain[:len(c.chain):len(c.chain)], file)
	root, found, complaint := parse(src, c.o, &c.work)
	if complaint != nil {
		c.Fail(complaint.at, complaint.text, complaint.hint)
		c.unread = true
		return
	}
	for _, l := range found.lost {
		c.Warn(l.at, l.text, l.hint)
	}
	for _, l := range found.miscited {
		if c.o.Words.Cite != nil && c.asks() {
			c.Fail(l.at, l.text, l.hint)
		}
	}
	c.children(root)
}

func (c *Context) children(n ast.Node) {
	if c.deep++; c.deep > 400 { // emphasis in emphasis; blocks are bounded by the parser's guard
		c.Fail(n.Pos(), "nested more than 400 deep", "write it flat")
		c.deep--
		return
	}
	before := c.enter()
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if c.full(child) {
			break
		}
		c.node(child)
	}
	c.leave(before)
	c.deep--
}

// full reports whether the page has grown over its limit before n is printed, and says so once.
func (c *Context) full(n ast.Node) bool {
	most := orElse(c.o.Output, MaxOutput)
	if len(c.out) <= most {
		return false
	}
	if !c.overflow {
		c.Fail(max(0, n.Pos()), "page prints more than "+size(most), "split it, or raise limits.output in site.yaml")
	}
	c.overflow = true
	return true
}

// finish closes the last section and settles what needs the whole page.
func (c *Context) finish() {
	c.closeSection()
	p := c.page
	p.Body = append([]byte(nil), c.out...)
	if cap(c.out)+cap(c.text) <= maxBuffer {
		buffers.Put(&buffer{c.out, c.text})
	}
	if p.Front.Title != "" {
		p.Name = p.Front.Title
	}
	if p.Name == "" {
		p.Name = HumanName(p.File)
		if !c.unread {
			c.problems.add(problem.Problem{File: c.name(p.File), Line: 1, Text: "page has no title", Warning: true,
				Hint: "begin with a line # Title, or write title: in front matter"})
		}
	}
	if c.hidden { // in what others print
		p.Name, p.Summary = strings.Map(visible, p.Name), strings.Map(visible, p.Summary)
		for i := range p.Headings {
			p.Headings[i].Title = strings.Map(visible, p.Headings[i].Title)
		}
		for i := range p.Sections {
			p.Sections[i].Title, p.Sections[i].Text = strings.Map(visible, p.Sections[i].Title), strings.Map(visible, p.Sections[i].Text)
		}
	}
	if p.NameHTML == "" {
		p.NameHTML = string(escapeText(nil, p.Name))
	}
	if p.Front.Description != "" {
		p.Summary = p.Front.Description
	}
	for _, s := range p.Sections {
		p.Words += countWords(s.Text)
	}
	p.Problems = problem.Sort(c.problems.all)
}

// closeSection ends the plain text under a heading.
func (c *Context) closeSection() {
	s := c.section
	s.Text = tidy(c.text)
	if s.Text != "" || s.ID != "" {
		c.page.Sections = append(c.page.Sections, s)
	}
	c.text = c.text[:0]
}

func itoa(n int) string { return strconv.Itoa(n) }
