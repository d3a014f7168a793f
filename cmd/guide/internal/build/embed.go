package build

import (
	"html/template"
	"path"
	"strings"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/render"
)

// embedPath is where the calculator stands without the guide around it, for the frames of other sites.
const embedPath = "embed/calculator.html"

// embeds reports whether the site offers the calculator to the frames of other sites.
func (b *builder) embeds() bool { return b.whole() && b.render.Has("embed") }

func (b *builder) addEmbed(o *Output, f *frames) {
	if b.embeds() {
		o.add(File{Path: embedPath, Kind: Page, Bytes: func() ([]byte, error) { return f.print(f.embed()) }})
	}
}

// embed is the frame of the page for other sites: the calculator as on its own page, nothing around it, nothing kept for
// reading offline. It stands in no list of pages.
func (f *frames) embed() *render.Frame {
	frame := f.blank(embedPath)
	frame.Kind, frame.Title, frame.TitleHTML = "embed", "The calculator", "The calculator"
	frame.Description = "The calculator alone, for the frames of other sites."
	frame.Body = template.HTML(f.b.askText("calculator\nroot=" + frame.Root + "\n"))
	frame.Manifest, frame.Feed, frame.Social = "", "", ""
	for name := range f.offers {
		delete(frame.Data, name)
	}
	whole := f.b.calculatorPath()
	frame.Home = page.Relative(embedPath, whole)
	if base := f.b.config.Base; base != "" {
		frame.Canonical = base + canonicalPath(whole)
	}
	f.calculates(frame)
	return frame
}

// calculatorPath is the address of the first page that shows the whole calculator.
func (b *builder) calculatorPath() string {
	for _, n := range b.site.Order {
		if n.Page.Layout == "calculator" {
			return n.Page.Path
		}
	}
	return ""
}

// headers tell hosts that read such a file what may be kept for ever, what must be asked for again, and which pages no
// other site may put in a frame: all but those under embed/. For ever is what has its hash in its name, each by that name:
// an author's own files may stand beside them. A host joins the headers of every rule that fits an address, so nothing that
// forbids frames may fit those.
func (o *Output) headers() []byte {
	out := `/sw.js
  Cache-Control: no-cache
/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
`
	seen := map[string]bool{}
	unframed := func(address string) {
		if !seen[address] {
			seen[address] = true
			out += address + "\n  Content-Security-Policy: frame-ancestors 'self'\n  X-Frame-Options: SAMEORIGIN\n"
		}
	}
	for _, f := range o.Files() {
		folder, _, deep := strings.Cut(f.Path, "/")
		switch {
		case f.Kind == Asset:
			out += "/" + f.Path + "\n  Cache-Control: public, max-age=31536000, immutable\n"
		case path.Ext(f.Path) != ".html" || folder == path.Dir(embedPath):
		case deep:
			unframed("/" + folder + "/*")
		case f.Path == "index.html":
			unframed("/")
			unframed("/index.html")
		default:
			unframed("/" + f.Path)
			unframed("/" + strings.TrimSuffix(f.Path, ".html")) // as some hosts write it
		}
	}
	return []byte(out)
}
