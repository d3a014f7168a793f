package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// The rows of about/security on watching. What is served is asked for as a browser would.

// shows waits until an address is answered with a text.
func shows(t *testing.T, address, target, text string) {
	t.Helper()
	eventually(t, target+" with "+text, func() bool {
		_, rest := gets(t, address, target)
		return strings.Contains(rest, text)
	})
}

// reloading is the one thing in which a served page differs from a built one.
var reloading = regexp.MustCompile(`<script defer src="/\.guide/reload\.js"[^>]*></script>`)

// settles waits until all that is served equals a fresh build. Nobody edits meanwhile.
func settles(t *testing.T, address string) {
	t.Helper()
	guide("build", "--quiet", "--out", "../fresh")
	differs := ""
	same := func() bool {
		differs = ""
		for line := range strings.Lines(siteListing(t, "../fresh")) {
			name, _, _ := strings.Cut(line, " ")
			if strings.HasPrefix(name, ".") || name == "sw.js" || name == "_headers" || name == "404.html" {
				continue
			}
			_, rest := gets(t, address, "/"+name)
			_, body, _ := strings.Cut(rest, "\r\n\r\n")
			if reloading.ReplaceAllString(body, "") != read("../fresh/"+name) {
				differs = name
				return false
			}
		}
		return true
	}
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if same() {
			return
		}
	}
	t.Fatalf("%s is not served as a fresh build has it", differs)
}

// inServed is inProject in a folder of its own, so that a fresh build can be made beside it.
func inServed(t *testing.T, files tree) {
	inProject(t, tree{"project/.keep": ""})
	t.Chdir("project")
	files.write(t)
}

// A file that is emptied and filled a little later never shows empty, and shows whole in the end.
func TestT49HalfASave(t *testing.T) {
	inServed(t, tree{"content/index.md": home + "Before.\n"})
	address, _ := served(t)
	for n := range 3 {
		f, err := os.Create("content/index.md")
		if err != nil {
			t.Fatal(err)
		}
		for end := time.Now().Add(150 * time.Millisecond); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
			if _, rest := gets(t, address, "/"); !strings.Contains(rest, "<h1>Home</h1>") {
				t.Fatalf("an empty page is shown: %s", rest)
			}
		}
		fmt.Fprintf(f, "%sVersion %d.\n", home, n)
		f.Close()
		shows(t, address, "/", fmt.Sprintf("Version %d.", n))
	}
}

// Files and folders that go, move, change their names or come again while the site is built end as a fresh build.
func TestT50RemovedAndRenamed(t *testing.T) {
	inServed(t, tree{"content/index.md": home + "[a](one/a.md)\n", "content/one/a.md": "# A\n", "content/two/b.md": "# B\n"})
	address, told := served(t)
	steps := []func() error{
		func() error { return os.Rename("content/one/a.md", "content/two/a.md") },
		func() error {
			return os.WriteFile("content/index.md", []byte(home+"[a](two/a.md)\n"), 0o644)
		},
		func() error { return os.Rename("content/two", "content/three") },
		func() error { return os.RemoveAll("content/three") },
		func() error {
			tree{"content/index.md": home, "content/three/c.md": "# C\n"}.write(t)
			return nil
		},
		func() error { return os.RemoveAll("content/one") },
	}
	for i, step := range steps {
		if err := step(); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			eventually(t, "a word on the broken link", func() bool {
				return strings.Contains(told(), "content/index.md:3:1: link leads nowhere: one/a.md; did you mean two/a.md?")
			})
		}
		time.Sleep(time.Duration(i) * 7 * time.Millisecond)
	}
	settles(t, address)
	shows(t, address, "/three/c.html", "<title>C")
}

// Every way in which an editor saves a file shows.
func TestT51WaysOfSaving(t *testing.T) {
	inServed(t, tree{"content/index.md": home})
	address, _ := served(t)
	for i, name := range saveNames() {
		text := fmt.Sprintf("Saved %d times.", i+1)
		if err := saves[name](filepath.Join("content", "index.md"), home+text+"\n"); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		shows(t, address, "/", text)
	}
	settles(t, address)
}

// Where the system gives no more watches, or no watcher at all, files are compared, and the limit to raise is named.
func TestT52NoWatchesLeft(t *testing.T) {
	for limit, says := range map[string]string{"max_inotify_watches": "sysctl fs.inotify.max_user_watches", "max_inotify_instances": "sysctl fs.inotify.max_user_instances"} {
		if err := exec.Command("unshare", "-r", "sh", "-c", "echo 1 > /proc/sys/user/"+limit).Run(); err != nil {
			lacks(t, "this machine gives no limits of one's own: %v", err)
		}
		inServed(t, tree{"content/index.md": home, "content/a/a.md": "# A\n", "content/b/b.md": "# B\n"})
		most := "1"
		if limit == "max_inotify_instances" {
			most = "0"
		}
		c := exec.Command("unshare", "-r", "sh", "-c", "echo "+most+" > /proc/sys/user/"+limit+"; exec guide serve --addr 127.0.0.1:0")
		var log lines
		c.Stdout, c.Stderr = &log, &log
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		defer func() { c.Process.Signal(os.Interrupt); c.Wait() }()
		eventually(t, "an address", func() bool { return addressSaid.MatchString(log.String()) })
		if !strings.Contains(log.String(), says) || !strings.Contains(log.String(), "comparing files every") {
			t.Errorf("%s: %s", limit, log.String())
		}
		address := addressSaid.FindStringSubmatch(log.String())[1]
		tree{"content/b/b.md": "# B\n\nChanged.\n"}.write(t)
		shows(t, address, "/b/b.html", "Changed.")
	}
}

// Twenty thousand writes are more than the system's queue of events holds; what is served in the end is what a fresh build has.
func TestT53EventsLost(t *testing.T) {
	files := tree{"content/index.md": home}
	for i := range 100 {
		files[fmt.Sprintf("content/part%d/p%d.md", i%10, i)] = fmt.Sprintf("# Page %d\n", i)
	}
	inServed(t, files)
	address, _ := served(t)
	writes := 20_000
	if testing.Short() {
		writes = 2_000
	}
	for n := range writes {
		i := n % 100
		if err := os.WriteFile(fmt.Sprintf("content/part%d/p%d.md", i%10, i), fmt.Appendf(nil, "# Page %d\n\nWrite %d.\n", i, n), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("content/late", 0o755); err != nil {
		t.Fatal(err)
	}
	tree{"content/late/l.md": "# Late\n"}.write(t)
	settles(t, address)
	// And an overflow as the library tells it: everything is looked at again.
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		t.Fatal(err)
	}
	w := &watcher{notify: notify, out: make(chan change), say: t.Logf}
	go func() { notify.Errors <- fsnotify.ErrEventOverflow }()
	if c, ok := w.fromEvents(t.Context().Done()); !ok || !c.all {
		t.Errorf("after an overflow: %v", c)
	}
}

// A folder that tells nothing of changes, as some mounted ones, is compared from then on, and that is said.
func TestT54SilentFolder(t *testing.T) {
	t.Parallel() // it waits for most of its time
	folder := t.TempDir()
	put(t, folder, "page.md", "# Before\n")
	w, said := watching(t, folder, func(w *watcher) {
		for _, name := range w.notify.WatchList() {
			if err := w.notify.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
	})
	put(t, folder, "page.md", "# Changed in silence\n")
	if c := <-w.out; !c.all {
		t.Errorf("%v", c)
	}
	if s := said(); !strings.Contains(s, "this folder tells nothing of changes; comparing files every") {
		t.Errorf("said %q", s)
	}
	edits := []func() error{
		func() error { return os.WriteFile(filepath.Join(folder, "page.md"), []byte("# And again\n"), 0o644) },
		func() error { return os.Remove(filepath.Join(folder, "page.md")) },
		func() error { return os.WriteFile(filepath.Join(folder, "new.md"), []byte("# New\n"), 0o644) },
	}
	for i, edit := range edits {
		if err := edit(); err != nil {
			t.Fatal(err)
		}
		if c := <-w.out; len(c.files[contentArea]) != 1 || c.all {
			t.Errorf("edit %d: %v", i, c)
		}
	}
}

// A layout that asks for what no page has is told on the terminal, and the last good layout goes on printing pages.
func TestLayoutEdited(t *testing.T) {
	files := variant(0)
	inServed(t, files)
	address, told := served(t)
	shows(t, address, "/", "Version 0.")
	const name = "theme/layouts/article.html"
	tree{name: files[name] + "{{.Nope}}\n"}.write(t)
	eventually(t, "the problem", func() bool { return strings.Contains(told(), "theme/layouts/article.html:2:") })
	tree{"content/part0/page0.md": "# Page 0\n\nOpening.\n\nNew words.\n"}.write(t)
	shows(t, address, "/part0/page0.html", "New words.")
	tree{name: files[name] + "<!-- mended -->\n<p>{{.Title}}</p>\n"}.write(t)
	shows(t, address, "/part0/page0.html", "<p>Page 0</p>")
}

// A content folder that goes is told on the terminal, its site stays, and it is followed again when it is back.
func TestContentGone(t *testing.T) {
	inServed(t, tree{"content/index.md": home + "Before.\n"})
	address, told := served(t)
	shows(t, address, "/", "Before.")
	if err := os.Rename("content", "elsewhere"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the problem", func() bool { return strings.Contains(told(), "content: the folder cannot be opened; put it back") })
	shows(t, address, "/", "Before.")
	if err := os.Rename("elsewhere", "content"); err != nil {
		t.Fatal(err)
	}
	tree{"content/index.md": home + "After.\n"}.write(t)
	shows(t, address, "/", "After.")
}

// Whatever comes to stand under the name of the content folder is served and followed: where a link leads now, a folder in its
// place, another folder in the place of that, one behind a link further up.
func TestContentReplaced(t *testing.T) {
	for _, args := range [][]string{{"--content", "here/content"}, {"--content", "here/content", "--poll"}} {
		inServed(t, tree{"up/v1/index.md": home + "The first.\n", "up/v2/index.md": home + "The second.\n", "up/v3/index.md": home + "The third.\n", "up/v4/index.md": home + "The fourth.\n",
			"other/content/index.md": home + "The fifth.\n"})
		link(t, "up", "here")
		link(t, "v1", "up/content")
		address, _ := served(t, args...)
		shows(t, address, "/", "The first.")
		instead := func(from, name string) error {
			return errors.Join(os.Symlink(from, name+".new"), os.Rename(name+".new", name))
		}
		for _, step := range []struct {
			do          func() error
			says, edits string
		}{
			{func() error { return instead("v2", "up/content") }, "The second.", "up/v2"},
			{func() error { return errors.Join(os.Remove("up/content"), os.Rename("up/v3", "up/content")) }, "The third.", "up/content"},
			{func() error { return errors.Join(os.Rename("up/content", "up/v3"), os.Rename("up/v4", "up/content")) }, "The fourth.", "up/content"},
			{func() error { return instead("other", "here") }, "The fifth.", "other/content"},
		} {
			if err := step.do(); err != nil {
				t.Fatal(err)
			}
			shows(t, address, "/", step.says)
			tree{step.edits + "/index.md": home + step.says + " Edited.\n"}.write(t)
			shows(t, address, "/", step.says+" Edited.")
		}
	}
}

// A wrong site.yaml is named, the last good one stays in use, and pages go on being edited; the mended one shows everywhere.
func TestT55ConfigEdited(t *testing.T) {
	inServed(t, tree{"content/index.md": home, "content/a.md": "# A\n", "content/site.yaml": "title: First\nmenu:\n  To A: a.md\n"})
	address, told := served(t)
	shows(t, address, "/", "First")
	wrong := []struct {
		what string
		do   func() error
	}{
		{"content/site.yaml:1:1: ", func() error { return os.WriteFile("content/site.yaml", []byte("title: [\n"), 0o644) }},
		{"content/site.yaml:3:9: menu leads nowhere: gone.md", func() error {
			return os.WriteFile("content/site.yaml", []byte("title: First\nmenu:\n  To A: gone.md\n"), 0o644)
		}},
		{"content/site.yaml: cannot be read: site.yaml is a folder", func() error {
			return errors.Join(os.Remove("content/site.yaml"), os.Mkdir("content/site.yaml", 0o755))
		}},
	}
	for i, w := range wrong {
		if err := w.do(); err != nil {
			t.Fatal(err)
		}
		eventually(t, w.what, func() bool { return strings.Contains(told(), w.what) })
		text := fmt.Sprintf("Edited %d times.", i+1)
		tree{"content/index.md": home + text + "\n"}.write(t)
		shows(t, address, "/", text)
		if _, rest := gets(t, address, "/"); !strings.Contains(rest, "First") {
			t.Errorf("%s: the page has lost its title: %.400s", w.what, rest)
		}
		guide("check").want(t, exitContent, w.what)
	}
	if err := os.Remove("content/site.yaml"); err != nil {
		t.Fatal(err)
	}
	tree{"content/site.yaml": "title: Second\n"}.write(t)
	shows(t, address, "/", "Second")
	settles(t, address)
}

// A folder that comes with all its files at once is seen whole, however deep.
func TestT56NewFolders(t *testing.T) {
	inServed(t, tree{"content/index.md": home})
	address, _ := served(t)
	for n := range 5 {
		tree{fmt.Sprintf("content/new%d/deep/er/a.md", n): "# New\n", fmt.Sprintf("content/new%d/b.md", n): "# B\n"}.write(t)
	}
	if err := os.CopyFS("content/copied", os.DirFS("content/new0")); err != nil {
		t.Fatal(err)
	}
	shows(t, address, "/new4/deep/er/a.html", "<title>New")
	shows(t, address, "/copied/deep/er/a.html", "<title>New")
	settles(t, address)
}

// Another branch with hundreds of other files takes the place of the first, there and back.
func TestT57Checkout(t *testing.T) {
	inServed(t, tree{"content/index.md": home})
	branch := func(n int) tree {
		files := tree{"content/index.md": fmt.Sprintf("%sBranch %d.\n", home, n)}
		for i := range 200 {
			files[fmt.Sprintf("content/part%d/p%d.md", i%7+n, i)] = fmt.Sprintf("# Page %d\n\nOf branch %d.\n", i, n)
		}
		return files
	}
	address, _ := served(t)
	for n := range 3 {
		entries, err := os.ReadDir("content")
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if err := os.RemoveAll(filepath.Join("content", e.Name())); err != nil {
				t.Fatal(err)
			}
		}
		branch(n % 2).write(t)
	}
	settles(t, address)
	if response, err := http.Get("http://" + address + "/part1/p1.html"); err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("%v %v", response, err)
	}
}
