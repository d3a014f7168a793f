package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// Links to elsewhere are followed once, good answers are remembered, bad ones are named where they stand.
func TestExternalLinks(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.URL.Path != "/good" {
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	content := t.TempDir()
	text := "# Links\n\n[good](" + server.URL + "/good) [again](" + server.URL + "/good)\n[bad](" + server.URL + "/bad)\n"
	if err := os.WriteFile(filepath.Join(content, "index.md"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := open(&options{content: content, theme: "theme"}, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	site := p.build()
	before := len(site.Problems)
	p.external(t.Context(), site)
	if len(site.Problems) != before+1 || !strings.Contains(site.Problems[before].String(), "index.md:4:1: warning: "+server.URL+"/bad answers 404") {
		t.Errorf("%v", site.Problems[before:])
	}
	if n := asked.Load(); n != 2 {
		t.Errorf("asked %d times", n)
	}
	p.external(t.Context(), p.build())
	if n := asked.Load(); n != 3 {
		t.Errorf("asked %d times in all: a good answer was not remembered, or a bad one was", n)
	}
}
