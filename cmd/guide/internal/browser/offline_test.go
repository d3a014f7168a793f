package browser

import (
	"context"
	"net/http"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// edition builds a small site that says which edition it is on one page; the others are the same in each.
func edition(t *testing.T, word string, more ...string) string {
	t.Helper()
	content, out := t.TempDir(), filepath.Join(t.TempDir(), "site")
	write(t, content, "index.md", "# Start\n\nSee [one](part/one.md).\n")
	write(t, content, "part/index.md", "# Part\n\nWhat there is.\n")
	write(t, content, "part/one.md", "# One\n\nThis is the "+word+" edition.\n")
	write(t, content, "part/two.md", "# Two\n\nThe same in each edition.\n")
	for i := 0; i+1 < len(more); i += 2 {
		write(t, content, more[i], more[i+1])
	}
	if err := command(guide, "build", "--quiet", "--content", content, "--out", out); err != nil {
		t.Fatal(err)
	}
	return out
}

// shelf is a host whose folder can be exchanged for the next edition.
type shelf struct {
	*host
	folder atomic.Value
}

func newShelf(t *testing.T, folder string) *shelf {
	t.Helper()
	s := &shelf{host: newHost(t, folder, "/unused/")}
	s.folder.Store(folder)
	s.address = strings.TrimSuffix(s.address, "unused/") + "site/"
	s.serve("/site/", func() string { return s.folder.Load().(string) })
	return s
}

// another opens a tab in the same browser.
func another(t *testing.T, tab context.Context) context.Context {
	t.Helper()
	second, cancel := chromedp.NewContext(tab)
	t.Cleanup(cancel)
	visit(t, second, "about:blank")
	leaveWorkers(t, second)
	watchErrors(t, second)
	return second
}

// front brings a tab before the others, as a reader does who wants to use it.
func front(t *testing.T, tab context.Context) {
	t.Helper()
	show := func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, target, page.BringToFront, cdp.Empty{})
		return chromedp.Void{}, err
	}
	if err := chromedp.Do(tab, show); err != nil {
		t.Fatal(err)
	}
}

func says(t *testing.T, tab context.Context, address, word string) {
	t.Helper()
	visit(t, tab, address)
	until(t, tab, address+" says "+word, `document.querySelector("main").innerText.includes("`+word+`")`)
}

const (
	keptWhole = `document.documentElement.dataset.offline === "ready"`
	// The first ask may be taken for one that the browser had under way by itself, with the older list.
	update = `(navigator.serviceWorker.getRegistration().then(async r => {
		const ask = () => r.update().catch(() => 0)
		await ask()
		if (!r.installing && !r.waiting) await ask()
	}), true)`
	waiting = `(window.waits ?? (window.waits = false), navigator.serviceWorker.getRegistration().then(r => window.waits = !!r.waiting), window.waits)`
)

// givenUp waits until something has gone wrong on the host and the update that wanted it has ended.
func givenUp(t *testing.T, tab context.Context, wrong *atomic.Int32) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); wrong.Load() == 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the update has not begun")
		}
	}
	until(t, tab, "an update that was given up", `(navigator.serviceWorker.getRegistration().then(r => window.idle = !r.installing && !r.waiting), window.idle)`)
}

// A new version is fetched beside the old one, only what changed, and offered; after a reload it is there, whole, also
// without a network.
func TestUpdate(t *testing.T) {
	h := newShelf(t, edition(t, "first"))
	tab := keepingTab(t)
	says(t, tab, h.address+"part/one.html", "first edition")
	until(t, tab, "the first edition kept", keptWhole)
	h.folder.Store(edition(t, "second"))
	h.since()
	eval[bool](t, tab, update)
	until(t, tab, "a notice", `document.querySelector(".update")`)
	if text := eval[string](t, tab, `document.querySelector("main").innerText`); !strings.Contains(text, "first edition") {
		t.Errorf("the open page changed by itself: %q", text)
	}
	for _, asked := range h.since() {
		switch name := strings.TrimPrefix(asked, "/site/"); {
		case strings.HasPrefix(name, "part/two"), strings.HasPrefix(name, "assets/"), name == "favicon.svg":
			t.Errorf("%s was fetched again, and has not changed", name)
		}
	}
	// One page is open: loading it again takes the new version, also where the address names a place on the page. One page stands
	// in for it until then.
	first(t, tab, `sessionStorage.loads = 1 + Number(sessionStorage.loads ?? 0)`)
	eval[bool](t, tab, `(location.hash = "main", setTimeout(() => location.reload(), 0), true)`)
	until(t, tab, "the second edition after a reload", `document.querySelector("main")?.innerText.includes("second edition")`)
	if loads := eval[string](t, tab, "sessionStorage.loads"); loads != "2" {
		t.Errorf("until the second edition came %s pages were loaded, want 2", loads)
	}
	until(t, tab, "it kept whole", keptWhole)
	h.down()
	says(t, tab, h.address+"part/one.html", "second edition")
	says(t, tab, h.address+"part/two.html", "same in each")
	until(t, tab, "one version kept, and no more", `(caches.keys().then(k => window.versions = k.length), window.versions === 1)`)
}

// With two pages open nothing changes under either until the reader says so; then the other one is told.
func TestT71UpdateWithTwoTabs(t *testing.T) {
	h := newShelf(t, edition(t, "first"))
	one := keepingTab(t)
	says(t, one, h.address+"part/one.html", "first edition")
	until(t, one, "the first edition kept", keptWhole)
	h.folder.Store(edition(t, "second"))
	eval[bool](t, one, update)
	until(t, one, "a notice", `document.querySelector(".update")`)
	two := another(t, one)
	for range 2 { // opened, and loaded again: still of the version of the other tab
		says(t, two, h.address+"part/one.html", "first edition")
	}
	until(t, two, "a notice there too", `document.querySelector(".update")`)
	eval[bool](t, two, `(document.querySelector(".update").remove(), true)`)
	front(t, one)
	eval[bool](t, one, `(document.querySelector(".update button").click(), true)`)
	until(t, one, "the second edition", `document.querySelector("main")?.innerText.includes("second edition")`)
	until(t, two, "a notice in the other tab", `document.querySelector(".update")`)
	says(t, two, h.address+"part/one.html", "second edition")
}

// A connection that is cut half way through an update leaves the old version whole; the next attempt goes on from there.
func TestT70UpdateCut(t *testing.T) {
	pages := []string{}
	for _, n := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"} {
		pages = append(pages, "more/"+n+".md", "# Page "+n+"\n\nWords.\n")
	}
	h := newShelf(t, edition(t, "first"))
	tab := keepingTab(t)
	says(t, tab, h.address+"part/one.html", "first edition")
	until(t, tab, "the first edition kept", keptWhole)
	h.folder.Store(edition(t, "second", pages...))
	h.since()
	var served, cut atomic.Int32
	h.meets(func(w http.ResponseWriter, r *http.Request) bool {
		if path.Base(r.URL.Path) == "sw.js" || served.Add(1) <= 10 {
			return false
		}
		cut.Add(1)
		panic(http.ErrAbortHandler) // cuts the connection
	})
	eval[bool](t, tab, update)
	givenUp(t, tab, &cut)
	arrived := map[string]bool{}
	for _, p := range h.since() {
		if path.Base(p) != "sw.js" {
			arrived[p] = len(arrived) < 10
		}
	}
	says(t, tab, h.address+"part/one.html", "first edition")
	h.meets(nil)
	eval[bool](t, tab, update)
	until(t, tab, "the new version, whole", waiting)
	again := slices.DeleteFunc(h.since(), func(p string) bool { return !arrived[p] })
	if len(again) > 6 { // what was under way when the connection was cut
		t.Errorf("what had arrived was fetched again: %v", again)
	}
	eval[bool](t, tab, `(setTimeout(() => location.reload(), 0), true)`)
	until(t, tab, "the second edition after a reload", `document.querySelector("main")?.innerText.includes("second edition")`)
	h.down()
	says(t, tab, h.address+"more/l.html", "Words")
}

// A page that is closed while the site is being saved leaves nothing half done: the next visit has the site, then saves it.
func TestT70ClosedWhileSaving(t *testing.T) {
	h := newShelf(t, edition(t, "first"))
	stalled, release := make(chan bool, 100), make(chan bool)
	h.meets(func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "part/two.html") { // no page asks for it, the worker does
			stalled <- true
			<-release
			panic(http.ErrAbortHandler)
		}
		return false
	})
	one := keepingTab(t)
	two := another(t, one)
	says(t, two, h.address+"part/one.html", "first edition")
	<-stalled
	visit(t, two, "about:blank") // the page is gone, the install is under way
	close(release)
	h.meets(nil)
	says(t, one, h.address+"part/two.html", "same in each")
	until(t, one, "the site kept", keptWhole)
	h.down()
	says(t, one, h.address+"part/one.html", "first edition")
}

// Half of an upload is refused: a file that is not the one that the list promised.
func TestT69HalfAnUpload(t *testing.T) {
	first, second := edition(t, "first"), edition(t, "second")
	var refused atomic.Int32
	h := newShelf(t, first)
	tab := keepingTab(t)
	says(t, tab, h.address+"part/one.html", "first edition")
	until(t, tab, "the first edition kept", keptWhole)
	h.meets(func(w http.ResponseWriter, r *http.Request) bool { // the new list is up, the pages are not
		if path.Base(r.URL.Path) != "sw.js" {
			refused.Add(1) // only what changed is asked for
			return false
		}
		http.ServeFile(w, r, filepath.Join(second, "sw.js"))
		return true
	})
	eval[bool](t, tab, update)
	givenUp(t, tab, &refused)
	h.meets(nil)
	h.folder.Store(second)
	eval[bool](t, tab, update)
	until(t, tab, "the new version, whole", waiting)
}

// Two sites of one origin keep to themselves.
func TestT73TwoSitesOfOneOrigin(t *testing.T) {
	h, beside := newShelf(t, edition(t, "first")), edition(t, "other")
	h.serve("/other/", func() string { return beside })
	other := strings.TrimSuffix(h.address, "site/") + "other/"
	tab := keepingTab(t)
	says(t, tab, h.address+"part/one.html", "first edition")
	until(t, tab, "one site kept", keptWhole)
	says(t, tab, other+"part/one.html", "other edition")
	until(t, tab, "the other kept", keptWhole)
	h.folder.Store(edition(t, "second"))
	says(t, tab, h.address+"part/one.html", "first edition")
	eval[bool](t, tab, update)
	until(t, tab, "the new version, whole", waiting)
	eval[bool](t, tab, `(setTimeout(() => location.reload(), 0), true)`)
	until(t, tab, "the second edition", `document.querySelector("main")?.innerText.includes("second edition")`)
	until(t, tab, "it kept", keptWhole)
	h.down()
	says(t, tab, other+"part/one.html", "other edition")
	says(t, tab, other+"part/two.html", "same in each")
	says(t, tab, h.address+"part/one.html", "second edition")
}

// Without a network every way of writing an address leads to its page, and one that leads nowhere to the page that says so.
func TestT74AddressesOffline(t *testing.T) {
	h := newShelf(t, edition(t, "first", "part/100%, #1 & more?.md", "# Odd\n\nAn odd name.\n"))
	tab := keepingTab(t)
	visit(t, tab, h.address)
	until(t, tab, "the site kept", keptWhole)
	h.down()
	for address, word := range map[string]string{
		"part/one.html": "first edition", "part/one.html?from=mail": "first edition", "part/one.html#nowhere": "first edition", "part/one": "first edition",
		"part/": "What there is", "part": "What there is", "": "See one", "print.html": "first edition",
		"part/100%25,%20%231%20&%20more%3F.html": "An odd name", "part/100%25%2C%20%231%20%26%20more%3F": "An odd name",
	} {
		says(t, tab, h.address+address, word)
	}
	eval[bool](t, tab, `(document.querySelector("[data-find]").click(), true)`)
	until(t, tab, "the search", `document.querySelector("dialog.sheet[open]") !== null`)
	eval[bool](t, tab, `(window.guideSearchOpen("odd name"), true)`)
	until(t, tab, "the odd name found", `document.querySelector("#found mark") !== null`)
	says(t, tab, eval[string](t, tab, `document.querySelector("#found a").href`), "An odd name")
	for _, address := range []string{"no/such/page.html", "part/none", "part/one.htm", "part/one%E2"} {
		visit(t, tab, h.address+address)
		until(t, tab, "the page for what is not there", `document.title.startsWith("Page not found")`)
		if status := eval[int](t, tab, `performance.getEntriesByType("navigation")[0].responseStatus`); status != 404 {
			t.Errorf("%s answers %d", address, status)
		}
		if got := eval[string](t, tab, `getComputedStyle(document.querySelector("h1")).fontWeight`); got != "400" {
			t.Errorf("%s has lost its looks", address)
		}
	}
	eval[bool](t, tab, `(fetch("missing.js").then(r => window.got = "status " + r.status, () => window.got = "no answer"), true)`)
	until(t, tab, "a file that is not there gives no page", `window.got === "no answer"`)
}

// A site that says offline: false lets go of what an earlier version kept, and works on.
func TestT72Retired(t *testing.T) {
	h := newShelf(t, edition(t, "first"))
	tab := keepingTab(t)
	says(t, tab, h.address+"part/one.html", "first edition")
	until(t, tab, "the site kept", keptWhole)
	h.folder.Store(edition(t, "second", "site.yaml", "offline: false\n"))
	eval[bool](t, tab, update)
	until(t, tab, "nothing kept", `(caches.keys().then(k => window.left = k.length), navigator.serviceWorker.getRegistration().then(r => window.held = !!r), window.left === 0 && window.held === false)`)
	says(t, tab, h.address+"part/one.html", "second edition")
	if n := eval[int](t, tab, `document.querySelectorAll("[data-sw]").length`); n != 0 {
		t.Error("the pages still register a worker")
	}
}

// Of a large site the shell is kept, and what was read; a button keeps the rest.
func TestLargeSite(t *testing.T) {
	big := strings.Repeat("0123456789abcdef", 1<<20) // 16 MiB
	h := newShelf(t, edition(t, "first", "big/one.csv", big, "big/two.csv", big))
	tab := keepingTab(t)
	says(t, tab, h.address+"part/two.html", "same in each")
	until(t, tab, "the shell kept", keptWhole)
	says(t, tab, h.address+"part/two.html", "same in each") // the worker sees it this time
	until(t, tab, "an offer", `document.querySelector("[data-offline-state] button")`)
	h.meets(func(w http.ResponseWriter, r *http.Request) bool { panic(http.ErrAbortHandler) })
	says(t, tab, h.address+"part/two.html", "same in each")
	says(t, tab, h.address+"part/index.html", "What there is")
	visit(t, tab, h.address+"part/one.html")
	until(t, tab, "no page that was never read", `document.title.startsWith("Page not found")`)
	h.meets(nil)
	says(t, tab, h.address+"part/two.html", "same in each")
	until(t, tab, "an offer", `document.querySelector("[data-offline-state] button")`)
	save := `(document.querySelector("[data-offline-state] button").click(), true)`
	h.meets(func(w http.ResponseWriter, r *http.Request) bool {
		if path.Base(r.URL.Path) == "one.csv" { // among the last
			time.Sleep(time.Second)
			panic(http.ErrAbortHandler)
		}
		return false
	})
	eval[bool](t, tab, save)
	until(t, tab, "a word that not everything could be kept", `document.querySelector("[data-offline-state] button")?.innerText.includes("Not saved")`)
	h.meets(nil)
	eval[bool](t, tab, save)
	until(t, tab, "everything kept", `document.querySelector("[data-offline-state]").innerText.includes("All of it")`)
	h.down()
	says(t, tab, h.address+"part/one.html", "first edition")
}

// While a reader does something nothing is fetched ahead; afterwards the rest of it is.
func TestFetchingAheadGivesWay(t *testing.T) {
	h := newHost(t, site, "/")
	var ahead atomic.Int64
	h.meets(func(_ http.ResponseWriter, r *http.Request) bool {
		if path.Base(r.Referer()) == "sw.js" {
			ahead.Add(1)
			time.Sleep(100 * time.Millisecond) // as on a line, so that all of it takes seconds
		}
		return false
	})
	tab := keepingTab(t)
	visit(t, tab, h.address)
	for end := time.Now().Add(20 * time.Second); ahead.Load() == 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("nothing is fetched ahead")
		}
	}
	still, fetched := time.Now(), ahead.Load()
	for time.Since(still) < time.Second {
		if eval[bool](t, tab, `(dispatchEvent(new KeyboardEvent("keydown")), `+keptWhole+`)`) {
			t.Fatal("all of it was fetched while a reader pressed keys")
		}
		if now := ahead.Load(); now != fetched {
			still, fetched = time.Now(), now
		}
		time.Sleep(100 * time.Millisecond)
	}
	until(t, tab, "the rest kept", keptWhole)
}
