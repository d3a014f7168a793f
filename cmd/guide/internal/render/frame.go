package render

import "html/template"

// Frame is everything that a layout sees: one page and what this page shows of the others. A layout never sees the
// site, so that a page needs printing again only when its own frame changes.
//
// Every file in theme/layouts is parsed into one set of templates. A page of kind K is printed by the file K.html of
// that folder (start.html, article.html, calculator.html, section.html, plain.html, print.html, notfound.html); what
// they share stands in {{define}} blocks in any file of the folder, whose names hold for the whole set. A layout must
// print CSP in a meta element before anything that loads, and every address as it is given: all but Canonical and
// the addresses of Sources are relative to the page, so that the same bytes work under any folder and from a disk.
//
// Functions of the templates beside the usual ones: none. What needs thinking is a field here.
type Frame struct {
	Site Site

	Title       string        // plain text, for <title> and meta elements
	TitleHTML   template.HTML // the same with its emphasis and code, for the heading
	Description string        // one or two sentences of plain text; may be empty
	Number      string        // "2", "2.1" by the order in the site; empty when the page is not numbered
	Path        string        // address of this page from the site's root: "decide/lora.html"
	Root        string        // prefix from this page to the site's root: "", "../", "../../"
	Home        string        // address of the start page from here
	Canonical   string        // absolute address; empty without a base address
	Reviewed    string        // 2026-11-23 or empty
	Date        string        // the newest review of the whole site, 2026-11-23 or empty
	Minutes     int           // reading time, at least 1
	EditURL     string        // empty when site.yaml names no place to edit
	Twin        string        // address of the Markdown of this page from here; empty when there is none
	SearchPage  string        // address of the search index's folder from here, "../search/"
	Print       string        // address of the printable guide from here; empty when there is none
	Feed        string        // address of the feed from here; empty when there is none
	Manifest    string        // address of the web manifest from here
	LLMs        string        // address of llms.txt from here
	Download    string        // address of the calculator in a single file from here; empty when there is none
	Kind        string        // start, article, calculator, section, plain, print or notfound

	Crumbs   []Link    // from the start page to the folder above; empty on the start page
	Section  *Nav      // the part of the site around this page; nil on pages outside any
	Sections []Link    // the parts of the site, with their numbers
	Others   []Link    // those of them that this page is no part of
	Parts    []Nav     // on the start page: the same with their first pages
	Menu     []Link    // the few links of the masthead
	Previous *Link     // the page before in reading order
	Next     *Link     // the page after
	Contents []Heading // headings of level 2 and 3 of this page
	Pages    []Entry   // on the index page of a folder: the pages in it, in order

	Lede    template.HTML // the paragraph that the page's text opens with; empty where it opens with something else
	Body    template.HTML // the page's text without its first heading, which is TitleHTML, and without Lede
	Sources []Citation    // what the page cites, in order of first mention
	CitedOn []CitedOn     // on the page that lists all sources: where each is cited, by key

	Early         []string // addresses of scripts from here that must run before the first paint: theme/ts/early.ts
	Styles        []string // addresses of style sheets from here
	Scripts       []string // addresses of classic scripts from here, to be deferred
	HasCalculator bool     // the page holds something that the calculator's module can redraw

	// Data holds the data-* attributes of <html> by their names without "data-". All are addresses from here: root (always;
	// "./" at the root), search (root.js of the index), search-script, sw (service worker; absent under serve), events (only
	// under serve); on pages with a calculator also module (WebAssembly), facts, worker, and for file:// offline-module and
	// worker-text, the same as scripts. Absent what the site does not have.
	Data map[string]string

	CSP    string        // the whole Content-Security-Policy of this page
	JSONLD template.HTML // one <script type="application/ld+json"> element, or empty
	Social string        // absolute address of the page's picture for previews, or empty
	// SocialWidth and SocialHeight are the size of that picture in pixels; 0 where it is the site's own and not measured.
	SocialWidth, SocialHeight int

	Prefix string // absolute path of the site under its host ("/" or "/guide/"); only on notfound with a base address

	// InlineStyle and InlineScript are the whole style and script of notfound, which cannot know at what depth it is
	// shown; CSP allows exactly these bytes. Print them as <style>{{.InlineStyle}}</style> and
	// <script>{{.InlineScript}}</script> with nothing else between the tags. Empty on every other page.
	InlineStyle  template.CSS
	InlineScript template.JS
}

// Site is what every page of a site shares.
type Site struct {
	Title       string
	TitleHTML   template.HTML // the title with its hyphenated words in italic
	Description string
	Language    string // BCP 47, "en" unless site.yaml says otherwise
	Direction   string // "rtl" where the language is written from the right, else empty
	Sourced     bool   // a page lists the sources of what the site says
	BaseURL     string // absolute, ends in a slash; empty when not known
	Source      string // address of the repository; may be empty
	SocialImage string // address from the site's root, or empty
}

// Link is a way to another page.
type Link struct {
	Number  string // of the page, or empty
	Title   string
	Href    string // from the page that shows it
	Current bool   // it leads to this very page, or in Menu and Sections to what this page is a part of
}

// Nav is the list of a section beside the text.
type Nav struct {
	Number, Title, Href string
	Current             bool // the section's own page is the page shown
	Pages               []NavPage
}

// NavPage is a line of a Nav. Headings are filled for the current page only, Pages for a folder that the current page is
// in or that it is the head of.
type NavPage struct {
	Number, Title, Href string
	Current             bool
	Folder              bool // leads to a folder below, not to a page
	Headings            []Heading
	Pages               []NavPage
}

// Heading is a heading of the page with its anchor.
type Heading struct {
	ID     string
	Title  string // plain text
	Number string // 1, 2, 2.1 within the page
	Level  int    // 2 to 6
}

// Entry is a page as the index page of its folder lists it.
type Entry struct {
	Number, Title, Description, Href, Reviewed string
}

// Citation is one source that a page cites.
type Citation struct {
	Key     string
	Title   string
	Authors string
	Year    string
	Address string // absolute; may be empty
	Read    string // when the source was read, 2026-11-23
	Grade   string // A, B, C, calc or dissent
	Figure  string // what the source says in one clause; may be empty
	Second  bool   // known through somebody else
	Href    string // its entry in the list of all sources, from here
}

// CitedOn is one source with the pages that cite it, in reading order.
type CitedOn struct {
	Key, Grade string
	Href       string // its entry on the page
	Pages      []Link
}
