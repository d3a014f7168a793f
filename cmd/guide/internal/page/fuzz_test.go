package page

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// harmless fails unless a page that was read from src keeps what is promised of every page, whatever was in it: nothing runs,
// problems stand in the file and on one line, links stay in the content folder, and the same text gives the same page.
func harmless(t *testing.T, src string, o Options) {
	t.Helper()
	var asked []string
	o.Read = func(name string) ([]byte, error) {
		asked = append(asked, name)
		return nil, os.ErrNotExist
	}
	o.PageBytes, o.Work = 1<<16, 1<<24
	p := parsed(src, o)
	if s := runs(string(p.Body) + p.NameHTML); s != "" {
		t.Errorf("%q runs: %s", src, s)
	}
	if !utf8.Valid(p.Body) {
		t.Errorf("%q is printed as something that is not UTF-8", src)
	}
	lines := 1 + strings.Count(src, "\n") + strings.Count(src, "\r")
	for _, q := range p.Problems {
		if q.File != "content/a.md" || q.Line < 0 || q.Line > lines || q.Column < 0 || q.Text == "" || strings.ContainsAny(q.String(), "\n\r") {
			t.Errorf("%q: the problem %q is nowhere", src, q.String())
		}
	}
	for _, name := range asked {
		if !fs.ValidPath(name) {
			t.Errorf("%q asks for the file %q", src, name)
		}
	}
	for _, l := range p.Links {
		if l.Kind == 0 && l.Target != "" && !fs.ValidPath(strings.TrimSuffix(l.Target, "/")) {
			t.Errorf("%q links to %q", src, l.Target)
		}
	}
	if again := parsed(src, o); !bytes.Equal(again.Body, p.Body) || again.NameHTML != p.NameHTML || len(again.Problems) != len(p.Problems) {
		t.Errorf("%q gives another page the second time", src)
	}
}

func FuzzFrontMatter(f *testing.F) {
	for _, s := range []string{"title: x", "title: [a]", "title: a\ntitle: b", "a: &a [x]\nb: *a", "title: <script>alert(1)</script>", "date: 2026-13-45", "order: abc", "aliases: [../../x, /y]", "a:\n\tb: z", "title: !!binary aGk=",
		"title: |\n  two\n  lines", "{", "- a", "? [a]\n: b", "title: \"\\u0000\"", "reviewed: 2026-11-23\r", "\ufefftitle: x", strings.Repeat("[", 40), "description: 'a''b'\nhidden: yes"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, head string) { harmless(t, "---\n"+head+"\n---\n# A page\n\nText.\n", Options{}) })
}

func FuzzLinks(f *testing.F) {
	for _, s := range []string{"b.md", "b.md#c", "../../etc/passwd", "/x", "//evil.example", `\\evil`, "javascript:alert(1)", "JaVaScRiPt&colon;x", "java\tscript:x", "\x01javascript:x", "data:text/html,x", "data:image/png;base64,AAAA", "http://user@evil", "a b",
		"<a b>", "x \"title\"", "x \"include\"", "x \"code lines=1-2\"", "x){onclick=y", "%2e%2e/x", "a%00b", "C:\\x", "file:///etc/passwd", "?a=b", "#", "mailto:a@b", "x \"a\nb\"", "%zz", "%80", "x#%ff", "\u202ex"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		src := "# A page\n\n[x](" + address + ")\n\nIn text [x](" + address + ") and ![y](" + address + ") <" + address + ">.\n\n[z][r]\n\n[r]: " + address + "\n"
		harmless(t, src, Options{})
		harmless(t, src, Options{RawHTML: true})
	})
}
