package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
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
	Build int64      `json:"build"` // counts up from 1
	Kind  string     `json:"kind"`  // page, style or reload
	Pages []pageLink `json:"pages"` // those whose own file changed
}

type pageLink struct {
	Address string `json:"address"` // from the site's root
	Title   string `json:"title"`
}

// maxPages is how many changed pages a browser is told of: after a checkout nobody wants a list of thousands.
const maxPages = 8

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
	Open    string   `json:"open"`    // address that opens the editor there; may be empty
}

// kind says how browsers take a change: the theme asks for more than a page does.
func (s *server) kind(c change) string {
	if !c.in(themeArea) {
		return "page"
	}
	look, before := s.project.themeSum(), s.look
	s.look = look
	switch {
	case look != before:
		return "reload"
	case c.all:
		return "page" // takes styles, too
	}
	return "style"
}

// message is what the browsers are told after a change.
func (s *server) message(kind string, c change, site *build.Output) []message {
	body := changed{Build: s.builds.Load(), Kind: kind, Pages: []pageLink{}}
	for _, file := range c.files[contentArea] {
		if address, title, ok := site.Page(file); ok && len(body.Pages) < maxPages {
			body.Pages = append(body.Pages, pageLink{address, title})
		}
	}
	messages := []message{{"change", body}}
	if all := s.shown(site.Problems); len(all) > 0 {
		return append(messages, message{"problems", all})
	}
	return append(messages, message{"ok", struct{}{}})
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
	p.Open = s.project.options.editorLink(abs, p.Line, p.Column)
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

// serve streams events until the browser goes. It begins with the number of the build, by which a page knows whether it is
// behind.
func (h *hub) serve(w http.ResponseWriter, r *http.Request, build func() int64) {
	header := w.Header()
	header.Set("Content-Type", "text/event-stream")
	header.Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
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
	if !write("retry: 500\nevent: build\ndata: " + strconv.FormatInt(build(), 10) + "\n\n") {
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
