package browser

import (
	"net"
	"net/http"
	"strings"
	"testing"
)

// The rows of about/security that only a browser shows. Each test bears the number of its row.

// newServer serves a handler on the loopback until the test ends.
func newServer(t *testing.T, handler http.Handler) *host {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &host{address: "http://" + listener.Addr().String() + "/", server: &http.Server{Handler: handler}}
	go h.server.Serve(listener)
	t.Cleanup(h.down)
	return h
}

// altered serves the guide's own site; what alter answers itself returns true.
func altered(t *testing.T, alter func(w http.ResponseWriter, r *http.Request) bool) *host {
	files := http.FileServer(http.Dir(site))
	return newServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !alter(w, r) {
			files.ServeHTTP(w, r)
		}
	}))
}

const (
	theReport = `document.querySelector('[data-report="report"]')`
)

// What stands in an address, a file or a field is never markup, and never more than a number can hold.
func TestT66HostileAnswers(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	evil := `<img src=x onerror=window.hit=1><script>window.hit=1</script>`
	for _, hash := range []string{"#v1&monthly_calls=" + evil, "#v1&" + evil + "=1", "#v1&monthly_calls=1e999", "#v1&monthly_calls=NaN", "#v1&monthly_calls=%E0%A4%A&months=x%", "#v1&__proto__=1&constructor=2", "#v1&baseline_model=" + evil, "#" + strings.Repeat("a=b&", 20000)} {
		visit(t, tab, "about:blank")
		visit(t, tab, h.address+"calculator.html"+strings.ReplaceAll(strings.ReplaceAll(hash, "<", "%3C"), ">", "%3E"))
		until(t, tab, "a report or a word on it", theReport+`.dataset.state !== "printed" || document.querySelector("[data-problems]:not([hidden]), .calculator-head .state")`)
		if eval[bool](t, tab, `!!window.hit || !!document.querySelector("main img[src=x], main script")`) {
			t.Errorf("%.80s runs", hash)
		}
		if text := eval[string](t, tab, `document.querySelector("main").innerText`); strings.Contains(text, "NaN") || strings.Contains(text, "Infinity%") {
			t.Errorf("%.80s prints something that is no number", hash)
		}
	}
	visit(t, tab, h.address+"search/index.html?q=%3Cimg%20src=x%20onerror=window.hit=1%3E#%3Cimg%20src=x%20onerror=window.hit=1%3E")
	if eval[bool](t, tab, `!!window.hit || !!document.querySelector("img[src=x]")`) {
		t.Error("a word to search for runs")
	}
}

// madeUp is a module that answers to buffer and load as the real one, and whose ask does what its body says.
func madeUp(ask ...byte) []byte {
	section := func(id byte, body ...byte) []byte { return append([]byte{id, byte(len(body))}, body...) }
	export := func(name string, kind, index byte) []byte {
		return append(append([]byte{byte(len(name))}, name...), kind, index)
	}
	var exports []byte
	for _, e := range [][]byte{{5}, export("memory", 2, 0), export("_initialize", 0, 0), export("buffer", 0, 1), export("load", 0, 2), export("ask", 0, 3)} {
		exports = append(exports, e...)
	}
	body := func(code ...byte) []byte { return append([]byte{byte(len(code))}, code...) }
	code := []byte{4}
	for _, f := range [][]byte{body(0, 0x0b), body(0, 0x41, 0x80, 0x08, 0x0b), body(0, 0x41, 0, 0x0b), body(ask...)} {
		code = append(code, f...)
	}
	wasm := []byte("\x00asm\x01\x00\x00\x00")
	for _, s := range [][]byte{section(1, 3, 0x60, 0, 0, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 1, 0x7f, 1, 0x7e), section(3, 4, 0, 1, 1, 2), section(5, 1, 0, 0x40), section(7, exports...), section(10, code...)} {
		wasm = append(wasm, s...)
	}
	return wasm
}

// withoutWorker answers that there is no service worker.
func withoutWorker(w http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path == "/sw.js" {
		http.NotFound(w, r)
	}
	return r.URL.Path == "/sw.js"
}

// withModule serves the guide's site with another module.
func withModule(t *testing.T, wasm []byte) *host {
	return altered(t, func(w http.ResponseWriter, r *http.Request) bool {
		switch {
		case strings.HasSuffix(r.URL.Path, ".wasm"):
			w.Header().Set("Content-Type", "application/wasm")
			w.Write(wasm)
		default:
			return withoutWorker(w, r)
		}
		return true
	})
}

// fails opens the calculator where its module does not work: the reason is said, and what was printed and typed stays.
func fails(t *testing.T, h *host, before string) {
	t.Helper()
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html")
	if before != "" {
		eval[bool](t, tab, before)
	}
	printed := eval[string](t, tab, `document.querySelector(".verdict-say").textContent`)
	typeInto(t, tab, `[name="monthly_calls"]`, "3M")
	typeInto(t, tab, `[name="months"]`, "7") // the page is alive meanwhile
	until(t, tab, "the reason", `document.querySelector(".report .state")?.textContent.includes("cannot run here")`)
	if got := eval[string](t, tab, `document.querySelector(".verdict-say").textContent`); got != printed {
		t.Errorf("the report became %q", got)
	}
	if got := eval[string](t, tab, `document.querySelector("[name=monthly_calls]").value + " " + document.querySelector("[name=months]").value`); got != "3M 7" {
		t.Errorf("what was typed became %q", got)
	}
}

// A calculation without end leaves the page alive, and is given up.
func TestT67EndlessCalculation(t *testing.T) {
	t.Parallel() // it waits more than it works
	fails(t, withModule(t, madeUp(0, 0x03, 0x40, 0x0c, 0, 0x0b, 0, 0x0b)), "")
}

// A module that traps is started again, and if it traps again the reason is said and the answers stay.
func TestT77ModuleTraps(t *testing.T) {
	t.Parallel() // it waits more than it works
	fails(t, withModule(t, madeUp(0, 0, 0x0b)), "")
	fails(t, withModule(t, madeUp(0, 0x42, 0x7f, 0x0b)), "") // a reply outside its memory
}
