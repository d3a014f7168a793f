package page

import (
	"bytes"
	"errors"
	"image"
	_ "image/gif"  // sizes of pictures
	_ "image/jpeg" // sizes of pictures
	_ "image/png"  // sizes of pictures
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
)

const noAlt = "image has no text for those who cannot see it"

func (c *Context) image(n *ast.Image) {
	if c.quiet {
		c.children(n)
		return
	}
	alt := c.alt(n)
	href, _, ok := c.href(n.Pos(), string(destination(n.Destination)), Picture)
	if !ok {
		c.out = escapeText(c.out, alt)
		return
	}
	if alt == "" && !c.o.Conformance {
		c.Warn(n.Pos(), noAlt, "write ![what it shows](…)")
	}
	c.tag("<img")
	c.Attr("src", href)
	c.Attr("alt", alt)
	if n.Title != nil {
		c.Attr("title", string(unescape(n.Title)))
	}
	if !c.o.Conformance {
		c.pictureSize(n.Pos())
	}
	c.tag(">")
	c.text = append(c.text, alt...)
}

// pictureSize prints width and height of the picture that was linked last, so that the page does not jump, and puts off loading
// but for the first picture of a page, which may be what a reader waits for. A file that is no picture is reported.
func (c *Context) pictureSize(at int) {
	link := c.page.Links[len(c.page.Links)-1]
	if link.Kind == Picture && c.o.Size != nil {
		if w, h, ok := c.o.Size(link.Target); ok {
			c.Attr("width", itoa(w))
			c.Attr("height", itoa(h))
		} else if data, err := c.o.Read(link.Target); err == nil && !isPicture(link.Target, data) {
			c.object(at, link.Target+" is no picture", "name a PNG, JPEG, GIF, WebP, AVIF or SVG file")
		}
	}
	if c.pictures++; c.pictures > 1 {
		c.tag(` loading="lazy" decoding="async"`)
	}
}

// alt is the plain text inside an image's brackets.
func (c *Context) alt(n ast.Node) string {
	out, text := len(c.out), len(c.text)
	was := c.quiet
	c.quiet = true
	c.children(n)
	c.quiet = was
	plain := string(bytes.TrimSpace(c.text[text:]))
	if c.o.Conformance {
		plain = string(c.text[text:])
	}
	c.out, c.text = c.out[:out], c.text[:text]
	return plain
}

// captioned prints a paragraph that is nothing but an image with a title as a figure, with the title as its caption.
func (c *Context) captioned(p *ast.Paragraph) bool {
	n, ok := p.FirstChild().(*ast.Image)
	if !ok || n.NextSibling() != nil || n.Title == nil || c.o.Conformance {
		return false
	}
	caption := n.Title
	n.Title = nil
	c.tag(`<figure class="picture">`)
	c.image(n)
	c.tag("<figcaption>")
	c.text = append(c.text, ". "...)
	c.plain(caption)
	c.tag("</figcaption></figure>\n")
	c.text = append(c.text, ' ')
	return true
}

// PictureSize returns width and height of a picture in CSS pixels from the start of its file. It knows PNG, JPEG, GIF, WebP
// and SVG.
func PictureSize(name string, head []byte) (w, h int, ok bool) {
	switch {
	case strings.HasSuffix(strings.ToLower(name), ".svg"):
		return svgSize(head)
	case len(head) >= 30 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return webpSize(head[12:])
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(head))
	return config.Width, config.Height, err == nil && config.Width > 0 && config.Height > 0
}

// pictureEnding reports whether a file is named as pictures are.
func pictureEnding(name string) bool { return pictureEndings[strings.ToLower(path.Ext(name))] }

var pictureEndings = words(".png .apng .jpg .jpeg .jfif .gif .webp .svg .avif .ico .bmp .tif .tiff")

// isPicture reports whether a file can be one, by its name and its first bytes. Of kinds whose size is not read the name will do.
func isPicture(name string, data []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".svg":
		return bytes.Contains(data, []byte("<svg"))
	case ".png", ".apng", ".jpg", ".jpeg", ".jfif", ".gif", ".webp": // browsers go by the bytes
		for _, sign := range [...]string{"\x89PNG\r\n", "\xff\xd8\xff", "GIF8", "RIFF", "BM"} {
			if bytes.HasPrefix(data, []byte(sign)) {
				return true
			}
		}
		return len(data) > 8 && string(data[4:8]) == "ftyp" // AVIF
	}
	return pictureEnding(name)
}

// webpSize reads the first chunk of a WebP file (Google, "WebP Container Specification", 2012, and RFC 6386 section 9.1).
func webpSize(b []byte) (w, h int, ok bool) {
	u24 := func(i int) int { return int(b[i]) | int(b[i+1])<<8 | int(b[i+2])<<16 }
	switch string(b[:4]) {
	case "VP8X":
		return u24(12) + 1, u24(15) + 1, true
	case "VP8 ":
		return (int(b[14]) | int(b[15])<<8) & 0x3FFF, (int(b[16]) | int(b[17])<<8) & 0x3FFF, true
	case "VP8L":
		bits := u24(9) | int(b[12])<<24
		return bits&0x3FFF + 1, bits>>14&0x3FFF + 1, true
	}
	return 0, 0, false
}

// svgSize reads width and height of the outermost element, or the last two numbers of its viewBox.
func svgSize(head []byte) (w, h int, ok bool) {
	start := bytes.Index(head, []byte("<svg"))
	if start < 0 {
		return 0, 0, false
	}
	tag, _, found := bytes.Cut(head[start:], []byte(">"))
	if !found {
		return 0, 0, false
	}
	w, okW := pixels(attribute(tag, "width"))
	h, okH := pixels(attribute(tag, "height"))
	if okW && okH {
		return w, h, true
	}
	box := strings.FieldsFunc(attribute(tag, "viewBox"), func(r rune) bool { return r == ' ' || r == ',' })
	if len(box) != 4 {
		return 0, 0, false
	}
	w, okW = pixels(box[2])
	h, okH = pixels(box[3])
	return w, h, okW && okH
}

// Active names what a drawing in SVG holds that could run or load something when it is opened by itself, or "".
func Active(svg []byte) string {
	z := html.NewTokenizer(bytes.NewReader(svg))
	z.SetMaxBuf(1 << 20)
	for {
		switch z.Next() {
		case html.ErrorToken:
			if errors.Is(z.Err(), io.EOF) {
				return ""
			}
			return "what cannot be read"
		case html.StartTagToken, html.SelfClosingTagToken:
			if what := activeTag(z.Token()); what != "" {
				return what
			}
		}
	}
}

// running are the elements of SVG that run, or show what runs. Animations are among them where they change an address.
var running = words("script foreignobject iframe object embed handler listener")

func activeTag(t html.Token) string {
	name := t.Data[strings.IndexByte(t.Data, ':')+1:] // x:script is a script where x stands for SVG
	if running[name] {
		return "an element " + name
	}
	for _, a := range t.Attr {
		key := a.Key[strings.IndexByte(a.Key, ':')+1:]
		switch {
		case strings.HasPrefix(key, "on"):
			return "an attribute " + key
		case key == "attributename" && strings.HasSuffix(strings.ToLower(a.Val), "href"):
			return "an element " + name + " that changes an address"
		case key == "href" || key == "src":
			if s, w := scheme(a.Val); w == hostOnly || w == foreign && !allowed(s, a.Val, Picture) || w == foreign && s != "data" && name != "a" {
				return "an address " + a.Val
			}
		}
	}
	return ""
}

func attribute(tag []byte, name string) string {
	for _, quote := range [...]string{`"`, `'`} {
		if _, after, found := bytes.Cut(tag, []byte(" "+name+"="+quote)); found {
			value, _, _ := bytes.Cut(after, []byte(quote))
			return string(value)
		}
	}
	return ""
}

func pixels(s string) (int, bool) {
	f, err := strconv.ParseFloat(strings.TrimSuffix(s, "px"), 64)
	return int(f + .5), err == nil && f >= 1 && f < 1e5
}
