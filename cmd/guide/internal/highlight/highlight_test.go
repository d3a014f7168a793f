package highlight

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2/lexers"
)

func escape(dst []byte, s string) []byte { return append(dst, html.EscapeString(s)...) }

func TestAppend(t *testing.T) {
	for _, c := range []struct{ language, text, want string }{
		{"go", "func f(x int) string { // why\n\treturn \"a\\\"b\" + `c\nd`\n}", `<k>func</k> <f>f</f>(x <t>int</t>) <t>string</t> { <c>// why</c>` + "\n\t" + `<k>return</k> <s>"a\"b"</s> + <s>` + "`c\nd`" + `</s>` + "\n}"},
		{"python", "@d\ndef f():\n    '''a\nb'''\n    return 1.5e3 # x", "<a>@d</a>\n<k>def</k> <f>f</f>():\n    <s>'''a\nb'''</s>\n    <k>return</k> <n>1.5e3</n> <c># x</c>"},
		{"sh", "echo \"$A\" '#no' # yes\nfor x in $A; do a#b; done", `echo <s>"$A"</s> <s>'#no'</s> <c># yes</c>` + "\n<k>for</k> x <k>in</k> <a>$A</a>; <k>do</k> a#b; <k>done</k>"},
		{"json", `{"a": "b", "c": [1, true]}`, `{<a>"a"</a>: <s>"b"</s>, <a>"c"</a>: [<n>1</n>, <k>true</k>]}`},
		{"yaml", "my-key: a value # no\nother: true", "<a>my-key</a>: a value <c># no</c>\n<a>other</a>: <k>true</k>"},
		{"sql", "SELECT a FROM b WHERE c = 'd' -- e", "<k>SELECT</k> a <k>FROM</k> b <k>WHERE</k> c = <s>'d'</s> <c>-- e</c>"},
		{"ts", "/* a\n*/ const f = async (x: string) => f(x);", "<c>/* a\n*/</c> <k>const</k> f = <k>async</k> (x: <t>string</t>) =&gt; <f>f</f>(x);"},
		{"diff", "-a\n+b\n", "<d>-a\n</d><i>+b\n</i>"},
		{"nonsense", "<b>", "&lt;b&gt;"},
		{"go", "\"open", `<s>"open</s>`},
		{"go", "/* open", "<c>/* open</c>"},
	} {
		got := string(Append(nil, c.language, c.text, escape))
		short := regexp.MustCompile(`<span class="(.)">([^<]*)</span>`).ReplaceAllString(got, "<$1>$2</$1>")
		want := strings.ReplaceAll(strings.ReplaceAll(c.want, `"`, "&#34;"), "'", "&#39;")
		if short != want {
			t.Errorf("%s\n got %s\nwant %s", c.language, short, want)
		}
	}
}

// What chroma knows by a word is found by it, in large and in small letters; any other word is told at once to be none, however many.
func TestWords(t *testing.T) {
	for _, word := range lexers.Names(true) {
		want := lexers.Get(word).Config().Name
		for _, written := range []string{word, strings.ToLower(word), strings.Replace(word, "a", "A", 1)} {
			switch got := find(written); {
			case want == "plaintext" || want == "fallback":
				if got != nil {
					t.Errorf("%s is coloured as %s", written, got.Config().Name)
				}
			case got == nil || got.Config().Name != want:
				t.Errorf("%s is not %s", written, want)
			}
		}
	}
	for _, word := range []string{"mjs", "hpp", "tsx", "yml", "Dockerfile"} {
		if !Known(word) {
			t.Errorf("%s is not known", word)
		}
	}
	for n := range 100_000 { // a page may hold as many, and chroma would take minutes
		if word := "word" + strconv.Itoa(n); Known(word) {
			t.Fatalf("%s is taken for a language", word)
		}
	}
	if Known(strings.Repeat("x", 1<<20)) {
		t.Error("a mebibyte is taken for a language")
	}
}

// Whatever the text, no letter of it is lost or added, and spans nest.
func FuzzAppend(f *testing.F) {
	for _, s := range []string{"\"", "`", "/*", "#", "'''", "a(", "$", "@", "0x", "é#", "a: b", "--"} {
		for _, l := range []string{"go", "sh", "yaml", "sql", "python", "json", "c", "css"} {
			f.Add(l, s)
		}
	}
	tags := regexp.MustCompile(`</?span[^>]*>`)
	f.Fuzz(func(t *testing.T, language, text string) {
		got := string(Append(nil, language, text, escape))
		if plain := html.UnescapeString(tags.ReplaceAllString(got, "")); plain != html.UnescapeString(html.EscapeString(text)) {
			t.Errorf("%q became %q", text, plain)
		}
		if strings.Count(got, "<span") != strings.Count(got, "</span>") {
			t.Errorf("spans do not nest: %s", got)
		}
	})
}
