package view

import (
	"math"
	"strings"
	"testing"
)

// Labels at the ends of lines stay in the plot, keep a line's height from each other, in the order of the ends, and, where there
// is room, off the line that they name.
func TestLabelsKeepClear(t *testing.T) {
	g := plane{262, 12, scale{from: 0, to: 100, step: 25, print: short}}
	for _, ends := range [][]float64{{50}, {100}, {0}, {50, 50}, {50, 48}, {0, 0.5, 1}, {100, 99, 98, 97}, {10, 90}, {33, 34, 35}} {
		for _, before := range []float64{-8, 0, 8} { // what a line was a step before its end, beside it
			lines := []curve{}
			for _, end := range ends {
				lines = append(lines, curve{values: []float64{end + before, end}})
			}
			ys := g.labelled(lines)
			for i, y := range ys {
				if y < planeTop || y > g.bottom() {
					t.Errorf("%v from %v: label %d at %.0f leaves the plot", ends, before, i, y)
				}
				for k := range ys[:i] {
					if math.Abs(y-ys[k]) < labelLine {
						t.Errorf("%v from %v: labels %d and %d at %.0f and %.0f", ends, before, k, i, ys[k], y)
					}
					if ends[i] != ends[k] && (ends[i] > ends[k]) != (y < ys[k]) {
						t.Errorf("%v from %v: labels %d and %d stand in another order than their lines", ends, before, k, i)
					}
				}
				if at := g.y(ends[i]); len(ends) == 1 && ends[i] == 50 && y > at-5 && y < at+14 {
					t.Errorf("%v from %v: the label at %.0f lies on its line at %.0f", ends, before, y, at)
				}
			}
		}
	}
}

// A label stands where fewer lines run through it, also where its own line falls.
func TestLabelsKeepOffOtherLines(t *testing.T) {
	g := plane{262, 12, scale{from: 0, to: 100, step: 25, print: short}}
	flat := curve{values: []float64{45, 45, 45, 45, 45, 45, 45, 45}}
	falls := curve{values: []float64{60, 59, 58, 57, 56, 55, 54, 53}}
	if ys := g.labelled([]curve{falls, flat}); ys[0] > g.y(53) || ys[1] < g.y(45) {
		t.Errorf("labels at %.0f and %.0f, lines end at %.0f and %.0f", ys[0], ys[1], g.y(53), g.y(45))
	}
}

// No line of a picture's sentences ends between a minus and its dollars.
func TestMinusStaysWithItsDollars(t *testing.T) {
	_, report := Print(shippedTables(t), "report", nil)
	joined := 0
	for _, piece := range strings.Split(string(report), "<") {
		name, text, _ := strings.Cut(piece, ">")
		if sentence := strings.Contains(name, `class="reading"`) || name == "title"; sentence {
			joined += strings.Count(text, "−\u2060$")
			if strings.Contains(text, "−$") {
				t.Errorf("%q may break after its minus", text)
			}
		}
	}
	if joined < 10 {
		t.Errorf("only %d losses are read", joined)
	}
}
