package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// watchErrors fails the test on what a page throws or complains of.
func watchErrors(t testing.TB, tab context.Context) {
	var mu sync.Mutex
	var said []string
	add := func(s string) {
		mu.Lock()
		defer mu.Unlock()
		said = append(said, s)
	}
	thrown, logged := chromedp.Events(tab, runtime.ExceptionThrown), chromedp.Events(tab, log.EntryAdded)
	go func() {
		for e, err := range thrown {
			if err != nil {
				return
			}
			text := e.ExceptionDetails.Text
			if e.ExceptionDetails.Exception != nil {
				text += " " + e.ExceptionDetails.Exception.Description
			}
			add(text)
		}
	}()
	go func() {
		for e, err := range logged {
			if err != nil {
				return
			}
			if e.Entry.Level == log.EntryLevelError && !strings.Contains(e.Entry.Text, "net::ERR") && !strings.Contains(e.Entry.Text, "404") && !strings.Contains(e.Entry.Text, "Access to manifest at 'file:") {
				add(e.Entry.Text)
			}
		}
	}()
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, s := range said {
			t.Errorf("the page says: %s", s)
		}
	})
}

// withoutScript switches scripts off in a tab.
func withoutScript(t *testing.T, tab context.Context) {
	t.Helper()
	off := func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	}
	if err := chromedp.Do(tab, off); err != nil {
		t.Fatal(err)
	}
}

// Without script every page reads, and the calculator shows its form and its report for the default answers.
func TestT81ReadsWithoutScript(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	withoutScript(t, tab)
	for _, page := range []string{"index.html", "decide/index.html", "cost/index.html", "calculator.html", "about/index.html"} {
		visit(t, tab, h.address+page)
		text, links := eval[string](t, tab, `document.querySelector("main").innerText`), eval[int](t, tab, `document.querySelectorAll("nav a[href]").length`)
		if len(text) < 300 || links == 0 {
			t.Errorf("%s: %d characters, %d links to other pages", page, len(text), links)
		}
	}
	visit(t, tab, h.address+"calculator.html")
	call, state := eval[string](t, tab, `document.querySelector(".verdict-call").innerText`), eval[string](t, tab, `document.querySelector('[data-report="report"]').dataset.state`)
	if call == "" || state != "printed" {
		t.Errorf("the verdict reads %q, the report is %q", call, state)
	}
}

const saving = `document.querySelector('[data-report="payback.monthly_saving"]')`

// calculate opens the calculator with the first worked example in the address and waits for its result.
func calculate(t *testing.T, tab context.Context, page string) {
	t.Helper()
	visit(t, tab, "about:blank")
	visit(t, tab, page+"#v1&monthly_calls=100M&saving_per_call=0.001")
	until(t, tab, "a live report", `document.querySelector('[data-report="report"]').dataset.state === "live"`)
	until(t, tab, "the saving of the example", saving+`.textContent.includes("100,000")`)
}

func TestCalculatesOnline(t *testing.T) {
	prefixes := []string{"/sub/path/", "/"}
	if testing.Short() {
		prefixes = prefixes[:1]
	}
	for _, prefix := range prefixes {
		h := newHost(t, site, prefix)
		tab := newTab(t)
		calculate(t, tab, h.address+"calculator.html")
		typeInto(t, tab, `[name="monthly_calls"]`, "1M")
		until(t, tab, "the saving of a million calls", saving+`.textContent.includes("1,000")`)
		until(t, tab, "the answers in the address", `location.hash.includes("monthly_calls=1M")`)
		typeInto(t, tab, `[name="monthly_calls"]`, "many")
		until(t, tab, "a complaint beside the field", `document.querySelector('[data-state="error"] [name="monthly_calls"]')`)
		if text := eval[string](t, tab, `document.querySelector('[name="monthly_calls"]').value`); text != "many" {
			t.Errorf("what was typed reads %q", text)
		}
	}
}

// After one visit the whole site and the calculator are there without a network.
func TestOfflineAfterOneVisit(t *testing.T) {
	h := newHost(t, site, "/")
	tab := keepingTab(t)
	visit(t, tab, h.address+"index.html")
	until(t, tab, "everything saved", `document.documentElement.dataset.offline === "ready"`)
	h.down()
	visit(t, tab, h.address+"decide/retrieval.html")
	if text := eval[string](t, tab, `document.querySelector("main").innerText`); len(text) < 300 {
		t.Errorf("a page that was never visited reads %q", text)
	}
	calculate(t, tab, h.address+"calculator.html")
}

// The built folder reads and calculates from a disk.
func TestT79FromDisk(t *testing.T) {
	tab := newTab(t)
	folder, err := filepath.Abs(site)
	if err != nil {
		t.Fatal(err)
	}
	visit(t, tab, "file://"+folder+"/decide/index.html")
	if n := eval[int](t, tab, `[...document.styleSheets].length`); n == 0 {
		t.Error("the page has no style")
	}
	calculate(t, tab, "file://"+folder+"/calculator.html")
}

// An address that is not there answers with a page that keeps its looks and leads on, at any depth under any folder.
func TestNotFoundLeadsOn(t *testing.T) {
	h := newHost(t, site, "/sub/path/")
	tab := newTab(t)
	visit(t, tab, h.address+"no/such/deep/page.html")
	if n := eval[int](t, tab, `document.querySelectorAll("a[data-to]").length`); n < 5 {
		t.Errorf("%d ways on", n)
	}
	eval[bool](t, tab, `document.querySelector("a[data-to]").dispatchEvent(new Event("pointerover", {bubbles: true}))`)
	until(t, tab, "a way to the site's root", `document.querySelector("a[data-to]").getAttribute("href").startsWith("/sub/path/")`)
}

// An address that leads nowhere proposes the pages that may have been meant: mistyped, moved, without its ending, of
// another letter case; at any depth, online and without a network, and with or without an address to build for.
func TestNotFoundProposes(t *testing.T) {
	more := []string{"part/retrieval.md", "# Facts that are looked up\n\nText.\n", "deep/er/low-rank-adapters.md", "# LoRA\n\nText.\n"}
	h := newShelf(t, edition(t, "first", more...))
	tab := keepingTab(t)
	proposes := func(address, page string) {
		t.Helper()
		visit(t, tab, h.address+address)
		until(t, tab, address+" proposes "+page, `document.querySelector(".likely a")?.getAttribute("href") === "/site/`+page+`"`)
	}
	visit(t, tab, h.address+"part/retreival.html")
	until(t, tab, "a button, while the site's root is not known", `document.querySelector(".likely button")`)
	eval[bool](t, tab, `(document.querySelector(".likely button").click(), true)`)
	until(t, tab, "a page", `document.querySelector(".likely a")?.getAttribute("href") === "/site/part/retrieval.html"`)

	visit(t, tab, h.address)
	until(t, tab, "the site kept", keptWhole)
	for _, network := range []bool{true, false} {
		if !network {
			h.down()
		}
		proposes("part/retreival.html", "part/retrieval.html")
		proposes("prat/Retrieval", "part/retrieval.html")
		proposes("old/name/of/retrieval.php?id=3", "part/retrieval.html")
		proposes("low_rank_adapters", "deep/er/low-rank-adapters.html")
		proposes("guide/lora", "deep/er/low-rank-adapters.html")
		proposes("part/nothing/of/this/kind.html", "part/index.html")
		proposes("part/retreival%E2", "part/retrieval.html") // half an escape
		visit(t, tab, h.address+"quite%E2%80%94something/else")
		until(t, tab, "that nothing is near", `document.querySelector(".likely").innerText.includes("No address")`)
	}

	far := newShelf(t, edition(t, "first", append(more, "site.yaml", "base: https://example.org/site/\n")...))
	visit(t, tab, far.address+"part/retreival.html")
	until(t, tab, "a page of a site with an address", `document.querySelector(".likely a")?.getAttribute("href") === "/site/part/retrieval.html"`)
}

// The calculator in one file calculates from a disk, with nothing beside it.
func TestSingleFile(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(site, "download", "calculator.html"))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	write(t, folder, "kept.html", string(data))
	tab := newTab(t)
	calculate(t, tab, "file://"+filepath.Join(folder, "kept.html"))
	if text := eval[string](t, tab, `document.querySelector(".verdict-call").innerText`); text == "" {
		t.Error("there is no verdict")
	}
}
