package render

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html/template"
	"strings"
)

// Listed is a page as sitemap, feed and llms.txt name it.
type Listed struct {
	Address     string // absolute where a base address is known, else from the site's root
	Title       string
	Description string
	Date        string // 2026-11-23 or empty
	Depth       int    // 0 at the root
}

// Sitemap lists pages in the format of sitemaps.org 0.9. Addresses must be absolute.
func Sitemap(pages []Listed) []byte {
	type entry struct {
		Address string `xml:"loc"`
		Date    string `xml:"lastmod,omitempty"`
	}
	set := struct {
		XMLName xml.Name `xml:"urlset"`
		Space   string   `xml:"xmlns,attr"`
		Entries []entry  `xml:"url"`
	}{Space: "http://www.sitemaps.org/schemas/sitemap/0.9"}
	for _, p := range pages {
		set.Entries = append(set.Entries, entry{p.Address, p.Date})
	}
	return xmlFile(set)
}

// Feed lists what was reviewed last as an Atom feed (RFC 4287). base is the site's absolute address.
func Feed(site Site, base, author string, pages []Listed) []byte {
	type link struct {
		Address string `xml:"href,attr"`
		Kind    string `xml:"rel,attr,omitempty"`
	}
	type entry struct {
		Title   string `xml:"title"`
		ID      string `xml:"id"`
		Link    link   `xml:"link"`
		Date    string `xml:"updated"`
		Summary string `xml:"summary,omitempty"`
	}
	feed := struct {
		XMLName  xml.Name `xml:"feed"`
		Space    string   `xml:"xmlns,attr"`
		Title    string   `xml:"title"`
		Subtitle string   `xml:"subtitle,omitempty"`
		ID       string   `xml:"id"`
		Links    []link   `xml:"link"`
		Date     string   `xml:"updated"`
		Author   string   `xml:"author>name"`
		Entries  []entry  `xml:"entry"`
	}{Space: "http://www.w3.org/2005/Atom", Title: site.Title, Subtitle: site.Description, ID: base, Author: author,
		Links: []link{{base, ""}, {base + "feed.xml", "self"}}, Date: "1970-01-01T00:00:00Z"}
	for _, p := range pages {
		if p.Date == "" {
			continue
		}
		date := p.Date + "T00:00:00Z"
		feed.Date = max(feed.Date, date)
		feed.Entries = append(feed.Entries, entry{p.Title, p.Address, link{Address: p.Address}, date, p.Description})
	}
	return xmlFile(feed)
}

func xmlFile(value any) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	if err := e.Encode(value); err != nil {
		panic("render: " + err.Error()) // structs of strings only
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// Robots lets everybody in and names the sitemap, if there is one.
func Robots(sitemap string) []byte {
	text := "User-agent: *\nDisallow:\n"
	if sitemap != "" {
		text += "\nSitemap: " + sitemap + "\n"
	}
	return []byte(text)
}

// LLMs lists the pages for language models, as llmstxt.org proposes: title, summary, then links to the Markdown of each page.
func LLMs(site Site, pages []Listed) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", line(site.Title))
	if site.Description != "" {
		fmt.Fprintf(&b, "\n> %s\n", line(site.Description))
	}
	for i, p := range pages {
		if p.Depth == 0 && (i == 0 || pages[i-1].Depth > 0) || p.Depth == 1 && strings.HasSuffix(p.Address, "/index.md") {
			fmt.Fprintf(&b, "\n## %s\n\n", line(p.Title))
		}
		fmt.Fprintf(&b, "- [%s](%s)", inBrackets.Replace(line(p.Title)), p.Address)
		if p.Description != "" {
			fmt.Fprintf(&b, ": %s", line(p.Description))
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

// inBrackets writes a title so that it stays the text of a link.
var inBrackets = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`)

func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// Icon is a picture of the web manifest.
type Icon struct {
	Address string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose,omitempty"` // "maskable": may be cut to a circle
}

// Manifest is the web application manifest. Addresses are relative to the site's root; colour, #rrggbb, is the paper's and
// may be empty.
func Manifest(site Site, icons []Icon, colour string) []byte {
	members := map[string]any{
		"id": "./", "name": site.Title, "short_name": site.Title, "description": site.Description, "lang": site.Language,
		"start_url": "index.html", "scope": "./", "display": "minimal-ui", "icons": icons,
	}
	if colour != "" {
		members["theme_color"], members["background_color"] = colour, colour
	}
	data, err := json.MarshalIndent(members, "", " ")
	if err != nil {
		panic("render: " + err.Error()) // strings only
	}
	return append(data, '\n')
}

// StructuredData is the page as schema.org describes articles and the way to them, in one script element of JSON-LD.
// It is data, not script: a Content-Security-Policy does not forbid it.
func StructuredData(f *Frame, crumbs []Listed) template.HTML {
	kind := "TechArticle"
	if f.Kind == "start" {
		kind = "WebSite"
	}
	page := map[string]any{"@context": "https://schema.org", "@type": kind, "name": f.Title, "inLanguage": f.Site.Language}
	if f.Description != "" {
		page["description"] = f.Description
	}
	if f.Canonical != "" {
		page["url"] = f.Canonical
	}
	if f.Reviewed != "" {
		page["dateModified"] = f.Reviewed
	}
	if f.Social != "" {
		page["image"] = f.Social
	}
	if kind == "TechArticle" {
		page["headline"] = f.Title
		page["isPartOf"] = map[string]any{"@type": "WebSite", "name": f.Site.Title}
	}
	graph := []any{page}
	if len(crumbs) > 1 && f.Canonical != "" {
		items := make([]any, len(crumbs))
		for i, c := range crumbs {
			items[i] = map[string]any{"@type": "ListItem", "position": i + 1, "name": c.Title, "item": c.Address}
		}
		graph = append(graph, map[string]any{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})
	}
	data, err := json.Marshal(graph) // escapes <, > and &
	if err != nil {
		panic("render: " + err.Error()) // strings only
	}
	return template.HTML(`<script type="application/ld+json">` + string(data) + `</script>`)
}

// Redirect is the page that stands at an old address and leads to a new one, given from there.
func Redirect(language, title, to, canonical string) []byte {
	e := template.HTMLEscapeString
	link := ""
	if canonical != "" {
		link = `<link rel="canonical" href="` + e(canonical) + `">`
	}
	return []byte(`<!doctype html>
<html lang="` + e(language) + `"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>` + e(title) + `</title>` + link + `<meta http-equiv="refresh" content="0; url=` + e(to) + `"></head>
<body><main><h1>This page has moved</h1><p>It is now at <a href="` + e(to) + `">` + e(title) + `</a>.</p></main></body></html>
`)
}
