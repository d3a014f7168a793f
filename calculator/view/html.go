package view

// markup is a piece of HTML that the printer itself wrote. Only constants become markup without a conversion, so every
// place where something else is trusted can be found by searching for "markup(".
type markup string

// html is a document under construction. Everything that reaches it by text, attribute values or element content is
// escaped; only raw does not.
type html struct{ b []byte }

// raw writes m as it stands.
func (h *html) raw(m markup) { h.b = append(h.b, m...) }

// text writes s escaped.
func (h *html) text(s string) { h.b = appendEscaped(h.b, s) }

// open writes a start tag. attrs are name, value, name, value...; values are escaped, a pair without a name is left out,
// and an empty value prints the name alone (which HTML reads as the empty string).
func (h *html) open(tag markup, attrs ...string) {
	h.b = append(h.b, '<')
	h.b = append(h.b, tag...)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i] == "" {
			continue
		}
		h.b = append(h.b, ' ')
		h.b = append(h.b, attrs[i]...)
		if attrs[i+1] != "" {
			h.b = append(h.b, '=', '"')
			h.b = appendEscaped(h.b, attrs[i+1])
			h.b = append(h.b, '"')
		}
	}
	h.b = append(h.b, '>')
}

// shut writes an end tag.
func (h *html) shut(tag markup) {
	h.b = append(h.b, '<', '/')
	h.b = append(h.b, tag...)
	h.b = append(h.b, '>')
}

// el writes a whole element with escaped content.
func (h *html) el(tag markup, content string, attrs ...string) {
	h.open(tag, attrs...)
	h.text(content)
	h.shut(tag)
}

// appendEscaped appends s with the five characters that mean something in HTML replaced. Control characters other than
// tab and newline, which HTML forbids, become U+FFFD, as does anything that is not UTF-8.
func appendEscaped(b []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '"':
			b = append(b, "&#34;"...)
		case r == '\'':
			b = append(b, "&#39;"...)
		case r < ' ' && r != '\t' && r != '\n', r == 0x7f:
			b = append(b, "\uFFFD"...)
		case r < 0x80:
			b = append(b, byte(r))
		default:
			b = append(b, string(r)...)
		}
	}
	return b
}

// when returns name if it is to be printed, else the empty name that open leaves out.
func when(yes bool, name string) string {
	if yes {
		return name
	}
	return ""
}
