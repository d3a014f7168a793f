package build

import (
	"bytes"
	"cmp"
	"io/fs"
	"regexp"
	"strings"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/site"
)

var (
	figureSpan   = regexp.MustCompile("`=([a-z][^`]*)`")
	citationMark = regexp.MustCompile(`\[@([\w.:-]+)\]`)
	fenceStart   = regexp.MustCompile("^ {0,3}(```+|~~~+) *calculator +(.*)$")
)

// twin is a page as Markdown for those who read no HTML: its source, with a heading in place of the front matter, and with
// what the calculator says in place of the questions put to it.
func (b *builder) twin(n *site.Node) ([]byte, error) {
	p := n.Page
	var source string
	if !n.Made {
		data, err := fs.ReadFile(b.in.Content, p.File)
		if err != nil {
			return nil, err
		}
		if len(data) <= cmp.Or(b.config.PageBytes, page.MaxBytes) { // else the page says so
			source = string(page.Body(data))
		}
	}
	out := make([]byte, 0, len(source)+len(p.Name)+len(p.Summary)+16)
	if !strings.HasPrefix(strings.TrimLeft(source, "\n"), "# ") {
		out = append(append(append(out, "# "...), p.Name...), "\n\n"...)
		if n.Page.Front.Description != "" {
			out = append(append(append(out, "> "...), p.Summary...), "\n\n"...)
		}
	}
	if strings.Contains(source, "`=") || strings.Contains(source, "[@") || strings.Contains(source, "calculator") {
		out = b.answered(out, p, source)
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
	return bytes.TrimLeft(out, "\n"), nil
}

// answered appends the text of a page that asks something of the calculator, or cites, with what it is answered.
func (b *builder) answered(out []byte, p *page.Page, source string) []byte {
	fence, view, answers := "", "", ""
	for line := range strings.Lines(source) {
		trimmed := strings.TrimRight(line, "\r\n")
		switch m := fenceStart.FindStringSubmatch(trimmed); {
		case fence == "" && m != nil:
			fence, view, answers = m[1], m[2], ""
		case fence != "" && view != "" && strings.HasPrefix(strings.TrimLeft(trimmed, " "), fence):
			out = append(append(out, b.viewText(p, view, answers)...), '\n')
			fence, view = "", ""
		case view != "":
			answers += trimmed + "\n"
		case fence != "":
			if strings.HasPrefix(strings.TrimLeft(trimmed, " "), fence) {
				fence = ""
			}
			out = append(out, line...)
		case strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~"):
			fence = trimmed[:3]
			out = append(out, line...)
		default:
			out = append(out, b.proseText(p, line)...)
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

// viewText is what a block of the calculator says, without its form.
func (b *builder) viewText(p *page.Page, view, answers string) string {
	word, _, _ := strings.Cut(view, " ")
	switch word {
	case "table", "scenario", "case", "ladder", "validation":
		root := strings.Repeat("../", strings.Count(p.Path, "/"))
		return page.TextOf(b.askText(view + "\nroot=" + root + "\n" + answers))
	}
	return "```text\n" + strings.TrimSpace(b.askText("text\n"+answers)) + "\n```\n"
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
