package view

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// A figure is a finding, its picture, how to read it, and its numbers as a table.
type figure struct {
	name    string // the word after "chart"
	wide    bool
	axis    bool // labels stand left of the plot
	finding string
	caption string
	picture func()
	rest    string // the sentence under the picture until a point is read
	table   func() // a table that stands open beside the picture, in place of rows
	key     []keyed
	heads   []string // of the table; the first is the row head
	rows    [][]cell
}

// A keyed names a filling in the key of a stacked bar.
type keyed struct{ class, name string }

// A cell is one number of a figure's table: its text and, where the report holds it, its path.
type cell struct{ text, path string }

// figure prints f. Figures of a report are numbered; one that stands alone is not.
func (p *printer) figure(f figure) {
	number, this := "", "this figure"
	if p.fig > 0 {
		number, this = "Fig. "+strconv.Itoa(p.fig), "figure "+strconv.Itoa(p.fig)
		p.fig++
	}
	class := "figure"
	if f.wide {
		class = "figure figure-wide"
	}
	p.open("figure", "class", class, "data-chart", f.name)
	p.raw(`<figcaption class="figure-title">`)
	if number != "" {
		p.el("span", number, "class", "figure-number")
		p.raw(" ")
	}
	p.text(f.finding)
	p.raw("</figcaption>\n")
	class = "plot"
	if f.axis {
		class = "plot plot-axis"
	}
	if f.table != nil {
		p.raw(`<div class="beside-table"><div>`)
	}
	p.open("div", "class", class)
	f.picture()
	p.raw("</div>\n")
	p.el("p", glued(f.rest), "class", "reading")
	p.raw("\n")
	if len(f.key) > 0 {
		p.raw(`<p class="key">`)
		for _, k := range f.key {
			p.raw(`<span><svg viewBox="0 0 24 12" aria-hidden="true">`)
			p.open("rect", "class", k.class, "x", ".5", "y", ".5", "width", "23", "height", "11")
			p.raw(`</rect></svg>`)
			p.text(k.name)
			p.raw("</span> ")
		}
		p.raw("</p>\n")
	}
	p.el("p", f.caption, "class", "caption")
	p.raw("\n")
	if f.table != nil {
		p.raw("</div>\n")
		f.table()
		p.raw("</div>\n")
	}
	if len(f.rows) > 0 {
		p.raw(`<details class="twin"><summary>`)
		p.text("The numbers of " + this)
		p.raw("</summary>")
		p.numbers("The numbers of "+this, "", f.heads, f.rows)
		p.raw("</details>")
	}
	p.raw("</figure>\n")
}

// numbers prints a table of numbers that scrolls in itself; the first cell of a row is its head.
func (p *printer) numbers(name, class string, heads []string, rows [][]cell) {
	p.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", name)
	p.open("table", when(class != "", "class"), class)
	p.raw("<thead><tr>")
	for i, head := range heads {
		p.el("th", head, "scope", "col", when(i > 0, "class"), "number")
	}
	p.raw("</tr></thead>\n<tbody>")
	for _, row := range rows {
		p.raw("<tr>")
		for i, c := range row {
			if i == 0 {
				p.el("th", c.text, "scope", "row")
				continue
			}
			p.el("td", c.text, "class", "number", when(c.path != "", "data-report"), c.path)
		}
		p.raw("</tr>\n")
	}
	p.raw("</tbody></table></div>")
}

// A bar is one row of a bar chart: what it is, its parts, and what is written at its ends.
type bar struct {
	name        string
	strong      bool
	parts       []part
	end         string // after the last part
	left, right string // at the two ends of a bar that lies on both sides of a value
	sentence    string
}

// A part of a bar reaches from one value to another.
type part struct {
	class    string
	from, to float64
}

// A limit is a value that something must stay under: an ink line with its name.
type limit struct {
	at   float64
	name string
}

const barStep = 44

// bars draws rows under a scale of dollars or gigabytes. needle is a value to mark in red, with its word; limits are
// drawn as ink lines. The picture's name is the finding; desc says it in a sentence.
func (p *printer) bars(id, title, desc string, s scale, rows []bar, limits []limit, needle float64, word string) {
	top := 18
	if len(limits) > 0 {
		top = 38
	}
	bottom := top + 8 + len(rows)*barStep
	p.figureSVG(id, bottom+6, title, desc)
	p.open("rect", "class", "pad", "width", "100%", "y", px(top), "height", px(bottom-top))
	p.raw("</rect>")
	p.barRuling(s, top, bottom, word != "", s.at(needle))
	for i, row := range rows {
		p.barParts(s, row, top+18+i*barStep)
	}
	for _, l := range limits {
		p.upright("limit", s.at(l.at), 33, bottom)
		p.label("strong", s.at(l.at), 29, anchor(s.at(l.at)), l.name)
	}
	if word != "" {
		p.upright("needle", s.at(needle), top, bottom)
		p.label("needle-text halo", s.at(needle), 12, anchor(s.at(needle)), word)
	}
	for i, row := range rows { // over the lines, so that none strikes a word out
		p.barText(s, row, top+18+i*barStep)
	}
	p.raw(`<g class="points" data-points>`)
	for i, row := range rows {
		y := top + 4 + i*barStep
		p.point(-1, 0, 100, y, y+barStep, row.sentence)
	}
	p.raw("</g></svg>")
}

// barRuling draws the pad's ruling and the labels of the scale above it; labels near the needle's word give way.
func (p *printer) barRuling(s scale, top, bottom int, marked bool, needle float64) {
	var minor, major []float64
	s.labels(func(i int, v float64) {
		x := s.at(v)
		major = append(major, x)
		for k := 1; k < 4 && x+float64(25/(s.to-s.from)*s.step) < 100; k++ {
			minor = append(minor, x+float64(float64(k)*25*s.step/(s.to-s.from)))
		}
	})
	bottomLine := bottom
	p.stretch(bottom + 6)
	p.ruling("minor", minor, top, bottomLine, nil)
	p.ruling("major", major, top, bottomLine, nil)
	p.raw("</svg>")
	s.labels(func(i int, v float64) {
		x := s.at(v)
		if marked && math.Abs(x-needle) < 11 {
			return
		}
		class := ""
		if i%2 == 1 {
			class = "wide"
		}
		p.label(class, x, 12, anchor(x), s.print(v))
	})
	p.upright("base", s.at(0), top, bottom)
}

// barParts draws the parts of a row whose text stands on the line y.
func (p *printer) barParts(s scale, b bar, y int) {
	for _, part := range b.parts {
		if x1, x2 := s.at(part.from), s.at(part.to); x2 > x1 {
			p.rect(part.class, x1, x2-x1, y+7, 13)
		}
	}
}

// barText writes what a row is and what its ends are.
func (p *printer) barText(s scale, b bar, y int) {
	class := "halo"
	if b.strong {
		class = "strong halo"
	}
	least, most := 100.0, 0.0
	for _, part := range b.parts {
		least, most = math.Min(least, s.at(part.from)), math.Max(most, s.at(part.to))
	}
	p.label(class, 0.8, y, "", b.name)
	p.barEnd(b.end, "strong halo", most, y, false)
	p.barEnd(b.left, "halo", least, y, true)
	p.barEnd(b.right, "halo", most, y, false)
}

// barEnd writes text beside the end of a bar, or on the line above it where there is no room beside.
func (p *printer) barEnd(text, class string, x float64, y int, left bool) {
	room := 1 + float64(2.2*float64(utf8.RuneCountInString(text))) // percent, on a phone
	switch {
	case text == "":
	case left && x > room:
		p.label(class, x-1, y+18, "end", text)
	case left:
		p.label(class, math.Max(x, 40), y, "", text)
	case x < 100-room:
		p.label(class, x+1, y+18, "", text)
	default:
		p.label(class, x, y, "end", text)
	}
}
