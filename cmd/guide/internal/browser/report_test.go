package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"whentofinetune/calculator"
	"whentofinetune/calculator/view"
)

// call sends a command of the browser's protocol to a tab.
func call[P, R any](t testing.TB, tab context.Context, command cdp.Command[P, R], params P) R {
	t.Helper()
	result, err := chromedp.Run(tab, func(ctx context.Context, target *chromedp.Target) (R, error) {
		return cdp.Call(ctx, target, command, params)
	})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// first has a script run in every page of a tab before the page's own.
func first(t testing.TB, tab context.Context, script string) {
	t.Helper()
	call(t, tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
}

// watchShifts lists in shifts what moves in a page without anybody's doing.
const watchShifts = `window.shifts = []; new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput)
	shifts.push(e.value.toFixed(5) + " " + e.sources.map(s => s.node?.className || s.node?.nodeName).join(", ")) }).observe({type: "layout-shift", buffered: true})`

// Nothing moves when the script arrives, on any width, and the module is fetched when somebody touches the form.
func TestNothingMovesAndNothingIsFetchedEarly(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	first(t, tab, watchShifts)
	for _, width := range []int64{320, 390, 768, 1000, 1280, 1920} {
		size(t, tab, width, 900, 1)
		visit(t, tab, h.address+"calculator.html")
		until(t, tab, "the script", `document.querySelector(".tools button") && document.querySelector(".calculator-tools button")`)
		awaited[bool](t, tab, `new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => r(true), 100))))`)
		if shifts := eval[[]string](t, tab, "shifts"); len(shifts) > 0 {
			t.Errorf("at %d pixels: %v", width, shifts)
		}
	}
	h.meets(inPieces(func(rest []byte) int {
		if at := bytes.Index(rest, []byte(`class="bench"`)); at > 0 {
			return 1 + bytes.IndexByte(rest, '>') // after each tag, up to the calculator itself
		}
		return len(rest)
	}))
	for _, width := range []int64{390, 1280} {
		size(t, tab, width, 900, 1)
		visit(t, tab, h.address+"calculator.html")
		until(t, tab, "the script", `document.querySelector(".calculator-tools button")`)
		if shifts := eval[[]string](t, tab, "shifts"); len(shifts) > 0 {
			t.Errorf("at %d pixels, in pieces: %v", width, shifts)
		}
	}
	h.meets(nil)
	module := func(path string) bool {
		return strings.HasSuffix(path, ".wasm") || strings.Contains(path, "/facts-")
	}
	until(t, tab, "the worker, which waits for the module", `performance.getEntriesByType("resource").some(e => e.name.includes("/worker-"))`)
	if early := h.since(); slices.ContainsFunc(early, module) {
		t.Errorf("the module was fetched before anybody touched the form: %v", early)
	}
	eval[bool](t, tab, `(document.querySelector("[name=monthly_calls]").focus(), true)`)
	for end := time.Now().Add(time.Minute); !slices.ContainsFunc(h.since(), module); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the module is not fetched when the form is touched")
		}
	}
}

// inPieces answers a page as a slow connection does: in pieces of the length that next tells, each painted before the next.
func inPieces(next func(rest []byte) int) func(w http.ResponseWriter, r *http.Request) (done bool) {
	return func(w http.ResponseWriter, r *http.Request) (done bool) {
		if path.Ext(r.URL.Path) != ".html" {
			return false
		}
		rest, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(r.URL.Path)))
		if err != nil {
			return false
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for len(rest) > 0 {
			n := next(rest)
			w.Write(rest[:n])
			rest = rest[n:]
			http.NewResponseController(w).Flush()
			time.Sleep(20 * time.Millisecond)
		}
		return true
	}
}

// A long table that arrives row by row moves nothing: its columns show when they have their widths. On a line that takes too
// long for that it shows what has come.
func TestTablesArriveWhole(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	first(t, tab, watchShifts)
	const piece = 4000
	rows := func(rest []byte) int {
		if len(rest) > 80_000 { // of some 130,000: about as many pieces as arrive before the patience ends
			return piece + bytes.Index(rest[piece:], []byte("</tr>")) + len("</tr>")
		}
		return len(rest)
	}
	h.meets(inPieces(rows))
	for _, width := range []int64{390, 1280} {
		size(t, tab, width, 900, 1)
		visit(t, tab, h.address+"about/reference.html")
		if shifts := eval[[]string](t, tab, "shifts"); len(shifts) > 0 {
			t.Errorf("at %d pixels: %v", width, shifts)
		}
	}
	const shown = `getComputedStyle(document.querySelector("td")).visibility === "visible"`
	if !eval[bool](t, tab, shown) {
		t.Error("the table stays hidden")
	}
	held := make(chan struct{})
	release := sync.OnceFunc(func() { close(held) })
	defer release()
	pieces := 0
	h.meets(inPieces(func(rest []byte) int {
		if pieces++; pieces == 5 {
			<-held
		}
		return rows(rest)
	}))
	eval[bool](t, tab, `(setTimeout(() => location.reload()), true)`)
	until(t, tab, "rows of a table whose rest is late", `document.readyState === "loading" && document.querySelector("td") && `+shown)
	release()
	until(t, tab, "the rest", `document.readyState === "complete"`)
}

// The page without its module stays under 60 kB as brotli sends it.
func TestPageIsLight(t *testing.T) {
	all := 0
	for _, pattern := range []string{"calculator.html", "favicon.svg", "assets/*.css", "assets/early-*.js", "assets/site-*.js", "assets/calculator-*.js"} {
		names, err := filepath.Glob(filepath.Join(site, filepath.FromSlash(pattern)))
		if err != nil || len(names) == 0 {
			t.Fatalf("no %s: %v", pattern, err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var small bytes.Buffer
			w := brotli.NewWriterLevel(&small, brotli.BestCompression)
			w.Write(data)
			w.Close()
			all += small.Len()
		}
	}
	t.Logf("%d bytes", all)
	if all > 60_000 {
		t.Errorf("%d bytes, 60,000 are allowed", all)
	}
}

// Every picture has a title, a description, its numbers as a table, and says its values to the pointer and the keyboard.
func TestPicturesAreRead(t *testing.T) {
	_, tab := openCase(t, "v1&scenario=brand-tone")
	for _, name := range []string{"cumulative", "tornado", "lines", "options", "memory", "decay", "path"} {
		figure := `document.querySelector('[data-chart=` + name + `]')`
		parts := eval[[]string](t, tab, `(f => [...f.querySelectorAll("svg[role=img] > title, svg[role=img] > desc")].map(e => e.textContent))(`+figure+`)`)
		if len(parts) != 2 || parts[0] == "" || parts[1] == "" {
			t.Errorf("%s is named %q", name, parts)
		}
		if !eval[bool](t, tab, `!!`+figure+`.querySelector("table tbody tr, ol li")`) {
			t.Errorf("%s has no numbers as a table", name)
		}
		rest := eval[string](t, tab, figure+`.querySelector(".reading").textContent`)
		said := eval[string](t, tab, `(f => { const p = [...f.querySelectorAll("[data-points] > .point")].at(-2) ?? f.querySelector(".point");
			p.querySelector("rect").dispatchEvent(new PointerEvent("pointerover", {bubbles: true}));
			const line = f.querySelector(".reading").textContent, title = p.querySelector("title").textContent;
			return line === title && p.classList.contains("on") ? line : "not read" })(`+figure+`)`)
		if rest == "" || said == "" || said == "not read" {
			t.Errorf("%s: at rest %q, under the pointer %q", name, rest, said)
		}
		until(t, tab, "the sentence of "+name+" in the polite region", `document.querySelector("[data-voice][role=status]")?.textContent === `+strconv.Quote(said))
		eval[bool](t, tab, figure+`.querySelector(".plot").dispatchEvent(new PointerEvent("pointerout", {bubbles: true, relatedTarget: document.body}))`)
		if back := eval[string](t, tab, figure+`.querySelector(".reading").textContent`); back != rest {
			t.Errorf("%s: after the pointer %q", name, back)
		}
	}
	call := eval[string](t, tab, `document.querySelector('[data-chart=cumulative] .band-2, [data-chart=cumulative] [clip-path]') && document.querySelector('[data-chart=cumulative] .ring') ? "both" : "missing"`)
	if call != "both" {
		t.Error("the cumulative cost shows no band or no crossing")
	}
}

// What screen readers are told of a new report comes once things are quiet, and is what is other than it was.
func TestVoiceWaits(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html")
	until(t, tab, "the script", `document.querySelector(".tools button")`)
	eval[bool](t, tab, `(() => { window.told = []; new MutationObserver(l => { for (const m of l) { const s = (m.target.nodeType === 1 ? m.target : m.target.parentElement)?.closest("[role=status], [aria-live]"); if (s?.textContent) told.push(s.textContent) } })
		.observe(document.body, {subtree: true, childList: true, characterData: true}); return true })()`)
	typeInto(t, tab, `[name="monthly_calls"]`, "30000000")
	until(t, tab, "the money told", live+` && told.some(s => s.startsWith("A tune costs"))`)
	if told := eval[[]string](t, tab, "[...new Set(told)]"); len(told) > 2 {
		t.Errorf("while eight keys were pressed it was told: %q", told)
	}
	openGroups(t, tab)
	typeInto(t, tab, `[name="eval_set_size"]`, "500")
	until(t, tab, "another verdict told", `told.at(-1)?.startsWith(document.querySelector(".verdict-call").textContent) || told.at(-1)?.includes(document.querySelector(".verdict-say").textContent.split(". ")[0])`)
}

// catches keeps what a page saves, copies, picks and prints.
const catches = `window.saved = []; URL.createObjectURL = (make => b => (b.type.startsWith("text/javascript") || saved.push(b), make.call(URL, b)))(URL.createObjectURL);
	HTMLInputElement.prototype.click = (click => function () { this.type === "file" ? window.picker = this : click.call(this) })(HTMLInputElement.prototype.click);
	Object.defineProperty(navigator, "clipboard", {value: {writeText: async t => void (window.copied = t)}}); window.print = () => { window.printedOut = true }`

// save presses a button of the menu and returns what was saved.
func save(t *testing.T, tab context.Context, label string) string {
	t.Helper()
	n := eval[int](t, tab, "saved.length")
	clickOn(t, tab, label)
	until(t, tab, label, `saved.length > `+strconv.Itoa(n))
	return awaited[string](t, tab, "saved.at(-1).text()")
}

// What is saved: answers that open again, the report as the terminal prints it, a table, a memo; by picker as by drop.
func TestSavesAndOpens(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	first(t, tab, catches)
	link := "#v1&eval_set_size=200&monthly_calls=1M..2M..5M&months=18"
	visit(t, tab, h.address+"calculator.html"+link)
	until(t, tab, "a live report", live+` && document.querySelector(".saving button")`)
	answers := save(t, tab, "Answers, to open again")
	tables := shipped(t)
	pairs := pairsOf(t, strings.TrimPrefix(link, "#"))
	for label, name := range map[string]string{"Report as JSON": "json", "Table as CSV": "csv", "Memo for approval": "memo"} {
		_, want := view.Print(tables, name, slices.Concat(pairs, []calculator.Pair{{Name: "root", Value: h.address}}))
		if got := save(t, tab, label); got != string(want) || len(got) < 500 {
			t.Errorf("%s is not what the terminal prints: %.200s", label, got)
		}
	}
	eval[bool](t, tab, `(e => { e.value = "20"; e.dispatchEvent(new Event("input", {bubbles: true})); return true })(document.querySelector("[name=months]"))`)
	_, later := view.Print(tables, "json", pairsOf(t, strings.TrimPrefix(strings.Replace(link, "months=18", "months=20", 1), "#")))
	if got := save(t, tab, "Report as JSON"); got != string(later) {
		t.Errorf("what is saved while the report is worked out is not of what stands in the form: %.200s", got)
	}
	typeInto(t, tab, `[name="months"]`, "18")
	clickOn(t, tab, "Copy link")
	until(t, tab, "the link copied", `decodeURIComponent(window.copied ?? "") === `+strconv.Quote(h.address+"calculator.html"+link))
	clickOn(t, tab, "Print")
	until(t, tab, "the printer asked", `window.printedOut`)

	clickOn(t, tab, "Start empty")
	until(t, tab, "nothing answered", hash+` === ""`)
	clickOn(t, tab, "Open a file")
	quoted, err := json.Marshal(answers)
	if err != nil {
		t.Fatal(err)
	}
	eval[bool](t, tab, `(() => { const d = new DataTransfer(); d.items.add(new File([`+string(quoted)+`], "fine-tune-answers.json")); picker.files = d.files; picker.dispatchEvent(new Event("change")); return true })()`)
	until(t, tab, "the answers of the file", hash+` === `+strconv.Quote(link))
}

// Prices of one's own count before those of a row.
func TestOwnPrices(t *testing.T) {
	_, tab := openCase(t, "v1&cache_hit_percent=0&tokens_static=0&tokens_variable=0&tokens_out=1M")
	cost := `document.querySelector('[data-report="cost_per_call.baseline.total"]')?.value`
	before := eval[string](t, tab, cost)
	openGroups(t, tab)
	typeInto(t, tab, `[name="baseline_price_out"]`, "7.5")
	until(t, tab, "the price that was written", cost+` === "7.5"`)
	if before == "7.5" {
		t.Error("the row's price is the one that was to be written")
	}
}

// By the reader's clock old facts are named; on the day they were collected few are.
func TestOldFactsAreNamed(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	first(t, tab, `Date = class extends Date { constructor(...a) { a.length ? super(...a) : super("2029-06-01T12:00:00Z") } }`)
	visit(t, tab, h.address+"calculator.html#v1&monthly_calls=3M")
	until(t, tab, "the age of the facts", `/(\d+) of the facts behind this are more than 180 days old/.exec(document.querySelector(".form-foot").textContent)?.[1] > 50`)
}

// Loading is said, then live; a browser that refuses WebAssembly is told so and keeps what was printed and typed.
func TestStatesAreHonest(t *testing.T) {
	h := newHost(t, site, "/")
	tab := keepingTab(t)
	states := `window.states = []; addEventListener("DOMContentLoaded", () => { const r = document.querySelector('[data-report="report"]'); states.push(r.dataset.state); new MutationObserver(() => states.push(r.dataset.state)).observe(r, {attributeFilter: ["data-state"]}) });`
	first(t, tab, states)
	visit(t, tab, h.address+"calculator.html")
	typeInto(t, tab, `[name="monthly_calls"]`, "3M")
	until(t, tab, "printed, loading, live", `states.filter((s, i) => s !== states[i - 1]).join(" ") === "printed loading live"`)

	refused := keepingTab(t)
	first(t, refused, `delete globalThis.WebAssembly`)
	visit(t, refused, h.address+"calculator.html")
	printedReport := eval[string](t, refused, `document.querySelector(".verdict-say").textContent`)
	typeInto(t, refused, `[name="monthly_calls"]`, "3M")
	until(t, refused, "the reason", `document.querySelector('[data-state="failed"] .state')?.textContent.includes("refused WebAssembly")`)
	if eval[string](t, refused, `document.querySelector(".verdict-say").textContent`) != printedReport || eval[string](t, refused, `document.querySelector("[name=monthly_calls]").value`) != "3M" {
		t.Error("what was printed or typed is gone")
	}
}

// A module that is killed while it works is started again and answers what it was asked.
func TestModuleKilledMidWay(t *testing.T) {
	t.Parallel() // it waits more than it works
	h := newHost(t, site, "/")
	tab := newTab(t)
	first(t, tab, `(W => { window.made = []; window.Worker = class extends W {
		constructor(...a) { super(...a); made.push(this) }
		postMessage(m, ...a) { super.postMessage(m, ...a); if (window.kill && "request" in m) { window.kill = false; this.terminate() } }
	} })(Worker)`)
	visit(t, tab, h.address+"calculator.html")
	typeInto(t, tab, `[name="monthly_calls"]`, "3M")
	until(t, tab, "a live report", live+` && `+hash+` === "#v1&monthly_calls=3M"`)
	eval[bool](t, tab, `window.kill = true`)
	typeOn(t, tab, `[name="monthly_calls"]`, "\b5M")
	until(t, tab, "the answer of a second worker", `made.length === 2 && `+hash+` === "#v1&monthly_calls=35M" && `+live)
}

// Many blocks on a page work apart from each other and share one module.
func TestManyBlocksShareOneModule(t *testing.T) {
	content, out := t.TempDir(), filepath.Join(t.TempDir(), "site")
	text := "# Blocks\n"
	words := []string{"payback", "training", "memory", "serving", "evaluation", "verdict", "options"}
	for _, word := range words {
		text += "\n```calculator " + word + "\nmonths = 6\n```\n"
	}
	write(t, content, "index.md", text+"\n```calculator payback\nmonthly_calls = 100M\nsaving_per_call = 0.001\n```\n")
	if err := command(guide, "build", "--quiet", "--content", content, "--out", out); err != nil {
		t.Fatal(err)
	}
	h := newHost(t, out, "/")
	tab := newTab(t)
	first(t, tab, `(W => { window.made = 0; window.Worker = class extends W { constructor(...a) { super(...a); made++ } } })(Worker)`)
	visit(t, tab, h.address+"index.html")
	until(t, tab, "the script", `document.documentElement.hasAttribute("data-script")`)
	if twice := eval[int](t, tab, `(all => all.length - new Set(all).size)([...document.querySelectorAll("[id]")].map(e => e.id))`); twice > 0 {
		t.Errorf("%d ids stand twice", twice)
	}
	for i, word := range append(words, "payback") {
		block := `document.querySelectorAll("form[data-calculator]")[` + strconv.Itoa(i) + `]`
		if eval[string](t, tab, block+`.dataset.calculator`) != word || eval[string](t, tab, block+`.nextElementSibling.dataset.state`) != "printed" {
			t.Fatalf("block %d is not %s, printed", i, word)
		}
		eval[bool](t, tab, `(e => { e.value = e.tagName === "SELECT" ? e.options[1].value : "7"; e.dispatchEvent(new Event("input", {bubbles: true})); return true })(`+block+`.querySelector("[name]"))`)
		until(t, tab, "a live "+word, block+`.nextElementSibling.dataset.state === "live"`)
	}
	if n := eval[int](t, tab, "made"); n != 1 {
		t.Errorf("%d modules were started", n)
	}
	if link := eval[string](t, tab, `[...document.querySelectorAll(".block-more a")].at(-1).hash`); !strings.Contains(link, "saving_per_call=0.001") || !strings.Contains(link, "monthly_calls=7") {
		t.Errorf("the last block leads on with %s", link)
	}
}

// Another site may show the calculator in a frame, where it works; no other page lets itself be framed.
func TestFramedByAnotherSite(t *testing.T) {
	h := newHost(t, site, "/")
	folder := t.TempDir()
	write(t, folder, "index.html", `<!doctype html><title>Theirs</title><iframe name="theirs" src="`+h.address+`embed/calculator.html#v1&monthly_calls=3M" width="900" height="700"></iframe>
		<iframe src="`+h.address+`calculator.html"></iframe><iframe src="`+h.address+`decide/index.html"></iframe>`)
	theirs := newHost(t, folder, "/")
	tab, cancel := chromedp.NewContext(chromium, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel) // what the refused frames complain of is what is wanted
	visit(t, tab, theirs.address+"index.html")
	frames := call(t, tab, page.GetFrameTree, cdp.Empty{}).FrameTree.ChildFrames
	if len(frames) != 3 {
		t.Fatalf("%d frames", len(frames))
	}
	for _, f := range frames[1:] {
		if f.Frame.UnreachableURL == "" {
			t.Errorf("%s may be framed", f.Frame.URL)
		}
	}
	world := call(t, tab, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: frames[0].Frame.ID}).ExecutionContextID
	yes := true
	inFrame := func(what, expression string) {
		t.Helper()
		reply := call(t, tab, runtime.Evaluate, runtime.EvaluateParams{ContextID: world, AwaitPromise: &yes, ReturnByValue: &yes,
			Expression: `new Promise(r => { let n = 0; const look = () => (` + expression + `) ? r(true) : n++ > 600 ? r(false) : setTimeout(look, 100); look() })`})
		if string(reply.Result.Value) != "true" {
			t.Fatalf("%s has not come about", what)
		}
	}
	inFrame("a live report in the frame", live)
	inFrame("a way to the guide with the same answers", `document.querySelector("a[data-with-answers]").hash === "#v1&monthly_calls=3M"`)
	inFrame("no masthead, and nothing for search machines", `!document.querySelector(".masthead") && !!document.querySelector('meta[name=robots][content=noindex]')`)
}

// Without script there is no control that does nothing, and the page says what is needed.
func TestNoDeadControlsWithoutScript(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	withoutScript(t, tab)
	visit(t, tab, h.address+"calculator.html")
	dead := eval[[]string](t, tab, `[...document.querySelectorAll("button, [role=button]")].filter(b => b.offsetParent).map(b => b.outerHTML)`)
	if len(dead) > 0 {
		t.Errorf("these do nothing: %v", dead)
	}
	if !eval[bool](t, tab, `document.querySelector("main").innerText.includes("once scripts are allowed")`) {
		t.Error("nothing says what is needed")
	}
}

// Thousands of edits leave no more memory taken than some: the page's, and the module's.
func TestEditsLeaveNothingBehind(t *testing.T) {
	edits := 60
	if soak, err := strconv.Atoi(os.Getenv("GUIDE_SOAK")); err == nil {
		edits = 200 * soak
	}
	_, tab := openCase(t, "v1&monthly_calls=3M")
	edit := func(from, to int) {
		t.Helper()
		awaited[bool](t, tab, `(async () => { const field = document.querySelector("[name=monthly_calls]"), report = document.querySelector('[data-report="report"]');
			for (let i = `+strconv.Itoa(from)+`; i < `+strconv.Itoa(to)+`; i++) {
				field.value = 1000 + 37 * i; field.dispatchEvent(new Event("change", {bubbles: true}));
				field.form.dispatchEvent(new Event("submit", {cancelable: true}));
				while (!location.hash.endsWith("=" + field.value)) await new Promise(r => setTimeout(r, 5));
			}
			return true })()`)
	}
	used := func() float64 {
		t.Helper()
		call(t, tab, heapprofiler.CollectGarbage, cdp.Empty{})
		return call(t, tab, runtime.GetHeapUsage, cdp.Empty{}).UsedSize
	}
	edit(0, 20)
	nodes := eval[int](t, tab, `document.querySelectorAll("*").length`)
	before := used()
	edit(20, 20+edits)
	if grown := (used() - before) / (1 << 20); grown > 10 {
		t.Errorf("%d edits left %.1f MiB behind", edits, grown)
	}
	if now := eval[int](t, tab, `document.querySelectorAll("*").length`); now > nodes+400 {
		t.Errorf("%d elements became %d", nodes, now)
	}
	eval[bool](t, tab, shim)
	until(t, tab, "the module by itself", "window.guideReady")
	grown := eval[float64](t, tab, `(() => { const ask = i => guideAsk("report\nmonthly_calls=" + (1000 + 37 * i) + "\n"); for (let i = 0; i < 20; i++) ask(i);
		const before = guideMemory(); for (let i = 20; i < `+strconv.Itoa(20+edits)+`; i++) ask(i); return (guideMemory() - before) / 1048576 })()`)
	t.Logf("%d edits: the module's memory grew by %.1f MiB", edits, grown)
	if grown > 10 {
		t.Errorf("%d edits left %.1f MiB of the module's memory behind", edits, grown)
	}
}

// The single file asks nobody for anything.
func TestSingleFileAsksNobody(t *testing.T) {
	tab := newTab(t)
	folder, err := filepath.Abs(site)
	if err != nil {
		t.Fatal(err)
	}
	calculate(t, tab, "file://"+folder+"/download/calculator.html")
	others := eval[[]string](t, tab, `performance.getEntriesByType("resource").map(e => e.name).filter(n => !n.startsWith("blob:") && !n.startsWith("data:"))`)
	if len(others) > 0 {
		t.Errorf("it asked for %v", others)
	}
	if links := eval[[]string](t, tab, `[...document.querySelectorAll(".reasons a")].map(a => a.getAttribute("href")).filter(h => !/^(\.\.\/|#|https:)/.test(h))`); len(links) > 0 {
		t.Errorf("once it is live, links lead away from the guide beside it: %v", links)
	}
}
