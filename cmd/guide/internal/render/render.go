// Package render prints pages with a theme's layouts, and the files that tell machines about them.
//
// A Renderer is a theme's layouts, parsed once. A Frame is everything that one page shows. Feeds, sitemap, robots, the
// web manifest and llms.txt are functions from lists to bytes (machines.go).
//
// Not wanted here: the site. What a page shows of others stands in its Frame.
package render

import (
	"bytes"
	"errors"
	"html/template"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"whentofinetune/cmd/guide/internal/problem"
)

// Kinds are the layouts that a theme must have, each in a file of its name.
var Kinds = []string{"start", "article", "calculator", "section", "plain", "print", "notfound"}

// Renderer prints frames. It may be used from several goroutines.
type Renderer struct {
	set    *template.Template
	prefix string

	mu       sync.Mutex
	compiler compiler
	compiled map[string]step // layouts that were asked for; nil for one that cannot be compiled
}

// New parses the layouts of a theme; prefix is how the theme's folder is named in problems. A layout that is missing, that
// cannot be parsed, or that asks for what no frame has is a problem.
func New(theme fs.FS, prefix string) (*Renderer, []problem.Problem) {
	set := template.New("").Option("missingkey=error")
	r := &Renderer{set: set, prefix: prefix, compiler: compiler{set: set, done: map[call]*compiled{}}, compiled: map[string]step{}}
	var problems []problem.Problem
	names, err := fs.Glob(theme, "layouts/*.html")
	if err != nil {
		names = nil
	}
	for _, name := range names {
		text, err := fs.ReadFile(theme, name)
		if err != nil {
			problems = append(problems, problem.Problem{File: path.Join(prefix, name), Text: "cannot be read", Hint: "check its rights"})
			continue
		}
		if _, err := r.set.New(path.Base(name)).Parse(string(text)); err != nil {
			problems = append(problems, r.complaint(err, path.Base(name)))
		}
	}
	for _, kind := range Kinds {
		if r.set.Lookup(kind+".html") == nil && len(problems) == 0 {
			problems = append(problems, problem.Problem{File: path.Join(prefix, "layouts", kind+".html"), Text: "the layout is missing",
				Hint: "add it, or take it from the theme that comes with the command"})
		}
	}
	if len(problems) == 0 {
		problems = r.tried()
	}
	return r, problem.Sort(problems)
}

// Has reports whether the theme has a layout that it need not have.
func (r *Renderer) Has(kind string) bool { return r.set.Lookup(kind+".html") != nil }

// Page prints a frame with the layout of its kind.
func (r *Renderer) Page(f *Frame) ([]byte, []problem.Problem) {
	layout := f.Kind + ".html"
	t := r.set.Lookup(layout)
	if t == nil {
		return nil, []problem.Problem{{File: path.Join(r.prefix, "layouts", layout), Text: "the layout is missing", Hint: "add it to the theme"}}
	}
	if data := r.quick(f, layout); data != nil {
		return data, nil
	}
	var b bytes.Buffer
	b.Grow(len(f.Body) + 8<<10)
	if err := t.Execute(&b, f); err != nil {
		return nil, []problem.Problem{r.complaint(err, layout)}
	}
	return b.Bytes(), nil
}

// quick prints a frame with its compiled layout; nil where there is none, or where something goes wrong, which the layout
// itself tells better.
func (r *Renderer) quick(f *Frame, layout string) (data []byte) {
	r.mu.Lock()
	run, known := r.compiled[layout]
	if !known {
		run = r.compiler.compile(layout)
		r.compiled[layout] = run
	}
	r.mu.Unlock()
	if run == nil {
		return nil
	}
	defer func() {
		if recover() != nil {
			data = nil
		}
	}()
	e := env{out: make([]byte, 0, len(f.Body)+12<<10)}
	run(&e, reflect.ValueOf(f))
	return e.out
}

// templatePlace finds "template: NAME:LINE:COLUMN: text" in what the template package says.
var templatePlace = regexp.MustCompile(`^(?:html/)?template: ?([^:]+):(\d+)(?::(\d+))?: (.*)$`)

func (r *Renderer) complaint(err error, name string) problem.Problem {
	p := problem.Problem{File: path.Join(r.prefix, "layouts", name), Text: err.Error(), Hint: "mend the layout"}
	text := strings.ReplaceAll(err.Error(), "\n", " ")
	var escape *template.Error
	if errors.As(err, &escape) && escape.Description != "" {
		p.Text, p.Line = escape.Description, escape.Line
		if escape.Name != "" {
			p.File = path.Join(r.prefix, "layouts", escape.Name)
		}
		return p
	}
	if m := templatePlace.FindStringSubmatch(text); m != nil {
		p.File = path.Join(r.prefix, "layouts", m[1])
		p.Line, _ = strconv.Atoi(m[2])
		if m[3] != "" {
			p.Column, _ = strconv.Atoi(m[3])
			p.Column++
		}
		p.Text = m[4]
	}
	return p
}
