package block

import (
	"math"
	"strconv"
	"strings"

	"whentofinetune/cmd/guide/internal/page"
)

// chartFence draws the values inside a fence: ```chart bar title="…".
func chartFence(c *page.Context, b page.Block) {
	if rows, ok := fenceSheet(c, b); ok {
		drawChart(c, b, rows, b.Info.Get("title"))
	}
}

// chartFile draws a file of values: [Title](file.csv "chart line").
func chartFile(c *page.Context, b page.Block) {
	if rows, ok := fileSheet(c, b); ok {
		drawChart(c, b, rows, b.Text)
	}
}

// Geometry of a chart, in pixels: room for names and numbers around it, a bar's row.
const (
	chartWidth = 720
	nameRoom   = 200 // that a line of the widest name of a bar may take
	tickRoom   = 140 // that the widest name under a line may take
	numberRoom = 120 // that the widest number at the end of a bar may take
	gap        = 8   // between a text and the drawing
	barRow     = 30
	lineHeight = 260
	bottomRoom = 34
	topRoom    = 12
	maxWrong   = 8 // cells that are named
	patterns   = 6 // series that a style tells apart
)

// series are the numbers of a chart: a name for each row, and a column of numbers for each series.
type series struct {
	labels []string
	names  []string
	values [][]float64 // by series, by row
	shown  [][]string  // as they were written
	low    float64
	high   float64
}

func drawChart(c *page.Context, b page.Block, from *sheet, title string) {
	kind := b.Info.Rest()
	if kind != "bar" && kind != "line" {
		c.Fail(b.At, "there is no chart "+strconv.Quote(kind), "write chart bar or chart line")
		return
	}
	if len(from.rows[0]) < 2 {
		from.fail(c, from.places[0][0], "chart has no column of numbers", "write a name in the first column and numbers in the others")
		return
	}
	s, wrong := readSeries(from.rows)
	for i, w := range wrong {
		text := strconv.Quote(from.rows[w[0]][w[1]]) + " is not a number"
		if more := len(wrong) - i; i == maxWrong-1 && more > 1 {
			text = strconv.Itoa(more) + " more cells are not numbers, " + strconv.Quote(from.rows[w[0]][w[1]]) + " the first"
		}
		if i < maxWrong {
			from.fail(c, from.places[w[0]][w[1]], "chart: "+text, "write a name in the first column and numbers in the others")
		}
	}
	if len(wrong) > 0 {
		return
	}
	if title == "" {
		c.Warn(b.At, "chart has no title for those who cannot see it", `write title="what it shows" after the word`)
		title = strings.Join(s.names, ", ")
	}
	c.Raw(`<figure class="chart"><div class="scroll" tabindex="0" role="group"`)
	c.Attr("aria-label", title)
	c.Raw(">")
	if kind == "bar" {
		s.bars(c, title)
	} else {
		s.lines(c, title)
	}
	c.Raw("</div>")
	s.legend(c, kind)
	c.Raw(`<details><summary>The numbers</summary>`)
	printTable(c, from.rows, title)
	c.Raw("</details><figcaption>")
	c.Text(title)
	c.Raw("</figcaption></figure>\n")
	c.Plain(title + " ")
}

// readSeries takes the numbers out of rows, and says in which row and column there is none.
func readSeries(rows [][]string) (s *series, wrong [][2]int) {
	s = &series{names: rows[0][1:], values: make([][]float64, len(rows[0])-1), shown: make([][]string, len(rows[0])-1)}
	for i, r := range rows[1:] {
		s.labels = append(s.labels, r[0])
		for j, cell := range r[1:] {
			x, ok := parseNumber(cell)
			if !ok {
				wrong = append(wrong, [2]int{i + 1, j + 1})
			}
			s.values[j], s.shown[j] = append(s.values[j], x), append(s.shown[j], cell)
			s.low, s.high = min(s.low, x), max(s.high, x)
		}
	}
	if s.high == s.low {
		s.high = s.low + 1
	}
	return s, wrong
}

// share is where a number lies between the lowest, 0, and the highest, 1: of numbers near one, so that nothing overflows.
func (s *series) share(v float64) float64 {
	unit := max(-s.low, s.high)
	return (v/unit - s.low/unit) / (s.high/unit - s.low/unit)
}

func px(x float64) string { return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) }

func (s *series) open(c *page.Context, title string, height float64) {
	c.Raw(`<svg role="img" width="` + px(chartWidth) + `" height="` + px(height) + `" viewBox="0 0 ` + px(chartWidth) + " " + px(height) + `"><title>`)
	c.Text(title)
	c.Raw("</title>")
}

// bars draws a bar for each row and series, from zero.
func (s *series) bars(c *page.Context, title string) {
	row := barRow * float64(len(s.values))
	height := topRoom + row*float64(len(s.labels)) + 8*float64(len(s.labels))
	s.open(c, title, height)
	left, numbers := widest(s.labels, nameRoom)+2*gap, 0.0
	for _, shown := range s.shown {
		numbers = max(numbers, widest(shown, numberRoom))
	}
	x := func(v float64) float64 { return left + (chartWidth-left-numbers-2*gap)*s.share(v) }
	for i, name := range s.labels {
		top := topRoom + float64(i)*(row+8)
		label(c, "end", left-gap, top+row/2+4, wrapped(name, nameRoom), name)
		for j := range s.values {
			v, y := s.values[j][i], top+barRow*float64(j)
			from, to := x(min(v, 0)), x(max(v, 0))
			c.Raw(`<rect class="series-` + strconv.Itoa(j%patterns+1) + `" x="` + px(from) + `" y="` + px(y+4) + `" width="` + px(max(to-from, 1)) + `" height="` + px(barRow-8) + `"><title>`)
			c.Text(name + ", " + s.names[j] + ": " + s.shown[j][i])
			c.Raw(`</title></rect><text class="value-label" x="` + px(to+6) + `" y="` + px(y+barRow/2+4) + `">`)
			c.Text(shortened(s.shown[j][i], numberRoom))
			c.Raw("</text>")
		}
	}
	c.Raw(`<path class="axis" d="M` + px(x(0)) + " " + px(topRoom) + "V" + px(height) + `"/></svg>`)
}

// lines draws a line for each series over the rows.
func (s *series) lines(c *page.Context, title string) {
	s.open(c, title, topRoom+lineHeight+bottomRoom)
	grid := [...]float64{s.low, s.low/2 + s.high/2, s.high}
	name := widest(s.labels, tickRoom)
	left := max(name/2, widest([]string{axisNumber(grid[0]), axisNumber(grid[1]), axisNumber(grid[2])}, tickRoom)+gap) + gap
	step := (chartWidth - left - name/2 - gap) / float64(max(len(s.labels)-1, 1))
	x := func(i int) float64 { return left + float64(i)*step }
	y := func(v float64) float64 { return topRoom + lineHeight*(1-s.share(v)) }
	for _, v := range grid {
		c.Raw(`<path class="grid" d="M` + px(left) + " " + px(y(v)) + "H" + px(x(len(s.labels)-1)) + `"/>`)
		label(c, "end", left-gap, y(v)+4, []string{axisNumber(v)}, axisNumber(v))
	}
	every := max(1, int(math.Ceil((name+2*gap)/step))) // names that do not meet
	for i := 0; i < len(s.labels); i += every {
		label(c, "middle", x(i), topRoom+lineHeight+22, []string{shortened(s.labels[i], tickRoom)}, s.labels[i])
	}
	for j, values := range s.values {
		class := "line-" + strconv.Itoa(j%patterns+1)
		d := ""
		for i, v := range values {
			d += either(i == 0, "M", "L") + px(x(i)) + " " + px(y(v))
		}
		c.Raw(`<path class="` + class + `" fill="none" d="` + d + `"/>`)
		for i, v := range values {
			c.Raw(`<circle class="` + class + `" r="3.5" cx="` + px(x(i)) + `" cy="` + px(y(v)) + `"><title>`)
			c.Text(s.labels[i] + ", " + s.names[j] + ": " + s.shown[j][i])
			c.Raw("</title></circle>")
		}
	}
	c.Raw("</svg>")
}

// legend names the series where there is more than one, each beside a piece of what it is drawn with.
func (s *series) legend(c *page.Context, kind string) {
	if len(s.names) < 2 {
		return
	}
	c.Raw(`<ul class="legend">`)
	for j, name := range s.names {
		style := strconv.Itoa(j%patterns + 1)
		c.Raw(`<li><svg aria-hidden="true" width="32" height="14">`)
		if kind == "bar" {
			c.Raw(`<rect class="series-` + style + `" x="1" y="1" width="30" height="12"/>`)
		} else {
			c.Raw(`<path class="line-` + style + `" fill="none" d="M0 7H32"/>`)
		}
		c.Raw("</svg> ")
		c.Text(name)
		c.Raw("</li>")
	}
	c.Raw("</ul>")
}
