package browser

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"
)

var servedAt = regexp.MustCompile(`serving (http://\S+)`)

// serve starts guide serve over a folder of content and returns its address.
func serve(t *testing.T, content string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, guide, "serve", "--content", content, "--addr", "127.0.0.1:0")
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
