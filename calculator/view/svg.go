package view

import (
	"math"
	"strconv"
	"strings"
)

// Charts are drawn in percent of their width and pixels of their height, so that text keeps its size on every screen.
// Lines through many points lie in an inner svg that stretches; its x runs from 0 to 100.

// pct prints a share of the width, clipped to the plot.
func pct(x float64) string { return coordinate(math.Max(0, math.Min(100, x))) + "%" }

// coordinate prints a coordinate with at most two decimals.
func coordinate(x float64) string { return trimmed(strconv.FormatFloat(x, 'f', 2, 64)) }

// px prints whole pixels.
func px(y int) string { return strconv.Itoa(y) }

// A scale maps values to percent of the width or, for a curve, to pixels of the height.
type scale struct {
	from, to float64 // values at the two ends
	step     float64 // between labelled values
	print    func(float64) string
}

// newScale returns a scale that holds every value from lo to hi and 0, with at most five labels that are round.
func newScale(lo, hi float64, print func(float64) string) scale {
	lo, hi = math.Min(0, lo), math.Max(0, hi)
	if lo == hi {
		hi = 1
	}
	step := roundStep((hi - lo) / 4)
	return scale{math.Floor(lo/step) * step, math.Ceil(hi/step) * step, step, print}
}

// roundStep returns the least of 1, 2, 2.5 and 5 times a power of ten that is not below x.
func roundStep(x float64) float64 {
	power := 1.0
	for power*10 <= x {
		power *= 10
	}
	for power > x {
		power /= 10
	}
	for _, m := range [...]float64{1, 2, 2.5, 5} {
		if power*m >= x*(1-1e-9) {
			return power * m
		}
	}
	return power * 10
}

// at is where v lies, in percent of the scale's length.
func (s scale) at(v float64) float64 { return float64((v - s.from) / (s.to - s.from) * 100) }

// labels calls each with every labelled value in order.
func (s scale) labels(each func(i int, v float64)) {
	n := int((s.to-s.from)/s.step + 0.5)
	for i := 0; i <= n; i++ {
		each(i, s.from+float64(float64(i)*s.step))
	}
}

// figureSVG opens a picture of the given height with its name and its description for those who do not see it.
func (p *printer) figureSVG(id string, height int, title, desc string) {
	p.raw(`<svg class="chart" width="100%" `)
	p.raw(`height="`)
	p.text(px(height))
	p.raw(`" role="img" aria-labelledby="`)
	p.text(p.id + id + "-t")
	p.raw(`" aria-describedby="`)
	p.text(p.id + id + "-d")
	p.raw(`">`)
	p.el("title", title, "id", p.id+id+"-t")
	p.el("desc", desc, "id", p.id+id+"-d")
}

// rect draws a box from x to x+width (percent) and y to y+height (pixels).
func (p *printer) rect(class string, x, width float64, y, height int) {
	p.open("rect", "class", class, "x", pct(x), "width", pct(width), "y", px(y), "height", px(height))
	p.raw("</rect>")
}

// upright draws a vertical line at x percent.
func (p *printer) upright(class string, x float64, y1, y2 int) {
	p.open("line", "class", class, "x1", pct(x), "x2", pct(x), "y1", px(y1), "y2", px(y2))
	p.raw("</line>")
}

// label writes text at x percent. anchor is empty for the start.
func (p *printer) label(class string, x float64, y int, anchor, text string) {
	p.open("text", when(class != "", "class"), class, "x", pct(x), "y", px(y), when(anchor != "", "text-anchor"), anchor, when(strings.Contains(class, "halo"), "paint-order"), "stroke")
	p.text(text)
	p.shut("text")
}

// stretch opens the inner picture whose x runs from 0 to 100.
func (p *printer) stretch(height int) {
	p.open("svg", "class", "stretch", "viewBox", "0 0 100 "+px(height), "width", "100%", "height", px(height), "preserveAspectRatio", "none")
}

// ruling draws lines: uprights at each of xs (percent) from top to bottom, and across at each of ys.
func (p *printer) ruling(class string, xs []float64, top, bottom int, ys []float64) {
	if len(xs)+len(ys) == 0 {
		return
	}
	b := []byte{}
	for _, x := range xs {
		b = append(b, "M"+coordinate(x)+" "+px(top)+"V"+px(bottom)...)
	}
	for _, y := range ys {
		b = append(b, "M0 "+coordinate(y)+"H100"...)
	}
	p.open("path", "class", class, "vector-effect", "non-scaling-stroke", "d", string(b))
	p.raw("</path>")
}

// point opens a place that can be read: a box that catches the pointer, its sentence, and a line that shows where.
func (p *printer) point(x, from, width float64, top, bottom int, sentence string) {
	p.raw(`<g class="point">`)
	p.open("rect", "x", pct(from), "width", pct(width), "y", px(top), "height", px(bottom-top))
	p.el("title", glued(sentence))
	p.raw("</rect>")
	if x >= 0 {
		p.upright("point-line", x, top, bottom)
	}
	p.raw("</g>")
}

// A mark is a labelled place on a ruler.
type mark struct {
	at     float64
	text   string
	strong bool
}

// A rule is a graduated line with a needle: where you stand between from and to.
type rule struct {
	from, to float64
	ticks    int // spaces between ticks
	zone     string
	lo, hi   float64 // of the hatched zone
	marks    []mark
	needle   float64
	word     string // beside the needle; empty: there is no needle
}

// ruler draws r, 58 pixels high. It repeats what stands in words beside it and is hidden from screen readers.
func (p *printer) ruler(r rule) {
	at := func(v float64) float64 { return float64((v - r.from) / (r.to - r.from) * 100) }
	p.raw(`<div class="ruler"><svg width="100%" height="58" aria-hidden="true">`)
	if lo, hi := math.Max(r.lo, r.from), math.Min(r.hi, r.to); r.zone != "" && hi > lo {
		p.rect(r.zone, at(lo), at(hi)-at(lo), 20, 10)
	}
	p.raw(`<line class="base" x1="0" x2="100%" y1="30" y2="30"/>`)
	for i := 0; i <= r.ticks; i++ {
		p.upright("tick", float64(i)/float64(r.ticks)*100, 30, 34)
	}
	for _, m := range legible(r.marks, at) {
		p.upright("base", at(m.at), 30, 38)
		class := ""
		if m.strong {
			class = "strong"
		}
		p.label(class, at(m.at), 52, anchor(at(m.at)), m.text)
	}
	if r.word != "" {
		p.upright("needle", at(r.needle), 14, 36)
		p.label("needle-text halo", at(r.needle), 10, anchor(at(r.needle)), r.word)
	}
	p.raw("</svg></div>")
}

// legible drops the marks that would be written over a stronger or earlier one.
func legible(marks []mark, at func(float64) float64) []mark {
	kept := []mark{}
	for _, strong := range [...]bool{true, false} {
		for _, m := range marks {
			room := m.strong == strong
			for _, k := range kept {
				room = room && math.Abs(at(k.at)-at(m.at)) >= 15
			}
			if room {
				kept = append(kept, m)
			}
		}
	}
	return kept
}

// anchor keeps text inside the picture: at the ends it is set inwards.
func anchor(x float64) string {
	switch {
	case x < 8:
		return ""
	case x > 92:
		return "end"
	}
	return "middle"
}
