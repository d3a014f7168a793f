package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"whentofinetune/cmd/guide/internal/build"
	"whentofinetune/cmd/guide/internal/problem"
)

// The addresses that serve adds to the site.
const (
	eventsAddress = ".guide/events"
	reloadAddress = ".guide/reload.js"
)

// reloadElement is the one thing in which a served page differs from a built one; 404.html must allow it, too.
func reloadElement(build int64) string {
	return `<script defer src="/` + reloadAddress + `" data-events="/` + eventsAddress + `" data-build="` + strconv.FormatInt(build, 10) + `"></script>`
}

// retire is the service worker that serve answers with: it takes away one that the built site may have left.
const retire = `self.addEventListener("install",()=>self.skipWaiting());
self.addEventListener("activate",e=>e.waitUntil((async()=>{for(const k of await caches.keys())await caches.delete(k);await self.registration.unregister();for(const c of await self.clients.matchAll())c.navigate(c.url)})()));
`

// server answers requests with the site as it is now.
type server struct {
	project *project
	strict  bool
	hosts   hosts
	hub     hub

	builds atomic.Int64 // so far

	look [32]byte // of the theme but for its styles, when it was last built

	mu     sync.RWMutex
	site   *build.Output
	script []byte            // that listens for changes
	good   map[string][]byte // the last good version of pages that were looked at
	told   string            // what the terminal was last told of problems
	gone   string            // why the site that is shown is not made anew, with a line's end
}

// keepGood is how many pages are kept for showing under problems.
const keepGood = 64

func newServer(p *project, addr string, strict bool) *server {
	return &server{project: p, strict: strict, hosts: hosts{allowed: allowedHosts(addr)}, good: map[string][]byte{}}
}

// outlined is from how many files on a site is served before all of it has been read.
const outlined = 300

// begin serves what can be known of a large site at once; rebuild then makes the whole. It does nothing for a small one.
func (s *server) begin() {
	files, err := regular(s.project.content)
	if err != nil || len(files) < outlined {
		return
	}
	site := build.Outline(s.project.input())
	assets, _ := s.project.bundled()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.site, s.script = site, assets.Files[assets.Names["reload.js"]]
}

// rebuild makes the site again after a change, and tells the browsers.
func (s *server) rebuild(c change) {
	p := s.project
	switch {
	case c.all:
		if err := p.openFolders(); err != nil && s.current() != nil { // gone for the moment: what was good stays
			gone := problem.Problem{File: p.options.content, Text: "the folder cannot be opened", Hint: "put it back; the site stays as it was until then"}
			s.hub.send([]message{{"problems", []shown{{File: gone.File, Text: gone.Text, Hint: gone.Hint, Excerpt: []string{}}}}})
			s.gone = gone.String() + "\n"
			return
		}
	case c.in(contentArea):
		p.content.changed(c.files[contentArea])
	}
	s.gone = ""
	if c.in(themeArea) {
		p.themeChanged()
	}
	if c.in(calculatorArea) {
		p.calculatorChanged()
	}
	site := p.build()
	assets, _ := p.bundled()
	kind := s.kind(c)
	s.mu.Lock()
	s.site, s.script = site, assets.Files[assets.Names["reload.js"]]
	s.mu.Unlock()
	s.builds.Add(1)
	s.hub.send(s.message(kind, c, site))
}

// current is the site as it is now.
func (s *server) current() *build.Output {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.site
}

// tell prints the problems of the site as it is now, unless they are those that it printed last.
func (s *server) tell(w io.Writer) {
	var b strings.Builder
	site := s.current()
	b.WriteString(s.gone)
	for _, p := range site.Problems {
		fmt.Fprintln(&b, p)
	}
	if site.Err != nil {
		fmt.Fprintf(&b, "guide: %v\n", site.Err)
	}
	switch text := b.String(); {
	case text == s.told:
		return
	case text == "":
		fmt.Fprintln(w, "all mended")
	default:
		fmt.Fprint(w, text)
	}
	s.told = b.String()
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.hosts.guard(http.HandlerFunc(s.serve)).ServeHTTP(w, r)
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	switch strings.TrimPrefix(r.URL.Path, "/") {
	case eventsAddress:
		s.hub.serve(w, r, s.builds.Load)
		return
	case reloadAddress:
		s.mu.RLock()
		script := s.script
		s.mu.RUnlock()
		send(w, r, reloadAddress, script, http.StatusOK)
		return
	case "sw.js":
		send(w, r, "sw.js", []byte(retire), http.StatusOK)
		return
	}
	answer(w, r, s.file)
}

// file returns the bytes of an address. A page that has problems is answered with its last good version.
func (s *server) file(address string) ([]byte, error) {
	made := s.builds.Load()
	site := s.current()
	f, ok := site.Find(address)
	if !ok {
		return nil, fs.ErrNotExist
	}
	data, err := f.Bytes()
	if f.Kind != build.Page || path.Ext(address) != ".html" {
		return data, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	last := s.good[address]
	var found build.Problems
	switch {
	case errors.As(err, &found):
		if data = last; data == nil {
			data = []byte("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Problems</title></head><body><h1>This page cannot be printed</h1></body></html>\n")
		}
		go s.hub.send([]message{{"problems", s.shown(found)}})
	case err != nil:
		return nil, err
	case last != nil && site.Spoiled(f.Source):
		data = last
	default:
		if len(s.good) >= keepGood && last == nil {
			clear(s.good)
		}
		s.good[address] = data
	}
	if address == "404.html" { // its policy names its own script only
		data = bytes.Replace(data, []byte("script-src "), []byte("script-src 'self' "), 1)
	}
	return withReload(data, made), nil
}

// withReload adds the script that listens for changes.
func withReload(page []byte, build int64) []byte {
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		return page
	}
	return slices.Concat(page[:at], []byte(reloadElement(build)), page[at:])
}

// hosts guards against pages of other sites that make a browser ask this server: by its name (DNS rebinding) or across
// origins.
type hosts struct{ allowed func(host string) bool }

// allowedHosts are the names under which a server that listens on addr may be asked.
func allowedHosts(addr string) func(host string) bool {
	listening, _, err := net.SplitHostPort(addr)
	open := false
	if ip := net.ParseIP(listening); err == nil && ip != nil {
		open = ip.IsUnspecified()
	}
	return func(host string) bool {
		name := host
		if h, _, err := net.SplitHostPort(host); err == nil {
			name = h
		}
		name = strings.Trim(name, "[]")
		ip := net.ParseIP(name)
		switch {
		case strings.EqualFold(name, "localhost"), ip != nil && ip.IsLoopback(), name == listening:
			return true
		}
		return open && ip != nil
	}
}

// unreadBody is how long an answer waits for the rest of a request that should have none.
const unreadBody = time.Second

func (h hosts) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		if r.ContentLength != 0 { // nobody reads it, but the answer waits for it
			http.NewResponseController(w).SetReadDeadline(time.Now().Add(unreadBody))
		}
		if !h.allowed(r.Host) {
			http.Error(w, "this server answers to its own name only", http.StatusMisdirectedRequest)
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" {
			if u, err := url.Parse(origin); err != nil || u.Host != r.Host {
				http.Error(w, "this server answers to its own pages only", http.StatusForbidden)
				return
			}
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			header.Set("Allow", "GET, HEAD")
			http.Error(w, "only GET and HEAD are answered", http.StatusMethodNotAllowed)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// answer sends what an address holds: a folder's index, a redirect to it, the file, or the page for what is not there.
func answer(w http.ResponseWriter, r *http.Request, read func(address string) ([]byte, error)) {
	address := strings.TrimPrefix(r.URL.Path, "/")
	if address == "" || strings.HasSuffix(address, "/") {
		address += "index.html"
	}
	var data []byte
	err := fs.ErrNotExist
	if fs.ValidPath(address) {
		data, err = read(address)
	}
	switch {
	case err == nil:
		send(w, r, address, data, http.StatusOK)
		return
	case !errors.Is(err, fs.ErrNotExist):
		http.Error(w, "this file cannot be made: "+err.Error(), http.StatusInternalServerError)
		return
	}
	if fs.ValidPath(address) && path.Ext(address) == "" {
		if _, err := read(address + "/index.html"); err == nil {
			http.Redirect(w, r, path.Base(address)+"/", http.StatusMovedPermanently)
			return
		}
	}
	if data, err = read("404.html"); err != nil {
		http.NotFound(w, r)
		return
	}
	send(w, r, "404.html", data, http.StatusNotFound)
}

// hiddenAddress reports whether a part of an address begins with a dot, but for that of .well-known: what is ours, not the site's.
func hiddenAddress(address string) bool {
	for part := range strings.SplitSeq(address, "/") {
		if dotted(part) {
			return true
		}
	}
	return false
}

// types are the media types that the system's own table may lack.
var types = map[string]string{".html": "text/html; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".wasm": "application/wasm", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8", ".webmanifest": "application/manifest+json", ".xml": "application/xml; charset=utf-8",
	".json": "application/json", ".csv": "text/csv; charset=utf-8"}

// send answers with bytes. The browser keeps nothing without asking.
func send(w http.ResponseWriter, r *http.Request, name string, data []byte, status int) {
	header := w.Header()
	kind := types[path.Ext(name)]
	if kind == "" {
		kind = mime.TypeByExtension(path.Ext(name))
	}
	if kind != "" {
		header.Set("Content-Type", kind)
	}
	header.Set("Cache-Control", "no-cache")
	if status != http.StatusOK {
		w.WriteHeader(status)
		if r.Method != http.MethodHead {
			w.Write(data)
		}
		return
	}
	sum := sha256.Sum256(data)
	header.Set("ETag", `"`+base64.RawURLEncoding.EncodeToString(sum[:12])+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}
