package site

import (
	"maps"
	"path"
	"slices"
	"strings"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
)

// Checks is what a site is checked against.
type Checks struct {
	Prefix  string                 // how the content folder is named in problems
	Files   func(name string) bool // whether a file of the content folder is copied into the site
	Names   []string               // names of those files, for hints
	Made    func(name string) bool // whether the builder makes a file of this address
	Own     func(name string) bool // whether nothing else may take the address of such a file
	Index   func(name string) bool // whether the search index may take this address
	Drafts  map[string]bool        // content files that are left out as drafts
	Read    map[string]bool        // content files that pages read into themselves
	Lenient bool                   // broken links are warnings
}

// Checked is what a check found, for the next one to go on from.
type Checked struct {
	links map[string][]problem.Problem // by content file, where there are any
	rest  []problem.Problem
}

// Problems are all that were found.
func (c *Checked) Problems() []problem.Problem {
	all := slices.Clone(c.rest)
	for _, found := range c.links {
		all = append(all, found...)
	}
	return all
}

// Check follows every link of every page, and looks for old addresses that collide and for titles that are given twice.
func (s *Site) Check(k Checks) *Checked {
	c := &checker{site: s, k: k}
	found := &Checked{links: map[string][]problem.Problem{}}
	for _, n := range s.Order {
		c.links(n.Page, found)
	}
	c.aliases()
	c.addresses()
	c.titles()
	c.orphans()
	c.menu()
	found.rest = c.problems
	return found
}

// Recheck is Check of a site in which nothing changed but the text of some pages since before: their links are followed,
// those of all others hold as they did.
func (s *Site) Recheck(k Checks, before *Checked, changed []*page.Page) *Checked {
	c := &checker{site: s, k: k}
	found := &Checked{links: maps.Clone(before.links), rest: before.rest}
	for _, p := range changed {
		c.links(p, found)
	}
	return found
}

type checker struct {
	site     *Site
	k        Checks
	problems []problem.Problem
	shelves  [3]*shelf                      // by kind, made when a hint is wanted
	drafts   map[string]string              // by address, made when a link leads nowhere
	anchors  map[*page.Page]map[string]bool // of pages with many
}

// links follows the links of a page. Citations are passed over where the page of sources is missing, which is said once, of site.yaml.
func (c *checker) links(p *page.Page, into *Checked) {
	c.problems = nil
	_, sourced := c.site.File(c.site.Config.Sources)
	for i := range p.Links {
		if l := &p.Links[i]; l.Kind != page.External && (sourced || l.Kind != page.Cited) {
			c.link(l)
		}
	}
	delete(into.links, p.File)
	if len(c.problems) > 0 {
		into.links[p.File], c.problems = c.problems, nil
	}
}

func (c *checker) add(file string, line, column int, text, hint string, warning bool) {
	c.problems = append(c.problems, problem.Problem{File: path.Join(c.k.Prefix, file), Line: line, Column: column, Text: text, Hint: hint, Warning: warning})
}

func (c *checker) link(l *page.Link) {
	n, ok := c.site.File(l.Target)
	switch { // a page by its address; index.md where README.md heads the folder
	case ok:
	case strings.HasSuffix(l.Target, ".html"):
		n, ok = c.site.At(l.Target)
	case page.IsPage(l.Target):
		n, ok = c.site.At(page.OutputPath(l.Target))
	}
	switch {
	case ok && l.Anchor != "" && n.Page.File == c.site.Config.Glossary && !c.hasAnchor(n.Page, l.Anchor):
		c.add(l.File, l.Line, l.Column, "the glossary has no term "+l.Anchor, nearest(l.Anchor, n.Page.Anchors, "explain it in "+n.Page.File), c.k.Lenient)
	case ok && l.Anchor != "" && !c.hasAnchor(n.Page, l.Anchor):
		c.add(l.File, l.Line, l.Column, "link leads to no heading: "+n.Page.File+"#"+l.Anchor, nearest(l.Anchor, n.Page.Anchors, "see the headings of that page"), c.k.Lenient)
	case ok:
	case c.k.Files(l.Target) || c.k.Made(l.Target):
	case c.draft(l.Target) != "":
		c.add(l.File, l.Line, l.Column, "link leads to a draft: "+c.draft(l.Target), "publish that page, or build with --drafts", c.k.Lenient)
	case foreign(l) != "":
		c.add(l.File, l.Line, l.Column, "address has no https:// before it: "+foreign(l), "write https://"+foreign(l), c.k.Lenient)
	default:
		what := "link leads nowhere: "
		if l.Kind == page.Picture {
			what = "there is no picture "
		}
		c.add(l.File, l.Line, l.Column, what+l.Target, c.hint(l), c.k.Lenient)
	}
}

// draft returns the draft that a link names, by its file or its address, or "".
func (c *checker) draft(target string) string {
	if c.drafts == nil {
		c.drafts = make(map[string]string, len(c.k.Drafts))
		for _, file := range slices.Sorted(maps.Keys(c.k.Drafts)) {
			c.drafts[page.OutputPath(file)] = file
		}
	}
	if page.IsPage(target) {
		target = page.OutputPath(target)
	}
	return c.drafts[target]
}

// hasAnchor reports whether a page has an id; that of its own heading is the page itself. Answers in a link to the calculator (v1&…) are none, and always there.
func (c *checker) hasAnchor(p *page.Page, anchor string) bool {
	if anchor == "top" || anchor == page.Harmless(page.Slug(p.Name)) || p.Live && strings.HasPrefix(anchor, "v1&") {
		return true
	}
	if len(p.Anchors) < 16 {
		return slices.Contains(p.Anchors, anchor)
	}
	if c.anchors == nil {
		c.anchors = map[*page.Page]map[string]bool{}
	}
	set := c.anchors[p]
	if set == nil {
		set = make(map[string]bool, len(p.Anchors))
		for _, a := range p.Anchors {
			set[a] = true
		}
		c.anchors[p] = set
	}
	return set[anchor]
}

// aliases reports old addresses that belong to another page.
func (c *checker) aliases() {
	taken := map[string]string{} // in lower case: many disks know no other
	for _, name := range c.k.Names {
		taken[strings.ToLower(name)] = ""
	}
	for _, n := range c.site.Order {
		taken[strings.ToLower(n.Page.Path)] = n.Page.File
	}
	for _, n := range c.site.Order {
		for _, a := range n.Page.Aliases {
			address := strings.ToLower(a.Path)
			other, used := taken[address]
			if !used { // on many hosts a and a/ are one address
				other, used = taken[strings.TrimSuffix(address, ".html")+"/index.html"]
			}
			if used || c.k.Made(a.Path) {
				c.add(n.Page.File, a.Line, a.Column, "alias "+a.Path+" is taken"+by(other), "choose another address", false)
				continue
			}
			taken[address] = n.Page.File
		}
	}
}

// addresses reports files that would be printed over each other, on some host at least: names that differ by case alone, a file that
// stands where a page is printed, a page beside a folder of its name.
func (c *checker) addresses() {
	taken := map[string]string{}
	for _, n := range c.site.Order {
		if !n.Made {
			taken[strings.ToLower(n.Page.Path)] = n.Page.File
		}
	}
	for _, n := range c.site.Order {
		if c.k.Own(n.Page.Path) && !n.Made {
			c.add(n.Page.File, 0, 0, "would be printed to "+n.Page.Path+", which the builder makes", "rename it; the words of that page are the theme's", false)
		}
		if other, ok := taken[strings.ToLower(strings.TrimSuffix(n.Page.Path, ".html")+"/index.html")]; ok && !n.Made {
			c.add(n.Page.File, 0, 0, "stands beside "+path.Join(c.k.Prefix, other)+", and on many hosts both have one address", "move it into that folder, or rename one of them", false)
		}
	}
	for _, name := range c.k.Names {
		if other, ok := taken[strings.ToLower(name)]; ok {
			c.add(name, 0, 0, "would be printed to "+name+", and so would "+path.Join(c.k.Prefix, other), "rename one of them", false)
			continue
		}
		if !page.IsPage(name) && page.IsPage(strings.ToLower(name)) {
			c.add(name, 0, 0, "is copied as it stands: a page's name ends in .md, in small letters", "rename it", true)
		}
		if c.k.Own(name) {
			c.add(name, 0, 0, "stands in the place of a file that the builder makes", "rename it", false)
		}
		if c.k.Index(name) {
			c.add(name, 0, 0, "stands where the search index is written", "rename it, or its folder", false)
		}
		taken[strings.ToLower(name)] = name
	}
	c.folders(taken)
}

// folders reports files that would be printed where a folder of others stands: a page a.md beside a folder a.html. taken are the
// files by their addresses, in lower case; the addresses of twins and aliases are added to them.
func (c *checker) folders(taken map[string]string) {
	for _, n := range c.site.Order {
		if n.Made {
			continue
		}
		taken[strings.ToLower(strings.TrimSuffix(n.Page.Path, ".html")+".md")] = n.Page.File
		for _, a := range n.Page.Aliases {
			taken[strings.ToLower(a.Path)] = n.Page.File
		}
	}
	for address, file := range taken {
		for i, b := range address {
			if b != '/' {
				continue
			}
			if other, ok := taken[address[:i]]; ok {
				c.add(file, 0, 0, "would be printed to "+address+", but "+path.Join(c.k.Prefix, other)+" is printed to "+address[:i], "rename one of them", false)
				break
			}
		}
	}
}

func by(file string) string {
	if file == "" {
		return ""
	}
	return " by " + file
}

// titles warns of two pages with one title in one folder: readers and search cannot tell them apart.
func (c *checker) titles() {
	type key struct {
		parent *Node
		title  string
	}
	seen := map[key]*Node{}
	for _, n := range c.site.Order {
		if n.Made {
			continue
		}
		k := key{n.Parent, n.Page.Name}
		if other := seen[k]; other != nil {
			c.add(n.Page.File, 1, 0, "page has the same title as "+other.Page.File+": "+n.Page.Name, "tell them apart", true)
			continue
		}
		seen[k] = n
	}
}

// orphans warns of what readers do not find: pages beside the start page, which stand in no list, and pictures and data that
// no page shows. Pages in folders are listed by their folder.
func (c *checker) orphans() {
	used := map[string]bool{c.site.Config.Image: true, c.site.Config.Sources: true, c.site.Config.Glossary: true}
	for _, m := range c.site.Config.Menu {
		used[m.File] = true
	}
	for _, n := range c.site.Order {
		for _, l := range n.Page.Links {
			if l.Target != n.Page.File {
				used[l.Target] = true
			}
		}
	}
	for _, n := range c.site.Root.Children {
		if c.site.Root.Made { // it lists them
			break
		}
		if !n.IsFolder && !used[n.Page.File] && !used[n.Page.Path] {
			c.add(n.Page.File, 0, 0, "no page and no menu leads to this page", "link to it, or put it into a folder", true)
		}
	}
	for _, name := range c.k.Names {
		if shows[path.Ext(name)] && !used[name] && !c.k.Read[name] && !c.k.Made(name) { // favicon.svg takes the theme's place
			c.add(name, 0, 0, "no page shows this file", "show it, link to it, or take it away", true)
		}
	}
}

// shows are the kinds of files that stand in a content folder to be shown by a page.
var shows = map[string]bool{".png": true, ".jpg": true, ".jpeg": true, ".gif": true, ".svg": true, ".webp": true, ".avif": true, ".csv": true}

// menu checks what site.yaml names, from the content folder.
func (c *checker) menu() {
	for _, m := range c.site.Config.Menu {
		if _, ok := c.site.File(m.File); !ok {
			c.add(ConfigFile, m.Line, m.Column, "menu leads nowhere: "+m.File, didYouMean(c.meant(m.File, pages), "name a file of the content folder"), c.k.Lenient)
		}
	}
	named := func(key, file, what string, k kind) {
		at := c.site.Config.At[key]
		c.add(ConfigFile, at.Line, at.Column, key+" names no "+what+": "+file, didYouMean(c.meant(file, k), "name a "+what+" of the content folder"), c.k.Lenient)
	}
	for _, key := range [...]struct{ name, file string }{{"sources", c.site.Config.Sources}, {"glossary", c.site.Config.Glossary}} {
		if _, ok := c.site.File(key.file); key.file != "" && !ok {
			named(key.name, key.file, "page", pages)
		}
	}
	if image := c.site.Config.Image; image != "" && !c.k.Files(image) {
		named("image", image, "picture", pictures)
	}
}
