package main

import (
	"crypto/sha256"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// sums is a site as a list of hashes.
func sums(t *testing.T, folder string) string {
	t.Helper()
	var b strings.Builder
	for line := range strings.Lines(siteListing(t, folder)) {
		name, _, _ := strings.Cut(line, " ")
		fmt.Fprintf(&b, "%x %s\n", sha256.Sum256([]byte(read(folder+"/"+name))), name)
	}
	if strings.Count(b.String(), "\n") < 20 {
		t.Fatalf("%s holds too little: %s", folder, b.String())
	}
	return b.String()
}

// manyWords is a site that uses most of what a build is made of.
func manyWords() tree {
	files := tree{"content/site.yaml": "title: Words\nbase: https://example.org/sub/\nglossary: terms.md\n", "content/terms.md": "# Terms\n\nAdapter\n: A small matrix.\n",
		"content/index.md": home + "[a](part/a.md) [t](terms.md#adapter)\n\n```go\nfunc main() {}\n```\n\n```python\nprint(1)\n```\n\n$`x^2`$\n\n```diagram title=\"d\"\n+--+\n|a |\n+--+\n```\n"}
	for i := range 30 {
		files[fmt.Sprintf("content/part/%c%d.md", 'a'+i%3, i)] = fmt.Sprintf("---\nreviewed: 2026-11-%02d\naliases: [old%d]\n---\n# Page İı %d\n\nWords ß %d.\n\n## More\n", i%28+1, i, i, i)
	}
	files["content/part/a.md"] = "# A\n\n| x | y |\n|---|--:|\n| 1 | 2 |\n"
	return files
}

// The same content gives the same bytes wherever, whenever and by whomever it is built.
func TestT58SameEverywhere(t *testing.T) {
	atLength(t)
	inProject(t, manyWords())
	guide("build", "--quiet").want(t, exitGood)
	want := sums(t, "public")
	reversed := tree{}
	names := []string{}
	for name, text := range manyWords() {
		reversed["other place/"+name] = text
		names = append(names, name)
	}
	slices.Sort(names)
	slices.Reverse(names)
	for _, name := range names { // made in another order, in another folder, at another time
		tree{"other place/" + name: reversed["other place/"+name]}.write(t)
		old := time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
		if err := os.Chtimes("other place/"+name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	for i, env := range [][]string{{"TZ=Pacific/Kiritimati", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8"}, {"GOMAXPROCS=1"}, {"GOMAXPROCS=7", "GOGC=20"}, {"HOME=", "XDG_CACHE_HOME="}, {"umask=077"}, {"USER=other", "TMPDIR=" + t.TempDir()}} {
		c := exec.Command("sh", "-c", "umask ${umask:-022}; exec guide build --quiet --out ../out"+strconv.Itoa(i))
		c.Dir, c.Env = "other place", append(os.Environ(), env...)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v %s", env, err, out)
		}
		if got := sums(t, "out"+strconv.Itoa(i)); got != want {
			t.Errorf("%v: the site differs", env)
		}
	}
}

// Neither the clock nor version control is asked.
func TestT59NoClockNoGit(t *testing.T) {
	atLength(t)
	inProject(t, manyWords())
	guide("build", "--quiet").want(t, exitGood)
	want := sums(t, "public")
	variants := map[string]string{"one": "SOURCE_DATE_EPOCH=1 guide build --quiet", "two": "SOURCE_DATE_EPOCH=4102444800 guide build --quiet", "cached": "guide build --quiet", "uncached": "guide build --quiet --no-cache"}
	if _, err := exec.LookPath("git"); err == nil {
		variants["git"] = "git init -q . && git -c user.name=x -c user.email=x@example.org commit -q --allow-empty -m x && guide build --quiet"
	}
	for out, command := range variants {
		if said, err := exec.Command("sh", "-c", command+" --out "+out).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v %s", command, err, said)
		}
		if got := sums(t, out); got != want {
			t.Errorf("%s: the site differs", command)
		}
	}
	for _, file := range goFiles(t, "internal") { // and none below the shells could ask
		for _, bad := range []string{"time.Now(", "time.Since("} {
			if strings.Contains(read(file), bad) {
				t.Errorf("%s asks the clock", file)
			}
		}
	}
}

var ownFolder, _ = os.Getwd()

// goFiles are the sources of this command below a folder of it, without tests.
func goFiles(t *testing.T, below string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(ownFolder, below), func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			files = append(files, name)
		}
		return err
	})
	if err != nil || len(files) < 5 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	return files
}

// A build needs no network, and could not use one; nothing is run but the Go compiler and, when asked, a browser.
func TestT60NoNetwork(t *testing.T) {
	may := map[string][]string{"net/http": {"external.go", "reload.go", "serve.go", "server.go"}, "net": {"serve.go", "server.go"}, "os/exec": {"serve.go", "internal/module/compile.go"}, "plugin": nil, "net/rpc": nil, "net/smtp": nil}
	for _, file := range goFiles(t, ".") {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		name, err := filepath.Rel(ownFolder, file)
		if err != nil {
			t.Fatal(err)
		}
		for _, imported := range parsed.Imports {
			by, watched := may[strings.Trim(imported.Path.Value, `"`)]
			if watched && !slices.Contains(by, filepath.ToSlash(name)) {
				t.Errorf("%s imports %s", name, imported.Path.Value)
			}
		}
	}
	if err := exec.Command("unshare", "-rn", "true").Run(); err != nil {
		lacks(t, "this machine gives no name spaces: %v", err)
	}
	inProject(t, manyWords())
	guide("build", "--quiet").want(t, exitGood)
	if out, err := exec.Command("unshare", "-rn", "guide", "build", "--quiet", "--out", "offline").CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	if sums(t, "offline") != sums(t, "public") {
		t.Error("without a network the site differs")
	}
}

func TestT61BrokenLinks(t *testing.T) {
	inProject(t, tree{"content/index.md": home + "[a](othr.md)\n[b](other.md#mor)\n[c](draft.md)\n![d](pic.pgn)\n[e](Other.md)\n[f](part/)\n[g](#nowhere)\n[h](old.html)\n", "content/other.md": "---\naliases: [old]\n---\n# Other\n\n## More\n", "content/draft.md": "---\ndraft: true\n---\n# Draft\n",
		"content/pic.png": "x", "content/_inc.md": "[i](gone.md)\n", "content/z.md": "# Z\n\n[x](_inc.md \"include\")\n"})
	guide("check").want(t, exitContent, "content/index.md:3:1: link leads nowhere: othr.md; did you mean other.md?", "content/index.md:4:1: link leads to no heading: other.md#mor; did you mean more?", "content/index.md:5:1: link leads to a draft: draft.md; ",
		"content/index.md:6:1: there is no picture pic.pgn; did you mean pic.png?", "content/index.md:7:1: link leads nowhere: Other.md; did you mean other.md?", "content/index.md:8:1: link leads nowhere: part", "content/index.md:9:1: link leads to no heading: index.md#nowhere; ",
		"content/_inc.md:1:1: link leads nowhere: gone.md; ")
	guide("check", "--allow-broken-links").want(t, exitGood, "content/index.md:3:1: warning: link leads nowhere: othr.md; ")
	tree{"content/site.yaml": "glossary: words.md\n", "content/words.md": "# Words\n\nLow rank\n: Thin.\n", "content/index.md": home + "[w](words.md#low-rnk)\n[w](words.md#zzz)\n"}.write(t)
	guide("check").want(t, exitContent, "content/index.md:3:1: the glossary has no term low-rnk; did you mean low-rank?", "content/index.md:4:1: the glossary has no term zzz; explain it in words.md")
}

// oddNames are names of pages that mean something else to an address, a shell, a script or a disk.
var oddNames = []string{"with space", "hash#", "question?", "per%cent", "per%20cent", "amp&ersand", "quote'", `double"quote`, "plus+", "🎉", "caf\u00e9", "caf\u0065\u0301-nfd", "עברית", "a:b", "semi;colon", "comma,", "(paren)", "[bracket]", "brace{}", "tilde~x", "dollar$", "at@", "equals=", "pipe|", "caret^", "back`tick", "<angle>", "star*", "~", "CON", "trailing."}

// A link may be written in every way that names the same file.
func TestT63LinksInEveryWriting(t *testing.T) {
	inProject(t, tree{"content/index.md": home + "[1](a%20b.md) [2](<a b.md>) [3](./a%20b.md) [4](/a%20b.md) [5](part/../a%20b.md) [6](a%20b.html) [7](&#97;%20b.md) [8](a%20b.md?x=1&y=2#m%c3%bcsli) [10](part/) [11](part/index.md) [12](.) [13](a%20b.md#müsli)\n",
		"content/a b.md": "# AB\n\n## Müsli\n\n[home](/) [here](.)\n", "content/part/index.md": "# Part\n\n[up](..) [up](../a%20b.md)\n"})
	s := guide("build")
	if s.code != exitGood {
		s.want(t, exitGood)
	}
	var hrefs []string
	for _, m := range regexp.MustCompile(`href="([^"]*)">\d+</a>`).FindAllStringSubmatch(read("public/index.html"), -1) {
		hrefs = append(hrefs, m[1])
	}
	want := "a%20b.html a%20b.html a%20b.html a%20b.html a%20b.html a%20b.html a%20b.html a%20b.html?x=1&amp;y=2#müsli part/index.html part/index.html index.html a%20b.html#müsli"
	if got := strings.Join(hrefs, " "); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// Every page is found by every link to it, at the root, in a folder and on a disk, whatever its name.
func TestT64OddNames(t *testing.T) {
	files := tree{"content/index.md": home, "content/sub dir/index.md": "# Sub\n"}
	for i, name := range oddNames {
		files["content/"+name+".md"] = fmt.Sprintf("# Number %d\n\n[home](index.md) [sub](<sub dir/index.md>)\n", i)
		files["content/sub dir/"+name+".md"] = fmt.Sprintf("# Sub number %d\n", i)
		files["content/index.md"] += fmt.Sprintf("[n%d](./%s.md) [s%d](sub%%20dir/%s.md)\n", i, url.PathEscape(name), i, url.PathEscape(name))
	}
	inProject(t, files)
	guide("build", "--quiet", "--base-url", "https://example.org/sub/").want(t, exitGood)
	address, _ := served(t, "--base-url", "https://example.org/sub/")
	links := 0
	for name := range map[string]bool{"index.html": true, "sub dir/index.html": true, "with space.html": true, "print.html": true, "404.html": true} {
		doc, err := html.Parse(strings.NewReader(read("public/" + name)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				if a.Key != "href" && a.Key != "src" || name == "404.html" && n.Data != "a" {
					continue
				}
				u, err := url.Parse(a.Val)
				if err != nil {
					t.Errorf("%s: %q is no address: %v", name, a.Val, err)
					continue
				}
				if u.IsAbs() || u.Path == "" || strings.HasPrefix(u.Path, "/") {
					continue
				}
				links++
				file := path.Join(path.Dir(name), u.Path)
				if _, err := os.Stat("public/" + file); err != nil {
					t.Errorf("%s: %s leads to no file %q", name, a.Val, file)
				}
				way := (&url.URL{Path: "/" + path.Dir(name) + "/"}).ResolveReference(u)
				if status, _ := gets(t, address, way.EscapedPath()); !strings.Contains(status, " 200 ") {
					t.Errorf("%s: %s is answered with %s", name, a.Val, status)
				}
			}
		}
	}
	if links < 4*len(oddNames) {
		t.Errorf("only %d links", links)
	}
	for _, m := range regexp.MustCompile(`<loc>([^<]*)</loc>`).FindAllStringSubmatch(read("public/sitemap.xml"), -1) {
		u, err := url.Parse(html.UnescapeString(m[1]))
		if err != nil {
			t.Errorf("%s: %v", m[1], err)
			continue
		}
		file := strings.TrimPrefix(u.Path, "/sub/")
		if file == "" || strings.HasSuffix(file, "/") {
			file += "index.html"
		}
		if _, err := os.Stat("public/" + file); err != nil {
			t.Errorf("the sitemap leads to %s", m[1])
		}
	}
}

func TestT65BaseAddress(t *testing.T) {
	inProject(t, tree{"content/index.md": home, "content/a.md": "# A\n"})
	for given, base := range map[string]string{"https://example.org": "https://example.org/", "https://example.org/sub/path": "https://example.org/sub/path/", "https://example.org/sub/path//": "https://example.org/sub/path/", "http://localhost:8080/x": "http://localhost:8080/x/"} {
		guide("build", "--quiet", "--base-url", given).want(t, exitGood)
		if !strings.Contains(read("public/sitemap.xml"), "<loc>"+base) {
			t.Errorf("%s: %s", given, read("public/sitemap.xml"))
		}
	}
	for _, wrong := range []string{"sub", "/sub/path", "//x", "http://x/y?z", "http://x/#y", "ftp://x/", "javascript:alert(1)", "http://user@x/", "http:///x", "http://[", "https://", " http://x"} {
		guide("build", "--base-url", wrong).want(t, exitUse, "--base-url "+wrong+" is no address of a site; write one such as https://example.org/guide/")
		tree{"content/site.yaml": "base: '" + wrong + "'\n"}.write(t)
		if s := guide("check"); strings.TrimSpace(wrong) == wrong {
			s.want(t, exitContent, "content/site.yaml:1:7: base cannot be ")
		}
		if err := os.Remove("content/site.yaml"); err != nil {
			t.Fatal(err)
		}
	}
}

// large is a site of so many pages with ten links each, and one page of so many headings.
func large(t *testing.T, pages, headings int) {
	t.Helper()
	inProject(t, tree{"content/index.md": home})
	for i := range pages {
		var b strings.Builder
		fmt.Fprintf(&b, "# Page %d\n\nText of page %d.\n\n", i, i)
		for j := range 10 {
			to := (i*7 + j*13) % pages
			fmt.Fprintf(&b, "[to %d](../part%d/p%d.md)\n", to, to%100, to)
		}
		tree{fmt.Sprintf("content/part%d/p%d.md", i%100, i): b.String()}.write(t)
	}
	tree{"content/headings.md": "# Headings\n\n" + strings.Repeat("## Same heading\n\n[one](#same-heading)\n\n", headings)}.write(t)
}

// Twice the pages take twice the work, not four times.
func TestT83LargeSites(t *testing.T) {
	work := func(pages, headings int) uint64 {
		large(t, pages, headings)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		guide("build", "--quiet", "--no-cache").want(t, exitGood)
		runtime.ReadMemStats(&after)
		return after.Mallocs - before.Mallocs
	}
	size := 400
	switch {
	case soak() > 1:
		size = 2000
	case testing.Short():
		size = 100
	}
	work(1, 1) // what is made once
	none := work(1, 1)
	one, two := work(size, 2500)-none, work(2*size, 5000)-none
	t.Logf("%d allocations for %d pages, %d for %d, beside %d for one", one, size, two, 2*size, none)
	if two > one*5/2 {
		t.Errorf("%d pages take %d allocations, %d take %d", size, one, 2*size, two)
	}
}
