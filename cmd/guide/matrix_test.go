package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The rows of about/security that a whole command shows. Each test bears the number of its row.

// tree is a folder of files: text by slash path.
type tree map[string]string

// inProject makes a folder of files the working folder, with a home of its own and, but in a short run, a cache.
func inProject(t *testing.T, files tree) {
	t.Helper()
	folder := t.TempDir()
	t.Setenv("HOME", t.TempDir())
	cache := t.TempDir()
	if testing.Short() && remembered != "" {
		cache = remembered
	}
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Chdir(folder)
	files.write(t)
}

// write writes the files into the working folder.
func (f tree) write(t *testing.T) {
	t.Helper()
	for name, text := range f {
		if err := os.MkdirAll(filepath.Dir(filepath.FromSlash(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.FromSlash(name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// said is what a command did: its exit code and what it wrote.
type said struct {
	code      int
	out, errs string
}

func guide(args ...string) said {
	var out, errs bytes.Buffer
	code := run(context.Background(), args, &out, &errs)
	return said{code, out.String(), errs.String()}
}

// want fails the test unless a command ended with a code and said each text.
func (s said) want(t *testing.T, code int, texts ...string) {
	t.Helper()
	if s.code != code {
		t.Errorf("code %d, want %d\n%s%s", s.code, code, s.out, s.errs)
	}
	for _, text := range texts {
		if !strings.Contains(s.out+s.errs, text) {
			t.Errorf("%q is not said:\n%s%s", text, s.out, s.errs)
		}
	}
}

// read returns a file of the working folder, "" where there is none.
func read(name string) string {
	data, _ := os.ReadFile(filepath.FromSlash(name))
	return string(data)
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		t.Fatal(err)
	}
}

// lacks skips a test for what a user's machine may lack. Where changes are let in nothing may be lacking: there the test fails.
func lacks(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format+"; under CI=true it must", args...)
	}
	t.Skipf(format, args...)
}

// soak is how much longer than usual long tests run: GUIDE_SOAK, else 1.
func soak() int {
	if n, err := strconv.Atoi(os.Getenv("GUIDE_SOAK")); err == nil && n > 0 {
		return n
	}
	return 1
}

const home = "# Home\n\n"

// A drawing is shown as an image, never inlined, and one that could run something is named.
func TestT19ActivePictures(t *testing.T) {
	inert := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><a href="https://example.org"><use href="#a"/><image href="data:image/png;base64,AA"/></a></svg>`
	bad := tree{"script": `<svg xmlns="x"><script>alert(1)</script></svg>`, "prefix": `<s:svg xmlns:s="x"><s:script>alert(1)</s:script></s:svg>`, "onload": `<svg onload="x"/>`, "foreign": `<svg><foreignObject/></svg>`,
		"javascript": `<svg><a xlink:href="java&#10;script:x"/></svg>`, "outside": `<svg><image href="//evil/x"/></svg>`, "animate": `<svg><a><animate attributeName="href" values="javascript:x"/></a></svg>`}
	files := tree{"content/index.md": home + "![inert](inert.svg)\n", "content/inert.svg": inert}
	for name, text := range bad {
		files["content/"+name+".svg"] = text
		files["content/index.md"] += "\n![" + name + "](" + name + ".svg)\n"
	}
	inProject(t, files)
	s := guide("build")
	s.want(t, exitGood)
	for name := range bad {
		s.want(t, exitGood, "content/"+name+".svg: warning: holds an ")
	}
	if strings.Contains(s.errs, "inert") {
		t.Errorf("a harmless drawing is named: %s", s.errs)
	}
	page := read("public/index.html")
	if strings.Contains(page, "alert(1)") || strings.Contains(page, "foreignObject") || !strings.Contains(page, `<img src="script.svg"`) {
		t.Errorf("%s", page)
	}
	guide("check", "--strict").want(t, exitContent)
}

// What an author writes reaches title, description, search, feed, previews, lists and twins as text.
func TestT21TextEverywhere(t *testing.T) {
	evil := `</title></script><script>alert(1)</script><img src=x onerror=alert(1)>"'&]]>` + "\u2028"
	yaml := strings.ReplaceAll(evil, "'", "''")
	inProject(t, tree{"content/site.yaml": "title: '" + yaml + "'\ndescription: '" + yaml + "'\nbase: https://example.org/\nglossary: terms.md\n", "content/index.md": home,
		"content/a.md":     "---\ntitle: '" + yaml + "'\ndescription: '" + yaml + "'\nreviewed: 2026-11-23\naliases: [old]\n---\n\n## " + evil + "\n\n" + evil + " [t](terms.md#term)\n",
		"content/terms.md": "# Terms\n\nTerm\n: " + evil + "\n"})
	guide("build", "--quiet").want(t, exitGood)
	checked := 0
	err := filepath.WalkDir("public", func(name string, d os.DirEntry, err error) error {
		text := read(name)
		switch ext := filepath.Ext(name); {
		case err != nil || d.IsDir() || strings.HasPrefix(filepath.Base(name), ".guide"):
		case ext == ".html" || ext == ".xml" || ext == ".js" && strings.Contains(name, "search") || ext == ".webmanifest" || ext == ".json":
			checked++
			for _, bad := range []string{"<script>alert", "<img src=x", "</title></script>"} {
				if strings.Contains(text, bad) {
					t.Errorf("%s holds %s", name, bad)
				}
			}
			if ext == ".js" && strings.Contains(text, "\u2028") {
				t.Errorf("%s holds a line separator", name)
			}
		}
		return err
	})
	if err != nil || checked < 8 {
		t.Errorf("%d files: %v", checked, err)
	}
}

// The Markdown of a page has its title and summary, then one blank line, then its text.
func TestTwinHead(t *testing.T) {
	inProject(t, tree{"content/index.md": home, "content/a.md": "---\ntitle: A\ndescription: About a.\n---\n\n\nText.\n"})
	guide("build", "--quiet").want(t, exitGood)
	if got, want := read("public/a.md"), "# A\n\n> About a.\n\nText.\n"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}

func TestT23IncludeCycles(t *testing.T) {
	inProject(t, tree{"content/index.md": home + "[x](index.md \"include\")\n"})
	guide("check").want(t, exitContent, "content/index.md:3:1: include goes in a circle: index.md > index.md; ")
	inProject(t, tree{"content/index.md": home + "[x](_a.md \"include\")\n", "content/_a.md": "[x](_b.md \"include\")\n", "content/_b.md": "[x](_a.md \"include\")\n"})
	guide("check").want(t, exitContent, "content/_b.md:1:1: include goes in a circle: _a.md > _b.md > _a.md; ")
	deep := tree{"content/index.md": home + "[x](_0.md \"include\")\n", "content/_100.md": "x\n"}
	for n := range 100 {
		deep["content/_"+strconv.Itoa(n)+".md"] = "[x](_" + strconv.Itoa(n+1) + ".md \"include\")\n"
	}
	inProject(t, deep)
	guide("check").want(t, exitContent, "includes are nested more than 20 deep: index.md > _0.md > _1.md > ")
}

// Files that include each other a few times each would be more pages than there is time for.
func TestT24IncludeBomb(t *testing.T) {
	bomb := tree{"content/index.md": home + "[x](_0.md \"include\")\n", "content/_10.md": "x\n"}
	for n := range 10 {
		bomb["content/_"+strconv.Itoa(n)+".md"] = strings.Repeat("[x](_"+strconv.Itoa(n+1)+".md \"include\")\n\n", 50)
	}
	inProject(t, bomb)
	guide("check").want(t, exitContent, "page includes more than 500 files; include less")
	inProject(t, tree{"content/index.md": home + "[x](p.png \"include\")\n\n[x](sub \"include\")\n", "content/p.png": "\x89PNG\xff", "content/sub/a.txt": "x"})
	guide("check").want(t, exitContent, "content/p.png:1:1: not UTF-8", "content/index.md:5:1: cannot read sub: sub is a folder; ")
}

func TestT25IncludeOutside(t *testing.T) {
	for _, name := range []string{"../../../etc/passwd", `C:\x`, "C:/x", "file:///etc/passwd", "..%2f..%2fetc/passwd", "%2e%2e/%2e%2e/etc/passwd", "sub/../../x", "../secret.md"} {
		inProject(t, tree{"content/index.md": home + "[x](<" + name + "> \"include\")\n\n[x](<" + name + "> \"code\")\n", "secret.md": "secret"})
		s := guide("build")
		s.want(t, exitContent, "content/index.md:3:1: ", "content/index.md:5:1: ", " is outside the content folder; name a file that lies in it\n")
		if read("public/index.html") != "" {
			t.Errorf("%s: something was written", name)
		}
	}
	inProject(t, tree{"content/index.md": home + "[x](/etc/hostname \"include\")\n\n[x](.env \"code\")\n", "content/.env": "secret"})
	guide("build").want(t, exitContent, "content/index.md:3:1: cannot read etc/hostname; ", "content/index.md:5:1: cannot read .env: .env is hidden; ")
}

func TestT26OneAddressTwice(t *testing.T) {
	for other, said := range map[string]string{"a.markdown": "content/a.md: would be printed to a.html, and so would content/a.markdown; ",
		"A.md": "content/a.md: would be printed to a.html, and so would content/A.md; ", "a/index.md": "content/a.md: stands beside content/a/index.md, ", "a.html": "content/a.html: would be printed to a.html, and so would content/a.md; ",
		"PIC.png": "content/pic.png: would be printed to pic.png, and so would content/PIC.png; "} {
		inProject(t, tree{"content/index.md": home, "content/a.md": "# A\n", "content/pic.png": "x", "content/" + other: "# Other\n"})
		guide("check").want(t, exitContent, said)
	}
	inProject(t, tree{"content/index.md": home, "content/README.md": "# Other\n"}) // as folders of other tools have them
	guide("check").want(t, exitGood, "content/README.md: warning: is left out: content/index.md heads this folder; rename one of them")
}

func TestT27AliasOutside(t *testing.T) {
	for _, alias := range []string{"../../x", "a/../../b", "..%2f..%2fx", "C:/x", "//evil", ".git/config", ".guide-manifest", `..\\x`, "a//b", "x?y", "x#y"} {
		inProject(t, tree{"content/index.md": home, "content/a.md": "---\naliases: [\"" + alias + "\"]\n---\n# A\n"})
		guide("build").want(t, exitContent, "content/a.md:2:11: an alias cannot be ")
	}
	inProject(t, tree{"content/index.md": home, "content/a.md": "---\naliases: [/old/, sw.js]\n---\n# A\n"})
	guide("build", "--quiet").want(t, exitGood)
	if !strings.Contains(read("public/old/index.html"), "url=../a.html") || strings.Contains(read("public/sw.js"), "url=") {
		t.Error("the old address leads elsewhere")
	}
}

func TestT28AliasTaken(t *testing.T) {
	inProject(t, tree{"content/index.md": home, "content/a.md": "---\naliases: [b, x, a, 404]\n---\n# A\n", "content/b.md": "---\naliases: [x]\n---\n# B\n"})
	guide("build").want(t, exitContent, "content/a.md:2:11: alias b.html is taken by b.md; ", "content/a.md:2:17: alias a.html is taken by a.md; ", "content/a.md:2:20: alias 404.html is taken; ", "content/b.md:2:11: alias x.html is taken by a.md; ")
	// On many disks A is a, and on many hosts a is a/.
	inProject(t, tree{"content/index.md": home, "content/a.md": "---\naliases: [B, part, Old, old]\n---\n# A\n", "content/b.md": "# B\n", "content/part/index.md": "# Part\n"})
	guide("build").want(t, exitContent, "content/a.md:2:11: alias B.html is taken by b.md; ", "content/a.md:2:14: alias part.html is taken by part/index.md; ", "content/a.md:2:25: alias old.html is taken by a.md; ")
}

// What every page leads to is the builder's own; an icon, a robots.txt or a llms.txt may be an author's.
func TestOwnAddresses(t *testing.T) {
	inProject(t, tree{"content/index.md": home, "content/404.md": "# Not here\n", "content/print.md": "# Print\n", "content/sw.js": "x", "content/favicon.svg": "<svg/>", "content/robots.txt": "x", "content/llms.txt": "x"})
	s := guide("check")
	s.want(t, exitContent, "content/404.md: would be printed to 404.html, which the builder makes; ", "content/print.md: would be printed to print.html", "content/sw.js: stands in the place of a file that the builder makes; ")
	if strings.Contains(s.errs, "favicon") || strings.Contains(s.errs, "robots") || strings.Contains(s.errs, "llms") {
		t.Errorf("%s", s.errs)
	}
	inProject(t, tree{"content/index.md": home, "content/favicon.svg": "<svg/>", "content/robots.txt": "mine", "content/llms.txt": "mine"})
	guide("build", "--quiet").want(t, exitGood)
	if got := read("public/favicon.svg") + read("public/robots.txt") + read("public/llms.txt"); got != "<svg/>minemine" {
		t.Errorf("the author's own are %q", got)
	}
	inProject(t, tree{"content/index.md": home + "[f](feed.xml) [s](sitemap.xml) [c](download/calculator.html) [r](robots.txt)\n"})
	guide("check").want(t, exitContent, "leads nowhere: feed.xml", "leads nowhere: sitemap.xml", "leads nowhere: download/calculator.html")
	tree{"content/index.md": home + "[f](feed.xml) [s](sitemap.xml) [r](robots.txt)\n"}.write(t)
	guide("check", "--base-url", "https://example.org/").want(t, exitGood)
}

// What was likely meant is said, where it can be known.
func TestWhatWasMeant(t *testing.T) {
	inProject(t, tree{"content/index.md": home + "![p](_p/a.png) [b](sub\\x.md) [f](part)\n", "content/_p/a.png": "x", "content/part/index.md": "# Part\n", "content/B.MD": "# B\n"})
	guide("check").want(t, exitContent, "content/index.md:3:1: there is no picture _p/a.png; what begins with _ is not published: move it, or rename _p", `:16: warning: link has a backslash and is left out; write / for \`, "link leads nowhere: part; did you mean part/index.md?",
		"content/B.MD: warning: is copied as it stands: a page's name ends in .md, in small letters; rename it")
	guide("new", "c.MD").want(t, exitGood, "content/c.md")
	t.Chdir("content/part")
	for _, args := range [][]string{{"new", "d"}, {"check"}, {"build"}} {
		guide(args...).want(t, exitUse, "there is no folder content here, and the project is in ../..; go there, or name its folder with --content")
	}
}

// A wrong key of site.yaml is named where it stands.
func TestConfigIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"limits:\n  page: 2MiB\n":             `content/site.yaml:2:9: limits.page cannot be "2MiB"; write a whole number of bytes from 1024 to 1073741824`,
		"limits:\n  page: 2000\n  dept: 50\n": "content/site.yaml:3:3: unknown key limits.dept; did you mean depth?",
		"limits: 5\n":                         `content/site.yaml:1:9: limits cannot be "5"; write a line name: number under it for each of page, output, depth, work`,
		"menu: [a, b]\n":                      "content/site.yaml:1:7: menu cannot be that list; ",
		"title: T\nimage: a.md\n":             "content/site.yaml:2:8: image names no picture: a.md; name a picture of the content folder",
		"language: klingon language\n":        `content/site.yaml:1:11: language cannot be "klingon language"; `,
		"language: de_DE\n":                   `content/site.yaml:1:11: language cannot be "de_DE"; `,
	} {
		inProject(t, tree{"content/index.md": home, "content/a.md": "# A\n", "content/site.yaml": text})
		guide("check").want(t, exitContent, want)
	}
}

// A project is built from anywhere with its own theme.
func TestThemeBesideTheContent(t *testing.T) {
	inProject(t, tree{"site/content/index.md": home})
	t.Chdir("site")
	guide("init", ".", "--theme").want(t, exitGood)
	tree{"theme/layouts/start.html": read("theme/layouts/start.html") + "<p>our own</p>\n"}.write(t)
	t.Chdir("..")
	guide("build", "--quiet", "--content", "site/content", "--out", "out").want(t, exitGood)
	if !strings.Contains(read("out/index.html"), "<p>our own</p>") {
		t.Error("the theme beside the content is not used")
	}
	guide("build", "--quiet", "--content", "site/content", "--out", "site/theme/out").want(t, exitUse, "lie in each other")
}

// What is written from the right is shown from the right.
func TestDirection(t *testing.T) {
	inProject(t, tree{"content/index.md": home, "content/site.yaml": "language: he-IL\n"})
	guide("build", "--quiet").want(t, exitGood)
	for _, name := range []string{"index.html", "404.html"} {
		if !strings.Contains(read("public/"+name), `<html lang="he-IL" dir="rtl"`) {
			t.Errorf("%s: %.200s", name, read("public/"+name))
		}
	}
}
