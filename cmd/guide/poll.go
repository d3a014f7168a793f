package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// fileState is what tells a file from its next version without reading it.
type fileState struct {
	size int64
	at   time.Time
}

// missed reports whether files changed without an event: they differ from what the events told, and did so already when
// they were last compared.
func (w *watcher) missed() bool {
	now, before := w.look(), w.suspect
	w.suspect = map[string]fileState{}
	for name := range differing(w.seen, now) {
		w.suspect[name] = now[name]
		if s, known := before[name]; known && s == now[name] {
			w.seen = now
			return true
		}
	}
	return false
}

// differing are the files that are new, changed or gone.
func differing(before, now map[string]fileState) map[string]bool {
	names := map[string]bool{}
	for name, s := range now {
		if old, known := before[name]; !known || old != s {
			names[name] = true
		}
	}
	for name := range before {
		if _, there := now[name]; !there {
			names[name] = true
		}
	}
	return names
}

// fromPolling waits until files differ from what they were.
func (w *watcher) fromPolling(done <-chan struct{}) (c change, ok bool) {
	for {
		select {
		case <-done:
			return c, false
		case <-time.After(pollEvery):
		}
		if w.follow() {
			return w.rescan(), true
		}
		now := w.look()
		names := differing(w.seen, now)
		w.seen = now
		if len(names) > 0 {
			return w.sort(names), true
		}
	}
}

// look returns the state of every file under watch.
func (w *watcher) look() map[string]fileState {
	seen := map[string]fileState{}
	for _, f := range w.folders {
		filepath.WalkDir(f.folder, func(name string, d fs.DirEntry, err error) error { // what cannot be read shows as gone
			switch {
			case err != nil:
			case d.IsDir() && name != f.folder && dotted(d.Name()):
				return fs.SkipDir
			case !d.IsDir():
				if info, err := d.Info(); err == nil {
					seen[name] = fileState{info.Size(), info.ModTime()}
				}
			}
			return nil
		})
	}
	return seen
}

func stateOf(name string) (fileState, bool) {
	info, err := os.Lstat(name)
	if err != nil || info.IsDir() {
		return fileState{}, false
	}
	return fileState{info.Size(), info.ModTime()}, true
}
