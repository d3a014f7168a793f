// Package build makes a site: from a tree of files to a tree of files.
//
// New reads the content, asks the calculator where a page wants to know something, and returns every file of the site
// with the problems found. It is pure: it knows no disk, clock, port or process. What a file holds is made when it is
// asked for, so that serve prints only what is looked at and build streams to the disk.
package build

import (
	"io/fs"

	"whentofinetune/cmd/guide/internal/problem"
)

// Input is all that a site is made from.
type Input struct {
	Content fs.FS  // the content folder
	Theme   fs.FS  // the theme folder: layouts and static are read here
	Assets  Assets // the bundles of the theme's css and ts

	// Ask sends one request to the calculator and returns the reply as the module gave it, its status line included. The
	// first call may compile the calculator: what its source has wrong comes back as problems, and an error says that no
	// answer can be had at all (no toolchain). It may be called from several goroutines. Nil: the site has no calculator.
	Ask func(request string) (reply string, problems []problem.Problem, err error)

	// AskStamp changes whenever an answer could: a hash over the calculator's source and facts. Answers are remembered
	// under it; empty means that nothing asked is remembered.
	AskStamp string

	// Calculator returns the compiled module and its facts as the browser loads them. It is called only when a page
	// holds something live.
	Calculator func() (wasm, facts []byte, err error)

	Options Options
	Stamp   string // of the tool itself: what another version remembered is never used
	Cache   Cache  // results on disk; nil for none
}

// Options is what a command line adds to site.yaml.
type Options struct {
	BaseURL          string // absolute address of the site's root; overrides site.yaml
	Drafts           bool   // build pages that are marked as drafts
	Strict           bool   // warnings are errors
	AllowBrokenLinks bool   // broken links, anchors and images are warnings
	SourceDir        string // how the content folder is named in problems: "content"
	Serve            bool   // for the development server: no service worker is named
}

// Assets are the bundles of a theme as package asset makes them (the two structs convert into each other).
type Assets struct {
	Names map[string]string // "site.css", "search.js" to the hashed address "assets/site-1A2B3C4D.css"
	Files map[string][]byte // hashed address to bytes
}

// Cache keeps results between runs. Both may be called from several goroutines. Get returns what Put stored under
// exactly this key, or false; a damaged entry is false.
type Cache interface {
	Get(key [32]byte) ([]byte, bool)
	Put(key [32]byte, data []byte)
}

// Output is a site.
type Output struct {
	Files    []File            // sorted by Path
	Problems []problem.Problem // in file order; a Warning does not spoil the site
}

// File is one file of a site. Bytes makes its content anew at each call; it may be called from several goroutines.
type File struct {
	Path   string // slash path from the root of the output
	Source string // content file it is made from, or empty
	Kind   Kind
	Bytes  func() ([]byte, error)
}

// Kind tells a publisher in which order files go out: what is loaded before what loads it.
type Kind uint8

// The kinds of files, in the order in which they are published.
const (
	Asset Kind = iota // hashed, never changes under its name
	Static
	Page
	Meta // lists of the others: sitemap, feed, the service worker
)

// Memo holds what a process remembers from one New to the next. The zero value is ready to use. Two New at once must
// not share one.
type Memo struct{}

// New makes the site. memo may be nil. Problems that are errors leave Files usable for a preview, but not for
// publication.
func New(in Input, memo *Memo) *Output {
	return &Output{}
}
