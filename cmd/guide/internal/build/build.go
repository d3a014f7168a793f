// Package build makes a site: from a tree of files to a tree of files.
//
// New reads the content, asks the calculator where a page wants to know something, and returns every file of the site
// with the problems found. It is pure: it knows no disk, clock, port or process. What a file holds is made when it is
// asked for, so that serve prints only what is looked at and build streams to the disk.
//
// The steps, in the order of New: scan lists the content; pages reads and prints each page (pages.go, remembered in a
// Memo); site puts them in order and follows their links; the rest of the package says what the files of the site are
// and how each is made: frames of pages (frame.go), the search index, lists for machines, Markdown twins, and what a
// reader needs offline.
package build

import (
	"io/fs"
	"sync"

	"whentofinetune/cmd/guide/internal/problem"
	"whentofinetune/cmd/guide/internal/render"
	"whentofinetune/cmd/guide/internal/search"
	"whentofinetune/cmd/guide/internal/site"
)

// Input is all that a site is made from.
type Input struct {
	Content fs.FS         // the content folder; one that is also a Summer spares reading what did not change
	Theme   fs.FS         // the theme folder: layouts and static are read here
	Assets  func() Assets // the bundles of the theme's css and ts, asked for when the pages have been read; nil for none

	// Ask sends one request to the calculator and returns the reply as the module gave it, its status line included. The
	// first call may compile the calculator: what its source has wrong comes back as problems, and an error says that no
	// answer can be had at all (no toolchain). It may be called from several goroutines. Nil: the site has no calculator.
	Ask func(request string) (reply string, problems []problem.Problem, err error)

	// AskStamp changes whenever an answer could: a hash over the calculator's source and facts. Answers are remembered
	// under it; empty means that nothing asked is remembered.
	AskStamp string
	AskTurn  int         // another whenever the calculator may have changed: an earlier site that is still being shown shares no answer with a later one
	AskHolds func() bool // whether AskStamp tells of what has been answered; else that is not remembered. nil for always

	// Calculator returns the compiled module and its facts as the browser loads them. It is called only when a page
	// holds something live.
	Calculator func() (wasm, facts []byte, err error)

	Options Options
	Stamp   string // of the tool itself: what another version remembered is never used
	Cache   Cache  // results on disk; nil for none
}

// Summer is a file system that knows a hash of each file without reading it again.
type Summer interface {
	Sum(name string) (sum [32]byte, ok bool)
}

// Options is what a command line adds to site.yaml.
type Options struct {
	BaseURL          string // absolute address of the site's root; overrides site.yaml
	Drafts           bool   // build pages that are marked as drafts
	AllowBrokenLinks bool   // broken links, anchors and images are warnings
	ContentName      string // how the content folder is named in problems: "content"
	ThemeName        string // how the theme's folder is named in problems: "theme"
}

// Assets are the bundles of a theme as package asset makes them (the two structs convert into each other).
type Assets struct {
	Names map[string]string // "site.css", "search.js" to the hashed address "assets/site-1A2B3C4D.css"
	Files map[string][]byte // hashed address to bytes
}

// Cache keeps results between runs, and what need not stay in memory during one. Both may be called from several
// goroutines. Get returns what Put stored under exactly this key, or false; a damaged entry is false. Put reports whether
// Get will find it.
type Cache interface {
	Get(key [32]byte) ([]byte, bool)
	Put(key [32]byte, data []byte) bool
}

// New makes the site. memo may be nil. Problems that are errors leave the output usable for a preview, but not for
// publication.
func New(in Input, memo *Memo) *Output {
	if memo == nil {
		memo = &Memo{}
	}
	b := &builder{in: in, memo: memo}
	b.scan()
	b.configure()
	b.readPages()
	b.layouts()
	b.order()
	if in.Assets != nil {
		b.assets = in.Assets()
	}
	return b.output()
}

// builder is one run of New.
type builder struct {
	in       Input
	memo     *Memo
	outline  bool // pages are read when they are asked for
	problems []problem.Problem

	names      []string        // content files that are pages, sorted
	others     map[string]bool // content files that are copied
	sizes      map[string]int64
	config     site.Config
	configured bool        // site.yaml is there
	kept       []*keptPage // of the pages that are built, in the order of names
	drafts     map[string]bool
	site       *site.Site
	links      []problem.Problem // what following links found
	render     *render.Renderer
	reader     *reader
	byFile     map[string]*keptPage
	assets     Assets
	vocabulary *search.Vocabulary
	module     moduleFiles
	asked      *sync.Map // request to reply
	machine    error     // why no answer can be had at all
	once       sync.Once
}
