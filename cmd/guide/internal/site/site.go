package site

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
)

// Node is a page at its place.
type Node struct {
	Page     *page.Page
	Number   string // "2", "2.1"; empty at the root and beside it
	Parent   *Node  // nil at the root
	Children []*Node
	Folder   string // clean path of the folder whose index this is; "" at the root
	IsFolder bool
	Made     bool // there is no file: the index of a folder without one
	place    int
}

// Site is the tree of pages and the order in which they are read.
type Site struct {
	Config Config
	Root   *Node
	Order  []*Node
	byFile map[string]*Node
	byPath map[string]*Node
}

// New puts pages into order. Pages of one folder stand by their order from the front matter, then by name; a folder
// stands where its index page says. Problems tell of pages that would be printed over each other.
func New(c Config, pages []*page.Page, prefix string) (*Site, []problem.Problem) {
	s := &Site{Config: c, byFile: make(map[string]*Node, len(pages)), byPath: make(map[string]*Node, len(pages))}
	folders := map[string]*Node{}
	var problems []problem.Problem
	lower := make(map[string]*Node, len(pages))
	var leaves []*Node
	heads := map[string]string{} // files that head a folder, but for READMEs
	for _, p := range pages {
		if path.Base(p.Path) == "index.html" && !isReadme(p.File) {
			heads[p.Path] = p.File
		}
	}
	for _, p := range pages {
		n := &Node{Page: p}
		if head := heads[p.Path]; head != "" && isReadme(p.File) {
			problems = append(problems, problem.Problem{File: path.Join(prefix, p.File), Text: "is left out: " + path.Join(prefix, head) + " heads this folder", Hint: "rename one of them", Warning: true})
			continue
		}
		if path.Base(p.Path) == "index.html" {
			n.IsFolder, n.Folder = true, folderOf(p.Path)
		}
		if other := lower[strings.ToLower(p.Path)]; other != nil {
			problems = append(problems, problem.Problem{File: path.Join(prefix, p.File), Text: "would be printed to " + p.Path + ", and so would " + path.Join(prefix, other.Page.File),
				Hint: "rename one of them"})
			continue
		}
		lower[strings.ToLower(p.Path)] = n
		s.byFile[p.File], s.byPath[p.Path] = n, n
		if n.IsFolder {
			folders[n.Folder] = n
		} else {
			leaves = append(leaves, n)
		}
	}
	f := forest{folders: folders, site: s}
	for _, n := range leaves {
		f.parent(folderOf(n.Page.Path)).adopt(n)
	}
	s.Root = f.parent("")
	for _, folder := range f.names() {
		if folder != "" {
			f.parent(folderOf(folder)).adopt(folders[folder])
		}
	}
	s.Root.settle("", &s.Order)
	return s, problems
}

func isReadme(file string) bool {
	return strings.EqualFold(strings.TrimSuffix(path.Base(file), path.Ext(file)), "readme")
}

func folderOf(p string) string {
	if dir := path.Dir(p); dir != "." {
		return dir
	}
	return ""
}

// forest finds the node of each folder, and makes up those that have no file.
type forest struct {
	folders map[string]*Node
	site    *Site
}

func (f *forest) parent(folder string) *Node {
	if n := f.folders[folder]; n != nil {
		return n
	}
	file := path.Join(folder, "index.md")
	name := f.site.Config.Title
	if folder != "" {
		name = page.HumanName(file)
	} else if name == "" {
		name = "Home"
	}
	p := &page.Page{File: file, Path: page.OutputPath(file), Name: name, NameHTML: page.Escape(name)}
	n := &Node{Page: p, IsFolder: true, Folder: folder, Made: true}
	f.folders[folder] = n
	f.site.byFile[file], f.site.byPath[p.Path] = n, n
	if folder != "" {
		f.parent(folderOf(folder))
	}
	return n
}

func (f *forest) names() []string {
	names := make([]string, 0, len(f.folders))
	for n := range f.folders {
		names = append(names, n)
	}
	for _, n := range names {
		if n != "" {
			f.parent(folderOf(n))
		}
	}
	names = names[:0]
	for n := range f.folders {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

func (n *Node) adopt(child *Node) {
	child.Parent = n
	n.Children = append(n.Children, child)
}

// settle orders the children of n, numbers them and appends the tree below n to the reading order.
func (n *Node) settle(number string, order *[]*Node) {
	n.Number, n.place = number, len(*order)
	*order = append(*order, n)
	slices.SortFunc(n.Children, before)
	count := 0
	for _, child := range n.Children {
		of := ""
		if n.Parent != nil || child.IsFolder {
			count++
			if of = strconv.Itoa(count); number != "" {
				of = number + "." + of
			}
		}
		child.settle(of, order)
	}
}

// before orders siblings: those that say where they stand first, then by name of file; at the root pages before folders.
func before(a, b *Node) int {
	if c := boolFirst(a.Page.Ordered, b.Page.Ordered); c != 0 {
		return c
	}
	if a.Page.Ordered {
		if c := cmp.Compare(a.Page.Order, b.Page.Order); c != 0 {
			return c
		}
	}
	if c := boolFirst(!a.IsFolder, !b.IsFolder); c != 0 {
		return c
	}
	return strings.Compare(a.Page.Path, b.Page.Path)
}

func boolFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// Renew is the same site with some of its pages read anew: old page to new one. It is much quicker than New, and the same
// where no page changed its place: file, order, draft. The site itself stays as it is.
func (s *Site) Renew(pages map[*page.Page]*page.Page) *Site {
	next := &Site{Config: s.Config, Order: make([]*Node, len(s.Order)), byFile: s.byFile, byPath: s.byPath}
	nodes, children := make([]Node, len(s.Order)), make([]*Node, 0, len(s.Order))
	for i, old := range s.Order {
		n := &nodes[i]
		*n = *old
		next.Order[i] = n
		if p := pages[old.Page]; p != nil {
			n.Page = p
		}
		if old.Parent != nil {
			n.Parent = &nodes[old.Parent.place]
		}
		from := len(children)
		for _, child := range old.Children {
			children = append(children, &nodes[child.place])
		}
		n.Children = children[from:len(children):len(children)]
	}
	next.Root = next.Order[0]
	return next
}

// File returns the node of a content file.
func (s *Site) File(file string) (*Node, bool) { return s.find(s.byFile, file) }

// At returns the node that is printed to an address.
func (s *Site) At(address string) (*Node, bool) { return s.find(s.byPath, address) }

// find looks a node up in an index, which may be that of the site that this one was renewed from.
func (s *Site) find(index map[string]*Node, key string) (*Node, bool) {
	if n := index[key]; n != nil {
		return s.Order[n.place], true
	}
	return nil, false
}

// Previous returns the node that is read before n, or nil.
func (s *Site) Previous(n *Node) *Node {
	if n.place == 0 {
		return nil
	}
	return s.Order[n.place-1]
}

// Next returns the node that is read after n, or nil.
func (s *Site) Next(n *Node) *Node {
	if n.place+1 >= len(s.Order) {
		return nil
	}
	return s.Order[n.place+1]
}

// Part returns the folder at the top of the site that n stands in, or nil.
func (n *Node) Part() *Node {
	for n != nil && n.Parent != nil {
		if n.Parent.Parent == nil {
			if n.IsFolder {
				return n
			}
			return nil
		}
		n = n.Parent
	}
	return nil
}

// Way returns the place among the children of n of the one that is to, or that to stands below; -1 where there is none.
func (n *Node) Way(to *Node) int {
	for to != nil && to.Parent != n {
		to = to.Parent
	}
	if to == nil {
		return -1
	}
	at, _ := slices.BinarySearchFunc(n.Children, to.place, func(child *Node, place int) int { return cmp.Compare(child.place, place) })
	return at
}
