package browser

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// size gives a tab a window of so many pixels of the page; scale is how many of the screen each of them takes.
func size(t *testing.T, tab context.Context, width, height int64, scale float64) {
	t.Helper()
	if err := chromedp.Do(tab, chromedp.EmulateViewport(width, height, chromedp.EmulateScale(scale))); err != nil {
		t.Fatal(err)
	}
}

// awaited returns the value of a promise.
func awaited[T any](t testing.TB, tab context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(tab, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// row is an expression for the row of an input.
func row(name string) string { return `document.querySelector("[data-field=` + name + `]")` }

// Every control is named after its input, has a label, a hint that it is described by, and an id of its own.
func TestControlsAreNamed(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html")
	until(t, tab, "the script", `document.querySelector(".tools button")`)
	wrong := eval[[]string](t, tab, `(() => {
		const wrong = [], ids = new Set();
		for (const e of document.querySelectorAll("[id]")) ids.has(e.id) ? wrong.push("twice: " + e.id) : ids.add(e.id);
		for (const row of document.querySelectorAll("[data-field]")) {
			const name = row.dataset.field, controls = [...row.querySelectorAll("[name]")];
			const said = (controls[0].type === "radio" ? row : controls[0]).getAttribute("aria-describedby") ?? "";
			if (controls.some(c => c.name !== name)) wrong.push(name + ": named otherwise");
			if (!controls.every(c => c.labels.length > 0 && c.labels[0].textContent.trim())) wrong.push(name + ": no label");
			if (!said.split(" ").every(id => document.getElementById(id))) wrong.push(name + ": described by nothing");
			if (!said.includes("-hint") || !document.getElementById(said.split(" ").find(id => id.endsWith("-hint"))).textContent.trim()) wrong.push(name + ": no hint");
			if (controls[0].type === "text" && !["decimal", "text"].includes(controls[0].inputMode)) wrong.push(name + ": no keyboard of its kind");
			if (controls[0].type === "number") wrong.push(name + ": a wheel would turn it");
		}
		return wrong })()`)
	for _, w := range wrong {
		t.Error(w)
	}
	eight := eval[int](t, tab, `document.querySelectorAll("form > .field, form > .fields").length`)
	groups := eval[string](t, tab, `[...document.querySelectorAll("form > details > summary")].map(s => s.firstChild.textContent.trim()).join(", ")`)
	if eight != 8 || groups != "The task, Your data, Team and limits, All inputs" {
		t.Errorf("%d questions first, then %s", eight, groups)
	}
}

// A range, unknown said by its box, by its word and taken back, and a slider beside its field all come to one answer.
func TestRangesAndUnknown(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html")
	openGroups(t, tab)
	typeInto(t, tab, `[name="monthly_calls"]`, "2.2M..3M..4.2M")
	until(t, tab, "the range", live+` && `+hash+` === "#v1&monthly_calls=2.2M..3M..4.2M"`)
	typeInto(t, tab, `[name="monthly_calls"]`, "1,000,000")
	until(t, tab, "commas", hash+` === "#v1&monthly_calls=1,000,000"`)
	slide := func(to, want string) {
		t.Helper()
		eval[bool](t, tab, `(s => { s.value = "`+to+`"; s.dispatchEvent(new Event("input", {bubbles: true})); return true })(document.querySelector("[data-slider=cache_hit_percent]"))`)
		if got := eval[string](t, tab, `document.querySelector("[name=cache_hit_percent]").value`); got != want {
			t.Errorf("the slider at %s makes %s, want %s", to, got, want)
		}
	}
	slide("40", "40")
	until(t, tab, "the slider's value in its field", `document.querySelector("[name=cache_hit_percent]").value === "40" && `+hash+`.includes("cache_hit_percent=40")`)
	typeInto(t, tab, `[name="cache_hit_percent"]`, "55%")
	until(t, tab, "the field's value on the slider", `document.querySelector("[data-slider=cache_hit_percent]").value === "55"`)

	typeInto(t, tab, `[name="cache_hit_percent"]`, "40..60%..80")
	slide("61", "40..61..80")
	slide("90", "40..90..90")
	slide("60", "40..60..80")

	typeInto(t, tab, `[name="current_score"]`, "45")
	until(t, tab, "a score", hash+`.includes("current_score=45")`)
	eval[bool](t, tab, `(document.querySelector("[data-unknown=current_score]").click(), true)`)
	until(t, tab, "unknown, and the box empty", `document.querySelector("[name=current_score]").value === "" && document.querySelector("[data-unknown=current_score]").checked && !`+hash+`.includes("current_score")`)
	eval[bool](t, tab, `(document.querySelector("[data-unknown=current_score]").click(), true)`)
	if !eval[bool](t, tab, focused("[name=current_score]")) {
		t.Error("what is no longer unknown cannot be written at once")
	}
	typeInto(t, tab, `[name="current_score"]`, "50")
	until(t, tab, "the score, and the box not ticked", `!document.querySelector("[data-unknown=current_score]").checked && `+hash+`.includes("current_score=50")`)
	typeInto(t, tab, `[name="current_score"]`, "")
	until(t, tab, "the box ticked where the field is empty", `document.querySelector("[data-unknown=current_score]").checked && !`+hash+`.includes("current_score")`)
	typeInto(t, tab, `[name="current_score"]`, "50")
	clickOn(t, tab, "Start empty")
	until(t, tab, "every box as it was printed", hash+` === "" && [...document.querySelectorAll("[data-unknown]")].every(b => b.checked === b.defaultChecked)`)
	typeInto(t, tab, `[name="base_model_retirement"]`, "2027-01-14")
	until(t, tab, "a date", hash+`.includes("base_model_retirement=2027-01-14")`)
}

// A mistake is told beside the field and tied to it, the text stays, and nothing flickers while somebody writes on.
func TestErrorStandsBesideTheField(t *testing.T) {
	_, tab := openCase(t, "v1&months=18")
	eval[bool](t, tab, `(() => { window.states = []; new MutationObserver(() => states.push(`+row("months")+`.dataset.state)).observe(`+row("months")+`, {attributeFilter: ["data-state"]});
		window.npv = document.querySelector('[data-report="payback.npv"]').value; return true })()`)
	typeInto(t, tab, `[name="months"]`, "1,5OO")
	until(t, tab, "the complaint", `!`+row("months")+`.querySelector("[data-complaint]").hidden`)
	control := `document.querySelector("[name=months]")`
	if eval[string](t, tab, control+`.getAttribute("aria-invalid")`) != "true" || eval[string](t, tab, control+`.value`) != "1,5OO" {
		t.Error("the field is not marked, or its text is gone")
	}
	if !eval[bool](t, tab, control+`.getAttribute("aria-describedby").split(" ").includes(`+row("months")+`.querySelector("[data-complaint]").id)`) {
		t.Error("the complaint is not tied to its field")
	}
	if say := eval[string](t, tab, row("months")+`.querySelector("[data-complaint]").textContent`); !strings.Contains(say, "1,5OO") || !strings.Contains(say, "Until then") {
		t.Errorf("the complaint reads %q", say)
	}
	typeOn(t, tab, `[name="months"]`, "O")
	until(t, tab, "the complaint about what stands there now", `document.querySelector("[data-complaint=months]").textContent.includes("1,5OOO")`)
	if states := eval[[]string](t, tab, `states.slice(states.indexOf("error"))`); slices.ContainsFunc(states, func(s string) bool { return s != "error" }) {
		t.Errorf("while one wrote, the field was %v", states)
	}
	typeInto(t, tab, `[name="months"]`, "18")
	until(t, tab, "the mistake gone", `document.querySelector("[data-complaint=months]").hidden && !`+control+`.hasAttribute("aria-invalid") && document.querySelector('[data-report="payback.npv"]').value === npv`)

	openGroups(t, tab)
	for name, text := range map[string]string{"cache_hit_percent": "140", "current_score": "9..4..2", "start_date": "2026-13-45"} {
		typeInto(t, tab, `[name="`+name+`"]`, text)
		eval[bool](t, tab, `(document.activeElement.blur(), true)`)
		until(t, tab, "a complaint about "+name, `!document.querySelector("[data-complaint=`+name+`]").hidden`)
	}
	until(t, tab, "the list of all mistakes", `document.querySelectorAll("[data-problems] li").length === 3`)
	eval[bool](t, tab, `(document.querySelector("[data-problems] a[data-input=start_date]").click(), true)`)
	until(t, tab, "the field that is named", `document.activeElement.name === "start_date" && document.activeElement.closest("details").open`)
}

// The Enter key asks at once: what cannot be read is listed, told, named in the title and has the focus; what is right has not.
func TestEnterLeadsToMistakes(t *testing.T) {
	_, tab := openCase(t, "v1&months=18")
	typeInto(t, tab, `[name="months"]`, "1,5OO")
	press(t, tab, kb.Enter)
	until(t, tab, "the list with the focus", `document.activeElement.matches("[data-problems]") && document.title.startsWith("Error: ")`)
	until(t, tab, "the mistake told", `[...document.querySelectorAll("p.hidden[role=status]")].some(p => p.textContent.startsWith("Months in production: “1,5OO”"))`)
	typeInto(t, tab, `[name="months"]`, "24")
	press(t, tab, kb.Enter)
	until(t, tab, "the answer", hash+` === "#v1&months=24" && document.querySelector("[data-problems]").hidden && !document.title.startsWith("Error")`)
	until(t, tab, "that it is mended told", `[...document.querySelectorAll("p.hidden[role=status]")].some(p => p.textContent.startsWith("Every answer can be read."))`)
	if at := eval[string](t, tab, `document.activeElement.name`); at != "months" {
		t.Errorf("the focus went to %q", at)
	}
}

// openGroups opens every group of the form.
func openGroups(t *testing.T, tab context.Context) {
	t.Helper()
	eval[bool](t, tab, `(document.querySelectorAll("details.group").forEach(d => d.open = true), true)`)
}

// With the keyboard alone: to the form, through it, a case, a flip and back, and a link.
func TestKeyboardAlone(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html")
	until(t, tab, "the script", `document.querySelector(".tools button")`)
	reach := func(what, expression string) {
		t.Helper()
		for range 120 {
			press(t, tab, kb.Tab)
			if eval[bool](t, tab, `!!(`+expression+`)`) {
				if !eval[bool](t, tab, `(() => { const e = document.activeElement, s = getComputedStyle(e), c = e.closest(".control"); return s.outlineStyle !== "none" || s.boxShadow !== "none" || !!c && getComputedStyle(c).outlineStyle !== "none" })()`) {
					t.Errorf("%s shows no focus", what)
				}
				return
			}
		}
		t.Fatalf("%s is not reached with the tab key", what)
	}
	press(t, tab, kb.Tab)
	if !eval[bool](t, tab, `document.activeElement.matches(".skip")`) {
		t.Error("the first stop is not the way past the masthead")
	}
	reach("the first field", `document.activeElement.name === "monthly_calls"`)
	press(t, tab, "3M")
	until(t, tab, "the answer", live+` && `+hash+`.includes("monthly_calls=3M")`)
	reach("the method", `document.activeElement.name === "method"`)
	press(t, tab, kb.ArrowDown)
	until(t, tab, "another method", hash+`.includes("method=")`)
	reach("a group", `document.activeElement.matches("[data-group=team] > summary")`)
	press(t, tab, kb.Enter)
	until(t, tab, "the group open", `document.querySelector("[data-group=team]").open`)
	reach("a choice of few words", `document.activeElement.type === "radio" && document.activeElement.name === "exposure"`)
	press(t, tab, kb.ArrowDown)
	until(t, tab, "another choice", hash+`.includes("exposure=public")`)
	before := eval[string](t, tab, hash)
	reach("a flip", `document.activeElement.matches("a.try")`)
	press(t, tab, kb.Enter)
	until(t, tab, "the flip tried", hash+` !== `+strconv.Quote(before)+` && document.activeElement.textContent.startsWith("Undo")`)
	press(t, tab, kb.Enter)
	until(t, tab, "the flip taken back", hash+` === `+strconv.Quote(before))
	reach("a picture", `document.activeElement.matches("[data-chart=cumulative] .plot")`)
	press(t, tab, kb.End)
	until(t, tab, "the last month read", `document.querySelector("[data-chart=cumulative] .reading").textContent.startsWith("Month 12") && document.querySelector("[data-voice]").textContent.startsWith("Month 12")`)
}

// At 320 pixels, and at 400% zoom, nothing is cut off, nothing scrolls sideways and no field hides under the line that
// says the verdict.
func TestReflow(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	for _, scale := range []float64{1, 4} {
		size(t, tab, 320, 256*3/int64(scale), scale)
		visit(t, tab, "about:blank")
		visit(t, tab, h.address+"calculator.html#v1&scenario=brand-tone")
		until(t, tab, "a live report", live)
		wide := eval[[]string](t, tab, `(() => { const bad = [];
			if (document.documentElement.scrollWidth > innerWidth) bad.push("the page: " + document.documentElement.scrollWidth);
			for (const e of document.querySelectorAll("main *")) {
				if (e.closest(".scroll, svg, .hidden, [hidden], details:not([open]) > :not(summary), .stacked thead")) continue;
				const r = e.getBoundingClientRect();
				if (r.width > 0 && r.right > innerWidth + 1) bad.push(e.tagName + "." + e.className + " " + Math.round(r.right));
			}
			return bad.slice(0, 5) })()`)
		for _, w := range wide {
			t.Errorf("at %v times: too wide: %s", scale, w)
		}
		under := awaited[[]string](t, tab, `(async () => { const bad = [];
			for (const e of document.querySelectorAll(".form > :is(.field, .fields) [name]")) {
				e.focus();
				await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
				const bar = document.querySelector(".readout:not([hidden])"), edge = bar ? bar.getBoundingClientRect().top : innerHeight;
				if (e.getBoundingClientRect().bottom > edge + 1) bad.push(e.name);
			}
			return bad })()`)
		for _, u := range under {
			t.Errorf("at %v times: %s hides under the readout", scale, u)
		}
	}
}
