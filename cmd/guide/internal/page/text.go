package page

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// escapeText appends s with what HTML would read as markup replaced, quotes included.
func escapeText[S string | []byte](dst []byte, s S) []byte {
	start := 0
	for i := 0; i < len(s); i++ {
		entity := entities[s[i]]
		if entity == "" {
			continue
		}
		dst = append(append(dst, s[start:i]...), entity...)
		start = i + 1
	}
	return append(dst, s[start:]...)
}

// escapeCode is escapeText without quotes, for text between tags: code is full of them.
func escapeCode[S string | []byte](dst []byte, s S) []byte {
	start := 0
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b >= ' ' && b != '<' && b != '>' && b != '&' && b != 0x7f || entities[b] == "" {
			continue
		}
		dst = append(append(dst, s[start:i]...), entities[b]...)
		start = i + 1
	}
	return append(dst, s[start:]...)
}

// EscapeCode appends s with what HTML would read as markup between tags replaced.
func EscapeCode(dst []byte, s string) []byte { return escapeCode(dst, s) }

var entities = func() (all [256]string) {
	for b := range byte(0x80) {
		if visible(rune(b)) != rune(b) {
			all[b] = "\ufffd"
		}
	}
	all['&'], all['<'], all['>'], all['"'] = "&amp;", "&lt;", "&gt;", "&quot;"
	return all
}()

// unescape resolves backslash escapes and entities as CommonMark wants them in text. It returns src itself when there is
// nothing to resolve.
func unescape(src []byte) []byte {
	if bytes.IndexByte(src, '\\') < 0 && bytes.IndexByte(src, '&') < 0 {
		return src
	}
	out := make([]byte, 0, len(src))
	for i := 0; i < len(src); i++ {
		switch b := src[i]; {
		case b == '\\' && i+1 < len(src) && util.IsPunct(src[i+1]):
			i++
			out = append(out, src[i])
		case b == '&':
			text, n := entity(src[i:])
			out = append(out, text...)
			i += n - 1
		default:
			out = append(out, b)
		}
	}
	return out
}

// entity reads a character reference at the start of src, which begins with "&". When there is none it returns "&".
func entity(src []byte) (text []byte, n int) {
	end := bytes.IndexByte(src[:min(len(src), 40)], ';')
	if end < 2 {
		return src[:1], 1
	}
	name := src[1:end]
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(string(name)); ok {
			return e.Characters, end + 1
		}
		return src[:1], 1
	}
	digits, base, most := name[1:], rune(10), 7
	if len(digits) > 0 && digits[0]|0x20 == 'x' {
		digits, base, most = digits[1:], 16, 6
	}
	if len(digits) == 0 || len(digits) > most {
		return src[:1], 1
	}
	var r rune
	for _, d := range digits {
		switch {
		case '0' <= d && d <= '9':
			r = r*base + rune(d-'0')
		case base == 16 && 'a' <= d|0x20 && d|0x20 <= 'f':
			r = r*16 + rune(d|0x20-'a') + 10
		default:
			return src[:1], 1
		}
	}
	if !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	return utf8.AppendRune(nil, visible(r)), end + 1
}

// slug makes an id of a heading's plain text as GitHub does: lower case, letters and digits of any script kept, spaces
// become hyphens, everything else goes.
func slug(text string) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r == ' ' || r == '-' || r == '\n' || r == '\t':
			b.WriteByte('-')
		case r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// Ids that a page must not give out: names that scripts of this or any page look up on window, document or an object, and
// the ids of the layouts.
var reserved = map[string]bool{
	"main": true, "top": true, "menu": true, "contents": true, "search": true, "results": true, "navigation": true, "footer": true, "header": true,
	"location": true, "cookie": true, "constructor": true, "prototype": true, "currentscript": true, "document": true, "window": true,
	"self": true, "parent": true, "frames": true, "name": true, "status": true, "history": true, "navigator": true, "forms": true, "images": true,
	"links": true, "scripts": true, "body": true, "head": true, "title": true, "domain": true, "referrer": true, "url": true, "children": true,
	"attributes": true, "length": true, "item": true, "valueof": true, "tostring": true, "hasownproperty": true, "__proto__": true,
	"localstorage": true, "sessionstorage": true, "caches": true, "crypto": true, "indexeddb": true, "performance": true, "event": true,
	"opener": true, "origin": true, "close": true, "closed": true, "focus": true, "open": true, "print": true, "stop": true, "fetch": true,
	"trustedtypes": true,
}

// door reports whether a name could be one under which the page's own scripts leave something on the window: guideModule and
// its like.
func door(lower string) bool {
	return strings.HasPrefix(lower, "guide") && !strings.Contains(lower, "-")
}

func (c *Context) taken(id string) bool {
	_, taken := c.ids[id]
	return taken
}

// Harmless is the id that a page gives for a wanted one: a name that scripts look up gets "h-" before it.
func Harmless(id string) string {
	if lower := strings.ToLower(id); reserved[lower] || door(lower) || strings.HasPrefix(id, "__") {
		return "h-" + id
	}
	return id
}

// takeID makes an id unique and harmless on this page and takes it. Those of notes are not given to others.
func (c *Context) takeID(want string) string {
	if want == "" {
		want = "section"
	}
	if want = Harmless(want); strings.HasPrefix(want, "fn-") || strings.HasPrefix(want, "fnref-") {
		want = "h-" + want
	}
	id := want
	for c.taken(id) {
		c.ids[want]++
		id = want + "-" + itoa(c.ids[want])
	}
	c.ids[id] = 0
	c.page.Anchors = append(c.page.Anchors, id)
	return id
}

// safeID keeps what an id given as {#id} may hold: letters, digits, "-", "_", "." and ":".
func safeID(id string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == '.' || r == ':' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, id)
}

// Slug makes an id of text, as headings get theirs.
func Slug(text string) string { return slug(text) }

// TextOf returns what a reader sees of HTML that the calculator printed: its text without tags, for search. What stands in
// title elements of pictures, and in the choices of forms, is left out.
func TextOf(markup string) string {
	var out []byte
	for _, hidden := range [...]string{"title", "desc", "select", "datalist"} {
		markup = without(markup, hidden)
	}
	for markup != "" {
		open := strings.IndexByte(markup, '<')
		if open < 0 {
			open = len(markup)
		}
		out = append(out, unescape([]byte(markup[:open]))...)
		markup = markup[open:]
		end := strings.IndexByte(markup, '>')
		if end < 0 {
			break
		}
		out, markup = append(out, ' '), markup[end+1:]
	}
	return tidy(out)
}

// without takes elements of one name out of HTML.
func without(markup, name string) string {
	for {
		open := strings.Index(markup, "<"+name)
		if open < 0 {
			return markup
		}
		end := strings.Index(markup[open:], "</"+name+">")
		if end < 0 {
			return markup[:open]
		}
		markup = markup[:open] + markup[open+end+len(name)+3:]
	}
}

// Escape returns text as HTML.
func Escape(text string) string { return string(escapeText(nil, text)) }

// tidy turns runs of white space into one space.
func tidy(text []byte) string {
	var out strings.Builder
	out.Grow(len(text))
	for i := 0; i < len(text); {
		start := i
		for i < len(text) && !blank(text[i]) {
			i++
		}
		if i > start {
			if out.Len() > 0 {
				out.WriteByte(' ')
			}
			out.Write(text[start:i])
		}
		for i < len(text) && blank(text[i]) {
			i++
		}
	}
	return out.String()
}

func blank(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }

// countWords counts runs of letters; characters of scripts that write no spaces count as half a word each.
func countWords(s string) int {
	words, wide, inside := 0, 0, false
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b <= ' ':
			inside = false
		case b >= 0xE3 && b <= 0xED: // first byte of U+3000 to U+DFFF: kana, Han, Hangul
			wide++
			inside = false
		case b < 0x80 || b >= 0xC0:
			if !inside && (b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b >= 0xC0) {
				words++
				inside = true
			}
		}
	}
	return words + wide/2
}
