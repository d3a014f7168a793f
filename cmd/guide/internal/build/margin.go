package build

import (
	"bytes"
	"html/template"
	"strings"

	"whentofinetune/cmd/guide/internal/page"
)

// lede parts the paragraph that a page opens with from the rest, which gets its notes in the margin.
func lede(p *page.Page, body []byte) (lede, rest template.HTML) {
	opening, body := []byte(nil), bytes.TrimLeft(body, "\n")
	if end := bytes.Index(body, []byte("</p>\n")); end >= 0 && bytes.HasPrefix(body, []byte("<p>")) {
		end += len("</p>\n")
		opening, body = body[:end], body[end:]
	}
	if len(p.Citations) == 0 {
		return template.HTML(opening), template.HTML(body)
	}
	note := marginNotes(p)
	first := bytes.TrimSuffix(page.Beside(opening, note), opening) // those of the opening stand at the head of the rest
	return template.HTML(opening), template.HTML(append(first, page.Beside(body, note)...))
}

// marginNotes are the notes in the margin of a page, by the key of what it cites: what the source found. They say what
// the list of sources at its end says, so only those who see the page get them.
func marginNotes(p *page.Page) func(key string) string {
	notes := map[string]string{}
	for _, c := range p.Citations {
		if c.Figure == "" {
			continue
		}
		seen := ""
		if c.Read != "" {
			seen = " Seen " + page.Escape(c.Read) + "."
		}
		notes[c.Key] = `<small class="note-aside" aria-hidden="true"><b>` + page.Escape(c.Key) + `</b> <span class="grade grade-` + page.Slug(c.Grade) + `">` + page.Escape(c.Grade) + "</span> " +
			page.Escape(strings.TrimRight(c.Figure, ".")) + "." + seen + "</small>"
	}
	return func(key string) string {
		note := notes[key]
		delete(notes, key)
		return note
	}
}
