package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// put writes a file of a folder, its own folders included.
func put(t testing.TB, folder, name, text string) {
	t.Helper()
	file := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// startServing serves a folder of content without a port, until the test ends.
func startServing(t testing.TB, content string, adjust ...func(*options)) *server {
	t.Helper()
	o := &options{content: content, theme: "theme"}
	for _, c := range adjust {
		c(o)
	}
	p, err := open(o, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(p, "127.0.0.1:0", o.strict)
	done := make(chan struct{})
	changes, err := watch(done, p.watched(), false, t.Logf)
	if err != nil {
		t.Fatal(err)
	}
	s.begin()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.rebuild(change{all: true})
		for {
			select {
			case c, open := <-changes:
				if open {
					s.rebuild(c)
				}
			case <-done:
				return
			}
		}
	}()
	for s.current() == nil {
		time.Sleep(time.Millisecond)
	}
	t.Cleanup(func() { close(done); <-ended })
	return s
}
