package render

import (
	"bytes"
	"html/template"
	"io/fs"
	"math/rand/v2"
	"os"
	"reflect"
	"testing"
	"testing/fstest"
)

// someTexts are values that stand for what a frame may hold: markup, addresses that try to get out, what is not UTF-8.
var someTexts = []string{"", "Plain words", "a/b.html", "../index.html#part", `"quoted" & 'so'`, "<script>alert(1)</script>", "javascript:alert(1)", "https://example.org/?a=1&b=2",
	"ü ß 中文", "100% + 1", "tab\there\nline", "\xff\xfe", "\x00", "mailto:a@example.org", "default-src 'none'; script-src 'self'", "a b:c", "{{.}}", "</title>", "article", "start", "A", "B", "calc"}

// chance fills a value with what random gives.
func chance(v reflect.Value, random *rand.Rand, depth int) {
	text := func() string { return someTexts[random.IntN(len(someTexts))] }
	switch v.Kind() {
	case reflect.Pointer:
		if random.IntN(3) > 0 && depth < 5 {
			v.Set(reflect.New(v.Type().Elem()))
			chance(v.Elem(), random, depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			chance(v.Field(i), random, depth+1)
		}
	case reflect.Slice:
		if depth < 6 {
			n := random.IntN(4)
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				chance(v.Index(i), random, depth+1)
			}
		}
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{}))
		for _, name := range []string{"module", "search", "sw", "worker"} {
			if random.IntN(2) == 0 {
				v.SetMapIndex(reflect.ValueOf(name), reflect.ValueOf(text()))
			}
		}
	case reflect.String:
		v.SetString(text())
	case reflect.Int:
		v.SetInt(int64(random.IntN(5)))
	case reflect.Bool:
		v.SetBool(random.IntN(2) == 0)
	default:
		panic("render: a field of kind " + v.Kind().String() + " is not filled")
	}
}

// sameAsInterpreted prints frames both ways.
func sameAsInterpreted(t *testing.T, theme fs.FS, kind string, frames int) {
	t.Helper()
	r, problems := New(theme, "theme")
	plain, _ := New(theme, "theme")
	if len(problems) > 0 && theme == fs.FS(realTheme) {
		t.Fatal(problems)
	}
	for seed := range frames {
		var f Frame
		chance(reflect.ValueOf(&f).Elem(), rand.New(rand.NewPCG(uint64(seed), 3)), 0)
		f.Kind = kind
		got, gotProblems := r.Page(&f)
		var want bytes.Buffer
		err := plain.set.ExecuteTemplate(&want, kind+".html", &f)
		if (err != nil) != (len(gotProblems) > 0) {
			t.Fatalf("%s, seed %d: %v, and compiled %v", kind, seed, err, gotProblems)
		}
		if err == nil && !bytes.Equal(got, want.Bytes()) {
			t.Fatalf("%s, seed %d: %s", kind, seed, difference(got, want.Bytes()))
		}
	}
}

func difference(got, want []byte) string {
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	from := max(0, at-60)
	return "got\n…" + string(got[from:min(len(got), at+60)]) + "…\nwant\n…" + string(want[from:min(len(want), at+60)]) + "…"
}

var realTheme = os.DirFS("../../../../theme")

// A compiled layout prints what the template package prints, byte for byte, whatever a frame holds.
func TestCompiledPrintsTheSame(t *testing.T) {
	for _, kind := range Kinds {
		sameAsInterpreted(t, realTheme, kind, 25)
	}
}

// The theme's own layouts are compiled: a word that is not known would only show as slowness. That of notfound has its style
// and script in it, and is printed once.
func TestLayoutsAreCompiled(t *testing.T) {
	r, _ := New(realTheme, "theme")
	for _, kind := range Kinds {
		if r.compiler.compile(kind+".html") == nil && kind != "notfound" {
			t.Errorf("%s is not compiled", kind)
		}
	}
}

// Layouts of other themes: what is known is compiled, the rest is left alone, and what goes wrong is told as ever.
func TestOtherLayouts(t *testing.T) {
	for name, text := range map[string]string{
		"values":    `{{define "x"}}[{{.}}{{$}}]{{end}}<p title="{{.Title}}" class={{.Kind}} href="{{.Home}}?q={{.Title}}&amp;r={{.Path}}">{{.Minutes}}{{template "x" .Title}}{{with .Site}}{{.Title}}{{end}}`,
		"variables": `{{range $i, $e := .Menu}}{{if $i}}, {{end}}{{$e.Title}}{{$.Title}}{{range $n := $.Contents}}{{$n.ID}}{{$e.Href}}{{else}}none{{end}}{{end}}`,
		"logic":     `{{if and .Title (not .Path)}}1{{else if or (eq .Kind "x") (ne .Minutes 2)}}2{{else}}3{{end}}{{if eq .Title .Path}}same{{end}}`,
		"functions": `{{len .Menu}}{{printf "%s!" .Title}}{{.Title | html}}{{index .Menu 0}}`,
		"script":    `<script>var a = {{.Title}};</script><style>a { color: {{.Title}} }</style><a onclick="f({{.Title}})">{{.}}</a>`,
		"wrong":     `{{.Site.Nothing}}`,
		"nil":       `{{.Section.Title}}{{.Previous.Href}}`,
		"loop":      `{{define "l"}}{{if .}}{{range .}}{{.Title}}{{template "l" $}}{{end}}{{end}}{{end}}{{range .Menu}}{{break}}{{end}}`,
		"assigned":  `{{$x := .Title}}{{$x}}{{with $y := .Path}}{{$y}}{{end}}`,
		"missing":   `{{template "nothing" .}}`,
		"nested":    `{{range .Section.Pages}}{{template "tree" .Headings}}{{end}}{{define "tree"}}<ul>{{range .}}<li>{{.Title}}</li>{{end}}</ul>{{end}}`,
	} {
		t.Run(name, func(t *testing.T) {
			sameAsInterpreted(t, fstest.MapFS{"layouts/plain.html": {Data: []byte(text)}}, "plain", 40)
		})
	}
}

func BenchmarkPage(b *testing.B) {
	r, _ := New(realTheme, "theme")
	f := Frame{Kind: "article", Title: "A title", TitleHTML: "A title", Path: "a/b/c.html", Root: "../../", Data: map[string]string{"root": "../../", "search": "../../search/root.js"}, Body: template.HTML(bytes.Repeat([]byte("<p>Text.</p>"), 1000))}
	f.Section = &Nav{Title: "Section", Href: "index.html"}
	for range 20 {
		f.Section.Pages = append(f.Section.Pages, NavPage{Number: "1.2.3", Title: "Another page", Href: "other.html"})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := r.Page(&f); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(realTheme, "theme")
	}
}
