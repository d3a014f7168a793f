package browser

import (
	"slices"
	"testing"
	"time"
)

// tell reports the half below which, and the most, of what a benchmark measured, in milliseconds.
func tell(b *testing.B, took []float64) {
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2], "ms")
	b.ReportMetric(took[len(took)-1], "ms-most")
	b.ReportMetric(0, "ns/op")
}

// liveAfter is a promise of the milliseconds from an act to a live report.
func liveAfter(act string) string {
	return `new Promise(done => {
		const report = document.querySelector('[data-report="report"]'), began = performance.now();
		new MutationObserver(() => report.dataset.state === "live" && done(performance.now() - began)).observe(report, {attributeFilter: ["data-state"]});
		` + act + ` })`
}

// BenchmarkFirstTouch measures from the first touch of a field to the first live report: by readers of nothing else before,
// as soon as the page has loaded, while the site is fetched for reading offline, and later.
func BenchmarkFirstTouch(b *testing.B) {
	for _, wait := range []time.Duration{0, time.Second / 2, 2 * time.Second, 5 * time.Second} {
		b.Run(wait.String(), func(b *testing.B) {
			h := newHost(b, site, "/")
			var took []float64
			for b.Loop() {
				tab := keepingTab(b)
				visit(b, tab, h.address+"calculator.html")
				time.Sleep(wait)
				took = append(took, awaited[float64](b, tab, liveAfter(`document.querySelector("[name=monthly_calls]").focus()`)))
				visit(b, tab, "about:blank")
			}
			tell(b, took)
		})
	}
}

// BenchmarkEdit measures from the last key, through the pause that is waited for, to the new report.
func BenchmarkEdit(b *testing.B) {
	h := newHost(b, site, "/")
	tab := newTab(b)
	visit(b, tab, h.address+"calculator.html")
	awaited[float64](b, tab, liveAfter(`document.querySelector("[name=monthly_calls]").focus()`))
	var took []float64
	for b.Loop() {
		took = append(took, awaited[float64](b, tab, `new Promise(done => {
			const field = document.querySelector("[name=monthly_calls]"), began = performance.now();
			document.addEventListener("guide:changed", () => done(performance.now() - began), {once: true});
			field.value = String(1e6 + Math.round(1e6 * Math.random()));
			field.dispatchEvent(new Event("input", {bubbles: true})) })`))
	}
	tell(b, took)
}
