package build

import (
	"bytes"
	"encoding/base64"
	"html/template"
	"slices"

	"whentofinetune/cmd/guide/internal/render"
)

// downloadPath is where the calculator in a single file stands.
const downloadPath = "download/calculator.html"

// embedded are the bundles that the single file holds, in the order in which a page runs them.
var embedded = []string{"early.js", "site.js", "calculator.js"}

// whole reports whether a page shows the whole calculator, live.
func (b *builder) whole() bool { return b.showsWhole() && len(b.modules()) > 0 }

// showsWhole is whole of a calculator that compiles.
func (b *builder) showsWhole() bool {
	return b.in.Calculator != nil && slices.ContainsFunc(b.kept, func(k *keptPage) bool { return k.page.Layout == "calculator" })
}

// downloads reports whether the site offers the calculator in a single file: a page shows it whole, and the theme can.
func (b *builder) downloads() bool { return b.whole() && b.render.Has("download") }

func (b *builder) addDownload(o *Output, f *frames) {
	if b.downloads() {
		o.add(File{Path: downloadPath, Kind: Static, Bytes: func() ([]byte, error) { return f.print(f.download()) }})
	}
}

// download is the frame of the single file: its style and script stand in it, and its policy allows exactly those.
func (f *frames) download() *render.Frame {
	frame := f.blank(downloadPath)
	frame.Kind, frame.Title, frame.TitleHTML = "download", "The calculator", "The calculator"
	root := orElse(f.b.config.Base, "../")
	frame.Home = root + f.b.calculatorPath()
	frame.Body = template.HTML(f.b.askText("calculator\nroot=" + root + "\n"))
	assets := f.b.assets
	style := slices.Concat(assets.Files[assets.Names["site.css"]], assets.Files[assets.Names["calculator.css"]])
	script := f.b.embeddedData()
	for _, name := range embedded {
		script = append(append(script, assets.Files[assets.Names[name]]...), '\n')
	}
	script = bytes.ReplaceAll(script, []byte("</script"), []byte("<\\/script"))
	frame.InlineStyle, frame.InlineScript = template.CSS(style), template.JS(script)
	frame.CSP = "default-src 'none'; script-src " + hashSource(script) + " 'wasm-unsafe-eval'; style-src " + hashSource(style) +
		"; img-src data:; worker-src blob:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types guide"
	return frame
}

// embeddedData sets what the page's script would fetch.
func (b *builder) embeddedData() []byte {
	out := []byte("window.guideEmbedded={")
	for _, m := range b.modules() {
		text := string(m.data)
		switch m.attribute {
		case "module":
			text = base64.StdEncoding.EncodeToString(m.data)
		case "facts", "worker":
		default:
			continue
		}
		out = append(append(append(out, m.attribute...), ':'), scriptText(text)...)
		out = append(out, ',')
	}
	return append(out, "};\n"...)
}
