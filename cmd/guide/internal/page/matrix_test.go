package page

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// The rows of about/security that a single page can show. Each test bears the number of its row.

// parsed reads a page of the content folder.
func parsed(src string, o Options) *Page {
	o.Prefix = "content"
	return Parse("a.md", []byte(src), o)
}

// says fails the test unless one of the problems of a page begins with each text.
func says(t *testing.T, p *Page, want ...string) {
	t.Helper()
	all := ""
	for _, q := range p.Problems {
		all += q.String() + "\n"
	}
	for _, w := range want {
		if !strings.Contains("\n"+all, "\n"+w) {
			t.Errorf("%.60q: nothing begins with %q:\n%s", p.Body, w, all)
		}
	}
}

// never fails the test if a page prints one of the texts.
func never(t *testing.T, p *Page, bad ...string) {
	t.Helper()
	for _, b := range bad {
		if strings.Contains(strings.ToLower(string(p.Body)+p.NameHTML), b) {
			t.Errorf("%q is printed in %s", b, p.Body)
		}
	}
}

func TestT01FrontMatterUnclosed(t *testing.T) {
	says(t, parsed("---\ntitle: x\n\n# Hi\n", Options{}), "content/a.md:1: front matter is not closed; ")
}

func TestT02FrontMatterLine(t *testing.T) {
	says(t, parsed("---\ntitle: x\nfoo: y\n bar: z\n---\n", Options{}), "content/a.md:4:1: front matter: ")
	says(t, parsed("---\ntitle: x\na:\n\tb: z\n---\n", Options{}), "content/a.md:4:1: front matter: tab used to indent; ")
}

func TestT03FrontMatterShape(t *testing.T) {
	says(t, parsed("---\n- a\n---\n", Options{}), "content/a.md:2:1: front matter is not a list of name: value lines; ")
	says(t, parsed("---\ntitle: [a]\n---\n", Options{}), "content/a.md:2:8: title cannot be that list; ")
	says(t, parsed("---\ntitle: a\ntitle: b\n---\n", Options{}), "content/a.md:3:1: front matter has title twice; ")
	says(t, parsed("---\ntitle: !!binary aGk=\n---\n", Options{}), "content/a.md:2:8: front matter: tags are not allowed; ")
}

func TestKeywords(t *testing.T) {
	for src, want := range map[string][]string{"[how many, ' dataset size ']": {"how many", "dataset size"}, "one, two words,": {"one", "two words"}, "[]": {}} {
		if p := parsed("---\nkeywords: "+src+"\n---\n# x\n", Options{}); !slices.Equal(p.Keywords, want) || len(p.Problems) > 0 {
			t.Errorf("%s: %q, %v", src, p.Keywords, p.Problems)
		}
	}
	says(t, parsed("---\nkeywords: {a: b}\n---\n# x\n", Options{}), "content/a.md:2:11: keywords cannot be ")
}

// Each alias that is none is said, and the others hold.
func TestAliasesAreAllRead(t *testing.T) {
	p := parsed("---\naliases:\n  - old.html\n  - ../up\n  - a b/../c\n  - [x]\n  - new/\n---\n# x\n", Options{})
	says(t, p, `content/a.md:4:5: an alias cannot be "../up"; `, `content/a.md:5:5: an alias cannot be "a b/../c"; `, "content/a.md:6:5: an alias cannot be that list; ")
	if len(p.Problems) != 3 || len(p.Aliases) != 2 || p.Aliases[1].Path != "new/index.html" || p.Aliases[1].Line != 7 {
		t.Errorf("%v %v", p.Problems, p.Aliases)
	}
}

func TestT04UnknownKey(t *testing.T) {
	says(t, parsed("---\ntilte: Prompts\n---\n# x\n", Options{}), "content/a.md:2:1: warning: unknown key tilte in front matter; did you mean title?")
}

// A bomb of nine levels, which would be a thousand million values, is refused before it is opened.
func TestT05AliasBomb(t *testing.T) {
	bomb := "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'j'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(times(fmt.Sprintf("*%c,", c-1), 9), ","))
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	says(t, parsed(bomb+"---\n", Options{}), "content/a.md:2:4: front matter: anchors and aliases are not allowed; ")
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 50<<20 {
		t.Errorf("%d MiB", took>>20)
	}
	says(t, parsed("---\ntitle: *a\n---\n", Options{}), "content/a.md:2:") // an alias of nothing
}

func TestT06FrontMatterLimits(t *testing.T) {
	says(t, parsed("---\ntitle: "+times("x", 70_000)+"\n---\n", Options{}), "content/a.md:2: front matter: longer than 64 KiB; ")
	says(t, parsed("---\ntitle: "+times("[", 100)+times("]", 100)+"\n---\n", Options{}), "content/a.md:2:1: front matter: nested too deeply; ")
	says(t, parsed("---\n"+upTo(40, func(i int) string { return times(" ", i) + "a:\n" })+"---\n", Options{}), "content/a.md:34:33: front matter: nested too deeply; ")
}

func TestT07WrongValues(t *testing.T) {
	says(t, parsed("---\ndate: 2026-13-45\nweight: abc\n---\n# x\n", Options{}), `content/a.md:2:7: date cannot be "2026-13-45"; `, `content/a.md:3:9: weight cannot be "abc"; `)
}

func TestT08NotUTF8(t *testing.T) {
	says(t, parsed("# x\n\nCaf\xe9\n", Options{}), "content/a.md:3:4: not UTF-8: byte 0xE9; save the file as UTF-8")
	says(t, parsed("---\ntitle: Caf\xe9\n---\n", Options{}), "content/a.md:2:11: not UTF-8: byte 0xE9; ")
	says(t, parsed("\xff\xfe#\x00", Options{}), "content/a.md:1:1: not UTF-8: byte 0xFF; ")
	if _, p := ReadYAML([]byte("a: b\ntitle: Caf\xe9\n")); p == nil || p.Line != 2 || p.Column != 11 {
		t.Errorf("of site.yaml: %v", p)
	}
	shared := parsed("[x](b.md \"include\")\n", Options{Read: func(string) ([]byte, error) { return []byte("one\ntwo \xe9\n"), nil }, Words: Words{Embeds: map[string]func(*Context, Block){
		"include": func(c *Context, b Block) { c.Include(b.At, b.Target) }}}})
	says(t, shared, "content/b.md:2:5: not UTF-8: byte 0xE9; ")
}

// A byte order mark, the line ends of all systems, and NUL change nothing that a reader sees.
func TestT09LineEnds(t *testing.T) {
	want := parsed("---\ntitle: x\ntilte: y\n---\n\n## A\n\none\ntwo\n", Options{})
	for _, end := range []string{"\r\n", "\r"} {
		for _, mark := range []string{"", "\ufeff"} {
			got := parsed(mark+"---"+end+"title: x"+end+"tilte: y"+end+"---"+end+end+"## A"+end+end+"one"+end+"two"+end, Options{})
			if strings.ReplaceAll(string(got.Body), "\r", "") != string(want.Body) || len(got.Problems) != 1 || got.Problems[0] != want.Problems[0] {
				t.Errorf("%q%q: %s %v", mark, end, got.Body, got.Problems)
			}
		}
	}
	p := parsed("# x\n\na\x00b\n", Options{})
	says(t, p, "content/a.md:3:2: warning: NUL character, ")
	if strings.Contains(string(p.Body), "\x00") {
		t.Errorf("%q", p.Body)
	}
}

func TestT10Empty(t *testing.T) {
	for _, src := range []string{"", "---\n---\n", "\n\n", "text only\n"} {
		p := parsed(src, Options{})
		says(t, p, "content/a.md:1: warning: page has no title; ")
		if p.Name != "A" || len(p.Problems) != 1 {
			t.Errorf("%q is called %q: %v", src, p.Name, p.Problems)
		}
	}
	if p := parsed("---\ntitle: Given\n---\n", Options{}); p.Name != "Given" || len(p.Problems) != 0 {
		t.Errorf("%q %v", p.Name, p.Problems)
	}
}

// What is too large, deep, long to read or long to print is named with the limit's name.
func TestT11Limits(t *testing.T) {
	says(t, parsed(times("a b\n", 50<<18), Options{}), "content/a.md: page of 50.0 MiB is over the limit of 2.0 MiB; split it, or raise limits.page in site.yaml")
	says(t, parsed(times("a", 10<<20), Options{}), "content/a.md: page of 10.0 MiB is over the limit of 2.0 MiB; ")
	says(t, parsed(times("> ", 70)+"a", Options{}), "content/a.md:1:121: nested more than 60 deep; ")
	for src, limit := range map[string]string{times("&\n\n", 9000): "limits.output", times("[a](b", 12_000): "limits.work", times("> ", 70) + "a": "limits.depth"} {
		p := parsed("# Title\n\n"+src, Options{Output: 4096, Work: 100_000_000})
		if len(p.Problems) != 1 || !strings.Contains(p.Problems[0].String(), limit) {
			t.Errorf("%s alone is not named: %v", limit, p.Problems)
		}
	}
}

var rawSamples = []string{"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<iframe src=x></iframe>", "<svg onload=alert(1)>", "<a href=javascript:x>y</a>", "a <b onclick=x>b</b>", "<!-- --><script>x</script>",
	"<style>x</style>", "<base href=//e>", "<meta http-equiv=refresh content=0>", "<form action=x><button>y</button></form>", "<math><mtext></p><style><img src=x onerror=alert(1)>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
	"<svg><p><style><g title=\"</style><img src onerror=alert(1)>\">", "<details open ontoggle=alert(1)>x</details>", "<div style=\"background:url(x)\">y</div>", "<ſcript>alert(1)</ſcript>", "<script/x>alert(1)</script>", "<scr\x00ipt>x</script>",
	"<object data=x></object>", "<embed src=x>", "<link rel=stylesheet href=x>", "<a href=\"java&#10;script:alert(1)\">x</a>", "<a xlink:href=javascript:x>y</a>", "<video src=x onerror=y></video>", "<input autofocus onfocus=x>", "<textarea><script>x</script></textarea>"}

// runs names what would run, load or change the page around it in HTML as a browser reads it, or "".
func runs(markup string) string {
	bad := words("script iframe object embed style svg math form base meta link video audio textarea template noscript frame frameset")
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			t := z.Token()
			if bad[t.Data] {
				return t.String()
			}
			for _, a := range t.Attr {
				s, w := scheme(a.Val)
				address := a.Key == "href" || a.Key == "src" || a.Key == "cite"
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || a.Key == "formaction" || a.Key == "xlink:href" || address && w == foreign && !kept(t.Data, s, a.Val) {
					return t.String()
				}
			}
		}
	}
}

// kept reports whether an address of a scheme may stand in an element.
func kept(element, scheme, address string) bool {
	switch scheme {
	case "http", "https":
		return true
	case "mailto", "tel":
		return element == "a"
	}
	return element == "img" && scheme == "data" && strings.HasPrefix(strings.ToLower(address), "data:image/") && !strings.HasPrefix(strings.ToLower(address), "data:image/svg")
}

func TestT12RawHTMLIsLeftOut(t *testing.T) {
	for _, raw := range rawSamples {
		p := parsed("# x\n\n"+raw+"\n\ntext "+raw+" more\n", Options{})
		if found := runs(string(p.Body)); found != "" {
			t.Errorf("%q prints %q", raw, p.Body)
		}
	}
	says(t, parsed("# x\n\n<b>y</b>\n", Options{}), "content/a.md:3:1: warning: HTML is left out; write it as markdown, put it in `code`, or allow it with raw_html: true in site.yaml")
}

func TestT18RawHTMLIsFiltered(t *testing.T) {
	for _, raw := range rawSamples {
		p := parsed("# x\n\n"+raw+"\n\ntext "+raw+" more\n", Options{RawHTML: true})
		if found := runs(string(p.Body)); found != "" {
			t.Errorf("%q prints %q", raw, p.Body)
		}
	}
	p := parsed("# x\n\n<div class=\"y\" onclick=\"x\"><a href=\"b.md\" title='\"><script>'>z</a></div>\n", Options{RawHTML: true})
	if !strings.Contains(string(p.Body), `<div class="y"><a href="b.html" title="&quot;&gt;&lt;script&gt;">z</a></div>`) {
		t.Errorf("%s", p.Body)
	}
	says(t, p, "content/a.md:3:1: warning: attribute onclick is left out; ")
	says(t, parsed("# x\n\n<video src=\"v.mp4\">words</video>\n", Options{RawHTML: true}), "content/a.md:3:1: warning: element video is left out; write it as markdown; what stands in it stays")
}

// noAddress tries an address in every form of a link and a picture.
func noAddress(t *testing.T, addresses ...string) {
	t.Helper()
	for _, a := range addresses {
		for _, form := range []string{"[x](<%s>)", "![x](<%s>)", "![x](<%s> \"caption\")", "[x]\n\n[x]: <%s>", "[x](<%s> \"title\")", "<a href=\"%s\">x</a>", "<img src=\"%s\" alt=\"x\">"} {
			p := parsed("# x\n\ntext "+fmt.Sprintf(form, a)+"\n", Options{RawHTML: true})
			if strings.Contains(string(p.Body), "href=") || strings.Contains(string(p.Body), "src=") {
				t.Errorf("%q in %s prints %s", a, form, p.Body)
			}
			says(t, p, "content/a.md:3:", "content/a.md:")
			if len(p.Problems) == 0 || !strings.Contains(p.Problems[0].String(), "is dropped; ") {
				t.Errorf("%q in %s says %v", a, form, p.Problems)
			}
		}
	}
}

func TestT13DangerousAddresses(t *testing.T) {
	noAddress(t, "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)", " javascript:alert(1)", "\x1f\x0cjavascript:x", "javascript://%0aalert(1)", "vbscript:x", "file:///etc/passwd", "blob:x", "filesystem:x",
		"feed:javascript:x", "view-source:x", "intent:x")
	p := parsed("# x\n\n<javascript:alert(1)>\n", Options{})
	never(t, p, "href")
}

// CVE-2026-5160: what is judged is the address after its entities are decoded.
func TestT14DangerousAfterEntities(t *testing.T) {
	noAddress(t, "javascript&colon;alert(1)", "&#x6a;avascript:alert(1)", "javascript&#58;alert(1)", "&#106;&#97;vascript&colon;x", "java&Tab;script:x", "java&NewLine;script:x", "&#1;javascript:x", "&#x0000006A;avascript:x")
	p := parsed("# x\n\n[a](javascript\\:x) [b](&amp;#106;avascript:x) [c](javascript&amp;colon;x)\n", Options{})
	never(t, p, `href="javascript:`, `href="&#`)
}

// Data is a picture or nothing.
func TestT15DataAddresses(t *testing.T) {
	for _, a := range []string{"data:text/html;base64,AAAA", "data:image/svg+xml;base64,AAAA", "data:image/svg+xml,svg", "data:,x", "DATA:text/html,x", "data:image/png,x", "data:image/pngx;base64,AAAA"} {
		p := parsed("# x\n\n[x](<"+a+">) ![y](<"+a+">)\n", Options{})
		never(t, p, "data:")
		says(t, p, "content/a.md:3:")
	}
	if p := parsed("# x\n\n![y](data:image/png;base64,AAAA)\n", Options{}); !strings.Contains(string(p.Body), `src="data:image/png;base64,AAAA"`) {
		t.Errorf("%s", p.Body)
	}
	never(t, parsed("# x\n\n[y](data:image/png;base64,AAAA)\n", Options{}), "href")
}

func TestT16AddressesOfOthers(t *testing.T) {
	for _, a := range []string{"//evil.example", "\\\\\\\\evil.example", "/\\\\evil.example", "\\\\/evil.example"} {
		p := parsed("# x\n\n[x]("+a+")\n", Options{})
		says(t, p, "content/a.md:3:1: warning: address begins with two slashes and leaves the site; ")
		if len(p.Links) != 1 || p.Links[0].Kind != External {
			t.Errorf("%s counts as %v", a, p.Links)
		}
	}
	p := parsed("# x\n\n[x](http://user@evil.example)\n", Options{})
	says(t, p, "content/a.md:3:1: warning: address carries a user name; ")
	if len(p.Links) != 1 || p.Links[0].Kind != External {
		t.Errorf("%v", p.Links)
	}
}

// Nothing that an author writes ends the attribute or the element that it stands in.
func TestT17Escaping(t *testing.T) {
	evil := `q"><script>x</script><img src=x onerror=y>'`
	for _, src := range []string{
		"[x](b.md '%s')", "![%s](p.png)", "![x](p.png '%s')", "![x](p.png\n'%s')", "```%s\nx\n```", "```js title='%s'\nx\n```", "```js {%s}\nx\n```", "## %s", "## x {onclick=x #\"><b}", "## x {#%s}", "## x {#y onclick=\"alert(1)\" style=\"z\"}",
		"> [!NOTE] %s\n> x", "> [!DETAILS] %s\n> x", "> [!TABS] %s\n> ## %s\n> x", "|%s|b|\n|-|-|\n|c|d|", "[^%s]\n\n[^%s]: x", "%s\n: %s", "[x](<b.md?%s>)", "[x](<b.md#%s>)", "<http://a.b/%s>", "http://a.b/%s", "[@%s]", "$`%s`$", "`%s`", "    %s",
		"[x][%s]\n\n[%s]: /u '%s'", "- [ ] %s", "~~%s~~", "a\u2028%s",
	} {
		p := parsed("# x\n\n"+strings.ReplaceAll(src, "%s", evil)+"\n", Options{})
		if found := runs(string(p.Body)); found != "" {
			t.Errorf("%s prints %s", src, p.Body)
		}
	}
	for _, src := range []string{"# %s", "---\ntitle: '%s'\n---\n"} {
		p := parsed(strings.ReplaceAll(src, "%s", strings.ReplaceAll(evil, "'", "")), Options{})
		if found := runs(p.NameHTML); found != "" {
			t.Errorf("%s is called %s", src, p.NameHTML)
		}
	}
}

// Ids that an author chooses, by heading or by hand, are never names under which this site's scripts or any page's look something up.
func TestT20IDsDoNotClobber(t *testing.T) {
	names := []string{"currentScript", "location", "__proto__", "constructor", "cookie", "toString", "hasOwnProperty", "document", "body", "trustedTypes", "main", "search"}
	for _, file := range scripts(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, regexp.MustCompile(`\bguide[A-Z]\w*`).FindAllString(string(data), -1)...)
	}
	if len(names) < 15 {
		t.Fatalf("only %d names: do the scripts leave nothing on the window any more?", len(names))
	}
	for _, name := range names {
		p := parsed("# x\n\n## "+name+"\n\n## y {#"+name+"}\n\n<b id=\""+name+"\" name=\""+name+"\">z</b>\n\n[^"+name+"]\n\n[^"+name+"]: z\n\n- [ ] "+name+"\n", Options{RawHTML: true})
		for _, id := range p.Anchors {
			if strings.EqualFold(id, name) {
				t.Errorf("%s is given out as %s", name, id)
			}
		}
		never(t, p, ` id="`+strings.ToLower(name)+`"`, ` name="`+strings.ToLower(name)+`"`)
	}
}

// scripts are the sources of what runs in a page.
func scripts(t *testing.T) []string {
	files, err := fs.Glob(os.DirFS(filepath.Join("..", "..", "..", "..", "theme", "ts")), "*.ts")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no scripts", err)
	}
	for i, f := range files {
		files[i] = filepath.Join("..", "..", "..", "..", "theme", "ts", f)
	}
	return files
}

func TestT62HeadingIDs(t *testing.T) {
	p := parsed("# x\n\n## Same\n\n## Same\n\n## same!\n\n## 🎉\n\n## 数据\n\n## ...\n\n## a # b #\n\n## Ünïcode É\n\n## same-1\n", Options{})
	want := "same same-1 same-2 section 数据 section-1 a--b ünïcode-é same-1-1"
	if got := strings.Join(p.Anchors, " "); got != want {
		t.Errorf("ids are %s, want %s", got, want)
	}
	for _, id := range p.Anchors {
		if !strings.Contains(string(p.Body), ` id="`+id+`"`) || !strings.Contains(string(p.Body), `href="#`+fragment(id)+`"`) {
			t.Errorf("%s has no id or no link", id)
		}
	}
}
