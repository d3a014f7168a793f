package browser

import (
	"mime"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// Browsers, machines and hosts that are not as usual. Each test bears the number of its row in about/security.

// Two tabs keep their answers apart, and the way back through pages brings a page with its answers.
func TestT68TwoTabsAndBack(t *testing.T) {
	h, tab := openCase(t, "v1&monthly_calls=3M")
	other := another(t, tab)
	visit(t, other, h.address+"calculator.html#v1&monthly_calls=5M")
	until(t, other, "a live report in another tab", live)
	if got := eval[string](t, tab, hash); got != "#v1&monthly_calls=3M" {
		t.Errorf("another tab changed the answers to %s", got)
	}
	front(t, tab)
	visit(t, tab, h.address+"index.html")
	eval[bool](t, tab, `(setTimeout(() => history.back()), true)`)
	until(t, tab, "the page with its answers", `document.querySelector("[name=monthly_calls]")?.value === "3M" && `+live)
}

// Where the browser keeps nothing (a private window, a full disk, cookies blocked) the calculator works as before.
func TestT75NothingCanBeKept(t *testing.T) {
	t.Parallel() // it waits more than it works
	h := newHost(t, site, "/")
	for _, block := range []string{
		`Object.defineProperty(Navigator.prototype, "serviceWorker", {get() { return {register: () => Promise.reject(new DOMException("no", "SecurityError")), ready: new Promise(() => {}), addEventListener() {}, getRegistration: async () => undefined, controller: null} }})`,
		`for (const store of ["localStorage", "sessionStorage", "caches"]) Object.defineProperty(window, store, {get() { throw new DOMException("no", "SecurityError") }})`,
		`Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }`,
	} {
		tab := keepingTab(t)
		first(t, tab, block)
		calculate(t, tab, h.address+"calculator.html")
		typeInto(t, tab, `[name="monthly_calls"]`, "2M")
		until(t, tab, "another answer", hash+`.includes("monthly_calls=2M") && `+live)
	}
}

// modules counts what is asked for, and holds it back until it may go.
func modules(t *testing.T, held <-chan bool) (h *host, asked *atomic.Int64) {
	asked = new(atomic.Int64)
	return altered(t, func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, ".wasm") {
			asked.Add(1)
			<-held
		}
		return withoutWorker(w, r)
	}), asked
}

// The module is loaded when it is wanted, and once.
func TestT78ModuleLoadedOnce(t *testing.T) {
	held := make(chan bool)
	close(held)
	h, asked := modules(t, held)
	tab := keepingTab(t)
	visit(t, tab, h.address+"index.html")
	visit(t, tab, h.address+"calculator.html")
	until(t, tab, "the script", `document.querySelector(".calculator-tools button")`)
	if n := asked.Load(); n != 0 {
		t.Errorf("the module was asked for %d times before anybody touched anything", n)
	}
	for _, calls := range []string{"3M", "4M"} {
		typeInto(t, tab, `[name="monthly_calls"]`, calls)
		until(t, tab, "a report of "+calls, hash+` === "#v1&monthly_calls=`+calls+`" && `+live)
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("the module was asked for %d times", n)
	}
}

// On a slow machine and a slow line the text is there before the module, and what is typed early is computed later. Until then the
// printed report is said to be of other answers, over the report and at the foot.
func TestT80SlowMachine(t *testing.T) {
	held := make(chan bool)
	h, _ := modules(t, held)
	tab := newTab(t)
	call(t, tab, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 6})
	visit(t, tab, h.address+"calculator.html")
	if text := eval[string](t, tab, `document.querySelector("main").innerText`); len(text) < 1000 {
		t.Errorf("without the module the page reads %q", text)
	}
	eval[bool](t, tab, `(document.querySelector("[name=monthly_calls]").focus(), true)`)
	until(t, tab, "a word that it is loading", theReport+`.dataset.state === "loading"`)
	const band = theReport + `.querySelector(".behind")`
	eval[bool](t, tab, `(setTimeout(() => window.later = true, 1000), true)`)
	until(t, tab, "a second later", `window.later`)
	if eval[bool](t, tab, band+` !== null`) {
		t.Error("a field was only looked at, and the report that is still of its answers is said to be of others")
	}
	typeInto(t, tab, `[name="monthly_calls"]`, "3M")
	until(t, tab, "a word that the report is of other answers", band+`?.textContent.includes("printed example")`)
	if head := eval[string](t, tab, `getComputedStyle(`+theReport+`.querySelector(".verdict-head")).visibility`); head != "hidden" {
		t.Errorf("a call that is of other answers is %s", head)
	}
	if foot := eval[string](t, tab, `document.querySelector(".readout").innerText`); !strings.Contains(foot, "loading") {
		t.Errorf("the foot says %q", foot)
	}
	close(held)
	until(t, tab, "the report of what was typed early", hash+` === "#v1&monthly_calls=3M" && `+live)
	if got := eval[string](t, tab, `document.querySelector("[name=monthly_calls]").value`); got != "3M" {
		t.Errorf("what was typed became %q", got)
	}
	if eval[bool](t, tab, band+` !== null || document.querySelector(".readout").textContent.includes("loading")`) {
		t.Error("the report is there and said to be late")
	}
}

// Hosts that name the wrong type or character set, and forbid guessing, still serve a site that reads and calculates.
func TestT82OddHosts(t *testing.T) {
	types := map[string]string{".html": "text/html; charset=utf-8", ".js": "application/javascript; charset=iso-8859-1", ".css": "text/css; charset=iso-8859-1", ".wasm": "application/octet-stream", ".txt": "application/octet-stream"}
	h := altered(t, func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if kind := types[filepath.Ext(r.URL.Path)]; kind != "" {
			w.Header().Set("Content-Type", kind)
		}
		return withoutWorker(w, r)
	})
	tab := keepingTab(t)
	calculate(t, tab, h.address+"calculator.html")
	if n := eval[int](t, tab, `[...document.styleSheets].filter(s => s.cssRules.length).length`); n == 0 {
		t.Error("the page has no style")
	}
	if text := eval[string](t, tab, `document.body.innerText`); strings.Contains(text, "\u00e2\u20ac") || strings.Contains(text, "\u00c2\u00a0") {
		t.Error("the text is read in another character set")
	}
}

// tidied answers as hosts do that take the endings off addresses and call nothing missing; keep is what they say of caches.
func tidied(s *shelf, keep string) func(w http.ResponseWriter, r *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("Cache-Control", keep)
		folder, name := s.folder.Load().(string), strings.TrimPrefix(r.URL.Path, "/site/")
		if bare, long := strings.CutSuffix(name, ".html"); long {
			w.Header().Set("Location", "/site/"+strings.TrimSuffix(bare, "index"))
			w.WriteHeader(http.StatusPermanentRedirect)
			return true
		}
		switch {
		case name == "" || strings.HasSuffix(name, "/"):
			name += "index.html"
		case path.Ext(name) == "":
			name += ".html"
		}
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil { // the start page instead, and no word about it
			name = "index.html"
			data, _ = os.ReadFile(filepath.Join(folder, name))
		}
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		w.Write(data)
		return true
	}
}

// On such a host the site is kept whole too, and never more than one version of it is shown, however an address is written.
func TestT82OddHostsOffline(t *testing.T) {
	for _, keep := range []string{"public, max-age=31536000", "no-store"} {
		s := newShelf(t, edition(t, "first"))
		s.meets(tidied(s, keep))
		tab := keepingTab(t)
		says(t, tab, s.address+"part/one.html", "first edition")
		until(t, tab, "the first edition kept", keptWhole)
		for _, address := range []string{"part/one", "part/one.html"} {
			says(t, tab, s.address+address, "first edition")
		}
		s.folder.Store(edition(t, "second"))
		eval[bool](t, tab, update)
		until(t, tab, "a notice", `document.querySelector(".update")`)
		eval[bool](t, tab, `(setTimeout(() => location.reload(), 0), true)`)
		until(t, tab, "the second edition after a reload", `document.querySelector("main")?.innerText.includes("second edition")`)
		until(t, tab, "it kept whole", keptWhole)
		s.down()
		for address, word := range map[string]string{"part/one": "second edition", "part/one.html": "second edition", "part/one?from=mail": "second edition", "part/two": "same in each", "part/": "What there is", "part": "What there is", "": "See one"} {
			says(t, tab, s.address+address, word)
			if n := eval[int](t, tab, `[...document.styleSheets].filter(s => s.cssRules.length).length`); n == 0 {
				t.Errorf("%q has no style", address)
			}
		}
		visit(t, tab, s.address+"no/such")
		until(t, tab, "the page for what is not there", `document.title.startsWith("Page not found")`)
	}
}
