package render

import (
	"bytes"
	"html/template"
	"strings"
	"sync"
	"text/template/parse"
)

// escape is a chain of the template package's own functions that make a text safe where it stands. Which characters it
// leaves alone is found by trying; a text of those is written as it is, every other one is given to that package.
type escape struct {
	sample        *template.Template
	before, after int // length of what the sample prints around
	plain         [256]bool
	keepsHTML     bool // what is marked as HTML is written as it is

	mu    sync.RWMutex
	known map[string]string // texts that were escaped before: titles and addresses come again and again
}

// manyKnown is how many escaped texts are remembered.
const manyKnown = 4096

// samples are places in a page that want different chains, the value at X.
var samples = []string{"X", `<a title="X">`, `<a href="X">`, `<a href="#X">`, `<a href="/X">`, `<a href="/?x=X">`, `<meta content="X">`, `<title>X</title>`, `<textarea>X</textarea>`}

// escape returns the chain of a pipeline's commands after the first.
func (c *compiler) escape(chain []*parse.CommandNode) (*escape, error) {
	name := chainName(chain)
	if c.escapes == nil {
		c.escapes = map[string]*escape{}
		for _, s := range samples {
			before, after, _ := strings.Cut(s, "X")
			t, err := template.New("").Parse(before + "{{.}}" + after)
			if err != nil {
				continue
			}
			e := &escape{sample: t, before: len(before), after: len(after), known: map[string]string{}}
			e.try()
			for _, n := range t.Tree.Root.Nodes {
				if a, ok := n.(*parse.ActionNode); ok && len(a.Pipe.Cmds) > 1 {
					c.escapes[chainName(a.Pipe.Cmds[1:])] = e
				}
			}
		}
	}
	if e := c.escapes[name]; e != nil {
		return e, nil
	}
	return nil, errUnknown
}

func chainName(chain []*parse.CommandNode) string {
	var names []string
	for _, c := range chain {
		names = append(names, c.String())
	}
	return strings.Join(names, "|")
}

// try finds out what the chain leaves alone. Characters beyond ASCII are tried as one of them: a chain knows only bytes.
func (e *escape) try() {
	for b := range 0x80 {
		s := string(rune(b))
		e.plain[b] = e.full(s) == s
	}
	beyond := e.full("é") == "é"
	for b := 0x80; b < 0x100; b++ {
		e.plain[b] = beyond
	}
	const html = `<b class="x">&amp;</b>`
	e.keepsHTML = e.full(template.HTML(html)) == html
}

// full is what the template package makes of a value.
func (e *escape) full(v any) string {
	var b bytes.Buffer
	if err := e.sample.Execute(&b, v); err != nil {
		panic(err) // caught where a page is printed
	}
	return b.String()[e.before : b.Len()-e.after]
}

func (e *escape) append(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if !e.plain[s[i]] {
			return append(dst, e.remembered(s)...)
		}
	}
	return append(dst, s...)
}

func (e *escape) remembered(s string) string {
	e.mu.RLock()
	escaped, ok := e.known[s]
	e.mu.RUnlock()
	if ok {
		return escaped
	}
	escaped = e.full(s)
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.known) >= manyKnown {
		clear(e.known)
	}
	e.known[strings.Clone(s)] = escaped
	return escaped
}
