package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	live = `document.querySelector('[data-report="report"]').dataset.state === "live"`
	hash = `decodeURIComponent(location.hash)`
)

// openCase opens the calculator with the answers of a link, and waits for their report.
func openCase(t *testing.T, link string) (*host, context.Context) {
	t.Helper()
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html#"+link)
	until(t, tab, "a live report", live)
	return h, tab
}

// clickOn clicks the button that says exactly that.
func clickOn(t *testing.T, tab context.Context, label string) {
	t.Helper()
	until(t, tab, "the button "+label, `[...document.querySelectorAll("button, summary")].some(b => b.textContent.trim() === "`+label+`" && (b.click(), true))`)
}

// dropFile drops a file with some text on the page.
func dropFile(t *testing.T, tab context.Context, name, text string) {
	t.Helper()
	eval[bool](t, tab, `(() => { const d = new DataTransfer(); d.items.add(new File([`+"`"+text+"`"+`], "`+name+`"));
		document.querySelector("main").dispatchEvent(new DragEvent("drop", {dataTransfer: d, bubbles: true, cancelable: true})); return true })()`)
}

// A link holds every answer that differs from its default, ranges and unknown among them, and brings them back.
func TestT68LinkBringsAnswersBack(t *testing.T) {
	want := "v1&current_score=45&labelled_examples=1500&monthly_calls=1M..2M..5M&months=18"
	_, tab := openCase(t, want)
	until(t, tab, "the same link", hash+` === "#`+want+`"`)
	for name, value := range map[string]string{"monthly_calls": "1M..2M..5M", "months": "18", "current_score": "45"} {
		if got := eval[string](t, tab, `document.querySelector("[name=`+name+`]").value`); got != value {
			t.Errorf("%s reads %q, want %q", name, got, value)
		}
	}
	eval[bool](t, tab, `(document.querySelector("[data-unknown=current_score]").click(), true)`)
	until(t, tab, "unknown, which is the default, out of the link", `!`+hash+`.includes("current_score")`)
	eval[bool](t, tab, `(document.querySelector("[data-field=months] .reset").click(), true)`)
	until(t, tab, "a reset answer out of the link", `!`+hash+`.includes("months=")`)
}

// A file that was saved opens again; one that cannot be read is named, and nothing changes.
func TestOpensSavedFile(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html")
	until(t, tab, "the tools", `document.querySelector(".tools button")`)
	dropFile(t, tab, "mine.json", `{"monthly_calls": {"low": 1, "likely": 2, "high": 3}, "months": 24, "weather": "fine"}`)
	until(t, tab, "the answers of the file", hash+` === "#v1&monthly_calls=1..2..3&months=24"`)
	until(t, tab, "a word on what is no question", `document.querySelector(".calculator-head .state").textContent.includes("weather")`)
	dropFile(t, tab, "loose.json", `{"citations_or_access_control": "yes", "checkpointing": "no", "fused_loss": 1, "data_quality": "Expert verified", "verifier": "LLM judge", "method": "DPO-LoRA", "current_score": null, "months": null}`)
	until(t, tab, "choices as the terminal reads them, and null as the default", hash+` === "#v1&citations_or_access_control=true&data_quality=expert_verified&verifier=llm_judge&method=dpo_lora&checkpointing=false&fused_loss=true" && document.querySelector("[data-problems]").hidden`)
	dropFile(t, tab, "odd.json", `{"monthly_calls": {"low": 1, "high": 5}, "epochs": [1, 2], "exposure": "moon", "months": 24}`)
	until(t, tab, "what no answer can be, each beside its question", `["monthly_calls", "epochs", "exposure"].every(n => document.querySelector("[data-complaint=" + n + "]").textContent.startsWith("“"))`)
	until(t, tab, "all of it in the link", hash+` === '#v1&exposure=moon&monthly_calls={"low":1,"high":5}&epochs=[1,2]&months=24'`)
	eval[bool](t, tab, `(document.querySelector("[name=exposure][value=public]").click(), true)`)
	until(t, tab, "what was chosen instead", hash+`.startsWith("#v1&exposure=public&") && document.querySelector("[data-complaint=exposure]").hidden`)
	dropFile(t, tab, "mine.json", `{"monthly_calls": {"low": 1, "likely": 2, "high": 3}, "months": 24}`)
	until(t, tab, "the first file again, and no choice that is none", hash+` === "#v1&monthly_calls=1..2..3&months=24" && !document.querySelector("[name=exposure][value=moon]")`)
	dropFile(t, tab, "broken.json", `{"months": `)
	until(t, tab, "a word on the broken file", `document.querySelector(".calculator-head .state").textContent.includes("broken.json cannot be opened")`)
	for name, text := range map[string]string{"package.json": `{"name": "x", "version": "2.0.0"}`, "list.json": `[1, 2]`} {
		dropFile(t, tab, name, text)
		until(t, tab, "a word on "+name, `document.querySelector(".calculator-head .state").textContent.includes("`+name+` cannot be opened: it ")`)
	}
	dropFile(t, tab, "report.json", `{"verdict": {"call": "do_not"}}`)
	until(t, tab, "a word on what it is and what to choose", `/it is a report.* Choose the file that “Answers, to open again” wrote/.test(document.querySelector(".calculator-head .state").textContent)`)
	if got := eval[string](t, tab, hash); got != "#v1&monthly_calls=1..2..3&months=24" {
		t.Errorf("the answers became %s", got)
	}
}

// What was typed stays, a complaint waits until nobody writes, and the report keeps the last good answer.
func TestComplaintsWait(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html")
	typeInto(t, tab, `[name="monthly_calls"]`, "3M")
	until(t, tab, "a live report", live+` && `+hash+` === "#v1&monthly_calls=3M"`)
	typeOn(t, tab, `[name="monthly_calls"]`, "O")
	if state := eval[string](t, tab, `document.querySelector("[data-field=monthly_calls]").dataset.state`); state == "error" {
		t.Error("the complaint came while the answer was being written")
	}
	until(t, tab, "the complaint", `document.querySelector("[data-complaint=monthly_calls]").textContent.includes("Until then the report uses 3M")`)
	until(t, tab, "the summary", `!document.querySelector("[data-problems]").hidden && document.querySelector("[data-problems] a").dataset.input === "monthly_calls"`)
	if got := eval[string](t, tab, hash); got != "#v1&monthly_calls=3M" {
		t.Errorf("the link holds %s", got)
	}
	typeInto(t, tab, `[name="monthly_calls"]`, "4M")
	until(t, tab, "the complaint gone", `document.querySelector("[data-problems]").hidden && `+hash+` === "#v1&monthly_calls=4M"`)
}

// A flip is tried with one click and taken back with one.
func TestFlipIsTriedAndUndone(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html#v1&eval_set_size=200&monthly_calls=3M")
	until(t, tab, "a live report with a flip", live+` && document.querySelector("a.try")`)
	before := eval[string](t, tab, hash)
	name, _, _ := strings.Cut(eval[string](t, tab, `document.querySelector("a.try").dataset.set`), "=")
	eval[bool](t, tab, `(document.querySelector("a.try").click(), true)`)
	until(t, tab, "the answer tried", hash+` !== "`+before+`" && `+hash+`.includes("`+name+`=")`)
	until(t, tab, "the way back with the focus", `document.activeElement.textContent.startsWith("Undo")`)
	eval[bool](t, tab, `(document.activeElement.click(), true)`)
	until(t, tab, "the answers as before", hash+` === "`+before+`"`)
}

// Two cases stand side by side with what differs, and a kept case stays until it is erased.
func TestKeepsAndCompares(t *testing.T) {
	_, tab := openCase(t, "v1&monthly_calls=3M")
	clickOn(t, tab, "Keep and compare")
	until(t, tab, "the kept case", `document.querySelector(".cases .kept li")`)
	clickOn(t, tab, "Close")
	typeInto(t, tab, `[name="monthly_calls"]`, "9M")
	until(t, tab, "another report", hash+` === "#v1&monthly_calls=9M"`)
	clickOn(t, tab, "Start from a case")
	until(t, tab, "the worked cases too", `document.querySelectorAll(".cases .kept").length > 1`)
	clickOn(t, tab, "Compare")
	until(t, tab, "two verdicts", `document.querySelectorAll(".compare .verdict-window").length === 2`)
	row := eval[string](t, tab, `document.querySelector("#compare-title").parentElement.querySelector("tbody").innerText`)
	if !strings.Contains(row, "9M") || !strings.Contains(row, "3M") || !strings.Contains(row, "$") {
		t.Errorf("what differs reads %q", row)
	}
	clickOn(t, tab, "Start empty")
	until(t, tab, "no answers", `location.hash === ""`)
	clickOn(t, tab, "Back to the answers before")
	until(t, tab, "the answers before", hash+` === "#v1&monthly_calls=9M"`)
	clickOn(t, tab, "Start from a case")
	if name := eval[string](t, tab, `document.querySelector(".cases .kept li span").textContent`); name != "Not yet. Calls a month: 3M" {
		t.Errorf("the kept case is called %q", name)
	}
	clickOn(t, tab, "Erase all")
	until(t, tab, "nothing kept", `localStorage.getItem("guide.cases") === null && localStorage.getItem("guide.recent") === null`)
}

// A worker that is gone is started again, and a module that cannot be had is said while the printed report stays.
func TestT77ModuleFallsAndRises(t *testing.T) {
	t.Parallel() // it waits more than it works
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html")
	eval[bool](t, tab, `(() => { const W = Worker; window.made = []; window.Worker = class extends W { constructor(...a) { super(...a); made.push(this) } }; return true })()`)
	typeInto(t, tab, `[name="monthly_calls"]`, "3M")
	until(t, tab, "a live report", live+` && `+hash+` === "#v1&monthly_calls=3M"`)
	eval[bool](t, tab, `(made[0].terminate(), true)`)
	typeInto(t, tab, `[name="monthly_calls"]`, "5M")
	until(t, tab, "a word that the report is the last one", theReport+`.ariaBusy === "true" && `+theReport+`.querySelector(".behind")?.textContent.includes("last report")`)
	until(t, tab, "a report of a second worker", `made.length === 2 && `+hash+` === "#v1&monthly_calls=5M" && `+theReport+`.ariaBusy === null && !document.querySelector(".behind")`)
}

// Without its module the page says why and keeps the printed report, until another try finds it. What was typed can be saved, copied
// and kept all the same.
func TestT76ModuleMissing(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(site)); err != nil {
		t.Fatal(err)
	}
	modules, err := filepath.Glob(filepath.Join(folder, "assets", "*.wasm"))
	if err != nil || len(modules) == 0 {
		t.Fatalf("no module to take away: %v", err)
	}
	if err := os.Remove(filepath.Join(folder, "sw.js")); err != nil {
		t.Fatal(err)
	}
	away := filepath.Join(t.TempDir(), "module")
	if err := os.Rename(modules[0], away); err != nil {
		t.Fatal(err)
	}
	h := newHost(t, folder, "/")
	tab := newTab(t)
	first(t, tab, catches)
	visit(t, tab, h.address+"calculator.html")
	printed := eval[string](t, tab, `document.querySelector(".verdict-say").textContent`)
	typeInto(t, tab, `[name="monthly_calls"]`, "3M")
	until(t, tab, "the reason", `document.querySelector(".report .state")?.textContent.includes("cannot run here")`)
	if got := eval[string](t, tab, `document.querySelector(".verdict-say").textContent`); got != printed {
		t.Errorf("the report became %q", got)
	}
	if got := save(t, tab, "Answers, to open again"); !strings.Contains(got, `"monthly_calls": "3M"`) {
		t.Errorf("saved was %s", got)
	}
	clickOn(t, tab, "Copy link")
	until(t, tab, "the link copied", `window.copied?.endsWith("#v1&monthly_calls=3M")`)
	clickOn(t, tab, "Keep and compare")
	until(t, tab, "the case kept, without the verdict of another", `document.querySelector(".cases .kept li span")?.textContent === "Calls a month: 3M"`)
	clickOn(t, tab, "Close")
	if err := os.Rename(away, modules[0]); err != nil {
		t.Fatal(err)
	}
	until(t, tab, "another try", `(b => b && (b.focus(), b.click(), true))(document.querySelector(".report .state button"))`)
	until(t, tab, "the report of the answer that was written, and the verdict with the focus", live+` && `+hash+` === "#v1&monthly_calls=3M" && `+focused(".verdict-call"))
}

// A new version is fetched whole, offered, and taken when the reader says so.
func TestOfflineUpdate(t *testing.T) {
	content, out := t.TempDir(), filepath.Join(t.TempDir(), "site")
	build := func(text string) {
		t.Helper()
		write(t, content, "index.md", "# Start\n\n"+text+"\n")
		if err := command(guide, "build", "--quiet", "--content", content, "--out", out); err != nil {
			t.Fatal(err)
		}
	}
	build("The first version.")
	h := newHost(t, out, "/")
	tab := keepingTab(t)
	visit(t, tab, h.address+"index.html")
	until(t, tab, "the first version saved", `document.documentElement.dataset.offline === "ready"`)
	build("The second version.")
	visit(t, tab, h.address+"index.html")
	if !eval[bool](t, tab, `document.body.innerText.includes("The first version.")`) {
		t.Error("the page changed before the new version was whole")
	}
	until(t, tab, "the offer", `document.querySelector(".update button")`)
	eval[bool](t, tab, `(document.querySelector(".update button").click(), true)`)
	until(t, tab, "the second version", `document.body.innerText.includes("The second version.")`)
}

// A browser that does not keep a case is not said to have kept it.
func TestWhatIsNotKeptIsSaid(t *testing.T) {
	_, tab := openCase(t, "v1&monthly_calls=3M")
	eval[bool](t, tab, `(Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }, true)`)
	clickOn(t, tab, "Keep and compare")
	until(t, tab, "a word that it was not kept", `document.querySelector(".cases [role=alert]")?.textContent.includes("did not keep")`)
}
