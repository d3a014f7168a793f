package block

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
)

// runs names what would run in HTML as a browser reads it, or "".
func runs(markup string) string {
	z := html.NewTokenizer(strings.NewReader(markup))
	for z.Next() != html.ErrorToken {
		t := z.Token()
		if t.Type != html.StartTagToken && t.Type != html.SelfClosingTagToken {
			continue
		}
		if slices.Contains([]string{"script", "iframe", "object", "embed", "style", "form", "base", "meta", "link", "img"}, t.Data) {
			return t.String()
		}
		for _, a := range t.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
				return t.String()
			}
		}
	}
	return ""
}

// harmless fails unless a page keeps what is promised of it: nothing runs, only files of the folder are read, and every problem has its place.
func harmless(t *testing.T, files map[string]string, ask func(string) (string, []problem.Problem, error)) {
	t.Helper()
	o := page.Options{Prefix: "content", Words: Words("sources.md"), Ask: ask, PageBytes: 1 << 16, Output: 1 << 20, Work: 1 << 24,
		Read: func(name string) ([]byte, error) {
			if !fs.ValidPath(name) {
				t.Errorf("%q asks for the file %q", files, name)
			}
			if text, ok := files[name]; ok {
				return []byte(text), nil
			}
			return nil, os.ErrNotExist
		}}
	p := page.Parse("page.md", []byte(files["page.md"]), o)
	if s := runs(string(p.Body) + p.NameHTML); s != "" {
		t.Errorf("%q runs: %s", files, s)
	}
	for _, q := range p.Problems {
		text, known := files[strings.TrimPrefix(q.File, "content/")]
		if !known || q.Line < 0 || q.Line > 1+strings.Count(text, "\n")+strings.Count(text, "\r") || q.Text == "" || strings.ContainsAny(q.String(), "\n\r") {
			t.Errorf("%q: the problem %q is nowhere", files, q.String())
		}
	}
}

func FuzzIncludes(f *testing.F) {
	for _, s := range [][2]string{{"a.md \"include\"", "text"}, {"a.md \"include\"", "[x](a.md \"include\")"}, {"a.md \"include\"", "[x](page.md \"include\")"}, {"../a.md \"include\"", ""}, {"/etc/passwd \"include\"", ""}, {"a.md \"code lines=3-9 region=x language=go title=<b>\"", "a\nb\nc\n// region x\nd"},
		{"a.md \"code lines=99999999999999999999\"", "x"}, {"a.csv \"table\"", "a,b\n1,2\n\"x"}, {"a.csv \"chart line\"", "a,b\n1,1e308\n2,-1e308\n"}, {"a.csv \"chart bar\"", "a,b\nNaN,Inf\n"}, {"a.md \"include include\"", "---\ntitle: x\n"}, {"a.csv \"table\"", "<script>,\"\n\"\n"}, {"a.md \"code\"", "```\n</code><script>"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, link, text string) {
		harmless(t, map[string]string{"page.md": "# A page\n\n[x](" + link + ")\n", "a.md": text, "a.csv": text}, asked)
	})
}

// What an author writes in a figure or a citation is one line of a request, and what comes back is text.
func FuzzFiguresAndCitations(f *testing.F) {
	for _, s := range [][3]string{{"answer", "some", "ok\n42 & <b>"}, {"answer calls=3M", "some", "ok\nkey\tsome\ntitle\t<script>x</script>\ngrade\tB\nsecond\ttrue\nurl\tjavascript:alert(1)\n"}, {"a\nb", "x](y)", "bad\n\ta\tb\n"}, {"", "", ""}, {"a", "0", "\n0"}, {"a", "0", "bad\nx\ty\rz\t\n"}, {"a=b=c", "@", "ok"},
		{"answer x=1e99", "a b", "bad\n"}, {"answer id=<b>", "some, other", "ok\ngrade\t<\n"}, {"answer\x00", "price:x", "ok\nkey\n\t\t\n"}} {
		f.Add(s[0], s[1], s[2])
	}
	f.Fuzz(func(t *testing.T, figure, key, reply string) {
		files := map[string]string{"page.md": "# A page\n\nIt is `=" + figure + "`, as [@" + key + "] says.\n\n```calculator payback\n" + figure + "\n```\n"}
		harmless(t, files, func(request string) (string, []problem.Problem, error) {
			view, rest, _ := strings.Cut(request, "\n")
			if word, _, _ := strings.Cut(view, " "); !slices.Contains([]string{"figure", "cite", "block", "problems"}, word) {
				t.Errorf("%q asks for the view %q", files, view)
			}
			for line := range strings.Lines(rest) {
				if !strings.Contains(line, "=") {
					t.Errorf("%q asks %q", files, request)
				}
			}
			if strings.HasPrefix(view, "block ") {
				return asked(request)
			}
			return reply, nil, nil
		})
	})
}
