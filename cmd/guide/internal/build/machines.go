package build

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/picture"
	"whentofinetune/cmd/guide/internal/render"
	"whentofinetune/cmd/guide/internal/search"
	"whentofinetune/cmd/guide/internal/site"
)

const searchFolder = "search/"

// made reports whether the builder makes a file of this address besides pages, as far as a page may link to it.
func (b *builder) made(name string) bool {
	switch name {
	case "404.html", wholePath, "robots.txt", "llms.txt", "site.webmanifest":
		return true
	case "feed.xml", "sitemap.xml":
		return b.config.Base != ""
	case downloadPath:
		return b.showsWhole() && b.render.Has("download")
	case embedPath:
		return b.showsWhole() && b.render.Has("embed")
	}
	return slices.Contains(b.themeStatic(), name)
}

// own reports whether nothing else may take this address: every page of the site leads or looks there. An author's robots.txt,
// icons and the like do take the place of the builder's.
func own(name string) bool { return name == "404.html" || name == wholePath || name == workerPath }

// indexed reports whether an address may be one of the search index.
func indexed(name string) bool {
	return path.Dir(name)+"/" == searchFolder && path.Ext(name) == ".js"
}

// indexFiles makes the search index.
func (b *builder) indexFiles() []File {
	words := make([]search.Words, 0, len(b.kept))
	var pages []*site.Node
	for _, n := range b.site.Order {
		if k := b.byFile[n.Page.File]; k != nil && !n.Made {
			w := k.words
			w.Number = n.Number
			words, pages = append(words, w), append(pages, n)
		}
	}
	made := search.New(b.vocabulary, words)
	var files []File
	for _, f := range made.Files {
		files = append(files, File{Path: searchFolder + f.Name, Kind: Static, Bytes: func() ([]byte, error) { return f.Data, nil }})
	}
	for n := range made.Texts {
		files = append(files, File{Path: searchFolder + search.TextName(n), Kind: Static, Bytes: func() ([]byte, error) {
			from, to := made.Pages(n, len(pages))
			part := make([]search.Page, 0, to-from)
			for _, node := range pages[from:to] {
				part = append(part, searchPage(node.Page, b.sections(node)))
			}
			return made.Text(n, part).Data, nil
		}})
	}
	return files
}

// redirect is the page at an old address of n.
func (b *builder) redirect(n *site.Node, from string) []byte {
	canonical := ""
	if b.config.Base != "" {
		canonical = b.absolute(canonicalPath(n.Page.Path))
	}
	return render.Redirect(b.config.Language, n.Page.Name, page.Relative(from, n.Page.Path), canonical)
}

// addMachines adds what crawlers, hosts and installers read.
func (b *builder) addMachines(o *Output, f *frames) {
	put := func(name string, kind Kind, make func() []byte) {
		o.add(File{Path: name, Kind: kind, Bytes: func() ([]byte, error) { return make(), nil }})
	}
	base := b.config.Base
	if base != "" {
		put("sitemap.xml", Meta, func() []byte {
			return render.Sitemap(b.listed(func(n *site.Node) string { return b.absolute(canonicalPath(n.Page.Path)) }))
		})
		put("feed.xml", Meta, func() []byte {
			list := b.listed(func(n *site.Node) string { return b.absolute(canonicalPath(n.Page.Path)) })
			slices.SortStableFunc(list, func(a, b render.Listed) int { return strings.Compare(b.Date, a.Date) })
			return render.Feed(f.site, base, f.site.Title, list[:min(len(list), 50)])
		})
	}
	put("robots.txt", Meta, func() []byte {
		if base == "" {
			return render.Robots("")
		}
		return render.Robots(base + "sitemap.xml")
	})
	put("llms.txt", Meta, func() []byte {
		return render.LLMs(f.site, b.listed(func(n *site.Node) string { return b.absolute(twinPath(n.Page.Path)) }))
	})
	put("site.webmanifest", Meta, func() []byte { return render.Manifest(f.site, b.icons(), b.colours()) })
	put("_headers", Meta, func() []byte { return o.headers() })
	put(".nojekyll", Meta, func() []byte { return nil })
	o.add(File{Path: "404.html", Kind: Page, Bytes: func() ([]byte, error) { return f.print(f.notFound()) }})
}

// socialFolder holds the pictures that stand beside links to the site where they are shared.
const socialFolder = "social/"

// socialPath is the picture of a part of the site, or of the site itself.
func socialPath(part *site.Node) string {
	if part == nil || part.Folder == "" {
		return socialFolder + "site.png"
	}
	return socialFolder + strings.ReplaceAll(part.Folder, "/", "-") + ".png"
}

// addSocial adds a picture of the site and one of each part, where there is an address that they can be had from and the
// site names none of its own.
func (b *builder) addSocial(o *Output, f *frames) {
	if b.config.Base == "" || b.config.Image != "" {
		return
	}
	add := func(part *site.Node, number, title string) {
		o.add(File{Path: socialPath(part), Kind: Static, Bytes: func() ([]byte, error) { return picture.Draw(f.site.Title, number, title), nil }})
	}
	add(nil, "", "")
	for _, part := range f.parts {
		add(part, part.Number, part.Page.Name)
	}
}

func (b *builder) listed(address func(*site.Node) string) []render.Listed {
	list := make([]render.Listed, 0, len(b.site.Order))
	for _, n := range b.site.Order {
		list = append(list, render.Listed{Address: address(n), Title: n.Page.Name, Description: n.Page.Summary, Date: n.Page.Reviewed, Depth: depth(n)})
	}
	return list
}

func depth(n *site.Node) int {
	d := 0
	for ; n.Parent != nil; n = n.Parent {
		d++
	}
	return d
}

func (b *builder) icons() []render.Icon {
	var icons []render.Icon
	for _, name := range b.themeStatic() {
		switch {
		case name == "favicon.svg":
			icons = append(icons, render.Icon{Address: name, Sizes: "any", Type: "image/svg+xml"})
		case strings.HasPrefix(name, "icon-") && strings.HasSuffix(name, ".png"):
			size, maskable := strings.CutPrefix(strings.TrimSuffix(strings.TrimPrefix(name, "icon-"), ".png"), "maskable-")
			icon := render.Icon{Address: name, Sizes: size + "x" + size, Type: "image/png"}
			if maskable {
				icon.Purpose = "maskable"
			}
			icons = append(icons, icon)
		}
	}
	return icons
}

// paperColour finds the colour of the theme's paper in light, which an installed site shows before its first page.
var paperColour = regexp.MustCompile(`<meta name="theme-color" content="(#[0-9a-f]{6})"`)

func (b *builder) colours() string {
	text, err := fs.ReadFile(b.in.Theme, "layouts/parts.html")
	if m := paperColour.FindSubmatch(text); err == nil && m != nil {
		return string(m[1])
	}
	return ""
}

// notFound is the frame of 404.html, which is shown at any depth: it carries its style and a few lines of script, and
// its policy allows exactly those.
func (f *frames) notFound() *render.Frame {
	frame := f.blank("404.html")
	frame.Kind, frame.Title, frame.TitleHTML = "notfound", "Page not found", "There is no page here"
	frame.Body = "<p>The address may be old, or mistyped. The parts of the guide are below; each leads on.</p>"
	frame.Canonical = ""
	frame.Prefix = "/"
	if base := f.b.config.Base; base != "" {
		if _, rest, ok := strings.Cut(base, "://"); ok {
			if i := strings.IndexByte(rest, '/'); i >= 0 {
				frame.Prefix = rest[i:]
			}
		}
	} else {
		frame.Prefix = ""
	}
	frame.Menu = append(frame.Menu, render.Link{Title: "Start", Href: "index.html"})
	for _, s := range f.parts {
		frame.Sections = append(frame.Sections, render.Link{Number: s.Number, Title: s.Page.Name, Href: s.Page.Path})
	}
	assets := f.b.assets
	style, script := assets.Files[assets.Names["notfound.css"]], assets.Files[assets.Names["notfound.js"]]
	frame.InlineStyle, frame.InlineScript = template.CSS(style), template.JS(script)
	frame.CSP = "default-src 'none'; script-src " + hashSource(script) + "; style-src " + hashSource(style) + "; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
	return frame
}

func hashSource(data []byte) string {
	sum := sha256.Sum256(data)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
