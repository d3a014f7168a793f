package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"whentofinetune/cmd/guide/internal/build"
)

// saves are the ways in which editors put a new text in the place of an old one.
var saves = map[string]func(file, text string) error{
	"in place": func(file, text string) error { return os.WriteFile(file, []byte(text), 0o644) },
	"vim, the old file kept aside": func(file, text string) error {
		if err := os.Rename(file, file+"~"); err != nil && !os.IsNotExist(err) {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
		os.Remove(file + "~")
		return nil
	},
	"Emacs, a lock and a backup": func(file, text string) error {
		lock := filepath.Join(filepath.Dir(file), ".#"+filepath.Base(file))
		os.Symlink("somebody@somewhere", lock)
		defer os.Remove(lock)
		os.Rename(file, file+"~")
		return os.WriteFile(file, []byte(text), 0o644)
	},
	"JetBrains, three renames": func(file, text string) error {
		if err := os.WriteFile(file+"___jb_tmp___", []byte(text), 0o644); err != nil {
			return err
		}
		os.Rename(file, file+"___jb_old___")
		if err := os.Rename(file+"___jb_tmp___", file); err != nil {
			return err
		}
		os.Remove(file + "___jb_old___")
		return nil
	},
	"a new file renamed over the old one": func(file, text string) error {
		temporary := filepath.Join(filepath.Dir(file), ".goutputstream-X")
		if err := os.WriteFile(temporary, []byte(text), 0o644); err != nil {
			return err
		}
		return os.Rename(temporary, file)
	},
	"removed and written anew": func(file, text string) error {
		os.Remove(file)
		return os.WriteFile(file, []byte(text), 0o644)
	},
	"in two halves": func(file, text string) error {
		f, err := os.Create(file)
		if err != nil {
			return err
		}
		defer f.Close()
		f.WriteString(text[:len(text)/2])
		time.Sleep(30 * time.Millisecond)
		_, err = f.WriteString(text[len(text)/2:])
		return err
	},
}

func saveNames() []string {
	names := make([]string, 0, len(saves))
	for name := range saves {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// whole is a site as text: every file after its address, and the problems.
func whole(site *build.Output) string {
	var b strings.Builder
	for _, f := range site.Files() {
		data, err := f.Bytes()
		if err != nil {
			data = []byte(err.Error())
		}
		fmt.Fprintf(&b, "-- %s --\n%s\n", f.Path, data)
	}
	for _, p := range site.Problems {
		fmt.Fprintln(&b, p)
	}
	return b.String()
}

// follows waits until a served site equals a fresh build of the same folders, byte for byte. Nobody edits meanwhile.
func follows(t *testing.T, s *server, what string) {
	t.Helper()
	p, err := open(s.project.options, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	want := whole(p.build())
	got, builds, next := "", int64(-1), time.Now()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if n := s.builds.Load(); n == builds && time.Now().Before(next) { // the same as it was just now
			continue
		} else {
			builds, next = n, time.Now().Add(200*time.Millisecond)
		}
		if got = whole(s.current()); got == want {
			return
		}
	}
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("%s: line %d is\n%.300s\nand a fresh build says\n%.300s", what, i+1, a[i], b[i])
		}
	}
	t.Fatalf("%s: %d lines, and a fresh build has %d", what, len(a), len(b))
}

// newProject is a folder with a small site and a theme of layouts and a style.
func newProject(t *testing.T) (folder string, adjust func(*options)) {
	t.Helper()
	folder = t.TempDir()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	layouts := os.DirFS(filepath.Join("internal", "build", "testdata", "theme"))
	if err := os.CopyFS(filepath.Join(folder, "theme"), layouts); err != nil {
		t.Fatal(err)
	}
	put(t, folder, "theme/css/site.css", "body { color: black }\n")
	put(t, folder, "content/index.md", "# Start\n\n[a](part/a.md) [b](part/b.md#more)\n")
	put(t, folder, "content/part/a.md", "# A\n\n[rows](../rows.csv \"table\")\n\n[shared](../shared.md \"include\")\n")
	put(t, folder, "content/part/b.md", "# B\n\n## More\n\nText.\n")
	put(t, folder, "content/rows.csv", "name,value\none,1\n")
	put(t, folder, "content/shared.md", "Shared.\n")
	return folder, func(o *options) { o.theme = filepath.Join(folder, "theme") }
}

// Whatever editors, shells and version control do to the files of a site, what is served follows.
func TestServeFollows(t *testing.T) {
	folder, adjust := newProject(t)
	content := filepath.Join(folder, "content")
	s := startServing(t, content, adjust)
	at := func(name string) string { return filepath.Join(folder, filepath.FromSlash(name)) }
	for i, name := range saveNames() {
		if err := saves[name](at("content/part/b.md"), "# B"+strconv.Itoa(i)+"\n\n## More\n\nSaved.\n"); err != nil {
			t.Fatal(err)
		}
		follows(t, s, name)
	}
	must := func(what string, errs ...error) {
		t.Helper()
		for _, err := range errs {
			if err != nil {
				t.Fatal(what, err)
			}
		}
		follows(t, s, what)
	}
	must("touched", os.Chtimes(at("content/part/b.md"), time.Now(), time.Now()))
	must("emptied", os.WriteFile(at("content/part/b.md"), nil, 0o644))
	must("written again", os.WriteFile(at("content/part/b.md"), []byte("# B\n\n## More\n"), 0o644))
	must("a file of values edited", os.WriteFile(at("content/rows.csv"), []byte("name,value\none,2\n"), 0o644))
	must("an included file edited", os.WriteFile(at("content/shared.md"), []byte("Shared again.\n"), 0o644))
	must("folders in folders", os.MkdirAll(at("content/deep/deeper"), 0o755), os.WriteFile(at("content/deep/deeper/c.md"), []byte("# C\n"), 0o644))
	must("a page in the new folder edited", os.WriteFile(at("content/deep/deeper/c.md"), []byte("# C again\n"), 0o644))
	must("a folder copied in", os.CopyFS(at("content/copy"), os.DirFS(at("content/part"))))
	must("a folder renamed", os.Rename(at("content/deep"), at("content/moved")))
	must("a page in the renamed folder edited", os.WriteFile(at("content/moved/deeper/c.md"), []byte("# C in its new place\n"), 0o644))
	must("a page of the old name", os.MkdirAll(at("content/deep/deeper"), 0o755), os.WriteFile(at("content/deep/deeper/c.md"), []byte("# C in the old place\n"), 0o644))
	must("an included file taken out with its folder", os.MkdirAll(at("content/bits"), 0o755), os.WriteFile(at("content/bits/x.md"), []byte("Bit.\n"), 0o644),
		os.WriteFile(at("content/part/b.md"), []byte("# B\n\n## More\n\n[x](../bits/x.md \"include\")\n"), 0o644))
	must("the folder moved out", os.Rename(at("content/bits"), at("bits")))
	must("and in again, changed", os.WriteFile(at("bits/x.md"), []byte("Other bit.\n"), 0o644), os.Rename(at("bits"), at("content/bits")))
	must("a folder removed", os.RemoveAll(at("content/copy")))
	must("site.yaml written", os.WriteFile(at("content/site.yaml"), []byte("title: Named\nmenu:\n  First: part/a.md\n"), 0o644))
	must("site.yaml removed", os.Remove(at("content/site.yaml")))
	must("a style edited", os.WriteFile(at("theme/css/site.css"), []byte("body { color: red }\n"), 0o644))
	must("a layout edited", os.WriteFile(at("theme/layouts/article.html"), []byte("<h1>{{.Title}}</h1>{{.Body}}"), 0o644))
	must("the content replaced", os.Rename(content, content+"-old"), os.CopyFS(content, os.DirFS(content+"-old")), os.WriteFile(at("content/new.md"), []byte("# New\n"), 0o644))
	must("a page edited in the new content", os.WriteFile(at("content/part/a.md"), []byte("# A of the new content\n"), 0o644))
	must("the theme replaced", os.Rename(at("theme"), at("theme-old")), os.CopyFS(at("theme"), os.DirFS(at("theme-old"))), os.WriteFile(at("theme/css/site.css"), []byte("body { color: blue }\n"), 0o644))
	must("a style edited in the new theme", os.WriteFile(at("theme/css/site.css"), []byte("body { color: green }\n"), 0o644))
}

// A checkout of two thousand files is taken together, and what is served follows it.
func TestCheckoutIsOneBuild(t *testing.T) {
	atLength(t)
	folder, adjust := newProject(t)
	for i := range 2000 {
		put(t, folder, fmt.Sprintf("content/many-%d/page-%d.md", i%20, i), "# Page "+strconv.Itoa(i)+"\n")
	}
	s := startServing(t, filepath.Join(folder, "content"), adjust)
	before := s.builds.Load()
	for i := range 2000 {
		put(t, folder, fmt.Sprintf("content/many-%d/page-%d.md", i%20, i), "# Page "+strconv.Itoa(i)+", checked out\n")
	}
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		f, _ := s.current().Find("many-19/page-1999.md")
		if data, err := f.Bytes(); err == nil && bytes.Contains(data, []byte("checked out")) {
			break
		}
	}
	follows(t, s, "a checkout")
	if n := s.builds.Load() - before; n > 20 { // one, where nothing else holds up who writes the files
		t.Errorf("%d builds for one checkout", n)
	}
}

// After any sequence of saves, renames and removals the site that is served equals a fresh build.
func TestRandomEditsAreFollowed(t *testing.T) {
	atLength(t)
	runs := 3
	if soak, err := strconv.Atoi(os.Getenv("GUIDE_SOAK")); err == nil {
		runs *= soak * 4
	}
	names := []string{"index.md", "part/index.md", "part/a.md", "part/b.md", "part/deep/c.md", "rows.csv", "shared.md", "site.yaml", "glossary.md"}
	lines := []string{"# A title\n", "Text about adapters.\n", "[a](/part/a.md)\n", "[more](/part/b.md#more)\n", "## More\n", "[shared](/shared.md \"include\")\n", "[rows](/rows.csv \"table\")\n",
		"[rows](/rows.csv \"chart bar\")\n", "Term\n: What it is.\n", "[term](/glossary.md#term)\n", "```go\nfunc main() {}\n```\n", "![picture](/rows.csv)\n"}
	fronts := []string{"", "---\ntitle: Given\n---\n", "---\norder: 3\n---\n", "---\ndraft: true\n---\n", "---\naliases: [old]\n---\n", "---\nlayout: plain\n---\n"}
	sites := []string{"title: One\n", "title: Two\nglossary: glossary.md\n", "language: de\n", "base: https://example.org/\n", "menu:\n  First: part/a.md\n"}
	for seed := range runs {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(uint64(seed), 11))
			pick := func(from []string) string { return from[random.IntN(len(from))] }
			folder, adjust := newProject(t)
			content := filepath.Join(folder, "content")
			s := startServing(t, content, adjust)
			for step := range 15 {
				name := pick(names)
				file := filepath.Join(content, filepath.FromSlash(name))
				what := ""
				switch random.IntN(9) {
				case 0:
					what = "remove " + name
					os.Remove(file)
				case 1:
					what = "rename " + name
					os.Rename(file, strings.TrimSuffix(file, filepath.Ext(file))+"-moved"+filepath.Ext(file))
				case 2:
					what = "rename the folder"
					os.Rename(filepath.Join(content, "part"), filepath.Join(content, pick([]string{"other", "third"})))
				case 3:
					what = "touch " + name
					os.Chtimes(file, time.Now(), time.Now())
				case 4:
					what = "the theme"
					put(t, folder, "theme/css/site.css", "body { order: "+strconv.Itoa(random.IntN(5))+" }\n")
					put(t, folder, "theme/layouts/plain.html", "<p>"+strconv.Itoa(random.IntN(5))+"</p>{{.Body}}")
				default:
					text := pick(fronts)
					for range random.IntN(5) {
						text += pick(lines) + "\n"
					}
					switch name {
					case "site.yaml":
						text = pick(sites)
					case "rows.csv":
						text = "name,value\nrow," + strconv.Itoa(random.IntN(9)) + "\n"
					}
					how := pick(saveNames())
					what = name + ", " + how
					if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
						t.Fatal(err)
					}
					if err := saves[how](file, text); err != nil {
						t.Fatal(err)
					}
				}
				follows(t, s, fmt.Sprintf("step %d, %s", step, what))
			}
		})
	}
}

// What a browser gets of a page is what a build writes, but for one script element.
func TestServedPageIsTheBuiltOne(t *testing.T) {
	folder, adjust := newProject(t)
	s := startServing(t, filepath.Join(folder, "content"), adjust)
	f, _ := s.current().Find("part/b.html")
	built, err := f.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	served, err := s.file("part/b.html")
	if err != nil || !bytes.Equal(bytes.Replace(served, []byte(reloadElement(s.builds.Load())), nil, 1), built) {
		t.Errorf("served:\n%s\nbuilt:\n%s\n%v", served, built, err)
	}
}

// withCalculator adds a calculator whose answers hang on its facts: those that begin with wrong are none.
func withCalculator(t *testing.T, folder string) {
	t.Helper()
	for name, text := range tinyCalculator {
		if name == "cmd/module/main.go" {
			text = strings.Replace(text, "\treturn 0\n", "\tif strings.HasPrefix(greeting, \"wrong\") {\n\t\treturn 1\n\t}\n\treturn 0\n", 1)
			text = strings.Replace(text, "\tif view ==", "\tif view == \"problems\" {\n\t\treply = \"bad\\ngreetings.txt:1:1\\tis wrong\\tgreet\\n\"\n\t}\n\tif view ==", 1)
		}
		put(t, folder, name, text)
	}
	for _, name := range []string{"index", "part/a", "part/b"} {
		put(t, folder, "content/"+name+".md", "# "+name+"\n\n```calculator table greeting\nname = "+name+"\n```\n")
	}
}

// After any sequence of edits to facts, right and wrong, and to the pages that ask, the site that is served equals a fresh build. At
// length the calculator's Go code is edited too, and broken.
func TestRandomFactsAreFollowed(t *testing.T) {
	if testing.Short() { // it compiles a calculator; a script edits one fact
		return
	}
	folder, adjust := newProject(t)
	withCalculator(t, folder)
	s := startServing(t, filepath.Join(folder, "content"), adjust)
	steps, length := 20, 0
	if n, err := strconv.Atoi(os.Getenv("GUIDE_SOAK")); err == nil {
		steps, length = steps*2*n, 4*n
	}
	random := rand.New(rand.NewPCG(5, 2026))
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	code := read(filepath.Join(folder, "cmd/module/main.go"))
	for step := range steps + length {
		name, text := "calculator/facts/greetings.txt", pick("hello", "good day", "<b>hi</b>", "wrong", "wrong again", "")+"\n"
		switch kind := random.IntN(6); {
		case step >= steps:
			name, text = "cmd/module/main.go", strings.Replace(code, `greeting+", "`, pick(`greeting+", "`, `greeting+"; "`, `greeting+", dear "`, `greeting+`), 1)
		case kind == 0:
			name, text = "content/part/"+pick("a", "b")+".md", "# Page\n\n```calculator table greeting\nname = "+pick("one", "two")+"\n```\n"
		case kind == 1:
			name, text = "calculator/facts/"+pick("more", "other")+".txt", pick("x", "y")+"\n"
		case kind == 2:
			name, text = "content/index.md", "# Home\n\n[a](part/a.md) [b](part/b.md)\n"
		}
		how := pick(saveNames()...)
		if err := saves[how](filepath.Join(folder, filepath.FromSlash(name)), text); err != nil {
			t.Fatal(err)
		}
		follows(t, s, fmt.Sprintf("step %d, %s of %q, %s", step, name, text[:min(len(text), 20)], how))
	}
	put(t, folder, "cmd/module/main.go", code)
	put(t, folder, "calculator/facts/greetings.txt", "welcome back\n")
	follows(t, s, "the end")
	f, _ := s.current().Find("part/b.html")
	if data, err := f.Bytes(); err != nil || !bytes.Contains(data, []byte("welcome back")) {
		t.Errorf("in the end: %s %v", data, err)
	}
}
