package build

import (
	"fmt"
	"html/template"
	"strings"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/render"
)

// wholePath is the address of the whole guide as one page.
const wholePath = "print.html"

// addWhole adds the whole guide as one page, for printing and for reading on.
func (b *builder) addWhole(o *Output, f *frames) {
	o.add(File{Path: wholePath, Kind: Page, Bytes: func() ([]byte, error) { return f.print(f.whole()) }})
}

// wholeLimit keeps the one page within what a browser opens and prints, about 10 MB: of sites above it the page names the
// parts and sections in its place, which can be printed one by one.
const wholeLimit = 400

// whole is the frame of print.html: every page in reading order, ids and links made the page's own.
func (f *frames) whole() *render.Frame {
	frame := f.blank(wholePath)
	frame.Kind, frame.Title = "print", f.site.Title
	frame.TitleHTML = template.HTML(page.Escape(f.site.Title))
	frame.Description = "The whole guide as one page."
	frame.Crumbs = []render.Link{{Title: f.b.site.Root.Page.Name, Href: "index.html"}}
	if len(f.b.site.Order) > wholeLimit {
		frame.Body = template.HTML(fmt.Sprintf("<p>With %d pages this site is too large for one page, which holds at most %d. Each page prints by itself; these are its parts and sections.</p>\n", len(f.b.site.Order), wholeLimit))
		for _, n := range f.b.site.Order {
			if n.IsFolder && n.Parent != nil {
				frame.Sections = append(frame.Sections, render.Link{Number: n.Number, Title: n.Page.Name, Href: n.Page.Path})
			}
		}
		return frame
	}
	inside := map[string]string{}
	for _, n := range f.b.site.Order {
		if n.Made || kind(n) == "calculator" {
			continue // not on this page: links lead to its own
		}
		inside[n.Page.Path] = "page-" + page.Slug(strings.TrimSuffix(strings.ReplaceAll(n.Page.Path, "/", "-"), ".html"))
	}
	var out strings.Builder
	for _, n := range f.b.site.Order {
		id := inside[n.Page.Path]
		if id == "" {
			continue
		}
		number := ""
		if n.Number != "" {
			number = `<span class="no">` + n.Number + "</span> "
		}
		class := "whole-page prose"
		if n.IsFolder && depth(n) == 1 {
			class += " whole-part"
		}
		out.WriteString(`<section class="` + class + `" id="` + id + `"><h2>` + number + n.Page.NameHTML + "</h2>\n")
		out.Write(page.Join(f.b.body(n), id, func(href string) string { return joinLink(n.Page.Path, href, id, inside) }))
		out.WriteString("</section>\n")
		frame.Contents = append(frame.Contents, render.Heading{ID: id, Title: n.Page.Name, Number: n.Number, Level: min(2+strings.Count(n.Number, "."), 6)})
	}
	frame.Body = template.HTML(out.String())
	return frame
}

// joinLink is where a link of a page leads on the joined one.
func joinLink(from, href, prefix string, inside map[string]string) string {
	if anchor, found := strings.CutPrefix(href, "#"); found {
		if anchor == "" {
			return "#" + prefix
		}
		return "#" + prefix + "-" + anchor
	}
	if strings.Contains(href, ":") || strings.HasPrefix(href, "//") {
		return href
	}
	to, anchor, hasAnchor := strings.Cut(href, "#")
	target := resolveAddress(from, to)
	id, ok := inside[target]
	switch {
	case !ok || strings.HasPrefix(anchor, "v1"):
		if hasAnchor {
			return target + "#" + anchor
		}
		return target
	case anchor != "":
		return "#" + id + "-" + anchor
	}
	return "#" + id
}

// resolveAddress is the address from the site's root that a relative link on a page leads to.
func resolveAddress(from, to string) string {
	parts := strings.Split(from, "/")
	parts = parts[:len(parts)-1]
	for step := range strings.SplitSeq(to, "/") {
		switch {
		case step == ".." && len(parts) > 0:
			parts = parts[:len(parts)-1]
		case step != "." && step != "..":
			parts = append(parts, step)
		}
	}
	return strings.Join(parts, "/")
}
