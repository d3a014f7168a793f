package view

import (
	"whentofinetune/calculator"
)

// Geometry of the ladder, in pixels.
const (
	rungHeight = 34
	ladderTop  = 12
	ladderKnot = 14
)

// ladder draws the rungs in the order in which they are asked, the path taken down to the one that decides, and each as a
// link to the page that explains it. The list below the drawing says the same in words.
func (p *printer) ladder() {
	rungs := ladderRungs()
	here := len(rungs) - 1
	for i, o := range rungs {
		if o.ID == p.r.Verdict.Primary {
			here = i
		}
	}
	height := ladderTop + rungHeight*len(rungs)
	p.open("figure", "class", "figure ladder-figure")
	p.open("svg", "class", "ladder", "role", "group", "width", "100%", "height", px(height), "aria-labelledby", p.id+"ladder-title "+p.id+"ladder-desc")
	p.el("title", "The ladder: "+px(len(rungs))+" rungs, the cheap ones first", "id", p.id+"ladder-title")
	p.el("desc", "With these answers the path ends at: "+rungs[here].Title+". "+callTitle(p.r.Verdict.Call)+".", "id", p.id+"ladder-desc")
	p.open("line", "class", "rail", "x1", px(ladderKnot), "x2", px(ladderKnot), "y1", px(ladderTop), "y2", px(height-rungHeight/2))
	p.shut("line")
	p.open("line", "class", "rail rail-taken", "x1", px(ladderKnot), "x2", px(ladderKnot), "y1", px(ladderTop), "y2", px(ladderTop+rungHeight*here+rungHeight/2))
	p.shut("line")
	for i, o := range rungs {
		p.rung(i, here, o)
	}
	p.raw("</svg>\n<ol class=\"twin\">")
	for i, o := range rungs {
		p.open("li", when(i == here, "aria-current"), "step")
		p.el("a", o.Title, "href", p.root+o.Page)
		p.text(": " + o.Is)
		p.raw("</li>\n")
	}
	p.raw("</ol></figure>\n")
}

func (p *printer) rung(i, here int, o *calculator.Outcome) {
	y := ladderTop + rungHeight*i + rungHeight/2
	class := "rung"
	switch {
	case i == here:
		class = "rung rung-here"
	case i < here:
		class = "rung rung-passed"
	}
	p.open("a", "href", p.root+o.Page, "class", class)
	p.open("circle", "cx", px(ladderKnot), "cy", px(y), "r", "6")
	p.shut("circle")
	p.el("text", o.Title, "x", px(ladderKnot+18), "y", px(y+5))
	p.shut("a")
}

// ladderRungs are the outcomes in the order in which their rules are asked, each once.
func ladderRungs() []*calculator.Outcome {
	var list []*calculator.Outcome
	seen := map[string]bool{}
	for i := range calculator.Rungs {
		id := calculator.Rungs[i].Outcome
		if o := calculator.FindOutcome(id); o != nil && !seen[id] {
			seen[id] = true
			list = append(list, o)
		}
	}
	return list
}
