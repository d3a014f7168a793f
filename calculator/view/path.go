package view

import (
	"strings"

	"whentofinetune/calculator"
)

// Geometry of the path, in pixels.
const (
	pathHeight = 32
	pathLine   = 16
)

// manyRungs is how many knots of full size a phone has room for.
const manyRungs = 24

// fewSteps is how many steps of a path are shown at once; more of them are folded.
const fewSteps = 4

// path draws the ladder lying down: an open knot for every rung that was passed by, the sign of the call where it stops,
// ticks for the rungs beyond. A rung is a way, however many rules speak for it, so that the ladder is as long for all answers. The list under it says the same in words, each with why it was passed by.
func (p *printer) path() {
	v := &p.r.Verdict
	steps := len(v.Passed)
	all := len(ladderRungs())
	say := "Stopped at rung " + px(steps+1) + " of " + px(all) + ": " + p.outcomeTitle(v.Primary) + "."
	p.raw(`<h3 class="path-title">How it got here</h3>` + "\n" + `<figure data-chart="path">`)
	p.pathPicture(all, say)
	p.el("p", say, "class", "reading")
	p.raw("\n")
	if steps > fewSteps {
		p.raw(`<details class="twin"><summary>`)
		p.text(px(steps) + " rungs passed by, and why")
		p.raw("</summary>")
		p.passed()
		p.raw("</details>\n")
	} else {
		p.passed()
	}
	p.raw("</figure>\n" + `<p class="step step-here">`)
	p.callWord(v.Call, "")
	p.raw("<span><b>")
	p.outcomeLink(v.Primary)
	p.raw("</b>")
	if v.RunnerUp != "" {
		p.raw(" <small>runner-up: ")
		p.outcomeLink(v.RunnerUp)
		p.raw("</small>")
	}
	p.raw("</span></p>\n")
}

// passed lists the rungs that were passed by.
func (p *printer) passed() {
	if len(p.r.Verdict.Passed) == 0 {
		return
	}
	p.raw(`<ol class="path">`)
	for _, s := range p.r.Verdict.Passed {
		p.raw(`<li class="step"><svg class="knot" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="4"/></svg><span><b>`)
		p.outcomeLink(s.Outcome)
		p.raw("</b> ")
		p.el("small", p.passedBy(s))
		p.raw("</span></li>\n")
	}
	p.raw("</ol>")
}

// passedBy says why a rung was passed by, its answers in the form's words.
func (p *printer) passedBy(s calculator.Passed) string {
	said := []string{}
	for _, id := range s.Inputs {
		if in, ok := calculator.Find(id); ok {
			said = append(said, lower(in.Question().Label)+": "+p.answer(in))
		}
	}
	return s.Why + " (" + strings.Join(said, "; ") + ")"
}

// pathPicture draws the path over all rungs.
func (p *printer) pathPicture(all int, say string) {
	v := &p.r.Verdict
	// Half a step of room at both ends keeps the knots inside.
	step := 100 / float64(all)
	at := func(i int) float64 { return float64((float64(i) + 0.5) * step) }
	left := func(i int) float64 { return float64(float64(i) * step) }
	knot := 4 // pixels from its middle to its edge
	if all > manyRungs {
		knot = 3
	}
	p.raw(`<div class="plot">`)
	p.figureSVG("path", pathHeight, "The path down the ladder", say)
	p.open("line", "class", "base", "x1", pct(at(0)), "x2", pct(at(len(v.Passed))), "y1", px(pathLine), "y2", px(pathLine))
	p.raw("</line>")
	for i := len(v.Passed) + 1; i < all; i++ {
		p.upright("tick", at(i), pathLine-3, pathLine+3)
	}
	for i := range v.Passed {
		p.open("circle", "class", "knot", "cx", pct(at(i)), "cy", px(pathLine), "r", px(knot))
		p.raw("</circle>")
	}
	// The sign is drawn from its middle, wherever that lies.
	p.open("svg", "class", "glyph "+callClass(v.Call), "x", pct(at(len(v.Passed))), "y", px(pathLine-2*knot), "width", px(4*knot), "height", px(4*knot), "viewBox", "8 0 16 16")
	p.raw(calls[callAt(v.Call)].glyph)
	p.raw(`</svg><g class="points" data-points>`)
	for i, s := range v.Passed {
		p.point(at(i), left(i), step, 0, pathHeight, p.outcomeTitle(s.Outcome)+": "+p.passedBy(s))
	}
	p.point(at(len(v.Passed)), left(len(v.Passed)), step, 0, pathHeight, say)
	p.raw("</g></svg></div>\n")
}
