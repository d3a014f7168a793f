package site

import (
	"io/fs"
	"net/url"
	"reflect"
	"strings"
	"testing"
)

// Whatever site.yaml holds, what is wrong is said at its place, and what is taken is fit for use.
func FuzzConfig(f *testing.F) {
	for _, s := range []string{"title: x\nbase: https://example.org/sub/path", "base: //x", "base: javascript:alert(1)", "base: http://x/y?z#a", "language: <b>", "menu:\n- A: a.md\n- B: ../b.md", "menu: [a]", "limits: {page: 1, depth: -1}", "limits:\n  work: 99999999999999999999", "raw_html: maybe", "title: a\ntitle: b",
		"a: &a [x]\nb: *a", "- a", "{", "edit: https://e/{path}\nsource: ftp://x", "image: ../x.png", "\t", "offline: no", "sources: /etc/passwd", "glossary: []", "title: !!binary aGk=", strings.Repeat("[", 40)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, problems := ReadConfig("content/site.yaml", []byte(text))
		wrong := false
		for _, q := range problems {
			wrong = wrong || !q.Warning
			if q.File != "content/site.yaml" || q.Line < 0 || q.Line > 1+strings.Count(text, "\n")+strings.Count(text, "\r") || q.Text == "" || strings.ContainsAny(q.String(), "\n\r") {
				t.Errorf("the problem %q is nowhere", q.String())
			}
		}
		if wrong {
			return // and nothing is built with it
		}
		for _, address := range []string{c.Base, c.Edit, c.Source} {
			if u, err := url.Parse(strings.ReplaceAll(address, "{path}", "p")); err != nil || address != "" && u.Scheme != "http" && u.Scheme != "https" {
				t.Errorf("takes the address %q", address)
			}
		}
		if c.Base != "" && !strings.HasSuffix(c.Base, "/") {
			t.Errorf("the site's address is %q", c.Base)
		}
		for _, name := range []string{c.Image, c.Sources, c.Glossary} {
			if name != "" && !fs.ValidPath(name) {
				t.Errorf("takes the file %q", name)
			}
		}
		if c.PageBytes < 0 || c.OutputBytes < 0 || c.Depth < 0 || c.Work < 0 {
			t.Errorf("takes a limit below nothing: %+v", c)
		}
		if again, _ := ReadConfig("content/site.yaml", []byte(text)); !reflect.DeepEqual(again, c) {
			t.Errorf("reads %+v, then %+v", c, again)
		}
	})
}
