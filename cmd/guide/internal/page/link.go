package page

import (
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"whentofinetune/cmd/guide/internal/problem"
)

func (c *Context) link(n *ast.Link) {
	if c.quiet {
		c.children(n)
		return
	}
	href, class, ok := c.href(n.Pos(), string(destination(n.Destination)), Internal)
	if !ok {
		c.children(n)
		return
	}
	c.tag("<a")
	if class != "" {
		c.Attr("class", class)
	}
	if to, answers, found := strings.Cut(href, "#v1&"); found { // without script they would mean nothing: the page's joins them
		c.Attr("href", to)
		c.Attr("data-fragment", "v1&"+answers)
	} else {
		c.Attr("href", href)
	}
	if n.Title != nil {
		c.Attr("title", string(unescape(n.Title)))
	}
	if n.Title == nil && class == "term" {
		_, id, _ := strings.Cut(href, "#")
		if text := c.o.Terms[id]; text != "" {
			c.Attr("title", text)
		}
	}
	c.tag(">")
	c.children(n)
	c.tag("</a>")
}

// destination decodes a link's address: escapes and entities first, so that what is judged is what a browser sees.
func destination(raw []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw)))
}

func (c *Context) autoLink(n *ast.AutoLink) {
	address := string(n.URL(c.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = "mailto:" + address
	}
	label := n.Label(c.src)
	c.text = append(c.text, label...)
	if c.quiet {
		c.out = escapeText(c.out, label)
		return
	}
	href, _, ok := c.href(n.Pos(), address, Internal)
	if ok {
		c.tag("<a")
		c.Attr("href", href)
		c.tag(">")
	}
	c.out = escapeText(c.out, label)
	if ok {
		c.tag("</a>")
	}
}

// href turns an address as it was written into the one that is printed, and records it for checking. Links to markdown
// files become links to their pages by their names alone. ok is false when the address must not be printed.
func (c *Context) href(at int, address string, kind LinkKind) (href, class string, ok bool) {
	if c.o.Conformance {
		return string(util.URLEscape([]byte(address), false)), "", true
	}
	scheme, outside := scheme(address)
	switch {
	case strings.TrimSpace(address) == "":
		what := map[LinkKind]string{Internal: "link", Picture: "picture"}[kind]
		c.object(at, what+" has no address", "write it between the parentheses")
		return "", "", false
	case outside == foreign:
		if !allowed(scheme, address, kind) {
			c.Warn(at, "address with "+scheme+": is dropped", "link to http, https, mailto or tel, or to a file of the content folder")
			return "", "", false
		}
		u, err := url.Parse(address)
		switch {
		case err == nil && u.Hostname() == "" && strings.HasPrefix(scheme, "http"):
			c.object(at, "address has no host: "+address, "write it in full, such as https://example.org")
			return "", "", false
		case err == nil && u.User != nil:
			c.Warn(at, "address carries a user name", "drop what stands before @")
		}
		c.Link(at, address, "", External)
		return string(util.URLEscape([]byte(address), false)), "", true
	case outside == hostOnly:
		c.Warn(at, "address begins with two slashes and leaves the site", "write https:// before it")
		c.Link(at, address, "", External)
		return string(util.URLEscape([]byte(address), false)), "", true
	}
	return c.local(at, address, kind)
}

// unescaped takes percent-escapes out of a part of an address. A part whose escapes are none, or no text, stays as it is.
func unescaped(part string) (text string, good bool) {
	if text, err := url.PathUnescape(part); err == nil && utf8.ValidString(text) {
		return text, true
	}
	return part, false
}

// local handles an address within the site.
func (c *Context) local(at int, address string, kind LinkKind) (href, class string, ok bool) {
	rest, anchor, hasAnchor := strings.Cut(address, "#")
	file, query, hasQuery := strings.Cut(rest, "?")
	name, _ := unescaped(file)
	anchor, _ = unescaped(anchor)
	target := c.file
	if name != "" {
		if target, ok = c.Resolve(name); !ok {
			c.outside(at, name, kind)
			return "", "", false
		}
		if slashed := strings.TrimSuffix(name, "/"); slashed != name && IsPage(slashed) {
			name = slashed // some generators want the slash
		}
		if strings.HasSuffix(name, "/") || target == "." || target == "" || strings.HasSuffix(name, "/.") || strings.HasSuffix(name, "..") {
			target = c.folder(name, target)
		}
	}
	title := name == "" && c.titled && anchor == slug(c.page.Name) && c.ids[anchor] == 0
	if anchor != "top" && (IsPage(target) || strings.HasSuffix(target, ".html")) {
		anchor = Harmless(anchor) // a heading is linked by its words, whatever id it got
	}
	c.Link(at, target, anchor, kind)
	if title {
		anchor = "main" // the page's own heading, which the layout prints
	}
	if name != "" {
		href = relative(c.page.Path, printed(target))
	} else if c.file != c.page.File { // "#x" in an included file means the page that includes it
		c.page.Links[len(c.page.Links)-1].Target = c.page.File
	}
	href = string(util.URLEscape([]byte(escapePath(href)), false))
	if hasQuery {
		href += "?" + string(util.URLEscape([]byte(query), false))
	}
	if hasAnchor {
		href += "#" + fragment(anchor)
	}
	if href == "" {
		href = "#"
	}
	if hasAnchor && target == c.o.Glossary && c.page.File != target {
		class = "term"
	}
	return href, class, true
}

// outside reports a link to what is not part of the site. In a tree that was not written for this builder, such as the
// docs folder of a repository, it may be right where the tree stands.
func (c *Context) outside(at int, address string, kind LinkKind) {
	text, hint := "link leads outside the content folder", "name a file in it, or write its address in full"
	if strings.Contains(address, `\`) {
		text, hint = "link has a backslash", `write / for \`
	}
	if c.o.OwnWords || kind == Picture {
		c.Fail(at, text, hint)
		return
	}
	c.Warn(at, text+" and is left out", hint)
}

// folder is the content file that an address with a slash at its end means: the head of a folder, or a page as generators
// address it that make a folder of each page.
func (c *Context) folder(name, target string) string {
	index := path.Join(target, "index.md")
	if c.o.Read == nil || target == "." || target == "" {
		return index
	}
	stem := strings.TrimSuffix(c.file, path.Ext(c.file))
	deeper := strings.TrimPrefix(path.Join("/", stem, name), "/")
	for _, try := range [...]string{index, path.Join(target, "_index.md"), path.Join(target, "README.md"), target + ".md", path.Join(deeper, "_index.md"), deeper + ".md"} {
		if strings.HasPrefix(name, "/") && strings.HasPrefix(try, deeper) && deeper != target {
			continue
		}
		if _, err := c.o.Read(try); err == nil {
			return try
		}
	}
	return index
}

// printed is the address that a content file has in the site.
func printed(file string) string {
	if IsPage(file) {
		return OutputPath(file)
	}
	return file
}

// relative returns the way from one address of the site to another.
func relative(from, to string) string {
	dir := path.Dir(from)
	if dir == "." {
		dir = ""
	}
	up := ""
	for dir != "" && !strings.HasPrefix(to, dir+"/") {
		up += "../"
		if dir = path.Dir(dir); dir == "." {
			dir = ""
		}
	}
	if dir != "" {
		to = to[len(dir)+1:]
	}
	return up + to
}

// Relative returns the address to, given from the site's root, as a link on the page from.
func Relative(from, to string) string { return escapePath(relative(from, to)) }

// escapePath percent-encodes what would end a path, or read as a scheme, in a name.
func escapePath(p string) string {
	if !strings.ContainsAny(p, "%?#:\\\" <>`{}|^[]") {
		return p
	}
	return pathEscaper.Replace(p)
}

var pathEscaper = strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23", ":", "%3A", "\\", "%5C", `"`, "%22", " ", "%20", "<", "%3C", ">", "%3E",
	"`", "%60", "{", "%7B", "}", "%7D", "|", "%7C", "^", "%5E", "[", "%5B", "]", "%5D")

// fragment percent-encodes an id for use after "#".
func fragment(id string) string {
	if !strings.ContainsAny(id, "% \"<>`") {
		return id
	}
	return fragmentEscaper.Replace(id)
}

var fragmentEscaper = strings.NewReplacer("%", "%25", " ", "%20", `"`, "%22", "<", "%3C", ">", "%3E", "`", "%60")

type where uint8

const (
	within   where = iota // a path of the site
	foreign               // has a scheme
	hostOnly              // begins with two slashes
)

// scheme reads an address as a browser does: leading blanks and control characters and all tabs and line ends are
// ignored, case does not matter, a backslash is a slash.
func scheme(address string) (name string, w where) {
	var b strings.Builder
	for _, r := range address {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || b.Len() == 0 && r <= ' ':
			continue
		case r == '/' || r == '\\':
			if s := b.String(); s == "/" {
				return "", hostOnly
			} else if s != "" {
				return "", within
			}
			b.WriteByte('/')
			continue
		case r == ':' && b.Len() > 0:
			return strings.ToLower(b.String()), foreign
		case r == '?' || r == '#' || b.String() == "/":
			return "", within
		}
		b.WriteRune(r)
	}
	return "", within
}

// allowed reports whether an address with a scheme may be printed.
func allowed(scheme, address string, kind LinkKind) bool {
	switch scheme {
	case "http", "https":
		return true
	case "mailto", "tel":
		return kind == Internal
	case "data":
		lower := strings.ToLower(strings.TrimSpace(address))
		for _, t := range [...]string{"png", "gif", "jpeg", "webp"} {
			if strings.HasPrefix(lower, "data:image/"+t+";base64,") {
				return kind == Picture
			}
		}
	}
	return false
}

// embed prints a paragraph that is nothing but a link whose title begins with a word of the table.
func (c *Context) embed(n *ast.Paragraph) bool {
	link, ok := n.FirstChild().(*ast.Link)
	if !ok || link.NextSibling() != nil || link.Title == nil {
		return false
	}
	word, rest, _ := strings.Cut(string(unescape(link.Title)), " ")
	f := c.o.Words.Embeds[word]
	if f == nil {
		known := slices.Sorted(maps.Keys(c.o.Words.Embeds))
		if near := problem.Nearest(strings.ToLower(word), known); near != "" && (word == strings.ToLower(word) || !IsPage(string(link.Destination))) {
			c.Warn(link.Pos(), "the title "+word+" shows nothing in place of this link", "did you mean "+near+"?")
		}
		return false
	}
	name, good := unescaped(string(destination(link.Destination)))
	target, inside := c.Resolve(name)
	if !good || !inside {
		c.Fail(link.Pos(), name+" is outside the content folder", "name a file that lies in it")
		return true
	}
	_, text := c.aside(link)
	f(c, Block{Word: word, Info: ParseInfo(rest), Text: text, Target: target, At: link.Pos()})
	return true
}

// EscapePath percent-encodes what would end a path, or read as a scheme, in a name.
func EscapePath(p string) string { return escapePath(p) }
