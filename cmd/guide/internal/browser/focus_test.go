package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp/kb"
)

// stand is a case whose verdict has flips, and which no default comes to.
const stand = "v1&current_score=70&target_score=90&best_model_score=95&eval_set_size=400&monthly_calls=3M"

// focused is an expression that says whether the focus is on what a selector names.
func focused(selector string) string { return "document.activeElement.matches(`" + selector + "`)" }

// What is tried is taken back one by one; the way back stays in sight under a verdict that is longer than the window, and the
// reader who took all of it back goes on at the verdict.
func TestFlipsAreUndoneInOrder(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	size(t, tab, 320, 568, 1)
	visit(t, tab, h.address+"calculator.html#"+stand)
	until(t, tab, "a live report with flips", live+` && document.querySelectorAll("a.try").length > 2`)
	before := eval[string](t, tab, hash)
	try := func(input string) {
		t.Helper()
		until(t, tab, "a flip of "+input, `[...document.querySelectorAll("a.try")].some(a => a.dataset.set.startsWith("`+input+`=") && (a.click(), true))`)
		until(t, tab, "the way back with the focus and in sight", focused(".undo")+` && document.activeElement.getBoundingClientRect().bottom <= innerHeight`)
	}
	try("target_score")
	until(t, tab, "the first answer tried", hash+`.includes("target_score=96")`)
	try("primary_gap")
	until(t, tab, "the second answer tried", hash+`.includes("primary_gap=")`)
	press(t, tab, kb.Enter)
	until(t, tab, "the first way back", `!`+hash+`.includes("primary_gap=") && document.activeElement.textContent.includes("Must pass")`)
	press(t, tab, kb.Enter)
	until(t, tab, "the answers as before and the focus on the verdict", hash+` === "`+before+`" && `+focused(".verdict-call")+` && document.querySelector(".undo").hidden`)
}

// Where what was pressed goes away, the focus goes to what comes in its place.
func TestFocusIsNotLost(t *testing.T) {
	_, tab := openCase(t, stand)
	press := func(what, button string) {
		t.Helper()
		until(t, tab, what, `(b => b && (b.focus(), b.click(), true))(`+button+`)`)
	}
	eval[bool](t, tab, `(document.querySelector(".evidence").scrollIntoView(), true)`)
	until(t, tab, "the line at the foot", `!document.querySelector(".readout").hidden`)
	press("See why", `document.querySelector(".readout a")`)
	until(t, tab, "the verdict with the focus", focused(".verdict-call"))

	clickOn(t, tab, "Keep and compare")
	press("Erase", `document.querySelector("dialog [aria-label^='Erase: Do not. Passes']")`)
	until(t, tab, "the list with the focus", focused("dialog h3"))
	press("Open", `document.querySelector("dialog [data-preset=brand-tone] [aria-label^='Open: Brand tone']")`)
	until(t, tab, "the case", `!`+hash+`.includes("best_model_score=95")`)
	press("Back to the answers before", `document.querySelector(".calculator-head .state button")`)
	until(t, tab, "the way forth with the focus", focused(".calculator-head .state button")+` && `+hash+`.includes("best_model_score=95")`)

	clickOn(t, tab, "Start from a case")
	press("Compare", `document.querySelector("dialog [data-preset=brand-tone] [aria-label^='Compare: Brand tone']")`)
	until(t, tab, "the two cases, and their title with the focus", `document.querySelector("tr[data-differs]") && `+focused("#compare-title"))
}

// What was compared says so when the form has gone on, and is compared again at a press.
func TestComparedIsOld(t *testing.T) {
	_, tab := openCase(t, "v1&monthly_calls=3M")
	clickOn(t, tab, "Start from a case")
	until(t, tab, "the case to compare", `(b => b && (b.click(), true))(document.querySelector("dialog [data-preset=brand-tone] [aria-label^=Compare]"))`)
	const old = `document.querySelector("#compare-title + .part-note")`
	until(t, tab, "what differs, and nothing old", `document.querySelector("tr[data-differs]") && `+old+`.hidden`)
	typeInto(t, tab, `[name="months"]`, "27")
	until(t, tab, "a word on what is old", `!`+old+`.hidden`)
	eval[bool](t, tab, `(`+old+`.querySelector("button").focus(), `+old+`.querySelector("button").click(), true)`)
	until(t, tab, "the new answer beside the other", `document.querySelector("tr[data-differs=months]")?.cells[1].textContent.startsWith("27") && `+old+`.hidden`)
}

// The answers of the visit before are offered by themselves, not those that stand in the form, and can be erased.
func TestLastVisitIsOffered(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html#v1&monthly_calls=3M")
	until(t, tab, "answers kept", `localStorage.getItem("guide.recent") === "#v1&monthly_calls=3M"`)
	visit(t, tab, h.address+"calculator.html?again#v1&months=24&epochs=2")
	until(t, tab, "other answers kept", `localStorage.getItem("guide.recent") === "#v1&months=24&epochs=2" || localStorage.getItem("guide.recent")?.includes("months=24")`)
	clickOn(t, tab, "Start from a case")
	until(t, tab, "those of the last visit", `document.querySelector(".cases .kept li span").textContent === "Last time: 1 answer"`)
	eval[bool](t, tab, `(document.querySelector("dialog [aria-label^='Erase: Last time']").click(), true)`)
	until(t, tab, "none of them, and a word on those that stay", `!document.querySelector(".cases").innerText.includes("Last time") && document.querySelector(".cases").innerText.includes("kept too")`)
	clickOn(t, tab, "Erase all")
	until(t, tab, "nothing kept", `localStorage.getItem("guide.recent") === null && !document.querySelector(".cases").innerText.includes("kept too")`)
}

// What a button did is spoken, a link of another version and what is strange in a link are told, a slider does not say a number
// where none is known, and no menu is cut off on a narrow screen.
func TestStatesAreSaid(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	size(t, tab, 320, 568, 1)
	visit(t, tab, h.address+"calculator.html#v9&monthly_calls=3M")
	until(t, tab, "a word on the other version", `document.querySelector(".calculator-head .state").textContent.includes("another version")`)
	for hash, word := range map[string]string{"#v1?monthly_calls=3M": "This link cannot be read", "#v1&scenario=brand-tome": "“brand-tome”: there is no worked example of this name. Did you mean brand-tone?"} {
		eval[bool](t, tab, `(location.hash = "`+hash+`", true)`)
		until(t, tab, "a word on "+hash, `document.querySelector(".calculator-head .state").textContent.includes("`+word+`")`)
	}
	eval[bool](t, tab, `(location.hash = "#v1%26monthly_calls%3D3M%26months%3D18", true)`)
	until(t, tab, "the answers of a link whose signs were escaped", live+` && `+hash+` === "#v1&monthly_calls=3M&months=18"`)
	eval[bool](t, tab, `(location.hash = "#v1&months%3D18&weather", true)`)
	until(t, tab, "a word on what is no question", `document.querySelector(".calculator-head .state").textContent === "The link is open. It also says what is no question here: weather."`)
	until(t, tab, "the answers that are", live+` && `+hash+` === "#v1&months=18"`)
	clickOn(t, tab, "Copy link")
	until(t, tab, "what was done, aloud", `document.querySelector("[data-voice][role=status]")?.textContent.match(/^(Copied|Not copied)$/)`)
	clickOn(t, tab, "Save")
	if right := eval[float64](t, tab, `Math.max(...[...document.querySelectorAll(".saving button")].map(b => b.getBoundingClientRect().right))`); right > 320 {
		t.Errorf("the menu ends at %g of 320 pixels", right)
	}
	const slider = `document.querySelector("[data-slider=current_score]")`
	if said := eval[string](t, tab, slider+`.getAttribute("aria-valuetext") ?? ""`); said != "not known" {
		t.Errorf("the printed slider of what is not known says %q", said)
	}
	openGroups(t, tab)
	typeInto(t, tab, `[name="current_score"]`, "45")
	until(t, tab, "a number on the slider", slider+`.value === "45" && !`+slider+`.hasAttribute("aria-valuetext")`)
	eval[bool](t, tab, `(document.querySelector("[data-unknown=current_score]").click(), true)`)
	until(t, tab, "none", slider+`.getAttribute("aria-valuetext") === "not known"`)
}

// In forced colours the line at the foot and the link that skips are written in another colour than what the browser puts behind
// their words, which is that of the canvas.
func TestForcedColoursAreRead(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html")
	call(t, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}}})
	until(t, tab, "the line at the foot", `document.querySelector(".readout")`)
	canvas := eval[string](t, tab, `(e => { document.body.append(e); e.style.color = "Canvas"; const c = getComputedStyle(e).color; e.remove(); return c })(document.createElement("i"))`)
	for _, what := range []string{".readout", ".readout a", ".skip"} {
		if colour := eval[string](t, tab, `getComputedStyle(document.querySelector("`+what+`")).color`); colour == canvas {
			t.Errorf("%s is written in the colour of the canvas, %s", what, colour)
		}
	}
}
