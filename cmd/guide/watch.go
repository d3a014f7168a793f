package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Times of watching. Quiet is how long nothing must happen before a change counts as whole; a burst is given longer, so
// that a checkout of thousands of files is one build.
const (
	quiet     = 8 * time.Millisecond
	burst     = 60 * time.Millisecond
	burstSize = 16
	longest   = 2 * time.Second
	pollEvery = 400 * time.Millisecond
	proof     = 3 * time.Second // how often files are compared with what the events told
)

// area is a part of a project that is watched.
type area uint8

const (
	contentArea area = iota
	themeArea
	calculatorArea
)

// change is a burst of saves: for each area the files that changed, by slash path in its folder. All is set where it is
// not known which.
type change struct {
	files map[area][]string
	all   bool
}

func (c *change) in(a area) bool { return c.all || len(c.files[a]) > 0 }

// watched is a folder under watch.
type watched struct {
	area   area
	folder string // absolute
}

// watcher turns what editors do to files into changes. This file is the one home of fsnotify.
type watcher struct {
	folders []watched
	out     chan change
	say     func(format string, args ...any)
	poll    bool
	notify  *fsnotify.Watcher
	seen    map[string]fileState
}

// fileState is what tells a file from its next version without reading it.
type fileState struct {
	size int64
	at   time.Time
}

// watch starts watching folders; done ends it. Where the system has no watches left, or with poll, files are compared
// several times a second instead, and say is told.
func watch(done <-chan struct{}, folders []watched, poll bool, say func(string, ...any)) (<-chan change, error) {
	w := &watcher{folders: folders, out: make(chan change), say: say, poll: poll}
	if !poll {
		notify, err := fsnotify.NewWatcher()
		if err == nil {
			w.notify = notify
			err = w.addAll()
		}
		if err != nil {
			w.fallBack("files cannot be watched: " + err.Error())
		}
	} else {
		say("comparing files every %s", pollEvery)
	}
	w.seen = w.look()
	go w.run(done)
	return w.out, nil
}

// fallBack gives up events for comparing.
func (w *watcher) fallBack(why string) {
	if w.notify != nil {
		w.notify.Close()
		w.notify = nil
	}
	w.poll = true
	w.say("%s; comparing files every %s instead", why, pollEvery)
}

func (w *watcher) addAll() error {
	for _, f := range w.folders {
		if err := w.add(f.folder); err != nil {
			return err
		}
	}
	return nil
}

// add watches a folder and all below it. What vanishes meanwhile is no error.
func (w *watcher) add(folder string) error {
	return filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case name != folder && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		}
		if err := w.notify.Add(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
		return nil
	})
}

// run gathers events until nothing has happened for a while, and sends them as one change.
func (w *watcher) run(done <-chan struct{}) {
	defer close(w.out)
	for {
		var c change
		var ok bool
		if w.notify != nil {
			c, ok = w.fromEvents(done)
		} else {
			c, ok = w.fromPolling(done)
		}
		if !ok {
			if w.notify != nil {
				w.notify.Close()
			}
			return
		}
		if len(c.files) == 0 && !c.all {
			continue
		}
		select {
		case w.out <- c:
		case <-done:
			if w.notify != nil {
				w.notify.Close()
			}
			return
		}
	}
}

// fromEvents waits for the next burst of events. Now and then the files are compared with what the events told: a mounted
// folder may send none, and then comparing takes over.
func (w *watcher) fromEvents(done <-chan struct{}) (c change, ok bool) {
	names := map[string]bool{}
	var first time.Time
	wait := time.NewTimer(proof)
	defer wait.Stop()
	for {
		select {
		case <-done:
			return c, false
		case e, open := <-w.notify.Events:
			if !open {
				return c, false
			}
			if e.Op == fsnotify.Chmod {
				continue
			}
			if e.Has(fsnotify.Create) {
				w.created(e.Name, names)
			}
			names[e.Name] = true
			if first.IsZero() {
				first = time.Now()
			}
			pause := quiet
			if len(names) > burstSize {
				pause = burst
			}
			wait.Reset(max(0, min(pause, longest-time.Since(first))))
		case err, open := <-w.notify.Errors:
			if !open {
				return c, false
			}
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				return w.rescan(), true
			}
		case <-wait.C:
			if len(names) > 0 {
				w.note(names)
				return w.sort(names), true
			}
			if w.missed() {
				w.fallBack("this folder tells nothing of changes")
				return change{all: true}, true
			}
			wait.Reset(proof)
		}
	}
}

// created watches a new folder, and takes the files in it for changed: they may have come before the watch.
func (w *watcher) created(name string, names map[string]bool) {
	if strings.HasPrefix(filepath.Base(name), ".") {
		return
	}
	if err := w.add(name); err != nil {
		w.say("%s cannot be watched: %v", filepath.Base(name), err)
	}
	filepath.WalkDir(name, func(file string, d fs.DirEntry, err error) error { // what vanished is nothing to tell
		if err == nil && !d.IsDir() {
			names[file] = true
		}
		return nil
	})
}

// rescan is the change after events were lost: everything, and new folders are watched.
func (w *watcher) rescan() change {
	if err := w.addAll(); err != nil {
		w.fallBack("files cannot be watched: " + err.Error())
	}
	w.seen = w.look()
	return change{all: true}
}

// note takes down the state of files that events named.
func (w *watcher) note(names map[string]bool) {
	for name := range names {
		w.noteFile(name)
	}
}

func (w *watcher) noteFile(name string) {
	if s, ok := stateOf(name); ok {
		w.seen[name] = s
		return
	}
	for known := range w.seen {
		if known == name || strings.HasPrefix(known, name+string(filepath.Separator)) {
			delete(w.seen, known)
		}
	}
}

// missed reports whether files changed some time ago without an event.
func (w *watcher) missed() bool {
	now := w.look()
	defer func() { w.seen = now }()
	for name, s := range now {
		if old, known := w.seen[name]; (!known || old != s) && time.Since(s.at) > time.Second {
			return true
		}
	}
	return false
}

// fromPolling waits until files differ from what they were.
func (w *watcher) fromPolling(done <-chan struct{}) (c change, ok bool) {
	for {
		select {
		case <-done:
			return c, false
		case <-time.After(pollEvery):
		}
		now, names := w.look(), map[string]bool{}
		for name, s := range now {
			if w.seen[name] != s {
				names[name] = true
			}
		}
		for name := range w.seen {
			if _, there := now[name]; !there {
				names[name] = true
			}
		}
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
			case d.IsDir() && name != f.folder && strings.HasPrefix(d.Name(), "."):
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

// sort puts absolute names under the folders that they lie in. Editors' own files are left out.
func (w *watcher) sort(names map[string]bool) change {
	c := change{files: map[area][]string{}}
	for name := range names {
		if base := filepath.Base(name); strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") || strings.HasPrefix(base, "#") || strings.HasSuffix(base, "_test.go") {
			continue
		}
		for _, f := range w.folders {
			rel, err := filepath.Rel(f.folder, name)
			if err == nil && filepath.IsLocal(rel) {
				c.files[f.area] = append(c.files[f.area], filepath.ToSlash(rel))
				break
			}
		}
	}
	for _, list := range c.files {
		slices.Sort(list)
	}
	return c
}
