package page

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"whentofinetune/cmd/guide/internal/problem"
)

func (c *Context) indentedCode(n *ast.CodeBlock) {
	c.lead = false
	text := c.lines(n)
	if c.o.Conformance {
		c.tag("<pre><code>")
		c.out = escapeText(c.out, text)
		c.tag("</code></pre>\n")
		return
	}
	c.Code("", string(text), Info{}, n.Pos())
}

// fence prints a fenced block: by a word of the table, or as code.
func (c *Context) fence(n *ast.FencedCodeBlock) {
	c.lead = false
	text := c.lines(n)
	info := ""
	if n.Info != nil {
		info = string(unescape(n.Info.Segment.Value(c.src)))
	}
	word, rest, _ := strings.Cut(info, " ")
	if c.unclosed(n) {
		c.Warn(n.Pos(), "fence is not closed, and the rest of the page is code", "add a line of the same signs after the code")
	}
	if c.o.Conformance {
		c.tag("<pre><code")
		if word != "" {
			c.Attr("class", "language-"+word)
		}
		c.tag(">")
		c.out = escapeText(c.out, text)
		c.tag("</code></pre>\n")
		return
	}
	if brace := strings.IndexByte(word, '{'); brace >= 0 {
		word, rest = word[:brace], word[brace:]+" "+rest
	}
	if f := c.o.Words.Fences[word]; f != nil {
		b := Block{Word: word, Info: ParseInfo(rest), Text: string(text), At: n.Pos()}
		for i := range n.Lines().Len() {
			b.lines = append(b.lines, n.Lines().At(i).Start)
		}
		if !c.foreign(f, b) {
			c.Code(word, b.Text, b.Info, b.At)
		}
		c.text = append(c.text, ' ')
		return
	}
	parsed := ParseInfo(rest)
	if label := parsed.Get("tab"); label != "" {
		c.tabbedCode(n, label)
		return
	}
	c.checkWord(word, n.Pos())
	c.Code(word, string(text), parsed, n.Pos())
}

// unclosed reports whether a fence runs to the end of its file for want of a line that closes it.
func (c *Context) unclosed(n *ast.FencedCodeBlock) bool {
	lines := n.Lines()
	return lines.Len() > 0 && len(bytes.TrimSpace(c.src[lines.At(lines.Len()-1).Stop:])) == 0
}

// settings are what a code block takes by name, from a fence or a file.
var settings = []string{"title", "start", "tab", "lines", "region", "language", "numbers", "linenos", "wrap"}

// misspelt warns of a setting that is nearly one of ours. Others are left to other tools.
func (c *Context) misspelt(info Info, at int) {
	names := slices.Clone(info.Words)
	for _, p := range info.Pairs {
		names = append(names, p[0])
	}
	for _, name := range names {
		if slices.Contains(settings, name) {
			continue
		}
		if near := problem.Nearest(name, settings); near != "" && max(len(name)-len(near), len(near)-len(name)) < 2 && len(name) > 3 {
			c.Warn(at, "code takes no "+name, "did you mean "+near+"?")
		}
	}
}

// foreign prints a fence by the function of its word. In a tree that was written for another tool csv may be any text, and math
// what is not known here: false says that it could not be printed, which is said as a warning, and that nothing was.
func (c *Context) foreign(print func(*Context, Block), b Block) bool {
	out, text, before := len(c.out), len(c.text), len(c.problems.all)
	print(c, b)
	if c.asks() || b.Word != "csv" && b.Word != "math" {
		return true
	}
	for _, p := range c.problems.all[before:] {
		if p.Warning {
			continue
		}
		c.out, c.text, c.problems.all = c.out[:out], c.text[:text], c.problems.all[:before]
		p.Text, p.Warning = "shown as it is written: "+p.Text, true
		c.problems.add(p)
		return false
	}
	return true
}

// checkWord reports a fence whose word is neither ours nor a language. Other tools add to a language after a comma.
func (c *Context) checkWord(word string, at int) {
	word, _, _ = strings.Cut(word, ",")
	if word == "" || c.o.Language == nil || c.o.Language(word) {
		return
	}
	text, hint := "there is no fenced word or language "+word, "write text where there is no language"
	near := problem.Nearest(word, slices.Sorted(maps.Keys(c.o.Words.Fences)))
	if near != "" {
		hint = "did you mean " + near + "? Write text where there is no language"
	}
	c.object(at, text, hint)
}

// Code prints text as a code block. Of info it takes title="…", {lines to mark}, numbers (or linenos), start=N and
// wrap; what it does not know is reported.
func (c *Context) Code(language, text string, info Info, at int) {
	text = strings.TrimRight(text, "\n")
	c.misspelt(info, at)
	marked, _, ok := ParseLines(info.Lines)
	if !ok {
		c.Warn(at, "lines to mark cannot be "+info.Lines, "write them as {1,4-6}")
	}
	numbers := info.Has("numbers") || info.Has("linenos") || info.Get("start") != ""
	first := 1
	if s := info.Get("start"); s != "" {
		n, ok := atoi(s)
		if !ok {
			c.Warn(at, "start of line numbers cannot be "+s, "write a whole number")
		}
		first = max(n, 0)
	}
	title := info.Get("title")
	element := "div"
	if title != "" {
		element = "figure"
	}
	c.tag("<" + element + ` class="code`)
	if numbers {
		c.tag(" numbered")
	}
	if info.Has("wrap") {
		c.tag(" wrap")
	}
	c.tag(`"`)
	if language != "" {
		c.Attr("data-language", language)
	}
	c.tag(">")
	if title != "" {
		c.tag("<figcaption>")
		c.Text(title)
		c.tag("</figcaption>")
	}
	c.tag(`<pre tabindex="0"><code>`)
	start := len(c.out)
	if c.o.Code != nil && language != "" {
		c.out = c.o.Code(c.out, language, text)
	} else {
		c.out = escapeCode(c.out, text)
	}
	if info.Lines != "" || numbers {
		html := bytes.Clone(c.out[start:])
		c.out = appendLines(c.out[:start], html, marked, numbers, first)
	}
	c.tag("</code></pre></" + element + ">\n")
	c.text = append(append(c.text, text...), ' ')
}

// appendLines wraps each line of highlighted code in an element of its own; a span that runs over a line end is closed
// and opened again, so that the elements nest. Numbers are attributes, so that copying code does not copy them.
func appendLines(dst, html []byte, marked func(int) bool, numbers bool, first int) []byte {
	var open []byte
	for i, line := range bytes.Split(html, []byte("\n")) {
		dst = append(dst, `<span class="line`...)
		if marked(i + 1) {
			dst = append(dst, " marked"...)
		}
		dst = append(dst, '"')
		if numbers {
			dst = append(append(append(dst, ` data-line="`...), itoa(first+i)...), '"')
		}
		dst = append(dst, '>')
		dst = append(append(dst, open...), line...)
		open = openSpan(open, line)
		if len(open) > 0 {
			dst = append(dst, "</span>"...)
		}
		dst = append(dst, "\n</span>"...)
	}
	return dst
}

// openSpan returns the tag of the span that is still open at the end of a line, given the one open at its start. Spans of
// highlighted code do not nest.
func openSpan(open, line []byte) []byte {
	last, end := bytes.LastIndex(line, []byte("<span")), bytes.LastIndex(line, []byte("</span>"))
	switch {
	case last > end:
		tag, _, _ := bytes.Cut(line[last:], []byte(">"))
		return append(bytes.Clone(tag), '>')
	case end >= 0:
		return nil
	}
	return open
}

func atoi(s string) (n int, ok bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	for _, d := range []byte(s) {
		if d < '0' || d > '9' {
			return 0, false
		}
		n = n*10 + int(d-'0')
	}
	return n, true
}
