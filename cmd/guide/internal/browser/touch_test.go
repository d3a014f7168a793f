package browser

import (
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"
	"time"
)

// A field that is only touched wakes the calculator and changes nothing: not the report, the address, what was kept or what is
// spoken.
func TestTouchChangesNothing(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html#months")
	until(t, tab, "the script", `document.querySelector(".tools button")`)
	eval[bool](t, tab, `(localStorage.setItem("guide.recent", "#v1&months=24"), window.before = document.querySelector(".report").innerText, window.form = document.querySelector("form[data-calculator]").textContent, document.querySelector("[name=monthly_calls]").focus(), true)`)
	until(t, tab, "a live report", live)
	awaited[bool](t, tab, `new Promise(r => setTimeout(() => r(true), 800))`) // longer than a change takes to be spoken
	for what, holds := range map[string]string{
		"the report":     `document.querySelector(".report").innerText === before`,
		"the form":       `document.querySelector("form[data-calculator]").textContent.replace(/\s\d+ of the facts.*?have them\./, "") === form`,
		"the address":    `location.hash === "#months"`,
		"the last case":  `localStorage.getItem("guide.recent") === "#v1&months=24"`,
		"what is spoken": `[...document.querySelectorAll("p.hidden[role=status]")].every(p => p.textContent === "")`,
	} {
		if !eval[bool](t, tab, holds) {
			t.Errorf("%s changed", what)
		}
	}
}

// What is written while the module is on its way stands in the first report, and no report is made of less.
func TestFirstReportHoldsWhatWasWritten(t *testing.T) {
	h := newHost(t, site, "/")
	arrive := make(chan bool)
	h.meets(func(_ http.ResponseWriter, r *http.Request) bool {
		if path.Ext(r.URL.Path) == ".wasm" {
			select {
			case <-arrive:
			case <-time.After(time.Minute):
			}
		}
		return false
	})
	tab := newTab(t)
	first(t, tab, `window.asked = []; const W = Worker; window.Worker = class extends W { postMessage(m, ...rest) { if (m.request) asked.push(m.request); super.postMessage(m, ...rest) } }`)
	visit(t, tab, h.address+"calculator.html")
	until(t, tab, "the script", `document.querySelector(".tools button")`)
	typeInto(t, tab, `[name="monthly_calls"]`, "3M")
	typeInto(t, tab, `[name="months"]`, "18")
	awaited[bool](t, tab, `new Promise(r => setTimeout(() => r(true), 300))`) // longer than the pause after a key
	close(arrive)
	until(t, tab, "a live report", live+` && `+hash+` === "#v1&monthly_calls=3M&months=18"`)
	reports := slices.DeleteFunc(eval[[]string](t, tab, `asked`), func(request string) bool { return !strings.HasPrefix(request, "report\n") })
	if len(reports) != 1 || !strings.Contains(reports[0], "\nmonthly_calls=3M\n") || !strings.Contains(reports[0], "\nmonths=18\n") {
		t.Errorf("the reports asked for: %q", reports)
	}
}

// What is written before the script arrives is answered when it does.
func TestWrittenBeforeTheScript(t *testing.T) {
	h := newHost(t, site, "/")
	arrive := make(chan bool)
	h.meets(func(_ http.ResponseWriter, r *http.Request) bool {
		if name := path.Base(r.URL.Path); strings.HasPrefix(name, "calculator-") && path.Ext(name) == ".js" {
			select {
			case <-arrive:
			case <-time.After(time.Minute):
			}
		}
		return false
	})
	tab := newTab(t)
	first(t, tab, `window.wrote = setInterval(() => { const f = document.querySelector("[name=monthly_calls]"); if (f) { f.value = "3M"; clearInterval(wrote); fetch("robots.txt") } }, 20)`)
	go func() {
		for end := time.Now().Add(time.Minute); time.Now().Before(end) && !slices.Contains(h.since(), "/robots.txt"); time.Sleep(20 * time.Millisecond) {
		}
		close(arrive)
	}()
	visit(t, tab, h.address+"calculator.html")
	until(t, tab, "the answer", live+` && `+hash+` === "#v1&monthly_calls=3M"`)
}

// A worker that falls while there is no network is started again from what the page has.
func TestSecondWorkerNeedsNoNetwork(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	first(t, tab, `window.made = []; const W = Worker; window.Worker = class extends W { constructor(...a) { super(...a); made.push(this) } }`)
	visit(t, tab, h.address+"calculator.html")
	until(t, tab, "the script", `document.querySelector(".tools button")`)
	typeInto(t, tab, `[name="monthly_calls"]`, "3M")
	until(t, tab, "a live report", live+` && `+hash+` === "#v1&monthly_calls=3M"`)
	h.since()
	eval[bool](t, tab, `(made[0].dispatchEvent(new ErrorEvent("error", {message: "out of memory"})), true)`)
	typeInto(t, tab, `[name="monthly_calls"]`, "5M")
	until(t, tab, "a report of a second worker", `made.length === 2 && `+hash+` === "#v1&monthly_calls=5M"`)
	if asked := h.since(); slices.ContainsFunc(asked, func(p string) bool { return path.Ext(p) == ".wasm" || strings.Contains(p, "/facts-") }) {
		t.Errorf("the second worker fetched %v", asked)
	}
}

// What is closed is not laid out while the page loads, and is found by its text soon after.
func TestClosedGroupsAreFound(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	const shown = `[...document.querySelectorAll("details.group")].map(d => getComputedStyle(d, "::details-content").display)`
	first(t, tab, `document.addEventListener("DOMContentLoaded", () => window.early = `+shown+`)`)
	visit(t, tab, h.address+"calculator.html")
	if early := eval[[]string](t, tab, `early`); len(early) != 4 || slices.ContainsFunc(early, func(d string) bool { return d != "none" }) {
		t.Errorf("while the page loads the closed groups are %v", early)
	}
	until(t, tab, "groups whose text is found", shown+`.every(d => d === "block")`)
}
