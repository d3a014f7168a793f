package build

import (
	"cmp"
	"crypto/sha256"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
)

// Output is a site. Its files are made when they are asked for.
type Output struct {
	Problems []problem.Problem // in file order; a Warning does not spoil the site
	Err      error             // why the calculator cannot answer at all, where it cannot
	External []Place           // links that lead out of the site
	Reviewed []Review          // pages that say when they were last held against their sources

	files  []File
	byPath map[string]int
	search *index
	sums   sync.Map // address to summedFile
	all    sync.Once
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
		o.add(o.search.files()...)
		slices.SortFunc(o.files, func(a, b File) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Path, b.Path)) })
		for i, f := range o.files {
			o.byPath[f.Path] = i
		}
	})
	return o.files
}

// Find returns the file of an address without making others.
func (o *Output) Find(address string) (File, bool) {
	if strings.HasPrefix(address, searchFolder) {
		o.Files()
	}
	i, ok := o.byPath[address]
	if !ok {
		return File{}, false
	}
	return o.files[i], true
}

// Page returns the address of the page that is made from a content file.
func (o *Output) Page(source string) (address string, ok bool) {
	for _, f := range o.files {
		if f.Source == source && f.Kind == Page {
			return f.Path, true
		}
	}
	return "", false
}

func (o *Output) add(files ...File) {
	for _, f := range files {
		if _, taken := o.byPath[f.Path]; taken { // reported where it matters: pages and aliases
			continue
		}
		o.byPath[f.Path] = len(o.files)
		o.files = append(o.files, o.summed(f))
	}
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

// output lists the files of the site.
func (b *builder) output() *Output {
	o := &Output{byPath: make(map[string]int, 4*len(b.kept)), search: &index{b: b}}
	f := b.newFrames()
	for _, n := range b.site.Order {
		o.add(File{Path: n.Page.Path, Source: n.Page.File, Kind: Page, Bytes: func() ([]byte, error) { return f.print(f.page(n)) }})
		o.add(File{Path: twinPath(n.Page.Path), Kind: Page, Bytes: func() ([]byte, error) { return b.twin(n) }})
	}
	b.addAliases(o)
	b.addStatic(o)
	b.addAssets(o)
	b.addModule(o)
	b.addDownload(o, f)
	b.addWhole(o, f)
	b.addMachines(o, f)
	b.addOffline(o)
	o.Err = b.machine
	for _, n := range b.site.Order {
		if n.Page.Reviewed != "" {
			o.Reviewed = append(o.Reviewed, Review{n.Page.File, n.Page.ReviewedAt, n.Page.Reviewed})
		}
		for _, l := range n.Page.Links {
			if l.Kind == page.External {
				o.External = append(o.External, Place{l.File, l.Line, l.Column, l.Target})
			}
		}
	}
	o.Problems = problem.Sort(b.problems)
	return o
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
		if err == nil && d.Type().IsRegular() && !hidden(d.Name()) {
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
		if address := b.in.Assets.Names[name]; address != "" {
			data := b.in.Assets.Files[address]
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
