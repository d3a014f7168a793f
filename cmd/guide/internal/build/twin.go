package build

import (
	"bytes"
	"cmp"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"whentofinetune/cmd/guide/internal/block"
	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/site"
)

var (
	figureSpan   = regexp.MustCompile("`=([a-z][^`]*)`")
	citationMark = regexp.MustCompile(`\[@([\w.:-]+)\]`)
	fenceMark    = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})(.*)$")
)

// twin is a page as Markdown for those who read no HTML: its source, with a heading in place of the front matter, and with
// what the calculator says in place of the questions put to it.
func (b *builder) twin(n *site.Node) ([]byte, error) {
	p := n.Page
	source, first := "", 1
	if !n.Made {
		data, err := fs.ReadFile(b.in.Content, p.File)
		if err != nil {
			return nil, err
		}
		if len(data) <= cmp.Or(b.config.PageBytes, page.MaxBytes) { // else the page says so
			source = strings.TrimLeft(string(page.Body(data)), "\r\n")
			first += bytes.Count(data[:len(data)-len(source)], []byte("\n"))
		}
	}
	out := make([]byte, 0, len(source)+len(p.Name)+len(p.Summary)+16)
	if !strings.HasPrefix(source, "# ") {
		out = append(append(append(out, "# "...), p.Name...), "\n\n"...)
		if n.Page.Front.Description != "" {
			out = append(append(append(out, "> "...), p.Summary...), "\n\n"...)
		}
	}
	if strings.Contains(source, "`=") || strings.Contains(source, "[@") || strings.Contains(source, "calculator") || showsFile(source) {
		out = b.answered(out, p, source, first)
	} else {
		out = append(out, source...)
	}
	if n.IsFolder && len(n.Children) > 0 {
		out = append(out, '\n')
		for _, child := range n.Children {
			out = append(out, "- ["+child.Page.Name+"]("+page.Relative(twinPath(p.Path), twinPath(child.Page.Path))+")\n"...)
		}
	}
	if p.File == b.config.Sources {
		out = append(out, "\n## Where each is cited\n\n"...)
		for _, c := range b.citedOn(func(to *site.Node) string { return page.Relative(twinPath(p.Path), twinPath(to.Page.Path)) }) {
			pages := make([]string, len(c.Pages))
			for i, l := range c.Pages {
				pages[i] = "[" + l.Title + "](" + l.Href + ")"
			}
			out = append(out, "- "+c.Key+": "+strings.Join(pages, ", ")+"\n"...)
		}
	}
	return out, nil
}

// answered appends the text of a page that asks something of the calculator, or cites, with what it is answered. first is the
// number of its first line in the file.
func (b *builder) answered(out []byte, p *page.Page, source string, first int) []byte {
	files := b.shownFiles(p)
	fence, view := "", ""
	number := first - 1
	for line := range strings.Lines(source) {
		number++
		m := append(fenceMark.FindStringSubmatch(strings.TrimRight(line, "\r\n")), "", "", "")
		switch {
		case fence == "" && m[1] == "":
			out = append(out, b.proseText(p, files.text(line, 0))...)
			continue
		case fence == "":
			fence = m[1]
			view = b.viewText(p, number)
			out = append(out, view...)
		case strings.HasPrefix(m[1], fence) && strings.TrimSpace(m[2]) == "":
			fence = ""
		}
		if view == "" {
			out = append(out, line...)
		}
		if fence == "" {
			view = ""
		}
	}
	return out
}

// proseText replaces figures and citations in a line.
func (b *builder) proseText(p *page.Page, line string) string {
	line = figureSpan.ReplaceAllStringFunc(line, func(s string) string {
		fields := strings.Fields(strings.Trim(s, "`=")) // values hold no backticks
		text := b.askText("figure " + fields[0] + "\n" + strings.Join(fields[1:], "\n") + "\n")
		return orElse(strings.TrimSpace(text), s)
	})
	return citationMark.ReplaceAllStringFunc(line, func(s string) string {
		key := s[2 : len(s)-1]
		if b.config.Sources == "" {
			return "(" + key + ")"
		}
		return "([" + key + "](" + page.Relative(p.Path, twinPath(page.OutputPath(b.config.Sources))) + "#" + page.Slug(key) + "))"
	})
}

// viewText is what the block of the calculator that begins at a line says, after the answers that it was given; empty where
// none was printed.
func (b *builder) viewText(p *page.Page, line int) string {
	at := slices.IndexFunc(p.Views, func(v page.View) bool { return v.Line == line })
	if at < 0 {
		return ""
	}
	request := p.Views[at].Request
	said := page.Said(block.Markup(strings.Repeat("../", strings.Count(p.Path, "/")), request, b.askText(request)))
	given := []string{}
	for line := range strings.SplitSeq(strings.TrimSpace(request), "\n") {
		if strings.Contains(line, "=") && !strings.HasPrefix(line, "root=") && !strings.HasPrefix(line, "id=") {
			given = append(given, "`"+line+"`")
		}
	}
	if said != "" && len(given) > 0 {
		said = "With " + strings.Join(given, ", ") + ":\n\n" + said
	}
	return said
}

// askText is the body of a good reply, or empty.
func (b *builder) askText(request string) string {
	if b.in.Ask == nil {
		return ""
	}
	text, _, err := b.ask(request)
	status, body, _ := strings.Cut(text, "\n")
	if err != nil || status != "ok" {
		return ""
	}
	return body
}
