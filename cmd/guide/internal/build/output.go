package build

import (
	"cmp"
	"crypto/sha256"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
	"whentofinetune/cmd/guide/internal/site"
)

// Output is a site. Its files are made when they are asked for.
type Output struct {
	Problems []problem.Problem // in file order; a Warning does not spoil the site
	Err      error             // why the calculator cannot answer at all, where it cannot

	b       *builder
	frames  *frames
	listed  sync.Once // others and byPath
	others  []File    // all but pages, their twins and the search index
	byPath  map[string]int
	all     sync.Once
	files   []File
	sums    sync.Map // address to summedFile
	spoiled func() map[string]bool
}

// Place is a link and where it stands in a content file.
type Place struct {
	File         string
	Line, Column int
	Target       string
}

// Review is the day that a page names, and where it names it.
type Review struct {
	File string
	Line int
	Date string // 2026-11-23
}

// File is one file of a site. Bytes makes its content anew at each call; it may be called from several goroutines. Sum is the
// SHA-256 of what Bytes made.
type File struct {
	Path   string // slash path from the root of the output
	Source string // content file it is made from, or empty
	Kind   Kind
	Bytes  func() ([]byte, error)
	Sum    func() [32]byte
}

// Kind tells a publisher in which order files go out: what is loaded before what loads it.
type Kind uint8

// The kinds of files, in the order in which they are published.
const (
	Asset  Kind = iota // hashed, never changes under its name
	Static             // pictures, downloads, the search index
	Page
	Meta // lists of the others: sitemap, feed, the service worker
)

// Problems is the error of a file that cannot be made because of what an author can mend.
type Problems []problem.Problem

func (p Problems) Error() string { return p[0].String() }

// Files returns every file of the site, sorted by kind and path.
func (o *Output) Files() []File {
	o.all.Do(func() {
		others := o.rest()
		o.files = make([]File, 0, 2*len(o.b.site.Order)+len(others))
		for _, n := range o.b.site.Order {
			o.files = append(o.files, o.page(n), o.twin(n))
		}
		o.files = append(o.files, others...)
		for _, f := range o.b.indexFiles() {
			o.files = append(o.files, o.summed(f))
		}
		slices.SortFunc(o.files, func(a, b File) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Path, b.Path)) })
	})
	return o.files
}

// Find returns the file of an address. A page is found without a list of the others being made.
func (o *Output) Find(address string) (File, bool) {
	if n, ok := o.b.site.At(address); ok {
		return o.page(n), true
	}
	if n, ok := o.b.site.At(strings.TrimSuffix(address, ".md") + ".html"); ok && path.Ext(address) == ".md" {
		return o.twin(n), true
	}
	o.rest()
	if i, ok := o.byPath[address]; ok {
		return o.others[i], true
	}
	if strings.HasPrefix(address, searchFolder) {
		for _, f := range o.Files() {
			if f.Path == address {
				return f, true
			}
		}
	}
	return File{}, false
}

// Page returns the address of the page that is made from a content file, and its name.
func (o *Output) Page(source string) (address, name string, ok bool) {
	n, ok := o.b.site.File(source)
	if !ok {
		return "", "", false
	}
	return n.Page.Path, n.Page.Name, true
}

// Spoiled reports whether the page of a content file has mistakes: in itself, in what it includes, or in what it asks.
func (o *Output) Spoiled(source string) bool { return o.spoiled()[source] }

// External lists the links that lead out of the site.
func (o *Output) External() []Place {
	var all []Place
	for _, n := range o.b.site.Order {
		for _, l := range n.Page.Links {
			if l.Kind == page.External {
				all = append(all, Place{l.File, l.Line, l.Column, l.Target})
			}
		}
	}
	return all
}

// Reviewed lists the pages that say when they were last held against their sources.
func (o *Output) Reviewed() []Review {
	var all []Review
	for _, n := range o.b.site.Order {
		if n.Page.Reviewed != "" {
			all = append(all, Review{n.Page.File, n.Page.ReviewedAt, n.Page.Reviewed})
		}
	}
	return all
}

func (o *Output) page(n *site.Node) File {
	return o.summed(File{Path: n.Page.Path, Source: n.Page.File, Kind: Page, Bytes: func() ([]byte, error) {
		f, n := o.frames, n
		if o.b.outline && !n.Made {
			f, n = o.b.read(n)
		}
		return f.print(f.page(n))
	}})
}

func (o *Output) twin(n *site.Node) File {
	return o.summed(File{Path: twinPath(n.Page.Path), Kind: Page, Bytes: func() ([]byte, error) { return o.b.twin(n) }})
}

// rest lists what is neither page nor twin nor search index.
func (o *Output) rest() []File {
	o.listed.Do(func() {
		o.byPath = map[string]int{}
		b := o.b
		b.addAliases(o)
		b.addStatic(o)
		b.addAssets(o)
		b.addModule(o)
		b.addDownload(o, o.frames)
		b.addEmbed(o, o.frames)
		b.addWhole(o, o.frames)
		b.addSocial(o, o.frames)
		b.addMachines(o, o.frames)
		b.addOffline(o)
	})
	return o.others
}

// add lists a file, unless its address is taken: that is reported where it matters, for pages and aliases.
func (o *Output) add(f File) {
	_, taken := o.byPath[f.Path]
	if _, isPage := o.b.site.At(f.Path); isPage || taken {
		return
	}
	if _, isTwin := o.b.site.At(strings.TrimSuffix(f.Path, ".md") + ".html"); isTwin && path.Ext(f.Path) == ".md" {
		return
	}
	o.byPath[f.Path] = len(o.others)
	o.others = append(o.others, o.summed(f))
}

// summedFile is what was last made of a file: its hash and size.
type summedFile struct {
	sum  [32]byte
	size int
}

// summed notes the hash of a file whenever it is made, so that the list of all hashes need not make it again.
func (o *Output) summed(f File) File {
	make := f.Bytes
	f.Bytes = func() ([]byte, error) {
		data, err := make()
		if err == nil {
			o.sums.Store(f.Path, summedFile{sha256.Sum256(data), len(data)})
		}
		return data, err
	}
	f.Sum = func() [32]byte {
		sum, _, _ := o.sumOf(f)
		return sum
	}
	return f
}

// sumOf is the hash and size of a file, which is made only if it has not been.
func (o *Output) sumOf(f File) (sum [32]byte, size int, err error) {
	if _, ok := o.sums.Load(f.Path); !ok {
		if _, err := f.Bytes(); err != nil {
			return sum, 0, err
		}
	}
	s, _ := o.sums.Load(f.Path)
	return s.(summedFile).sum, s.(summedFile).size, nil
}

// output is the site as it is handed out.
func (b *builder) output() *Output {
	b.vocabulary = b.memo.vocabulary
	return &Output{b: b, frames: b.newFrames(), Problems: once(problem.Sort(b.problems), b.machine), Err: b.machine, spoiled: sync.OnceValue(b.spoiled)}
}

// once leaves one of the problems that say no more than why the machine failed: every page that asked has one.
func once(problems []problem.Problem, failed error) []problem.Problem {
	said := false
	return slices.DeleteFunc(problems, func(p problem.Problem) bool {
		again := failed != nil && p.Text == failed.Error()
		defer func() { said = said || again }()
		return again && said
	})
}

// addAliases adds a page at each old address.
func (b *builder) addAliases(o *Output) {
	for _, n := range b.site.Order {
		for _, a := range n.Page.Aliases {
			o.add(File{Path: a.Path, Kind: Page, Bytes: func() ([]byte, error) { return b.redirect(n, a.Path), nil }})
		}
	}
}

// addStatic adds the theme's static files and what stands in the content beside the pages.
func (b *builder) addStatic(o *Output) {
	for _, name := range sortedKeys(b.others) {
		o.add(File{Path: name, Source: name, Kind: Static, Bytes: func() ([]byte, error) { return fs.ReadFile(b.in.Content, name) }})
	}
	for _, name := range b.themeStatic() {
		o.add(File{Path: name, Kind: Static, Bytes: func() ([]byte, error) { return fs.ReadFile(b.in.Theme, "static/"+name) }})
	}
}

func (b *builder) themeStatic() []string {
	var names []string
	fs.WalkDir(b.in.Theme, "static", func(name string, d fs.DirEntry, err error) error { // a theme without static files is fine
		if err == nil && d.Type().IsRegular() && !Hidden(d.Name()) {
			names = append(names, strings.TrimPrefix(name, "static/"))
		}
		return nil
	})
	return names
}

// loaded are the bundles that pages name; the others go into files of their own.
var loaded = []string{"site.css", "calculator.css", "early.js", "site.js", "calculator.js", "worker.js", "search.js"}

func (b *builder) addAssets(o *Output) {
	for _, name := range loaded {
		if address := b.assets.Names[name]; address != "" {
			data := b.assets.Files[address]
			o.add(File{Path: address, Kind: Asset, Bytes: func() ([]byte, error) { return data, nil }})
		}
	}
}

// live reports whether some page holds something that the calculator's module can redraw.
func (b *builder) live() bool {
	return b.in.Calculator != nil && slices.ContainsFunc(b.kept, func(k *keptPage) bool { return k.page.Live })
}

func twinPath(address string) string { return strings.TrimSuffix(address, ".html") + ".md" }

func itoa(n int) string { return strconv.Itoa(n) }
