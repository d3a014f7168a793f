package browser

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// readingSite builds a small site with everything that a script helps with while reading.
func readingSite(t *testing.T) string {
	t.Helper()
	content, out := t.TempDir(), filepath.Join(t.TempDir(), "site")
	write(t, content, "index.md", "# Start\n\nSee [one](part/one.md).\n")
	write(t, content, "part/index.md", "# Part\n\nWhat there is.\n")
	text := "Words about adapters and their rank.\n\n" + strings.Repeat("A line that takes room.\n\n", 40)
	write(t, content, "part/one.md", "# One\n\n"+text+"## Quantised weights\n\n"+text+"## Last words\n\n"+text+
		"```sh\n$ first --now\noutput\n$ second \\\n  --more\n```\n\n> [!TABS] System\n> ### Linux\n> for Linux\n> ### Windows\n> for Windows\n")
	write(t, content, "part/two.md", "# Two\n\nOther.\n\n> [!TABS] System\n> ### Linux\n> for Linux\n> ### Windows\n> for Windows\n")
	if err := command(guide, "build", "--quiet", "--content", content, "--out", out); err != nil {
		t.Fatal(err)
	}
	return out
}

// press sends keys to whatever has the focus.
func press(t *testing.T, tab context.Context, keys string) {
	t.Helper()
	if err := chromedp.Do(tab, chromedp.KeyEvent(keys)); err != nil {
		t.Fatal(err)
	}
}

// openSearch opens the search sheet by its key.
func openSearch(t *testing.T, tab context.Context) {
	t.Helper()
	until(t, tab, "the script", `document.documentElement.hasAttribute("data-script")`)
	press(t, tab, "/")
	until(t, tab, "the sheet", `document.querySelector("dialog.sheet[open] input") === document.activeElement`)
}

// searched builds a site from content and returns a tab with its search sheet open.
func searched(t *testing.T, content string) context.Context {
	t.Helper()
	out := filepath.Join(t.TempDir(), "site")
	if err := command(guide, "build", "--quiet", "--content", content, "--out", out); err != nil {
		t.Fatal(err)
	}
	tab := newTab(t)
	visit(t, tab, newHost(t, out, "/").address)
	openSearch(t, tab)
	return tab
}

// ask writes a question into the search sheet in place of the one before.
func ask(t *testing.T, tab context.Context, query string) {
	t.Helper()
	eval[bool](t, tab, fmt.Sprintf(`(document.querySelector(".sheet input").value = "", document.execCommand("insertText", false, %q), true)`, query))
}

// The search sheet opens by its key, finds while one types, forgives a slip, and is gone through with the keyboard.
func TestSearchByKeyboard(t *testing.T) {
	h := newHost(t, readingSite(t), "/sub/")
	tab := newTab(t)
	visit(t, tab, h.address+"part/two.html")
	openSearch(t, tab)
	press(t, tab, "quantisd")
	until(t, tab, "the page in spite of the slip", `document.querySelector("#found [role=option] b")?.textContent === "One"`)
	until(t, tab, "a word on how the slip was read", `document.querySelector(".found-note").textContent.includes("quantised")`)
	until(t, tab, "the heading and the marked words", `document.querySelector("#found [role=option] small")?.textContent.includes("Quantised weights")`)
	press(t, tab, "\r")
	until(t, tab, "the section that was found", `location.pathname === "/sub/part/one.html" && location.hash === "#quantised-weights"`)
}

// Enter opens what was written, also before the pages for it are found, and nothing where nothing is chosen.
func TestSearchWaitsForWhatIsWritten(t *testing.T) {
	h := newHost(t, readingSite(t), "/sub/")
	tab := newTab(t)
	visit(t, tab, h.address+"part/two.html")
	openSearch(t, tab)
	until(t, tab, "the ways to start", `document.querySelectorAll("#found [role=option]").length > 0`)
	enter := `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true}))`
	eval[bool](t, tab, `(`+enter+`, true)`)
	if !eval[bool](t, tab, `document.querySelector("dialog.sheet").open`) {
		t.Error("without a word Enter opens a page")
	}
	eval[bool](t, tab, `(document.execCommand("insertText", false, "quantised"), `+enter+`, true)`)
	until(t, tab, "the page that was asked for", `location.pathname === "/sub/part/one.html"`)
}

// A slip is read as the nearest word, wherever that stands among words that are further away, in letters alike or in length;
// a question whose words no page holds together leads to the pages that hold most of them.
func TestSearchForgives(t *testing.T) {
	content := t.TempDir()
	write(t, content, "index.md", "# Start\n\nLabour, large, lavish, ladder and learner; memory, melody and membrane; paraphrase; a frame, cdproto.\n")
	write(t, content, "one.md", "# Forgetting\n\nCatastrophic loss: compilation, overfitting.\n")
	write(t, content, "two.md", "# Examples\n\nHow many you need.\n")
	tab := searched(t, content)
	for query, says := range map[string][2]string{
		"labor": {"“labour”", "Start"}, "memry": {"“memory”", "Start"}, "overfiting": {"“overfitting”", "Forgetting"},
		"catastrofic forgetting": {"“catastrophic forgetting”", "Forgetting"}, "how many examples for labour": {"No page has all", "Examples"},
	} {
		ask(t, tab, query)
		until(t, tab, query, fmt.Sprintf(`document.querySelector(".found-note").textContent.includes(%q) && document.querySelector("#found b")?.textContent === %q`, says[0], says[1]))
	}
	for _, query := range []string{"gdpr", "vram", "lard"} { // one edit from a word with another letter first, or from the beginning of a longer one
		ask(t, tab, query)
		until(t, tab, query, fmt.Sprintf(`document.querySelector(".found-note").textContent.includes("Nothing for “" + %q)
			&& !document.querySelector("#found b")`, query))
	}
}

// A compound is found however it is written and however it is asked for; and what a question says in passing need not
// stand on the page.
func TestSearchReadsCompounds(t *testing.T) {
	content := t.TempDir()
	write(t, content, "index.md", "# Start\n\nMeasure first.\n")
	write(t, content, "hyphen.md", "# Hyphen\n\nThe break-even and fine-tuning, state-of-the-art.\n")
	write(t, content, "one.md", "# One\n\nIts breakeven; finetuning them, and a zero\u2011shot check.\n")
	write(t, content, "space.md", "# Space\n\nTo break even by fine tuning with a few shot prompt.\n")
	write(t, content, "papers.md", "# Papers\n\n"+strings.Repeat("Many studies were read. ", 60)+"Retrieval vs fine-tuning.\n")
	write(t, content, "retrieval.md", "# Retrieval\n\nRetrieval, rather than fine-tuning, brings facts.\n")
	tab := searched(t, content)
	three := "Hyphen, One, Space"
	tuning := "Hyphen, One, Papers, Retrieval, Space"
	for query, want := range map[string]string{
		"breakeven": three, "break-even": three, "break even": three, "Break\u2011Even ": three,
		"finetuning": tuning, "fine-tuning": tuning, "fine tuning ": tuning,
		"fewshot": "Space", "few-shot": "Space", "zeroshot": "One", "zero shot": "One", "stateoftheart": "Hyphen",
		"retrieval vs fine-tuning": "Papers, Retrieval",
	} {
		ask(t, tab, query)
		until(t, tab, query+": "+want, fmt.Sprintf(`document.querySelector("#found").getAttribute("aria-busy") === "false" &&
			[...document.querySelectorAll("#found b")].map(b => b.textContent).sort().join(", ") === %q`, want))
		until(t, tab, query+" marked", `document.querySelector("#found p mark")`)
	}
}

// On paper ink is dark whatever the screen shows, long tables are there, and the joined guide is spaced as its pages are.
func TestOnPaper(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	call(t, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print", Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}})
	visit(t, tab, h.address+"decide/index.html")
	pale := `[...document.querySelectorAll(".verdict-window, .verdict-window *")].filter(e => e.checkVisibility() && e.textContent &&
		getComputedStyle(e).color.match(/\d+/g).slice(0, 3).every(n => n > 120)).map(e => e.className || e.localName)`
	if got := eval[[]string](t, tab, pale); len(got) > 0 || !eval[bool](t, tab, `document.querySelector(".verdict-window.call-not-yet") !== null`) {
		t.Errorf("too pale for paper: %v", got)
	}
	visit(t, tab, h.address+"about/sources.html")
	if got := eval[int](t, tab, `[...document.querySelectorAll(".scroll, .cited")].filter(e => getComputedStyle(e).contentVisibility !== "visible").length`); got > 0 {
		t.Errorf("%d long things may be left out", got)
	}
	if over := eval[int](t, tab, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
		t.Errorf("the page is %d too wide", over)
	}
	visit(t, tab, h.address+"print.html")
	if close := eval[int](t, tab, `[...document.querySelectorAll(".whole-page > p:not([class]) + p:not([class]), .whole-page > .steps + p")].filter(e => parseFloat(getComputedStyle(e).marginTop) < 4).length`); close > 0 {
		t.Errorf("%d paragraphs stand close under what is above them", close)
	}
	if long := eval[int](t, tab, `[...document.querySelectorAll("a[data-fragment]")].filter(e => getComputedStyle(e, "::after").content !== "none").length`); long > 0 {
		t.Errorf("%d links print a reader's answers", long)
	}
}

// Light, dark or the system's: kept, told to other pages, there before the first paint.
func TestAppearanceIsKept(t *testing.T) {
	h := newHost(t, readingSite(t), "/")
	tab := newTab(t)
	visit(t, tab, h.address+"index.html")
	paper := `getComputedStyle(document.body).backgroundColor`
	light := eval[string](t, tab, paper)
	eval[bool](t, tab, `(document.querySelector("[data-appearance] input[value=dark]").click(), true)`)
	dark := eval[string](t, tab, paper)
	if light == dark {
		t.Fatalf("both are %s", light)
	}
	visit(t, tab, h.address+"part/one.html")
	if got := eval[string](t, tab, paper); got != dark {
		t.Errorf("the next page is %s, want %s", got, dark)
	}
	early := `document.querySelector("head script").src.includes("early") && !document.querySelector("head script").defer`
	if !eval[bool](t, tab, early) {
		t.Error("what is chosen is not looked up before the first paint")
	}
	eval[bool](t, tab, `(document.querySelector('[data-appearance] input[value=""]').click(), true)`)
	if got := eval[string](t, tab, paper); got != light {
		t.Errorf("as the system it is %s, want %s", got, light)
	}
}

// Code is copied without the signs of a terminal and its output, a command over several lines whole.
func TestCopiesCode(t *testing.T) {
	h := newHost(t, readingSite(t), "/")
	tab := newTab(t)
	visit(t, tab, h.address+"part/one.html")
	until(t, tab, "the button", `document.querySelector(".code .copy")`)
	eval[bool](t, tab, `Object.defineProperty(navigator, "clipboard", {value: {writeText: async s => { window.copied = s }}}) && true`)
	eval[bool](t, tab, `(document.querySelector(".code .copy").click(), true)`)
	until(t, tab, "the word that it is copied", `document.querySelector(".code .copy").textContent === "Copied"`)
	if got := eval[string](t, tab, `window.copied`); got != "first --now\nsecond \\\n  --more" {
		t.Errorf("copied %q", got)
	}
}

// A tab chosen once is chosen on every page.
func TestTabsAgree(t *testing.T) {
	h := newHost(t, readingSite(t), "/")
	tab := newTab(t)
	visit(t, tab, h.address+"part/one.html")
	until(t, tab, "the script", `document.querySelector(".copy")`)
	eval[bool](t, tab, `(document.querySelector("[data-tab=windows]").click(), true)`)
	visit(t, tab, h.address+"part/two.html")
	until(t, tab, "the tab of that name", `document.querySelector("[data-tab=windows]").checked`)
	if text := eval[string](t, tab, `document.querySelector(".tabs").innerText`); !strings.Contains(text, "for Windows") || strings.Contains(text, "for Linux") {
		t.Errorf("the tabs show %q", text)
	}
}

// The contents mark what is being read.
func TestContentsFollow(t *testing.T) {
	h := newHost(t, readingSite(t), "/")
	tab := newTab(t)
	visit(t, tab, h.address+"part/one.html")
	marked := `document.querySelector("[data-contents] [aria-current]")?.textContent`
	eval[bool](t, tab, `(document.getElementById("quantised-weights").scrollIntoView(), true)`)
	until(t, tab, "the first heading marked", marked+` === "Quantised weights"`)
	eval[bool](t, tab, `(scrollTo(0, 1e6), true)`)
	until(t, tab, "the last heading marked", marked+` === "Last words"`)
}
