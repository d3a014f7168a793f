package build

import (
	"cmp"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"strings"

	"whentofinetune/cmd/guide/internal/block"
	"whentofinetune/cmd/guide/internal/page"
)

var (
	// embedMark is a link that shows a file in its place, alone on its line.
	embedMark = regexp.MustCompile(`^\[[^\]]*\]\(<?([^()<>"]+?)>?\s+"(include|code|table|chart)( [^"]*)?"\)\s*$`)
	linkStart = regexp.MustCompile(`\]\([^()\s]+`)
)

// showsFile reports whether a text may show a file.
func showsFile(source string) bool {
	for _, title := range [...]string{` "include`, ` "code`, ` "table`, ` "chart`} {
		if strings.Contains(source, title) {
			return true
		}
	}
	return false
}

// shownFiles puts files in place of the links of a page that show them, as long as it may: files that include each other a few times
// each would be more than there is room for. A page with too many of them says so itself.
type shownFiles struct {
	b    *builder
	page *page.Page
	left int // files
	room int // bytes
}

func (b *builder) shownFiles(p *page.Page) *shownFiles {
	return &shownFiles{b: b, page: p, left: page.MaxIncluded, room: cmp.Or(b.config.OutputBytes, page.MaxOutput)}
}

// text is what a line of a content file shows of another file: its text, or a fence of it. Links of an included text are made
// relative to the page. A line that shows none comes back as it is.
func (f *shownFiles) text(line string, depth int) string {
	if depth > page.Deepest || f.left == 0 || f.room <= 0 || !strings.HasPrefix(line, "[") {
		return line
	}
	m := embedMark.FindStringSubmatch(line)
	if m == nil {
		return line
	}
	target, err := url.PathUnescape(m[1])
	if err != nil {
		return line
	}
	name, inside := page.Resolve(f.page.File, target)
	if !inside || !fs.ValidPath(name) {
		return line
	}
	data, err := fs.ReadFile(f.b.in.Content, name)
	if err != nil {
		return line // said where the page is made
	}
	f.left, f.room = f.left-1, f.room-len(data)
	if m[2] == "include" {
		var out strings.Builder
		for part := range strings.Lines(strings.Trim(string(page.Body(data)), "\r\n") + "\n") {
			part = linkStart.ReplaceAllStringFunc(part, func(s string) string {
				end := strings.IndexAny(s+"#", "#?")
				target, err := url.PathUnescape(s[2:end])
				if err != nil || target == "" || target[0] == '/' || strings.Contains(target, ":") {
					return s
				}
				return "](" + page.Relative(f.page.File, path.Join(path.Dir(name), target)) + s[end:]
			})
			out.WriteString(f.text(part, depth+1))
		}
		return out.String()
	}
	text, language, _, wrong := block.Excerpt(name, data, page.ParseInfo(strings.TrimSpace(m[3])))
	if wrong != nil && !wrong.Warning {
		return line
	}
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + language + "\n" + strings.TrimRight(text, "\n") + "\n" + fence + "\n"
}
