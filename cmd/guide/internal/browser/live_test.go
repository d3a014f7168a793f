package browser

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
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
	ctx, stop := context.WithCancel(context.Background())
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
	t.Cleanup(func() { stop(); c.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := servedAt.FindStringSubmatch(lines.Text()); m != nil {
			go func() {
				for lines.Scan() { // so that serve is never held up by a full pipe
				}
			}()
			return m[1]
		}
	}
	t.Fatal("guide serve ended before it served")
	return ""
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
