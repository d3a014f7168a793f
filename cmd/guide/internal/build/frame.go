package build

import (
	"bytes"
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"sync"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/picture"
	"whentofinetune/cmd/guide/internal/render"
	"whentofinetune/cmd/guide/internal/site"
)

// csp is the Content-Security-Policy of every page but 404.html and the single-file download: nothing that is not the
// site's own, nothing inline, and Trusted Types with one policy.
const csp = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types guide"

// wordsPerMinute is how fast prose is read: 238 words (Brysbaert 2019, a review of 190 studies of reading in English).
const wordsPerMinute = 238

// navWindow is how many siblings the navigation shows at most; in larger folders those around the page.
const navWindow = 40

// frames makes the frame of each page of one site.
type frames struct {
	b      *builder
	site   render.Site
	date   string            // newest review
	parts  []*site.Node      // folders at the top
	offers map[string]string // data attributes by name, addresses from the root

	downloads func() bool // whether there is a calculator to keep: looked up among all pages, once
}

func (b *builder) newFrames() *frames {
	c := &b.config
	f := &frames{b: b, site: render.Site{Title: c.Title, Description: c.Description, Language: c.Language, Direction: direction(c.Language), Sourced: c.Sources != "", BaseURL: c.Base, Source: c.Source}}
	if f.site.Title == "" {
		f.site.Title = b.site.Root.Page.Name
	}
	f.site.TitleHTML = italic(f.site.Title)
	if c.Image != "" {
		f.site.SocialImage = c.Image
	}
	for _, n := range b.site.Order {
		f.date = max(f.date, n.Page.Reviewed)
	}
	for _, n := range b.site.Root.Children {
		if n.IsFolder {
			f.parts = append(f.parts, n)
		}
	}
	f.offers, f.downloads = b.offers(), sync.OnceValue(b.downloads)
	return f
}

// italic prints a title with its hyphenated words in italic, which is how the masthead is set.
func italic(title string) template.HTML {
	words := strings.Fields(title)
	for i, w := range words {
		words[i] = page.Escape(w)
		if strings.Contains(strings.Trim(w, "-"), "-") {
			words[i] = "<em>" + words[i] + "</em>"
		}
	}
	return template.HTML(strings.Join(words, " "))
}

// blank is a frame with what every page shares, for a page at an address.
func (f *frames) blank(address string) *render.Frame {
	root := strings.Repeat("../", strings.Count(address, "/"))
	rel := func(to string) string { return page.Relative(address, to) }
	frame := &render.Frame{
		Site: f.site, Path: address, Root: root, Home: rel("index.html"), Date: f.date, SearchPage: rel("search/"), Print: rel("print.html"),
		CSP: csp, Data: map[string]string{"root": orElse(root, "./")}, Minutes: 1,
	}
	if f.b.config.Base != "" {
		frame.Feed = rel("feed.xml")
		frame.Canonical = f.b.absolute(canonicalPath(address))
		f.picture(frame, nil)
	}
	if f.downloads() {
		frame.Download = rel(downloadPath)
	}
	frame.Manifest, frame.LLMs = rel("site.webmanifest"), rel("llms.txt")
	for name, to := range f.offers {
		frame.Data[name] = rel(to)
	}
	named := func(list *[]string, bundle string) {
		if to := f.b.assets.Names[bundle]; to != "" {
			*list = append(*list, rel(to))
		}
	}
	named(&frame.Styles, "site.css")
	named(&frame.Early, "early.js")
	named(&frame.Scripts, "site.js")
	return frame
}

// picture names the picture of a page for previews: the site's own, or the one drawn for its part.
func (f *frames) picture(frame *render.Frame, part *site.Node) {
	switch {
	case f.b.config.Base == "":
	case f.site.SocialImage != "":
		frame.Social = f.b.absolute(f.site.SocialImage)
	default:
		if part != nil && !part.IsFolder {
			part = nil
		}
		frame.Social, frame.SocialWidth, frame.SocialHeight = f.b.absolute(socialPath(part)), picture.Width, picture.Height
	}
}

// absolute is an address from the site's root as the world writes it: with the site's own before it, where that is known, and
// percent-encoded.
func (b *builder) absolute(address string) string {
	return b.config.Base + (&url.URL{Path: address}).EscapedPath()
}

// canonicalPath leaves out index.html, so that one page has one address.
func canonicalPath(address string) string {
	if address == "index.html" {
		return ""
	}
	if dir, found := strings.CutSuffix(address, "/index.html"); found {
		return dir + "/"
	}
	return address
}

// page is the frame of one page.
func (f *frames) page(n *site.Node) *render.Frame {
	p := n.Page
	frame := f.blank(p.Path)
	rel := func(to *site.Node) string { return page.Relative(p.Path, to.Page.Path) }
	frame.Title, frame.TitleHTML = p.Name, template.HTML(p.NameHTML)
	frame.Description, frame.Number, frame.Reviewed = p.Summary, n.Number, p.Reviewed
	frame.Kind = kind(n)
	frame.Minutes = max(1, (p.Words+wordsPerMinute/2)/wordsPerMinute)
	body := f.b.body(n)
	frame.Body = template.HTML(body)
	if frame.Kind == "article" || frame.Kind == "section" {
		frame.Lede, frame.Body = lede(p, body)
	}
	if edit := f.b.config.Edit; edit != "" && !n.Made {
		frame.EditURL = strings.ReplaceAll(edit, "{path}", page.EscapePath(p.File))
		if !strings.Contains(edit, "{path}") {
			frame.EditURL = strings.TrimRight(edit, "/") + "/" + page.EscapePath(p.File)
		}
	}
	f.picture(frame, n.Part())
	frame.Twin = page.Relative(p.Path, twinPath(p.Path))
	frame.Contents = contents(p)
	f.around(frame, n, rel)
	for _, c := range p.Citations {
		href := ""
		if f.b.config.Sources != "" {
			href = page.Relative(p.Path, page.OutputPath(f.b.config.Sources)) + "#" + page.Slug(c.Key)
		}
		frame.Sources = append(frame.Sources, render.Citation{Key: c.Key, Title: c.Title, Authors: c.Authors, Year: c.Year, Address: webAddress(c.Address), Read: c.Read,
			Grade: c.Grade, Figure: c.Figure, Second: c.Second, Href: href})
	}
	if p.File == f.b.config.Sources {
		frame.CitedOn = f.b.citedOn(rel)
	}
	if p.Live {
		f.calculates(frame)
	}
	frame.JSONLD = render.StructuredData(frame, f.crumbList(n))
	return frame
}

// citedOn lists the sources that the site cites, by key, with the pages that do, in reading order.
func (b *builder) citedOn(rel func(*site.Node) string) []render.CitedOn {
	var all []render.CitedOn
	at := map[string]int{}
	for _, n := range b.site.Order {
		for _, c := range n.Page.Citations {
			i, seen := at[c.Key]
			if !seen {
				i = len(all)
				at[c.Key] = i
				all = append(all, render.CitedOn{Key: c.Key, Grade: c.Grade, Href: "#" + page.Slug(c.Key)})
			}
			all[i].Pages = append(all[i].Pages, render.Link{Number: n.Number, Title: n.Page.Name, Href: rel(n)})
		}
	}
	slices.SortFunc(all, func(x, y render.CitedOn) int {
		return cmp.Or(strings.Compare(strings.ToLower(x.Key), strings.ToLower(y.Key)), strings.Compare(x.Key, y.Key))
	})
	return all
}

// calculates gives a frame what a live calculator needs.
func (f *frames) calculates(frame *render.Frame) {
	frame.HasCalculator = true
	for _, m := range f.b.modules() {
		frame.Data[m.attribute] = page.Relative(frame.Path, m.address)
	}
	if to := f.b.assets.Names["calculator.css"]; to != "" {
		frame.Styles = append(frame.Styles, page.Relative(frame.Path, to))
	}
	if to := f.b.assets.Names["calculator.js"]; to != "" {
		frame.Scripts = append(frame.Scripts, page.Relative(frame.Path, to))
	}
}

// webAddress lets only addresses of the web through.
func webAddress(s string) string {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s
	}
	return ""
}

// direction is "rtl" for a language that is written from the right, as the Unicode CLDR has it.
func direction(language string) string {
	primary, _, _ := strings.Cut(strings.ToLower(language), "-")
	if slices.Contains([]string{"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}, primary) {
		return "rtl"
	}
	return ""
}

// around fills what a frame shows of other pages.
func (f *frames) around(frame *render.Frame, n *site.Node, rel func(*site.Node) string) {
	for up := n.Parent; up != nil; up = up.Parent {
		frame.Crumbs = append([]render.Link{{Number: up.Number, Title: up.Page.Name, Href: rel(up)}}, frame.Crumbs...)
	}
	part := n.Part()
	parts := f.parts
	if n.Parent != nil { // the start page leads to every part
		parts = window(parts, slices.Index(parts, part))
	}
	for _, s := range parts {
		link := render.Link{Number: s.Number, Title: s.Page.Name, Href: rel(s), Current: s == part}
		frame.Sections = append(frame.Sections, link)
		if s != part {
			frame.Others = append(frame.Others, link)
		}
	}
	if frame.Kind == "start" {
		frame.Parts = f.overview(rel)
	}
	for _, m := range f.b.config.Menu {
		if to, ok := f.b.site.File(m.File); ok {
			current := to == n || to.IsFolder && to.Parent != nil && to == part
			frame.Menu = append(frame.Menu, render.Link{Title: m.Title, Href: rel(to), Current: current})
		}
	}
	if len(f.b.config.Menu) == 0 {
		for _, s := range f.parts[:min(len(f.parts), 5)] {
			frame.Menu = append(frame.Menu, render.Link{Title: s.Page.Name, Href: rel(s), Current: s == part})
		}
	}
	if before := f.b.site.Previous(n); before != nil {
		frame.Previous = &render.Link{Number: before.Number, Title: before.Page.Name, Href: rel(before)}
	}
	if after := f.b.site.Next(n); after != nil {
		frame.Next = &render.Link{Number: after.Number, Title: after.Page.Name, Href: rel(after)}
	}
	if n.IsFolder {
		for _, child := range n.Children {
			frame.Pages = append(frame.Pages, render.Entry{Number: child.Number, Title: child.Page.Name, Description: child.Page.Summary, Href: rel(child), Reviewed: child.Page.Reviewed})
		}
	}
	if part != nil {
		frame.Section = &render.Nav{Number: part.Number, Title: part.Page.Name, Href: rel(part), Current: part == n, Pages: branch(part, n, rel)}
	}
}

// firstPages is how many pages of each part the start page shows.
const firstPages = 12

// overview lists the parts of the site with their first pages.
func (f *frames) overview(rel func(*site.Node) string) []render.Nav {
	var all []render.Nav
	for _, part := range f.parts {
		nav := render.Nav{Number: part.Number, Title: part.Page.Name, Href: rel(part)}
		for _, n := range part.Children[:min(len(part.Children), firstPages)] {
			nav.Pages = append(nav.Pages, render.NavPage{Number: n.Number, Title: n.Page.Name, Href: rel(n), Folder: n.IsFolder})
		}
		all = append(all, nav)
	}
	return all
}

// branch lists the pages of a folder, the way to the page n open: the folders that n is in and, where it is a folder,
// n itself.
func branch(folder, n *site.Node, rel func(*site.Node) string) []render.NavPage {
	way := folder.Way(n) // the child that n is, or is in
	open := (*site.Node)(nil)
	if way >= 0 {
		open = folder.Children[way]
	}
	var pages []render.NavPage
	for _, child := range window(folder.Children, way) {
		line := render.NavPage{Number: child.Number, Title: child.Page.Name, Href: rel(child), Current: child == n, Folder: child.IsFolder}
		if child == n {
			line.Headings = contents(n.Page)
		}
		if child == open {
			line.Pages = branch(child, n, rel)
		}
		pages = append(pages, line)
	}
	return pages
}

// window is what the navigation shows of siblings: those around the one at a place, or the first.
func window(siblings []*site.Node, at int) []*site.Node {
	from := max(0, min(at-navWindow/2, len(siblings)-navWindow))
	return siblings[from:min(len(siblings), from+navWindow)]
}

// contents are the headings of level 2 and 3, numbered within the page.
func contents(p *page.Page) []render.Heading {
	var all []render.Heading
	major, minor := 0, 0
	for _, h := range p.Headings {
		number := ""
		switch h.Level {
		case 2:
			major, minor = major+1, 0
			number = itoa(major)
		case 3:
			minor++
			if number = itoa(minor); major > 0 {
				number = itoa(major) + "." + number
			}
		default:
			continue
		}
		all = append(all, render.Heading{ID: h.ID, Title: h.Title, Number: number, Level: h.Level})
	}
	return all
}

// kind is the layout of a page: what its front matter says, else by its place.
func kind(n *site.Node) string {
	switch {
	case n.Page.Layout != "":
		return n.Page.Layout
	case n.Parent == nil && !n.Made:
		return "start"
	case n.IsFolder: // also a start page that nobody wrote: it lists what there is
		return "section"
	}
	return "article"
}

func (f *frames) crumbList(n *site.Node) []render.Listed {
	var all []render.Listed
	for at := n; at != nil; at = at.Parent {
		all = append([]render.Listed{{Address: f.b.absolute(canonicalPath(at.Page.Path)), Title: at.Page.Name}}, all...)
	}
	return all
}

// print renders a frame; what the layouts have wrong comes back as an error that holds problems.
func (f *frames) print(frame *render.Frame) ([]byte, error) {
	data, problems := f.b.render.Page(frame)
	if len(problems) > 0 {
		return nil, Problems(problems)
	}
	return bytes.TrimLeft(data, "\n"), nil
}
