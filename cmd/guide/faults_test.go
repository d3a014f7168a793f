package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestT29OutputFolder(t *testing.T) {
	files := tree{"content/index.md": home, "theme2/x": "x", "file": "x"}
	inProject(t, files)
	link(t, "elsewhere", "link")
	link(t, "content", "alias")
	for out, say := range map[string]string{"content": "lie in each other", ".": "lie in each other", "..": "lie in each other", "content/sub": "lie in each other", "content/../content": "lie in each other", "alias/public": "lie in each other",
		"/": "is the root of the disk", os.Getenv("HOME"): "is your home", "file": "is a file", "link": "is a symbolic link"} {
		before := listing(t, ".")
		guide("build", "--out", out).want(t, exitUse, say)
		if now := listing(t, "."); now != before {
			t.Errorf("--out %s wrote something:\n%s", out, now)
		}
	}
	guide("build", "--content", "alias", "--out", "content/public").want(t, exitUse, "lie in each other")
	t.Chdir("content") // what writes nothing asks for no folder to write to
	guide("build", "--content", ".").want(t, exitUse, "lie in each other")
	guide("check", "--content", ".").want(t, exitGood)
	if got := listing(t, "."); got != fmt.Sprintf("index.md %d -rw-r--r--\n", len(home)) {
		t.Errorf("check wrote something:\n%s", got)
	}
}

// listing is every file below a folder with its size.
func listing(t *testing.T, folder string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(folder, func(name string, d os.DirEntry, err error) error {
		if err == nil {
			info, infoErr := d.Info()
			if err = infoErr; err == nil && !d.IsDir() {
				fmt.Fprintf(&b, "%s %d %s\n", name, info.Size(), info.Mode())
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Whatever names a file by a symbolic link gets nothing of what the link leads to.
func TestT30LinkedFiles(t *testing.T) {
	inProject(t, tree{"secret.txt": "title: secret-words\n", "content/index.md": home + "[x](s.md \"include\")\n\n[x](s.txt \"code\")\n\n![x](s.png)\n\n[x](s.txt)\n"})
	for _, name := range []string{"site.yaml", "s.md", "s.txt", "s.png"} {
		link(t, "../secret.txt", "content/"+name)
	}
	guide("build").want(t, exitContent, "content/site.yaml: cannot be read: site.yaml is a symbolic link; ", "content/index.md:3:1: cannot read s.md: s.md is a symbolic link; ", "content/index.md:5:1: cannot read s.txt: ",
		"content/index.md:7:1: there is no picture s.png; ", "content/index.md:9:1: link leads nowhere: s.txt; ")
	if err := os.Remove("content/site.yaml"); err != nil {
		t.Fatal(err)
	}
	tree{"content/index.md": home}.write(t)
	guide("build").want(t, exitGood, "content/s.md: warning: is a symbolic link and passed over; ", "content/s.txt: warning: ", "content/s.png: warning: ")
	if strings.Contains(everything(t, "public"), "secret-words") {
		t.Error("what a link leads to stands in the site")
	}
}

// everything is the text of all files below a folder.
func everything(t *testing.T, folder string) string {
	t.Helper()
	var b strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(listing(t, folder)), "\n") {
		name, _, _ := strings.Cut(line, " ")
		b.WriteString(read(name))
	}
	return b.String()
}

func TestT31SymbolicLinks(t *testing.T) {
	inProject(t, tree{"content/index.md": home, "content/sub/a.md": "# A\n"})
	for name, to := range map[string]string{"passwd.txt": "/etc/passwd", "loop": "..", "self": "self", "dangling.md": "nowhere.md", "etc": "/etc", "sub/up": "../..", "inner.md": "index.md"} {
		link(t, to, "content/"+name)
	}
	s := guide("build")
	for _, name := range []string{"passwd.txt", "loop", "self", "dangling.md", "etc", "sub/up", "inner.md"} {
		s.want(t, exitGood, "content/"+name+": warning: is a symbolic link and passed over; put a file there\n")
	}
	if strings.Contains(everything(t, "public"), "root:x:") || read("public/inner.html") != "" {
		t.Error("a link was followed")
	}
}

func TestT32LinksInOutput(t *testing.T) {
	inProject(t, tree{"content/index.md": home, "content/img/a.txt": "ours", "content/sub/p.md": "# P\n", "outside/keep": "theirs", "victim": "theirs"})
	guide("build").want(t, exitGood)
	for _, dir := range []string{"img", "sub"} {
		if err := os.RemoveAll("public/" + dir); err != nil {
			t.Fatal(err)
		}
		link(t, "../outside", "public/"+dir)
	}
	guide("build").want(t, exitMachine, "img is a symbolic link; take it away, and build again")
	tree{"outside/a.txt": "theirs", "outside/p.html": "theirs"}.write(t)
	for _, name := range []string{"content/img", "content/sub"} { // what is no longer made is removed, but not through a link
		if err := os.RemoveAll(name); err != nil {
			t.Fatal(err)
		}
	}
	guide("build").want(t, exitGood)
	if err := os.Remove("public/index.html"); err != nil {
		t.Fatal(err)
	}
	link(t, "../victim", "public/index.html") // a link in a file's place is replaced, not followed
	tree{"content/index.md": home + "New.\n"}.write(t)
	guide("build").want(t, exitGood)
	if got := everything(t, "outside") + read("victim"); strings.Trim(strings.ReplaceAll(got, "theirs", ""), "\n") != "" || len(got) != 4*len("theirs") {
		t.Errorf("what lies outside is now %q", got)
	}
	if info, err := os.Lstat("public/index.html"); err != nil || !info.Mode().IsRegular() {
		t.Errorf("%v %v", info, err)
	}
}

// CVE-2026-39822: with a slash at its end a link was followed out of the root by Go before 1.26.5.
func TestT33TrailingSlash(t *testing.T) {
	inProject(t, tree{"content/index.md": home, "outside/secret.md": "secret"})
	link(t, "../outside", "content/out")
	root, err := os.OpenRoot("content")
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, name := range []string{"out", "out/", "out/.", "out/secret.md"} {
		if f, err := root.Open(name); err == nil {
			f.Close()
			t.Errorf("this Go opens %s out of its root: take a newer one", name)
		}
	}
	tree{"content/index.md": home + "[x](out/ \"include\")\n\n[x](out/secret.md/ \"code\")\n"}.write(t)
	guide("check").want(t, exitContent, "content/index.md:3:1: cannot read out: out is a symbolic link; ", "content/index.md:5:1: cannot read out/secret.md")
}

func TestT34LookupThroughLinkedFolder(t *testing.T) {
	inProject(t, tree{"content/real/inner.md": "inner words\n", "outside/secret.md": "secret words\n", "outside/p.png": "x",
		"content/index.md": home + "[x](out/secret.md \"include\")\n\n[x](out/secret.md \"code\")\n\n![x](out/p.png)\n\n[x](d/inner.md \"include\")\n"})
	link(t, "../outside", "content/out")
	link(t, "real", "content/d")
	guide("build").want(t, exitContent, "content/index.md:3:1: cannot read out/secret.md", "content/index.md:5:1: cannot read out/secret.md", "content/index.md:7:1: there is no picture out/p.png; ", "content/index.md:9:1: cannot read d/inner.md: d is a symbolic link; ")
}

// inSmallDisk runs a script where public is a disk of so many kilobytes. Only where a user may have a name space of his own.
func inSmallDisk(t *testing.T, kilobytes int, script string) string {
	t.Helper()
	if err := exec.Command("unshare", "-rm", "true").Run(); err != nil {
		lacks(t, "this machine gives no name spaces: %v", err)
	}
	c := exec.Command("unshare", "-rm", "sh", "-c", fmt.Sprintf("mount -t tmpfs -o size=%dk tmpfs public && %s", kilobytes, script))
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// A disk that is full leaves the last good site whole, and nothing else.
func TestT36DiskFull(t *testing.T) {
	inProject(t, tree{"content/index.md": home + "The first version.\n", "public/.keep": "", "save/.keep": ""})
	out := inSmallDisk(t, 400, `guide build --quiet && (cd public && find . -type f ! -name '.guide-*' | sort | xargs sha256sum) > before &&
		dd if=/dev/zero of=public/CNAME bs=1k count=1000 2>/dev/null; echo more >> content/index.md; guide build; echo code $?
		rm public/CNAME; (cd public && find . -type f ! -name '.guide-*' | sort | xargs sha256sum) > after; cmp before after && ls -A public | grep guide; guide build --quiet && grep -q more public/index.html && echo healed`)
	if !strings.Contains(out, "no space left on device") || !strings.Contains(out, "code 3") || strings.Contains(out, "\n"+stageName+"\n") || strings.Contains(out, "differ") || !strings.HasSuffix(out, "healed\n") {
		t.Errorf("%s", out)
	}
}

var loads = regexp.MustCompile(`(?:src|href)="([^"#?:]*assets/[^"#?]+)`)

// wholePages fails the test unless every page of a site ends, and finds what it loads.
func wholePages(t *testing.T, folder string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if strings.Contains(name, stageName) || filepath.Ext(name) != ".html" {
			return nil
		}
		text := read(name)
		if !strings.HasSuffix(strings.TrimSpace(text), "</html>") {
			t.Errorf("%s is not whole", name)
		}
		for _, m := range loads.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), filepath.FromSlash(m[1]))); err != nil && filepath.Base(name) != "404.html" {
				t.Errorf("%s loads %s, which is not there", name, m[1])
			}
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		t.Error(err)
	}
}

// variant is a site of some pages whose words and style hang on n, so that each version has files of its own.
func variant(n int) tree {
	files := tree{"content/index.md": fmt.Sprintf("# Home\n\nVersion %d.\n", n), "theme/css/site.css": fmt.Sprintf("body { margin: %dpx }\n", n)}
	for i := range 20 {
		files[fmt.Sprintf("content/part%d/page%d.md", (i+n)%25/5, (i+n)%25)] = fmt.Sprintf("# Page %d\n\n%s\n", i, strings.Repeat(fmt.Sprintf("Words of version %d. ", n), 50))
	}
	for _, layout := range []string{"article", "calculator", "notfound", "plain", "print", "section", "start"} {
		files["theme/layouts/"+layout+".html"] = `<!doctype html><html><head>{{range .Styles}}<link rel="stylesheet" href="{{.}}">{{end}}</head><body>{{.Body}}</body></html>` + "\n"
	}
	return files
}

// A build that is stopped at any moment leaves pages that are whole and find what they load, and the next one finishes.
func TestT38KilledAtAnyMoment(t *testing.T) {
	runs := 12
	if soak() > 1 {
		runs = max(100, 40*soak())
	}
	if testing.Short() {
		runs = 3
	}
	inProject(t, variant(0))
	guide("build", "--quiet").want(t, exitGood)
	random := rand.New(rand.NewPCG(7, 38))
	start := time.Now()
	if out, err := exec.Command("guide", "build", "--quiet", "--out", "measured").CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	usual := time.Since(start)
	for n := 1; n <= runs && !t.Failed(); n++ {
		if err := os.RemoveAll("content"); err != nil {
			t.Fatal(err)
		}
		variant(n).write(t)
		c := exec.Command("guide", "build", "--quiet")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		signal := []os.Signal{syscall.SIGKILL, syscall.SIGTERM, syscall.SIGINT}[random.IntN(3)]
		if n%2 == 0 { // while it writes, when it does
			for range 2000 {
				if _, err := os.Stat(filepath.Join("public", stageName)); err == nil {
					break
				}
				time.Sleep(time.Millisecond)
			}
			time.Sleep(time.Duration(random.Int64N(int64(15 * time.Millisecond))))
		} else {
			time.Sleep(time.Duration(random.Int64N(int64(usual))))
		}
		c.Process.Signal(signal)
		c.Wait()
		wholePages(t, "public")
		if n%5 == 0 || n == runs {
			guide("build", "--quiet").want(t, exitGood)
			guide("build", "--quiet", "--out", "fresh").want(t, exitGood)
			if a, b := siteListing(t, "public"), siteListing(t, "fresh"); a != b {
				t.Errorf("after run %d the site is\n%s\nand a fresh one\n%s", n, a, b)
			}
		}
	}
}

// siteListing is the listing of a site without what publishing keeps beside it.
func siteListing(t *testing.T, folder string) string {
	t.Helper()
	var kept []string
	for line := range strings.Lines(listing(t, folder)) {
		if line = strings.TrimPrefix(line, folder+"/"); !strings.HasPrefix(line, ".guide-lock") && !strings.HasPrefix(line, ".guide-inputs") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// Builds at once, into one folder or several, wait for each other; what stands there in the end is one of them, whole.
func TestT39BuildsAtOnce(t *testing.T) {
	atLength(t)
	inProject(t, variant(0))
	var all sync.WaitGroup
	var mu sync.Mutex
	for i := range 4 {
		all.Go(func() {
			out, err := exec.Command("guide", "build", "--quiet", "--base-url", fmt.Sprintf("https://%d.example/", i)).CombinedOutput()
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Errorf("%v %s", err, out)
			}
		})
	}
	all.Wait()
	wholePages(t, "public")
	hosts := map[string]bool{}
	for _, m := range regexp.MustCompile(`https://(\d)\.example/`).FindAllStringSubmatch(everything(t, "public"), -1) {
		hosts[m[1]] = true
	}
	if len(hosts) != 1 {
		t.Errorf("the site is of %v", slices.Collect(maps.Keys(hosts)))
	}
	guide("build", "--quiet").want(t, exitGood)
	guide("build", "--quiet", "--out", "fresh").want(t, exitGood)
	if a, b := siteListing(t, "public"), siteListing(t, "fresh"); a != b {
		t.Errorf("%s\nand a fresh one\n%s", a, b)
	}
}

// What a person put into the site stays; what we wrote and no longer write goes.
func TestT40WhatIsTheirsStays(t *testing.T) {
	inProject(t, tree{"content/index.md": home, "content/part/old.md": "# Old\n", "content/gone/x.md": "# X\n"})
	guide("build", "--quiet").want(t, exitGood)
	mine := tree{"public/CNAME": "x", "public/.git/HEAD": "x", "public/img/p.png": "x", "public/part/mine.html": "x", "public/.well-known/security.txt": "x"}
	mine.write(t)
	for _, name := range []string{"content/part", "content/gone"} {
		if err := os.RemoveAll(name); err != nil {
			t.Fatal(err)
		}
	}
	guide("build").want(t, exitGood, " removed")
	for name, text := range mine {
		if read(name) != text {
			t.Errorf("%s is gone", name)
		}
	}
	for _, name := range []string{"public/part/old.html", "public/part/old.md", "public/part/index.html", "public/gone"} {
		if _, err := os.Lstat(name); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
}

func TestT41FolderOfOthers(t *testing.T) {
	inProject(t, tree{"content/index.md": home, "public/thesis.txt": "x", "dots/.keep": ""})
	before := listing(t, "public")
	guide("build").want(t, exitUse, "public holds thesis.txt, which no build has written, and nothing in it was touched; name an empty folder with --out")
	if listing(t, "public") != before {
		t.Error("something was written")
	}
	guide("build", "--quiet", "--out", "dots").want(t, exitGood)
	tree{"damaged/.guide-manifest": "nonsense\n", "damaged/thesis.txt": "x"}.write(t)
	guide("build", "--quiet", "--out", "damaged").want(t, exitGood)
	if read("damaged/thesis.txt") != "x" {
		t.Error("a damaged manifest made something ours")
	}
}
