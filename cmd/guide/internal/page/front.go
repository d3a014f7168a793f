package page

import (
	"bytes"
	"path"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"whentofinetune/cmd/guide/internal/problem"
)

// Front is what a page's front matter may say. The zero value is a page without front matter.
type Front struct {
	Title       string
	Description string
	Order       int  // place among its siblings, lowest first
	Ordered     bool // Order was given
	Draft       bool
	Reviewed    string // 2026-11-23
	ReviewedAt  int    // line of the file that says so
	Aliases     []Alias
	Layout      string   // start, article, calculator, section, plain; empty: by the page's place
	Keywords    []string // what readers may search for by other words than the page's own
}

// Alias is an old address of a page, from the site's root, that leads to it.
type Alias struct {
	Path         string
	Line, Column int
}

// Limits of a front matter: nobody needs more, and a parser should not be given it.
const (
	frontBytes = 64 << 10
	frontDepth = 32
)

// Keys that a front matter may have, for hints and for its JSON Schema. weight and date are what other generators call
// order and reviewed.
var Keys = []string{"title", "description", "order", "weight", "draft", "reviewed", "date", "aliases", "layout", "keywords"}

// Layouts that a page may ask for.
var Layouts = []string{"start", "article", "calculator", "section", "plain"}

// frontMatter reads the block between two lines of "---" at the very start and returns what follows it and the number of
// lines before that.
func (c *Context) frontMatter(src []byte) (body []byte, lines int) {
	first, rest, _ := bytes.Cut(src, []byte("\n"))
	if string(bytes.TrimRight(first, " \t\r")) != "---" {
		if string(bytes.TrimRight(first, " \t\r")) == "+++" && bytes.Contains(rest, []byte("\n+++")) {
			c.problems.add(problem.Problem{File: c.name(c.page.File), Line: 1, Text: "front matter in TOML is printed as text", Hint: "write it as YAML, name: value between two lines of ---", Warning: true})
		}
		return src, 0
	}
	at := len(src) - len(rest)
	for start := at; start < len(src); {
		line, after, found := bytes.Cut(src[start:], []byte("\n"))
		if fence := string(bytes.TrimRight(line, " \t\r")); fence == "---" || fence == "..." {
			c.readFront(src[at:start])
			return after, bytes.Count(src[:len(src)-len(after)], []byte("\n"))
		}
		if !found {
			break
		}
		start = len(src) - len(after)
	}
	if !looksLikeFront(rest) { // a page that begins with a rule
		return src, 0
	}
	c.problems.add(problem.Problem{File: c.name(c.page.File), Line: 1, Text: "front matter is not closed", Hint: "add a line --- after it"})
	c.unread = true
	return nil, 0
}

// looksLikeFront tells an unclosed front matter from a page whose first line is a thematic break.
func looksLikeFront(rest []byte) bool {
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	name, _, found := bytes.Cut(line, []byte(":"))
	return found && len(name) > 0 && !bytes.ContainsAny(name, " \t*_[`")
}

func (c *Context) readFront(block []byte) {
	file := c.name(c.page.File)
	fail := func(line, column int, text, hint string) {
		c.problems.add(problem.Problem{File: file, Line: line, Column: column, Text: text, Hint: hint})
	}
	const first = 2 // line of the block's first line in the file
	root, p := ReadYAML(block)
	if p != nil {
		fail(p.Line+first-1, p.Column, "front matter: "+p.Text, p.Hint)
		c.unread = true
		return
	}
	if root == nil {
		return
	}
	if root.Kind != yaml.MappingNode {
		fail(root.Line+first-1, root.Column, "front matter is not a list of name: value lines", "write title: What the page is called")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		if seen[key.Value] {
			fail(key.Line+first-1, key.Column, "front matter has "+key.Value+" twice", "keep one")
			continue
		}
		seen[key.Value] = true
		if key.Value == "aliases" && value.Tag != "!!null" {
			c.page.Front.Aliases = aliases(value, first-1, fail)
			continue
		}
		if text, hint, warning := c.page.Front.set(key.Value, value, first-1); text != "" {
			at := value
			if warning {
				at = key
			}
			c.problems.add(problem.Problem{File: file, Line: at.Line + first - 1, Column: at.Column, Text: text, Hint: hint, Warning: warning})
		}
	}
}

// set takes one key of a front matter. What is wrong comes back as text and hint.
func (f *Front) set(key string, v *yaml.Node, lines int) (text, hint string, warning bool) {
	ok := true
	if v.Tag == "!!null" && contains(Keys, key) { // nothing after the colon
		return "", "", false
	}
	switch key {
	case "title":
		f.Title, ok = scalar(v)
		hint = "write it on one line, in quotes if it holds a colon"
	case "description":
		f.Description, ok = scalar(v)
		hint = "write one or two sentences, in quotes if they hold a colon"
	case "order", "weight":
		f.Order, ok = whole(v)
		f.Ordered = ok
		hint = "write a whole number"
	case "draft":
		f.Draft, ok = truth(v)
		hint = "write true or false"
	case "reviewed", "date":
		f.Reviewed, ok = date(v)
		f.ReviewedAt = v.Line + lines
		hint = "write a day such as 2026-11-23"
	case "layout":
		f.Layout, ok = scalar(v)
		ok = ok && contains(Layouts, f.Layout)
		hint = "use one of " + strings.Join(Layouts, ", ")
		if !ok {
			f.Layout = ""
		}
	case "keywords":
		f.Keywords, ok = keywords(v)
		hint = "write a list of words or phrases that readers search for, such as [how many examples, dataset size]"
	default:
		if n := problem.Nearest(key, Keys); n != "" {
			return "unknown key " + key + " in front matter", "did you mean " + n + "?", true
		}
		return "unknown key " + key + " in front matter", "known are " + strings.Join(Keys, ", "), true
	}
	if ok {
		return "", "", false
	}
	return key + " cannot be " + Shown(v), hint, false
}

func scalar(v *yaml.Node) (string, bool) {
	if v.Kind != yaml.ScalarNode {
		return "", false
	}
	if v.Tag == "!!null" {
		return "", true
	}
	return strings.Join(strings.Fields(v.Value), " "), true
}

func whole(v *yaml.Node) (int, bool) {
	if v.Kind != yaml.ScalarNode || v.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		return 0, false
	}
	n, err := strconv.Atoi(v.Value)
	return n, err == nil && -1e9 < n && n < 1e9
}

func truth(v *yaml.Node) (value, ok bool) {
	return v.Value == "true", v.Kind == yaml.ScalarNode && (v.Value == "true" || v.Value == "false")
}

func date(v *yaml.Node) (string, bool) {
	day := v.Value
	if len(day) > 10 && (day[10] == 'T' || day[10] == ' ') { // the hour, which other generators want
		day = day[:10]
	}
	return day, v.Kind == yaml.ScalarNode && ValidDate(day)
}

// ValidDate reports whether s is a day of the calendar written as 2026-11-23.
func ValidDate(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return false
	}
	y, err1 := strconv.Atoi(s[:4])
	m, err2 := strconv.Atoi(s[5:7])
	d, err3 := strconv.Atoi(s[8:])
	if err1 != nil || err2 != nil || err3 != nil || y < 1 || m < 1 || m > 12 || d < 1 {
		return false
	}
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m-1]
	if m == 2 && y%4 == 0 && (y%100 != 0 || y%400 == 0) {
		days = 29
	}
	return d <= days
}

// aliases reads a list of addresses; each becomes a clean path that ends in .html. Those that are none are reported.
func aliases(v *yaml.Node, lines int, fail func(line, column int, text, hint string)) (out []Alias) {
	list := v.Content
	if v.Kind != yaml.SequenceNode {
		list = []*yaml.Node{v}
	}
	for _, n := range list {
		s, ok := scalar(n)
		s, inside := cleanAlias(s)
		if !ok || !inside {
			fail(n.Line+lines, n.Column, "an alias cannot be "+Shown(n), "write an old address within the site, such as old/page.html")
			continue
		}
		out = append(out, Alias{Path: s, Line: n.Line + lines, Column: n.Column})
	}
	return out
}

// keywords are a list, or one text with commas between them.
func keywords(v *yaml.Node) ([]string, bool) {
	var all []string
	switch v.Kind {
	case yaml.ScalarNode:
		s, ok := scalar(v)
		if !ok {
			return nil, false
		}
		all = strings.Split(s, ",")
	case yaml.SequenceNode:
		for _, n := range v.Content {
			s, ok := scalar(n)
			if !ok {
				return nil, false
			}
			all = append(all, s)
		}
	default:
		return nil, false
	}
	out := all[:0]
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out, true
}

func cleanAlias(s string) (string, bool) {
	if s == "" || strings.ContainsAny(s, "\\:?#\x00") || strings.HasPrefix(s, "//") {
		return "", false
	}
	folder := strings.HasSuffix(s, "/")
	for part := range strings.SplitSeq(strings.Trim(s, "/"), "/") {
		if part == "" || strings.HasPrefix(part, ".") {
			return "", false
		}
	}
	s = path.Clean(strings.Trim(s, "/"))
	switch {
	case folder:
		s += "/index.html"
	case IsPage(s):
		s = OutputPath(s)
	case path.Ext(s) != ".html":
		s += ".html"
	}
	return s, true
}

// Shown is a value as a problem names it.
func Shown(v *yaml.Node) string {
	switch v.Kind {
	case yaml.MappingNode:
		return "a group of keys"
	case yaml.SequenceNode:
		return "that list"
	}
	if len(v.Value) > 40 {
		return strconv.Quote(v.Value[:40] + "...")
	}
	return strconv.Quote(v.Value)
}

func contains(all []string, s string) bool {
	for _, a := range all {
		if a == s {
			return true
		}
	}
	return false
}

// Body returns a page's text without its front matter.
func Body(src []byte) []byte {
	src = cleanStart(src)
	first, rest, _ := bytes.Cut(src, []byte("\n"))
	if string(bytes.TrimRight(first, " \t\r")) != "---" {
		return src
	}
	for body := rest; len(body) > 0; {
		line, after, _ := bytes.Cut(body, []byte("\n"))
		if fence := string(bytes.TrimRight(line, " \t\r")); fence == "---" || fence == "..." {
			return after
		}
		body = after
	}
	return src
}
