package main

import (
	"os"
	"strings"
	"testing"
)

// What nobody writes on purpose, and somebody will.

// A name that no list and no terminal can hold is refused: a line end in one would make a line of the manifest, and with it
// somebody else's file ours to remove.
func TestT84UnfitNames(t *testing.T) {
	inProject(t, tree{"content/index.md": home})
	guide("build", "--quiet").want(t, exitGood)
	tree{"content/evil\n0123456789abcdef0123456789abcdef CNAME": "x", "public/CNAME": "mine"}.write(t)
	guide("build").want(t, exitContent, "content/evil\ufffd0123456789abcdef0123456789abcdef CNAME: has a name that holds a control character; rename it\n")
	if err := os.Remove("content/evil\n0123456789abcdef0123456789abcdef CNAME"); err != nil {
		t.Fatal(err)
	}
	guide("build", "--quiet").want(t, exitGood)
	if read("public/CNAME") != "mine" {
		t.Error("a file of somebody else is gone")
	}
	for name, why := range map[string]string{"\x1b[31mred.md": "holds a control character", "sub\t/x.md": "holds a control character", "caf\xe9.md": "is not UTF-8", strings.Repeat("b", 252) + ".md": "is longer than 250 bytes"} {
		inProject(t, tree{"content/index.md": home, "content/" + name: "# X\n"})
		s := guide("check")
		s.want(t, exitContent, ": has a name that "+why+"; rename it\n")
		if strings.ContainsAny(s.errs, "\x1b\t") || strings.Count(s.errs, "\n") != 1 {
			t.Errorf("%q", s.errs)
		}
	}
}

// A file that would be printed where a folder of others stands, and one that the search index would overwrite.
func TestT85FilesInTheWay(t *testing.T) {
	for _, c := range []struct {
		files tree
		said  string
	}{
		{tree{"content/a.md": "# A\n", "content/a.html/b.md": "# B\n"}, "content/a.html/b.md: would be printed to a.html/b.html, but content/a.md is printed to a.html; rename one of them"},
		{tree{"content/a.markdown": "# A\n", "content/a.md/b.md": "# B\n"}, "content/a.md/b.md: would be printed to a.md/b.html, but content/a.markdown is printed to a.md; "},
		{tree{"content/a.md": "# A\n", "content/b.md": "---\naliases: [a.html/old]\n---\n# B\n"}, "content/b.md: would be printed to a.html/old.html, but content/a.md is printed to a.html; "},
		{tree{"content/a.md": "# A\n", "content/A.html/x.txt": "x"}, "content/A.html/x.txt: would be printed to a.html/x.txt, but content/a.md is printed to a.html; "},
		{tree{"content/search/root.js": "x"}, "content/search/root.js: stands where the search index is written; rename it, or its folder"},
	} {
		c.files["content/index.md"] = home
		inProject(t, c.files)
		guide("build").want(t, exitContent, c.said)
		if _, err := os.Stat("public"); err == nil {
			t.Errorf("%s: something was written", c.said)
		}
	}
}

// What a person put where the site has something else is named before anything is touched.
func TestT85TheirsInTheWay(t *testing.T) {
	for _, theirs := range []string{"public/a.html/mine.txt", "public/part"} {
		inProject(t, tree{"content/index.md": home})
		guide("build", "--quiet").want(t, exitGood)
		tree{theirs: "x", "content/a.md": "# A\n", "content/part/b.md": "# B\n", "content/index.md": home + "\nMore.\n"}.write(t)
		before := siteListing(t, "public")
		guide("build").want(t, exitUse, theirs+" stands where the site has something else")
		if siteListing(t, "public") != before {
			t.Errorf("%s: something was written", theirs)
		}
		if err := os.Remove(theirs); err != nil {
			t.Fatal(err)
		}
		guide("build", "--quiet").want(t, exitGood)
	}
}

// What stands in .well-known is published and followed as it is, and kept on no device: some hosts hand it out under other names. What
// hosts read by names with _ at their beginning is named, and what else has such a name is left out.
func TestWhatHostsLookFor(t *testing.T) {
	inServed(t, tree{"content/index.md": home + "[how to report](.well-known/security.txt)\n", "content/.well-known/security.txt": "Contact: a\n", "content/.well-known/notes.md": "# Notes\n",
		"content/.other/x.txt": "x", "content/_headers": "x", "content/_redirects": "x", "content/_page.md": "# Page\n", "content/part/_redirects": "x", "content/part/a.md": "# A\n"})
	s := guide("build")
	s.want(t, exitGood, "content/_headers: warning: is not published, as nothing that begins with _ is; take it away: the builder writes one of its own",
		"content/_redirects: warning: is not published, as nothing that begins with _ is; write aliases: [old-address] into the front matter ")
	if strings.Count(s.errs, "\n") != 2 {
		t.Errorf("%s", s.errs)
	}
	for name, want := range map[string]string{".well-known/security.txt": "Contact: a\n", ".well-known/notes.md": "# Notes\n", ".other/x.txt": "", "_redirects": "", "_page.html": "", "part/_redirects": ""} {
		if got := read("public/" + name); got != want {
			t.Errorf("%s holds %q, not %q", name, got, want)
		}
	}
	if headers := read("public/_headers"); !strings.Contains(headers, "/sw.js\n") {
		t.Errorf("_headers is %q", headers)
	}
	if strings.Contains(read("public/sw.js"), "well-known") {
		t.Error(".well-known is kept on devices")
	}
	for _, args := range [][]string{nil, {"--poll"}, {"--built"}} {
		address, _ := served(t, args...)
		shows(t, address, "/.well-known/security.txt", "Contact: ")
		if len(args) == 0 || args[0] == "--poll" {
			tree{"content/.well-known/security.txt": "Contact: edited" + strings.Join(args, "") + "\n"}.write(t)
			shows(t, address, "/.well-known/security.txt", "Contact: edited"+strings.Join(args, "")+"\n")
		}
	}
}

// Wrong use is one line that says what to write, and code 2.
func TestT86WrongUse(t *testing.T) {
	inProject(t, tree{"content/index.md": home, "file": ""})
	for line, said := range map[string]string{
		"biuld": "there is no command biuld; did you mean build?", "help serv": "there is no command serv; did you mean serve?", "build --oot x": "unknown flag: --oot; did you mean --out?",
		"check -x": "unknown shorthand flag: 'x' in -x; see guide check --help", "new": "guide new takes one page; write guide new decide/some-page", "init a b": "guide init takes one folder; write guide init my-site",
		"schema": "guide schema takes one word; write guide schema page, or guide schema site", "schema pag": "there is no schema pag; write page or site", "build --out=": "--out is empty; name a folder for the site",
		"build --base-url https://x:99999/": "--base-url https://x:99999/ is no address of a site; ",
		"new .git/x":                        `".git/x" is no page of the content folder; `, "new ##": `"##" is no page of the content folder; `, "new a~": "is no page of the content folder; ", "new _x": "is no page of the content folder; ", "new _part/x": "is no page of the content folder; ", "new " + strings.Repeat("a", 300): "is no page of the content folder; ",
		"init file": "file is a file; name a folder", "init file/x": "file is a file; name a folder",
	} {
		s := guide(strings.Split(line, " ")...)
		s.want(t, exitUse, said)
		if strings.Count(s.errs, "\n") != 1 || s.out != "" {
			t.Errorf("%s says %q and %q", line, s.errs, s.out)
		}
	}
	for folder, word := range map[string]string{"-x": "./-x", "it's mine": `'it'\''s mine'`, "$(ls)": "'$(ls)'", "mein/büro": "mein/büro"} { // what is to be typed next can be
		guide("init", "--", folder).want(t, exitGood, "; now: cd "+word+" && guide serve\n")
	}
	for _, name := range []string{" ", "a\nb", " x", "sub /y"} {
		guide("new", name).want(t, exitUse, "is no page of the content folder; write a name such as decide/some-page")
	}
	if s := guide("check", "--json"); strings.TrimSpace(s.out) != "[]" {
		t.Errorf("no problems are %q", s.out)
	}
}
