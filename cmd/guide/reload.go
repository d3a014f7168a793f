package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"whentofinetune/cmd/guide/internal/build"
	"whentofinetune/cmd/guide/internal/problem"
)

// message is one server-sent event: change, problems or ok.
type message struct {
	event string
	data  any
}

// changed is the body of a change.
type changed struct {
	Kind  string   `json:"kind"`  // page, style or reload
	Pages []string `json:"pages"` // addresses of the pages whose own file changed
}

// shown is a problem as the browser shows it.
type shown struct {
	File    string   `json:"file"`
	Line    int      `json:"line"`
	Column  int      `json:"column"`
	Text    string   `json:"text"`
	Hint    string   `json:"hint"`
	Warning bool     `json:"warning"`
	Excerpt []string `json:"excerpt"` // lines around, the middle one meant
	First   int      `json:"first"`   // number of the first of those lines
	Path    string   `json:"path"`    // absolute, for a link that opens the editor
}

// message is what the browsers are told after a change.
func (s *server) message(c change, site *build.Output) []message {
	kind := "page"
	if c.in(themeArea) {
		kind = "reload"
		if !c.all && onlyStyles(c.files[themeArea]) {
			kind = "style"
		}
	}
	body := changed{Kind: kind, Pages: []string{}}
	for _, file := range c.files[contentArea] {
		if address, ok := site.Page(file); ok {
			body.Pages = append(body.Pages, address)
		}
	}
	messages := []message{{"change", body}}
	if all := s.shown(site.Problems); len(all) > 0 {
		return append(messages, message{"problems", all})
	}
	return append(messages, message{"ok", struct{}{}})
}

func onlyStyles(files []string) bool {
	for _, f := range files {
		if path.Ext(f) != ".css" {
			return false
		}
	}
	return true
}

// shown are the problems that spoil the site, with the lines around them.
func (s *server) shown(problems []problem.Problem) []shown {
	var all []shown
	for _, p := range problems {
		if p.Warning && !s.strict {
			continue
		}
		one := shown{File: p.File, Line: p.Line, Column: p.Column, Text: p.Text, Hint: p.Hint, Warning: p.Warning, Excerpt: []string{}}
		s.excerpt(&one)
		all = append(all, one)
	}
	return all
}

// excerpt adds the lines around a problem, where its file can be found.
func (s *server) excerpt(p *shown) {
	name := filepath.FromSlash(p.File)
	if s.project.root != "" && strings.HasSuffix(p.File, ".go") || strings.HasPrefix(p.File, "calculator/") {
		name = filepath.Join(s.project.root, name)
	}
	abs, err := filepath.Abs(name)
	if err != nil {
		return
	}
	p.Path = abs
	if p.Line == 0 {
		return
	}
	data, err := os.ReadFile(name)
	if err != nil || len(data) > 4<<20 {
		return
	}
	lines := strings.Split(strings.ToValidUTF8(string(data), "\ufffd"), "\n")
	from, to := max(0, p.Line-3), min(len(lines), p.Line+2)
	if from < to {
		p.First = from + 1
		for _, l := range lines[from:to] {
			if len(l) > 300 {
				l = strings.ToValidUTF8(l[:300], "")
			}
			p.Excerpt = append(p.Excerpt, l)
		}
	}
}

// hub sends events to every browser that listens. A new one is told the last word on problems at once.
type hub struct {
	mu      sync.Mutex
	clients map[chan message]bool
	last    message
}

// clientBacklog is how many events a browser may be behind; one that is further behind is let go, and comes back.
const clientBacklog = 16

func (h *hub) send(messages []message) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, m := range messages {
		if m.event != "change" {
			h.last = m
		}
		for c := range h.clients {
			select {
			case c <- m:
			default:
				delete(h.clients, c)
				close(c)
			}
		}
	}
}

// problems tells of what went wrong while a page was printed.
func (h *hub) problems(found build.Problems) {
	all := make([]shown, len(found))
	for i, p := range found {
		all[i] = shown{File: p.File, Line: p.Line, Column: p.Column, Text: p.Text, Hint: p.Hint, Excerpt: []string{}}
	}
	h.send([]message{{"problems", all}})
}

func (h *hub) join() chan message {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.clients == nil {
		h.clients = map[chan message]bool{}
	}
	c := make(chan message, clientBacklog)
	if h.last.event != "" {
		c <- h.last
	}
	h.clients[c] = true
	return c
}

func (h *hub) leave(c chan message) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.clients[c] {
		delete(h.clients, c)
		close(c)
	}
}

// serve streams events until the browser goes.
func (h *hub) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", "text/event-stream")
	header.Set("Cache-Control", "no-store")
	control := http.NewResponseController(w)
	c := h.join()
	defer h.leave(c)
	write := func(text string) bool {
		control.SetWriteDeadline(time.Now().Add(10 * time.Second)) // a reader that stands still is let go
		if _, err := fmt.Fprint(w, text); err != nil {
			return false
		}
		return control.Flush() == nil
	}
	if !write("retry: 500\n\n") {
		return
	}
	beat := time.NewTicker(20 * time.Second)
	defer beat.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-beat.C:
			if !write(": here\n\n") {
				return
			}
		case m, open := <-c:
			if !open {
				return
			}
			data, err := json.Marshal(m.data)
			if err != nil || !write("event: "+m.event+"\ndata: "+string(data)+"\n\n") {
				return
			}
		}
	}
}
