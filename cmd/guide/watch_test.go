package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fsnotify/fsnotify"
)

// watching starts a watcher over a folder; said are the words that people are told.
func watching(t *testing.T, folder string, prepare func(*watcher)) (w *watcher, said func() string) {
	t.Helper()
	words := make(chan string, 16)
	w = &watcher{folders: []watched{{area: contentArea, name: folder, folder: folder}}, out: make(chan change), say: func(format string, args ...any) { words <- fmt.Sprintf(format, args...) }}
	w.follow()
	w.start()
	w.seen = w.look()
	if prepare != nil {
		prepare(w)
	}
	done := make(chan struct{})
	ended := make(chan struct{})
	go func() { w.run(done); close(ended) }()
	t.Cleanup(func() {
		close(done)
		for range w.out { // nobody else listens any more
		}
		<-ended
	})
	return w, func() string { return <-words }
}

// Where events were lost, everything counts as changed, and new folders are watched.
func TestOverflowMeansRescan(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	w, _ := watching(t, folder, nil)
	w.notify.Errors <- fsnotify.ErrEventOverflow
	if c := <-w.out; !c.all {
		t.Errorf("%v", c)
	}
	put(t, folder, "deep/page.md", "# Page\n")
	for c := range w.out {
		if slices.Contains(c.files[contentArea], "deep/page.md") {
			break
		}
	}
}

// With --poll files are compared from the start.
func TestPoll(t *testing.T) {
	t.Parallel()
	folder, done := t.TempDir(), make(chan struct{})
	defer close(done)
	put(t, folder, "page.md", "# Before\n")
	told := ""
	changes, err := watch(done, []watched{{area: contentArea, name: folder}}, true, func(format string, args ...any) { told = fmt.Sprintf(format, args...) })
	if err != nil || !strings.Contains(told, "comparing files") {
		t.Fatalf("%v, said %q", err, told)
	}
	put(t, folder, "new/page.md", "# New\n")
	if c := <-changes; !slices.Contains(c.files[contentArea], "new/page.md") {
		t.Errorf("%v", c)
	}
}

// What editors write beside a file is nobody's change.
func TestEditorsOwnFilesArePassedOver(t *testing.T) {
	w := &watcher{folders: []watched{{area: contentArea, folder: "/content"}}}
	c := w.sort(map[string]bool{"/content/.page.md.swp": true, "/content/page.md~": true, "/content/#page.md#": true, "/content/page.md___jb_tmp___": true, "/content/page.md": true, "/content/main_test.go": true})
	if got := c.files[contentArea]; !slices.Equal(got, []string{"main_test.go", "page.md"}) {
		t.Errorf("%v", got)
	}
}

// Every editor is opened at the place; an address of one's own must say where the file goes.
func TestEditorLinks(t *testing.T) {
	for editor, want := range map[string]string{
		"vscode": "vscode://file/a%20b/c.md:3:1", "idea": "idea://open?file=/a%20b/c.md&line=3&column=1", "none": "", "mine://{path}#{line}": "mine:///a%20b/c.md#3",
	} {
		o := options{editor: editor}
		if got := o.editorLink("/a b/c.md", 3, 0); got != want || checkEditor(editor) != nil {
			t.Errorf("%s: %s, want %s: %v", editor, got, want, checkEditor(editor))
		}
	}
	for _, wrong := range []string{"vscod", "javascript:alert({path})", "https://example.org/"} {
		if checkEditor(wrong) == nil {
			t.Errorf("%s is taken for an editor", wrong)
		}
	}
}
