package view

import (
	"math"
)

// A curve is a line through values at the ends of equal steps of time.
type curve struct {
	class  string // line-1 and so on
	label  string // written at its end
	colour string // text-1 and so on
	values []float64
}

// A plane is a plot of curves over months.
type plane struct {
	height int // of the picture
	months float64
	value  scale
}

// top and bottom of the plot in pixels.
const planeTop = 14

func (g plane) bottom() float64 { return float64(g.height - 44) }

// y is where a value lies, in pixels.
func (g plane) y(v float64) float64 {
	return g.bottom() - float64(g.value.at(v)/100*(g.bottom()-planeTop))
}

// ground draws the pad, its ruling and both axes.
func (p *printer) ground(g plane) {
	bottom := int(g.bottom())
	p.open("rect", "class", "pad", "width", "100%", "y", px(planeTop), "height", px(bottom-planeTop))
	p.raw("</rect>")
	step := monthStep(g.months)
	var minorX, majorX, minorY, majorY []float64
	for m := 0.0; m <= g.months; m++ {
		if math.Mod(m, step) == 0 {
			majorX = append(majorX, m/g.months*100)
		} else if g.months <= 36 {
			minorX = append(minorX, m/g.months*100)
		}
	}
	g.value.labels(func(i int, v float64) {
		majorY = append(majorY, g.y(v))
		for k := 1; k < 4 && v < g.value.to-float64(g.value.step/2); k++ {
			minorY = append(minorY, g.y(v+float64(float64(k)/4*g.value.step)))
		}
	})
	p.stretch(g.height)
	p.ruling("minor", minorX, planeTop, bottom, minorY)
	p.ruling("major", majorX, planeTop, bottom, majorY)
	p.raw("</svg>")
	zero := int(g.y(0) + 0.5)
	p.open("line", "class", "base", "x1", "0", "x2", "100%", "y1", px(zero), "y2", px(zero))
	p.raw("</line>")
	g.value.labels(func(i int, v float64) {
		p.aside(int(g.y(v)+4.5), g.value.print(v), when(i%2 == 1, "class"), "wide")
	})
	p.monthAxis(g, step)
}

// aside writes text left of a plot.
func (p *printer) aside(y int, text string, attrs ...string) {
	p.el("text", text, append(attrs, "x", "-8", "y", px(y), "text-anchor", "end")...)
}

// monthAxis writes the months under the plot.
func (p *printer) monthAxis(g plane, step float64) {
	bottom := int(g.bottom())
	p.aside(bottom+22, "month")
	for m := 0.0; m <= g.months; m++ {
		labelled := math.Mod(m, step) == 0
		if labelled || g.months <= 36 {
			long := 4
			if labelled {
				long = 7
			}
			p.upright("tick", m/g.months*100, bottom, bottom+long)
		}
		near := g.months-m < step*0.6 && m < g.months
		if labelled && !near || m == g.months {
			p.label("", m/g.months*100, bottom+22, anchor(m/g.months*100), count(m))
		}
	}
}

// monthStep is how many months lie between labels: at most six labels.
func monthStep(months float64) float64 {
	for _, step := range [...]float64{1, 2, 3, 6, 12, 24, 36, 60} {
		if months/step <= 5 {
			return step
		}
	}
	return 120
}

// curves draws the lines in one stretching picture and their labels at their ends, moved apart where they meet.
func (p *printer) curves(g plane, lines []curve) {
	p.stretch(g.height)
	for _, c := range lines {
		b := []byte{}
		for i, v := range c.values {
			x := float64(i) / math.Max(1, float64(len(c.values)-1)) * 100
			b = append(b, coordinate(x)+","+coordinate(g.y(v))+" "...)
		}
		p.open("polyline", "class", "line "+c.class, "vector-effect", "non-scaling-stroke", "points", string(b))
		p.raw("</polyline>")
	}
	p.raw("</svg>")
	for i, y := range g.labelled(lines) {
		p.open("text", "class", "strong halo "+lines[i].colour, "x", "100%", "y", px(int(y)), "text-anchor", "end", "paint-order", "stroke")
		p.text(lines[i].label)
		p.shut("text")
	}
}

// What the label at the end of a line keeps from it, in pixels: above it, under it, and from the next label.
const (
	labelAbove = 8
	labelUnder = 17
	labelLine  = 17
)

// labelled returns where the labels of lines stand: above their ends, or under them where fewer lines run, or as many and this
// one falls or another label stands above already, in the order in which the lines end.
func (g plane) labelled(lines []curve) []float64 {
	ys, order := make([]float64, len(lines)), make([]int, len(lines))
	end := func(c curve, back int) float64 { // where the line is, so many steps before it ends
		return g.y(c.values[max(0, len(c.values)-1-back)])
	}
	for i, c := range lines {
		order[i], ys[i] = i, end(c, 0)
		for k := i; k > 0 && ys[order[k]] < ys[order[k-1]]; k-- {
			order[k], order[k-1] = order[k-1], order[k]
		}
	}
	taken, bottom := planeTop+14.0-labelLine, g.bottom()-6
	for _, i := range order {
		above, under := ys[i]-labelAbove, ys[i]+labelUnder
		ys[i] = math.Max(above, taken+labelLine)
		down := end(lines[i], 1) < end(lines[i], 0)-1 || ys[i] > above
		if over, below := g.crossed(lines, ys[i]), g.crossed(lines, math.Max(under, taken+labelLine)); over != below {
			down = below < over
		}
		if under <= bottom && down {
			ys[i] = math.Max(under, taken+labelLine)
		}
		taken = ys[i]
	}
	for k := len(order) - 1; k >= 0; k-- {
		ys[order[k]] = math.Min(ys[order[k]], bottom)
		bottom = ys[order[k]] - labelLine
	}
	return ys
}

// crossed counts where lines run through a label that stands on y, in the last quarter of the plot, over which labels reach.
func (g plane) crossed(lines []curve, y float64) int {
	n := 0
	for _, c := range lines {
		for _, v := range c.values[len(c.values)*3/4:] {
			if at := g.y(v); at > y-labelLine+4 && at < y+4 {
				n++
			}
		}
	}
	return n
}

// band draws the hatched area between two curves, from the end of month 1 to the last. Its outline is a clip path in
// shares of the box, so that the hatching keeps its angle however wide the picture is.
func (p *printer) band(g plane, id string, low, high []float64) {
	if len(low) < 2 {
		return
	}
	b := []byte{'M'}
	place := func(i int, v float64) {
		x := float64(i+1) / float64(len(low))
		b = append(b, fixed(x, 4)+" "+fixed(g.y(v)/float64(g.height), 4)...)
	}
	for i, v := range low {
		if i > 0 {
			b = append(b, 'L')
		}
		place(i, v)
	}
	for i := len(high) - 1; i >= 0; i-- {
		b = append(b, 'L')
		place(i, high[i])
	}
	b = append(b, 'Z')
	p.open("clipPath", "id", p.id+id, "clipPathUnits", "objectBoundingBox")
	p.open("path", "d", string(b))
	p.raw("</path></clipPath>")
	p.open("rect", "class", "band-2", "width", "100%", "height", px(g.height), "clip-path", "url(#"+p.id+id+")")
	p.raw("</rect>")
}

// ring marks a crossing at a month and a value: a plumb line through it to the axis, and words at its upper end, under the
// label that stands there, if any.
func (p *printer) ring(g plane, month, value, label float64, words ...string) {
	x := float64(month / g.months * 100)
	y := int(g.y(value) + 0.5)
	p.upright("plumb", x, planeTop, int(g.bottom()))
	p.open("circle", "class", "ring", "cx", pct(x), "cy", px(y), "r", "6.5")
	p.raw("</circle>")
	side, edge := x+1.6, ""
	if x > 45 {
		side, edge = x-1.6, "end"
	}
	top := planeTop + 16 // where bills that only grow have not yet come
	if label < float64(top+labelLine*len(words)) {
		top = int(label) + labelLine + 2
	}
	for i, w := range words {
		p.label("needle-text halo", side, top+17*i, edge, w)
	}
}
