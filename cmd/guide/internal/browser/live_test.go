package browser

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

var servedAt = regexp.MustCompile(`serving (http://\S+)`)

// serve starts guide serve over a folder of content and returns its address.
func serve(t *testing.T, content string) string {
	t.Helper()
	return serveProject(t, "--content", content)
}

// serveProject starts guide serve with the given flags.
func serveProject(t *testing.T, flags ...string) string {
	t.Helper()
	address, _ := startServe(t, flags...)
	return address
}

// startServe starts guide serve with the given flags; stop ends it, as the end of the test does.
func startServe(t *testing.T, flags ...string) (address string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, guide, append([]string{"serve", "--addr", "127.0.0.1:0"}, flags...)...)
	c.Dir = root
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	c.WaitDelay = 5 * time.Second
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	stop = sync.OnceFunc(func() { cancel(); c.Wait() })
	t.Cleanup(stop)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := servedAt.FindStringSubmatch(lines.Text()); m != nil {
			go func() {
				for lines.Scan() { // so that serve is never held up by a full pipe
				}
			}()
			return m[1], stop
		}
	}
	t.Fatal("guide serve ended before it served")
	return "", nil
}

func write(t *testing.T, folder, name, text string) {
	t.Helper()
	file := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A saved page is patched in place, problems show over the last good page and go when they are mended.
func TestLiveReload(t *testing.T) {
	content := t.TempDir()
	write(t, content, "index.md", "# Start\n\nBefore.\n")
	address := serve(t, content)
	tab := newTab(t)
	visit(t, tab, address)
	until(t, tab, "the page", `document.body.innerText.includes("Before.")`)
	eval[bool](t, tab, `window.same = true`)
	write(t, content, "index.md", "# Start\n\nAfter.\n")
	until(t, tab, "the edit", `document.body.innerText.includes("After.")`)
	if !eval[bool](t, tab, `window.same === true`) {
		t.Error("the page was loaded anew for an edit of its text")
	}
	write(t, content, "index.md", "# Start\n\n[gone](gone.md)\n")
	until(t, tab, "the problem", `document.body.innerText.includes("link leads nowhere")`)
	if !eval[bool](t, tab, `document.body.innerText.includes("After.")`) {
		t.Error("the last good page is gone")
	}
	write(t, content, "index.md", "# Start\n\nMended.\n")
	until(t, tab, "the mended page", `document.body.innerText.includes("Mended.") && !document.body.innerText.includes("link leads nowhere")`)
}

// tiny is a second calculator: it answers with its facts.
const tiny = `package main

import (
	"strings"
	"unsafe"
)

var in, out, facts []byte

func main() {}

//go:wasmexport buffer
func buffer(size uint32) uint32 {
	in = make([]byte, size+1)
	return uint32(uintptr(unsafe.Pointer(&in[0])))
}

//go:wasmexport load
func load(size uint32) uint32 {
	facts = append([]byte{}, in[:size]...)
	return 0
}

//go:wasmexport ask
func ask(size uint32) uint64 {
	_, fact, _ := strings.Cut(string(facts), "\n")
	out = []byte("ok\n<p class=\"told\">code one, fact " + strings.TrimSpace(fact) + "</p>")
	return uint64(uintptr(unsafe.Pointer(&out[0])))<<32 | uint64(len(out))
}
`

// A layout, a style, a fact and the calculator's Go code show without a restart when they are saved.
func TestEverythingIsLive(t *testing.T) {
	project := t.TempDir()
	if err := os.CopyFS(filepath.Join(project, "theme"), os.DirFS(filepath.Join(root, "theme"))); err != nil {
		t.Fatal(err)
	}
	write(t, project, "go.mod", "module tiny\n\ngo 1.26\n")
	write(t, project, "calculator/doc.go", "package calculator\n")
	write(t, project, "calculator/facts/one.txt", "first\n")
	write(t, project, "cmd/module/main.go", tiny)
	write(t, project, "content/index.md", "# Start\n\n```calculator table told\n```\n")
	address := serveProject(t, "--content", filepath.Join(project, "content"), "--theme", filepath.Join(project, "theme"))
	tab := newTab(t)
	visit(t, tab, address)
	until(t, tab, "the calculator's answer", `document.body.innerText.includes("code one, fact first")`)

	write(t, project, "calculator/facts/one.txt", "second\n")
	until(t, tab, "the new fact", `document.body.innerText.includes("code one, fact second")`)
	write(t, project, "cmd/module/main.go", strings.ReplaceAll(tiny, "code one", "code two"))
	until(t, tab, "the new code", `document.body.innerText.includes("code two, fact second")`)
	write(t, project, "cmd/module/main.go", strings.ReplaceAll(tiny, "func main() {}", "func main() { x := 1 }"))
	until(t, tab, "the compiler's complaint", `document.body.innerText.includes("cmd/module/main.go") && document.body.innerText.includes("declared and not used")`)
	if !eval[bool](t, tab, `document.body.innerText.includes("code two, fact second")`) {
		t.Error("the last good page is gone")
	}
	write(t, project, "cmd/module/main.go", tiny)
	until(t, tab, "the mended code", `document.body.innerText.includes("code one, fact second") && !document.body.innerText.includes("declared and not used")`)

	eval[bool](t, tab, `window.same = true`)
	css := filepath.Join("theme", "css", "site.css")
	style, err := os.ReadFile(filepath.Join(project, css))
	if err != nil {
		t.Fatal(err)
	}
	write(t, project, css, string(style)+"\n.told { outline: 3px solid rgb(1, 2, 3) }\n")
	until(t, tab, "the new style", `getComputedStyle(document.querySelector(".told")).outlineColor === "rgb(1, 2, 3)"`)
	if !eval[bool](t, tab, `window.same === true`) {
		t.Error("the page was loaded anew for an edit of a style")
	}
	layout := filepath.Join("theme", "layouts", "start.html")
	text, err := os.ReadFile(filepath.Join(project, layout))
	if err != nil {
		t.Fatal(err)
	}
	write(t, project, layout, strings.Replace(string(text), "{{.Body}}", "<p>from the layout</p>{{.Body}}", 1))
	until(t, tab, "the new layout", `document.body.innerText.includes("from the layout")`)
}

// long is a page that is longer than the window, with what a reader may have opened, filled in and chosen.
func long(text string) string {
	var b strings.Builder
	b.WriteString("# Start\n\n" + text + "\n\n> [!DETAILS] More\n> Inside.\n\n> [!TABS]\n> ### One\n> First.\n> ### Two\n> Second.\n\n")
	for i := range 60 {
		b.WriteString("Paragraph " + strconv.Itoa(i) + " of a page that is longer than the window.\n\n")
	}
	return b.String()
}

// What a reader has scrolled to, opened, chosen and focused stays when the text changes, and so does another page's.
func TestLiveReloadIsGentle(t *testing.T) {
	content := t.TempDir()
	write(t, content, "index.md", long("Before."))
	write(t, content, "other.md", "# Other\n\nText.\n")
	write(t, content, "part.txt", "One.\n")
	address := serve(t, content)
	tab := newTab(t)
	visit(t, tab, address)
	until(t, tab, "the page", `document.body.innerText.includes("Before.")`)
	eval[bool](t, tab, `(() => {
		window.same = true;
		document.querySelector("main details").open = true;
		document.querySelectorAll(".tabs input")[1].click();
		scrollTo(0, 700);
		const link = document.querySelector("main a, .masthead a");
		link.focus({ preventScroll: true });
		window.focused = document.activeElement;
		return true;
	})()`)
	at := eval[float64](t, tab, `scrollY`)
	write(t, content, "index.md", long("After."))
	until(t, tab, "the edit", `document.querySelector("main").textContent.includes("After.")`)
	if now := eval[float64](t, tab, `scrollY`); now != at || at == 0 {
		t.Errorf("scrolled to %v, and was at %v", now, at)
	}
	for what, holds := range map[string]string{
		"the page":     `window.same`,
		"open details": `document.querySelector("main details").open`,
		"the tab":      `document.querySelectorAll(".tabs input")[1].checked`,
		"the focus":    `document.activeElement === window.focused`,
	} {
		if !eval[bool](t, tab, holds) {
			t.Errorf("%s did not stay", what)
		}
	}
	write(t, content, "other.md", "# Other\n\nNew text.\n")
	until(t, tab, "a link to the page that changed", `document.querySelector(".elsewhere a[href='/other.html']")?.textContent === "Other"`)
	if !eval[bool](t, tab, `window.same === true && scrollY === `+strconv.FormatFloat(at, 'f', -1, 64)) {
		t.Error("the edit of another page moved this one")
	}
	os.Chtimes(filepath.Join(content, "index.md"), time.Now(), time.Now())
	write(t, content, "index.md", long("At last."))
	until(t, tab, "the last edit", `document.querySelector("main").textContent.includes("At last.") && !document.querySelector(".elsewhere")`)
	if !eval[bool](t, tab, `window.same`) {
		t.Error("the page was loaded anew")
	}
}

// What was answered stays in the form when the text around it is edited, and so does the report that was made of it.
func TestAnswersOutliveAnEdit(t *testing.T) {
	content := t.TempDir()
	page := func(text string) string {
		return "# Start\n\n" + text + "\n\n```calculator payback\nmonthly_calls = 1M\nsaving_per_call = 0.001\n```\n"
	}
	write(t, content, "index.md", page("Before."))
	address := serve(t, content)
	tab := newTab(t)
	visit(t, tab, address)
	const calls, report = `[name="monthly_calls"]`, `document.querySelector('[data-report="payback"]')`
	until(t, tab, "the block", `document.querySelector('`+calls+`')`)
	typeInto(t, tab, calls, "3M")
	until(t, tab, "a report", report+`.dataset.state === "live"`)
	was := eval[string](t, tab, report+`.innerText`)
	eval[bool](t, tab, `window.same = true`)
	write(t, content, "index.md", page("After."))
	until(t, tab, "the edit", `document.querySelector("main").textContent.includes("After.")`)
	if got := eval[string](t, tab, `document.querySelector('`+calls+`').value`); got != "3M" || !eval[bool](t, tab, `window.same === true`) {
		t.Errorf("the answer became %q", got)
	}
	if got := eval[string](t, tab, report+`.innerText`); got != was {
		t.Errorf("the report became\n%s\nand was\n%s", got, was)
	}
}

// A page whose file goes stays as it was and says so; it comes back with the file. A page that was not there appears.
func TestPagesGoAndComeBack(t *testing.T) {
	content := t.TempDir()
	write(t, content, "index.md", "# Start\n")
	write(t, content, "part/page.md", "# Page\n\nBefore.\n")
	address := serve(t, content)
	tab := newTab(t)
	visit(t, tab, address+"part/page.html")
	until(t, tab, "the page", `document.body.innerText.includes("Before.")`)
	if err := os.Rename(filepath.Join(content, "part"), filepath.Join(content, "away")); err != nil {
		t.Fatal(err)
	}
	until(t, tab, "word that the file is gone", `document.querySelector(".missing") && document.body.innerText.includes("Before.")`)
	write(t, content, "part/page.md", "# Page\n\nAfter.\n")
	until(t, tab, "the page that came back", `!document.querySelector(".missing") && document.body.innerText.includes("After.")`)
	visit(t, tab, address+"part/new.html")
	until(t, tab, "the page for what is not there", `document.body.innerText.includes("There is no page here")`)
	write(t, content, "part/new.md", "# New\n\nHere it is.\n")
	until(t, tab, "the new page", `document.body.innerText.includes("Here it is.")`)
}

// A page says that the server is gone, and is as new as the server once that is back.
func TestServerGoesAndComesBack(t *testing.T) {
	content := t.TempDir()
	write(t, content, "index.md", "# Start\n\nBefore.\n")
	address, stop := startServe(t, "--content", content)
	tab := newTab(t)
	visit(t, tab, address)
	until(t, tab, "the page", `document.body.innerText.includes("Before.")`)
	eval[bool](t, tab, `window.same = true`)
	stop()
	until(t, tab, "word that the server is gone", `document.querySelector(".gone")`)
	write(t, content, "index.md", "# Start\n\nAfter.\n")
	startServe(t, "--content", content, "--addr", strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/"))
	until(t, tab, "the page of the new server", `document.body.innerText.includes("After.") && !document.querySelector(".gone")`)
	if !eval[bool](t, tab, `window.same`) {
		t.Error("the page was loaded anew")
	}
}

// All problems are shown, each with its lines and a link into the editor, while other pages go on.
func TestProblemsAreShownWhole(t *testing.T) {
	content := t.TempDir()
	write(t, content, "index.md", "# Start\n\nGood.\n")
	write(t, content, "other.md", "# Other\n\nBefore.\n")
	address, _ := startServe(t, "--content", content, "--editor", "ed://open?at={path}&line={line}&column={column}")
	tab := newTab(t)
	visit(t, tab, address)
	until(t, tab, "the page", `document.body.innerText.includes("Good.")`)
	write(t, content, "index.md", "# Start\n\nBad.\n\n[a](othr.md)\n\n```chrat\n```\n\n[b](other.md#nothing)\n")
	until(t, tab, "the problems", `document.querySelectorAll(".faults li").length >= 2`)
	said := eval[string](t, tab, `document.querySelector(".faults").innerText`)
	for _, want := range []string{"index.md:5:1", "did you mean other.md?", "index.md:10:1", "[a](othr.md)"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in %s", want, said)
		}
	}
	if link := eval[string](t, tab, `document.querySelector(".faults a").getAttribute("href")`); !strings.HasPrefix(link, "ed://open?at=/") || !strings.HasSuffix(link, "index.md&line=5&column=1") {
		t.Errorf("the editor is opened by %s", link)
	}
	if !eval[bool](t, tab, `document.querySelector("main").innerText.includes("Good.")`) {
		t.Error("the last good page is gone")
	}
	write(t, content, "other.md", "# Other\n\nAfter.\n")
	visit(t, tab, address+"other.html")
	until(t, tab, "the other page's edit", `document.body.innerText.includes("After.")`)
}
