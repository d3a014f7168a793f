package view

import (
	"math"
	"slices"

	"whentofinetune/calculator/validate"
)

// validation prints what the cost model makes of the published runs, drawn and tabled, by kind of measurement.
func (p *printer) validation(string) []byte {
	if len(p.t.Runs) == 0 {
		return tabbed("view", "no published runs are loaded", "add runs.txt to the tables")
	}
	for _, part := range validate.Check(p.t) {
		if len(part.Rows) == 0 {
			continue
		}
		p.figure(p.ratios(&part))
		p.runs(&part)
	}
	return nil
}

// ratioAt is where a ratio lies, in percent of the width: 1 in the middle, a ratio and its inverse as far from it.
func ratioAt(ratio float64) float64 { return 100 * ratio / (1 + ratio) }

const ratioStep = 14 // pixels a run

// ratios draws predicted over published, from the lowest to the highest.
func (p *printer) ratios(part *validate.Part) figure {
	rows := slices.Clone(part.Rows)
	for i := 1; i < len(rows); i++ {
		for j := i; j > 0 && rows[j].Ratio < rows[j-1].Ratio; j-- {
			rows[j], rows[j-1] = rows[j-1], rows[j]
		}
	}
	f := figure{name: "validation-" + part.ID, wide: true}
	f.finding = part.Title + ": " + part.Share()
	f.caption = "Predicted over published " + part.Unit + ", one mark a run; in the middle they are equal. Hatched: " + part.Tolerance() +
		". The median is " + figures(part.Median) + ", the median error " + percent(100*part.MedianError) + "."
	f.picture = func() { p.ratioPlot(part, rows, f.finding) }
	return f
}

func (p *printer) ratioPlot(part *validate.Part, rows []validate.Row, title string) {
	const top = 18
	bottom := top + 8 + len(rows)*ratioStep
	p.figureSVG("validation-"+part.ID, bottom+6, title, "Predicted over published "+part.Unit+" of "+count(float64(len(rows)))+" runs, from "+
		figures(rows[0].Ratio)+" to "+figures(rows[len(rows)-1].Ratio)+".")
	p.open("rect", "class", "pad", "width", "100%", "y", px(top), "height", px(bottom-top))
	p.raw("</rect>")
	least, most := part.Limits()
	p.rect("hatch-6", ratioAt(least), ratioAt(most)-ratioAt(least), top, bottom-top)
	for _, tick := range [...]struct {
		ratio float64
		text  string
	}{{1.0 / 3, "a third"}, {0.5, "half"}, {1, "equal"}, {2, "twice"}, {3, "three times"}} {
		p.upright("tick", ratioAt(tick.ratio), top, bottom)
		p.label("", ratioAt(tick.ratio), 12, "middle", tick.text)
	}
	p.upright("base", 50, top, bottom)
	for i, row := range rows {
		y, x := top+6+i*ratioStep, ratioAt(row.Ratio)
		if row.Inside {
			p.rect("solid-6", x-0.4, 0.8, y, 8)
			continue
		}
		p.rect("solid-2", x-0.4, 0.8, y, 8)
		if x < 50 {
			p.label("halo", x+1.5, y+9, "", row.Run.Name)
		} else {
			p.label("halo", x-1.5, y+9, "end", row.Run.Name)
		}
	}
	p.raw(`<g class="points" data-points>`)
	for i, row := range rows {
		y := top + 4 + i*ratioStep
		p.point(-1, 0, 100, y, y+ratioStep, row.Run.Name+": "+amount(row.Predicted)+" predicted, "+amount(row.Published)+" published.")
	}
	p.raw("</g></svg>")
}

// amount prints a measurement: three figures, and whole from a thousand on.
func amount(x float64) string {
	if math.Abs(x) >= 1000 {
		return count(math.Floor(x + 0.5))
	}
	return figures(x)
}

// runs tables every run of a part, those without a prediction last.
func (p *printer) runs(part *validate.Part) {
	title := part.Title + ", every run"
	p.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", title)
	p.open("table", "class", "table table-validation")
	p.el("caption", title)
	p.raw("<thead><tr>")
	for i, head := range [...]string{"Run", "Published, " + part.Unit, "Predicted", "Ratio", "Inside", "To know", "Source", "Grade"} {
		p.el("th", head, "scope", "col", when(i > 0 && i < 4, "class"), "number")
	}
	p.raw("</tr></thead>\n<tbody>\n")
	for _, row := range part.Rows {
		p.runRow(&row, figures(row.Ratio), yesNo(row.Inside))
	}
	for _, row := range part.Unpredicted {
		p.runRow(&row, "", "not counted")
	}
	p.raw("</tbody></table></div>\n")
}

func (p *printer) runRow(row *validate.Row, ratio, inside string) {
	run := row.Run
	p.open("tr", "id", p.id+"run-"+run.ID)
	p.el("th", run.Name, "scope", "row")
	predicted := "not predicted"
	if row.Predicted > 0 {
		predicted = amount(row.Predicted)
	}
	for _, cell := range [...]string{amount(row.Published), predicted, ratio} {
		p.el("td", cell, "class", "number")
	}
	p.el("td", inside)
	p.el("td", row.Reason)
	p.raw("<td>")
	if run.Address != "" {
		p.el("a", run.Date, "href", run.Address, "title", run.Source)
	} else {
		p.text(run.Source)
	}
	p.raw("</td><td>")
	p.grade(run.Grade)
	p.raw("</td></tr>\n")
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
