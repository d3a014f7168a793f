package page

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"whentofinetune/cmd/guide/internal/problem"
)

// Page is one content file, read and printed. It is never changed after Parse.
type Page struct {
	File string // slash path within the content folder: "decide/lora.md"
	Path string // address of its HTML from the site's root: "decide/lora.html"
	Front

	Name      string // what the page is called: front matter, first heading or file name
	NameHTML  string // the same with its emphasis and code, as the first heading has them
	Summary   string // description from the front matter, else the start of the first paragraph; plain text
	Headings  []Heading
	Anchors   []string   // every id in the body, in order, headings included
	Links     []Link     // to other pages, files and addresses, in order
	Citations []Citation // in order of first mention
	Sections  []Section  // the plain text by headings
	Words     int
	Live      bool // holds something that the calculator's module can redraw
	Views     []View
	Body      []byte

	Problems []problem.Problem
}

// Heading is a heading below the page's own.
type Heading struct {
	ID, Title string // plain text
	Level     int    // 2 to 6
}

// Section is the plain text from one heading to the next. The first has no ID: it stands above the first heading.
type Section struct {
	ID, Title, Text string
}

// Link is a reference from a page. Target is a path within the content folder, or an absolute address.
type Link struct {
	File         string // file that holds the link: the page's own or an included one
	Line, Column int
	Target       string
	Anchor       string // without "#"; may be empty
	Kind         LinkKind
}

// LinkKind says what a link leads to.
type LinkKind uint8

// The kinds of links.
const (
	Internal LinkKind = iota // a page or file of the site
	Picture                  // an image of the site
	External                 // an address with a scheme or a host
	Cited                    // a source in the page of sources
)

// View is a block of the page's own file that the calculator printed.
type View struct {
	Line    int    // of its fence, in the file
	Request string // what was asked
}

// Citation is a source that the page names as [@key].
type Citation struct {
	Key, Title, Authors, Year, Address, Read, Grade, Figure string
	Second                                                  bool // known through somebody else
}

// Options is what printing depends on besides the file. Functions must give the same answer for the same question while
// a page is parsed; what they were asked is what the page depends on.
type Options struct {
	Prefix    string            // how the content folder is named in problems: "content"
	RawHTML   bool              // let raw HTML through, filtered
	PageBytes int               // largest file; 0 means 2 MiB
	Depth     int               // deepest nesting of blocks; 0 means 60
	Output    int               // largest HTML; 0 means 16 MiB
	Work      int               // what reading may cost, in bytes looked at, see guard; 0 means 1,000,000,000
	Words     Words             // fences, link titles and code spans that mean more than themselves
	Glossary  string            // content file whose definition lists explain terms; may be empty
	Terms     map[string]string // of the glossary, by id

	// Read returns a file of the content folder. Names come clean and inside the folder.
	Read func(name string) ([]byte, error)
	// Size returns width and height of a picture of the content folder.
	Size func(name string) (w, h int, ok bool)
	// Ask sends a request to the calculator, see block.
	Ask func(request string) (reply string, problems []problem.Problem, err error)
	// Code appends text as highlighted HTML without surrounding elements; nil prints it plain.
	Code func(dst []byte, language, text string) []byte
	// Language reports whether a fence may be of a language; nil lets every word pass.
	Language func(word string) bool
	// OwnWords makes a fence of an unknown word an error. It is a warning in a tree that was written for another tool.
	OwnWords bool

	// Conformance prints CommonMark alone, as its specification's examples want it: no extensions, raw HTML as it is.
	Conformance bool
}

// Words are what fenced blocks, links that stand alone and code spans can mean beyond markdown. Package block has them.
type Words struct {
	Fences map[string]func(*Context, Block) // by the first word of the info string
	Embeds map[string]func(*Context, Block) // by the first word of the title of a link that is a whole paragraph
	Spans  func(*Context, Span) bool        // code spans; false leaves the span as it is
	Cite   func(*Context, Span) bool        // [@key]
	Math   func(*Context, Span) bool        // $`tex`$
}

// Block is a fenced block or an embedded file.
type Block struct {
	Word   string // what it was found by
	Info   Info   // the rest of the info string or title
	Text   string // the lines inside a fence, or the text of the link
	Target string // of an embed: clean path within the content folder
	At     int    // where problems with the whole are reported
	lines  []int  // where the lines of Text begin in the file (fences only)
}

// Inside returns where in the file a fence's text stands, by line and byte, both from 0: in a list or a quote lines begin
// further in.
func (b Block) Inside(line, column int) int {
	if line < len(b.lines) {
		return b.lines[line] + column
	}
	return b.At
}

// Span is a code span or a citation.
type Span struct {
	Text string
	At   int
}

// OutputPath returns the address of the page made from a content file: "a/index.md", "a/README.md" and "a/_index.md" become
// "a/index.html", "a/b.md" becomes "a/b.html".
func OutputPath(file string) string {
	dir, name := path.Split(file)
	stem := strings.TrimSuffix(strings.TrimSuffix(name, ".md"), ".markdown")
	if strings.EqualFold(stem, "readme") || stem == "_index" {
		stem = "index"
	}
	return dir + stem + ".html"
}

// IsPage reports whether a content file is a page by its name.
func IsPage(file string) bool {
	return strings.HasSuffix(file, ".md") || strings.HasSuffix(file, ".markdown")
}

// maxName is the longest name of a file, in bytes: what is made of it has a longer one, and file systems take 255.
const maxName = 250

// Unfit says why a file or folder cannot have a name, or nothing. A line of a list cannot hold every name, nor a terminal.
func Unfit(name string) string {
	switch {
	case !utf8.ValidString(name):
		return "is not UTF-8"
	case strings.ContainsFunc(name, unicode.IsControl):
		return "holds a control character"
	case len(name) > maxName:
		return "is longer than " + itoa(maxName) + " bytes"
	}
	return ""
}

// MaxBytes is the largest page that is read unless the site says otherwise.
const MaxBytes = 2 << 20

// MaxOutput is the largest page that is printed unless the site says otherwise.
const MaxOutput = 16 << 20

// Parse reads one page and prints its body. It never fails: what is wrong is in Problems.
func Parse(file string, src []byte, o Options) *Page {
	p := &Page{File: file, Path: OutputPath(file)}
	c := newContext(p, &o)
	limit := orElse(o.PageBytes, MaxBytes)
	if len(src) > limit {
		c.problems.add(problem.Problem{File: c.name(file), Text: "page of " + size(len(src)) + " is over the limit of " + size(limit),
			Hint: "split it, or raise limits.page in site.yaml"})
		src, c.unread = nil, true
	}
	src, ok := c.legible(file, src)
	c.unread = c.unread || !ok
	body, lines := c.frontMatter(src)
	c.document(file, body, lines)
	c.finish()
	return p
}

// legible is a file as it can be printed, without what no page may hold; ok is false where it is no text, which is said.
func (c *Context) legible(file string, src []byte) (clean []byte, ok bool) {
	src = cleanStart(src)
	report := func(at int, text, hint string, warning bool) {
		line, column := position(src, at)
		c.problems.add(problem.Problem{File: c.name(file), Line: line, Column: column, Text: text, Hint: hint, Warning: warning})
	}
	if at := invalidUTF8(src); at >= 0 {
		report(at, "not UTF-8: byte "+hex(src[at]), "save the file as UTF-8", false)
		return nil, false
	}
	at := firstHidden(src)
	if at < 0 {
		return src, true
	}
	c.hidden = true
	r, _ := utf8.DecodeRune(src[at:])
	text := fmt.Sprintf("control character %U", r)
	switch {
	case r == 0:
		text = "NUL character"
	case turns(r):
		text = fmt.Sprintf("character %U, which turns the text after it around", r)
	}
	report(at, text+", printed as \ufffd", "take it out", true)
	return bytes.Map(func(r rune) rune { // those of one byte are replaced when they are printed: addresses are judged with them
		if r < utf8.RuneSelf {
			return r
		}
		return visible(r)
	}, src), true
}

// turns reports whether a character makes text read in the other direction whatever it is written in: what is shown would then
// not be what stands there.
func turns(r rune) bool { return r == '\u202d' || r == '\u202e' }

// visible is a character, or U+FFFD for one that HTML does not take, that a reader cannot see, or that turns text around.
func visible(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' || r >= 0x7f && r < 0xa0 || turns(r) || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe {
		return utf8.RuneError
	}
	return r
}

// firstHidden is where the first character stands that visible replaces, or -1.
func firstHidden(src []byte) int {
	for i := 0; i < len(src); i++ {
		b := src[i]
		if b >= ' ' && b < 0x7f || b == '\n' || b > 0xc2 && b != 0xe2 && b < 0xef {
			continue
		}
		if !utf8.RuneStart(b) {
			continue
		}
		if r, _ := utf8.DecodeRune(src[i:]); visible(r) != r {
			return i
		}
	}
	return -1
}

// cleanStart drops a byte order mark, and makes line ends of carriage returns that stand alone, as old systems wrote them.
func cleanStart(src []byte) []byte {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	owned := false
	for i, b := range src {
		if b != '\r' || i+1 < len(src) && src[i+1] == '\n' {
			continue
		}
		if !owned {
			src, owned = bytes.Clone(src), true
		}
		src[i] = '\n'
	}
	return src
}

func invalidUTF8(src []byte) int {
	if utf8.Valid(src) {
		return -1
	}
	for i := 0; i < len(src); {
		r, n := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// HumanName makes a title of a file name: "decide/prompt-first.md" reads "Prompt first", an index takes its folder's name.
func HumanName(file string) string {
	stem := strings.TrimSuffix(path.Base(OutputPath(file)), ".html")
	if stem == "index" {
		if stem = path.Base(path.Dir(file)); stem == "." {
			return "Home"
		}
	}
	words := strings.Join(strings.FieldsFunc(stem, func(r rune) bool { return r == '-' || r == '_' || r == ' ' }), " ")
	r, n := utf8.DecodeRuneInString(words)
	if n == 0 {
		return stem
	}
	return strings.ToUpper(string(r)) + words[n:]
}

func orElse(value, otherwise int) int {
	if value == 0 {
		return otherwise
	}
	return value
}
