package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// On paper the verdict comes first; then stands every answer that was given, also those of closed groups, and no button.
func TestPaperHoldsEveryAnswer(t *testing.T) {
	_, tab := openCase(t, "v1&monthly_calls=3M&current_score=45&target_score=90&exposure=public&base_model_retirement=2027-01-14")
	call(t, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	const shown = `const shown = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility === "visible";`
	missing := eval[[]string](t, tab, `(() => { `+shown+` return ["monthly_calls", "current_score", "target_score", "exposure", "base_model_retirement"].filter(n => !shown(document.querySelector("[data-field=" + n + "]"))) })()`)
	if len(missing) > 0 {
		t.Errorf("not on paper: %v", missing)
	}
	extra := eval[[]string](t, tab, `(() => { `+shown+` return [...document.querySelectorAll(".group [data-field][data-state=default], main button, .slider, .tools")].filter(shown).map(e => e.outerHTML.slice(0, 80)) })()`)
	if len(extra) > 0 {
		t.Errorf("nobody answered or can press on paper: %v", extra)
	}
	if !eval[bool](t, tab, `document.querySelector(".verdict-window").getBoundingClientRect().top < document.querySelector(".form").getBoundingClientRect().top`) {
		t.Error("the form comes before the verdict")
	}
}
