// Package picture draws the pictures that stand beside a link to the site where it is shared.
//
// Draw makes one: the title in the face of a book on the paper of the theme, and beside it the mark of the guide on ruled
// pad, two lines of cost that cross. It is pure and gives the same bytes for the same words. What its face has no letters
// for (it has those of Latin scripts) is not drawn: the picture then shows the rest.
//
// Not wanted here: other themes' looks. A site names its own picture with image in site.yaml.
package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strings"
	"sync"

	"github.com/go-fonts/latin-modern/lmroman10bold"
	"github.com/go-fonts/latin-modern/lmroman17regular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// Width and Height are the size in pixels that the places which show previews ask for (ogp.me names none; this is the
// shape, 1.91 to 1, that they crop to).
const (
	Width  = 1200
	Height = 630
)

// The colours of the theme on paper; see theme/css/tokens.css.
var (
	paper  = color.RGBA{0xf4, 0xf7, 0xf1, 0xff}
	pad    = color.RGBA{0xe3, 0xec, 0xde, 0xff}
	rule   = color.RGBA{0xc2, 0xd3, 0xbe, 0xff}
	grid   = color.RGBA{0x9d, 0xb8, 0x9a, 0xff}
	ink    = color.RGBA{0x14, 0x20, 0x1b, 0xff}
	second = color.RGBA{0x45, 0x53, 0x4c, 0xff}
	needle = color.RGBA{0xb9, 0x2c, 0x0c, 0xff}
)

const (
	margin = 64
	column = 700 // where the pad begins
)

// Draw makes the picture of a part of a site as PNG: its number and title, and below them the name of the site. Number
// and title are empty for the site itself.
func Draw(site, number, title string) []byte {
	empty := sheet()
	to := &image.RGBA{Pix: bytes.Clone(empty.Pix), Stride: empty.Stride, Rect: empty.Rect}
	if title == "" {
		site, title = "", site
	}
	heading(to, number, title)
	if site != "" {
		text(to, lmroman10bold.TTF, 30, second, margin, Height-margin, site)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, to); err != nil { // the hardest compression takes five times as long for four bytes in a hundred
		panic("picture: " + err.Error()) // a buffer takes everything
	}
	return out.Bytes()
}

// sheet is what every picture is drawn on: the paper, the pad and the mark. It is drawn once.
var sheet = sync.OnceValue(func() *image.RGBA {
	to := image.NewRGBA(image.Rect(0, 0, Width, Height))
	fill(to, to.Bounds(), paper)
	drawPad(to)
	fill(to, image.Rect(margin, margin, column-margin, margin+4), ink)
	return to
})

// heading prints a title in the largest size at which it keeps to its column and to four lines.
func heading(to draw.Image, number, title string) {
	top := margin + 40
	if number != "" {
		text(to, lmroman17regular.TTF, 56, second, margin, top+48, number)
		top += 76
	}
	for _, size := range [...]float64{76, 64, 52, 42} {
		lines, fits := wrap(lmroman17regular.TTF, size, title, column-2*margin)
		if !fits || len(lines) > 4 {
			continue
		}
		for i, line := range lines {
			text(to, lmroman17regular.TTF, size, ink, margin, top+int(size)+int(float64(i)*size*1.14), line)
		}
		return
	}
}

// wrap breaks text into lines of at most width pixels. fits is false where a word alone is longer.
func wrap(ttf []byte, size float64, s string, width int) (lines []string, fits bool) {
	f := face(ttf, size)
	line := ""
	for word := range strings.FieldsSeq(printable(f, s)) {
		longer := strings.TrimSpace(line + " " + word)
		if font.MeasureString(f, longer).Ceil() <= width {
			line = longer
			continue
		}
		if line == "" {
			return nil, false
		}
		lines, line = append(lines, line), word
	}
	return append(lines, line), font.MeasureString(f, line).Ceil() <= width
}

func text(to draw.Image, ttf []byte, size float64, c color.Color, x, y int, s string) {
	f := face(ttf, size)
	d := font.Drawer{Dst: to, Src: image.NewUniform(c), Face: f, Dot: fixed.P(x, y)}
	d.DrawString(printable(f, s))
}

// printable leaves out what a face has no letter for.
func printable(f font.Face, s string) string {
	return strings.Map(func(r rune) rune {
		if _, ok := f.GlyphAdvance(r); !ok {
			return -1
		}
		return r
	}, s)
}

func face(ttf []byte, size float64) font.Face {
	parsed, err := opentype.Parse(ttf)
	if err != nil {
		panic("picture: " + err.Error()) // the face is compiled in
	}
	f, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic("picture: " + err.Error())
	}
	return f
}

// drawPad rules the pad and lays the mark on it: what one pays today, what the other way costs, and where they cross.
func drawPad(to *image.RGBA) {
	fill(to, image.Rect(column, 0, Width, Height), pad)
	for n, x := 0, column; x < Width; n, x = n+1, x+25 {
		fill(to, image.Rect(x, 0, x+1, Height), ruling(n))
	}
	for n, y := 0, Height-55; y > 0; n, y = n+1, y-25 {
		fill(to, image.Rect(column, y, Width, y+1), ruling(n))
	}
	fill(to, image.Rect(column, Height-55, Width, Height-51), ink)
	line(to, point{column, 575}, point{Width, 95}, 16, ink)
	line(to, point{column, 440}, point{Width, 245}, 16, ink)
	const x, y = 937, 348 // where the two meet
	for at := y + 50; at < Height-55; at += 14 {
		fill(to, image.Rect(x-2, at, x+2, at+8), needle)
	}
	disc(to, x, y, 52, needle)
	disc(to, x, y, 30, paper)
}

func ruling(n int) color.Color {
	if n%4 == 0 {
		return grid
	}
	return rule
}

func fill(to draw.Image, r image.Rectangle, c color.Color) {
	draw.Draw(to, r, image.NewUniform(c), image.Point{}, draw.Src)
}

type point struct{ x, y float32 }

// line draws a line of a width in pixels.
func line(to draw.Image, a, b point, width float32, c color.Color) {
	dx, dy := b.x-a.x, b.y-a.y
	scale := width / 2 / float32(math.Hypot(float64(dx), float64(dy)))
	x, y := dy*scale, dx*scale // half the width, across the line
	r := vector.NewRasterizer(Width, Height)
	r.MoveTo(a.x+x, a.y-y)
	r.LineTo(b.x+x, b.y-y)
	r.LineTo(b.x-x, b.y+y)
	r.LineTo(a.x-x, a.y+y)
	r.ClosePath()
	r.Draw(to, to.Bounds(), image.NewUniform(c), image.Point{})
}

func disc(to draw.Image, x, y, radius float32, c color.Color) {
	const k = .5522848 // of a quarter circle as one cubic curve: 4/3 (sqrt 2 - 1)
	r := vector.NewRasterizer(Width, Height)
	r.MoveTo(x+radius, y)
	for _, q := range [...]point{{1, 0}, {0, 1}, {-1, 0}, {0, -1}} {
		n := point{-q.y, q.x} // the end of the quarter that begins at q
		r.CubeTo(x+radius*(q.x+k*n.x), y+radius*(q.y+k*n.y), x+radius*(n.x+k*q.x), y+radius*(n.y+k*q.y), x+radius*n.x, y+radius*n.y)
	}
	r.ClosePath()
	r.Draw(to, to.Bounds(), image.NewUniform(c), image.Point{})
}
