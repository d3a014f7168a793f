package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"whentofinetune/cmd/guide/internal/build"
)

// Times of watching. Quiet is how long nothing must happen before a change counts as whole; a burst is given longer, so
// that a checkout of thousands of files is one build.
const (
	quiet     = 8 * time.Millisecond
	burst     = 60 * time.Millisecond
	burstSize = 16
	longest   = 2 * time.Second
	emptyWait = 250 * time.Millisecond // for a file that is empty, which an editor is about to fill
	pollEvery = 400 * time.Millisecond
	proof     = 3 * time.Second // how often files are compared with what the events told
	grace     = time.Second     // how long an event may be behind the file
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
	name   string      // absolute; may be a symbolic link, or lie behind one
	folder string      // where the name leads, and no link
	is     fs.FileInfo // what stood there when it was last looked at; nil for none
}

// follow finds where the names of folders lead now, and reports whether something else stands there than before.
func (w *watcher) follow() (other bool) {
	for i := range w.folders {
		f := &w.folders[i]
		if folder, err := filepath.EvalSymlinks(f.name); err == nil {
			f.folder = folder
		}
		is, err := os.Stat(f.name)
		if err != nil {
			is = nil
		}
		other = other || (is == nil) != (f.is == nil) || is != nil && !os.SameFile(is, f.is)
		f.is = is
	}
	return other
}

// watcher turns what editors do to files into changes. This file is the one home of fsnotify.
type watcher struct {
	folders []watched
	out     chan change
	say     func(format string, args ...any)
	poll    bool
	notify  *fsnotify.Watcher
	seen    map[string]fileState
	suspect map[string]fileState // files that differ from what the events told, when last compared
	watches map[string]bool      // folders that events come from
	moved   bool                 // one of them is gone or has another name: its watch would tell old names
}

// watch starts watching folders; done ends it. Where the system has no watches left, or with poll, files are compared
// several times a second instead, and say is told.
func watch(done <-chan struct{}, folders []watched, poll bool, say func(string, ...any)) (<-chan change, error) {
	w := &watcher{folders: folders, out: make(chan change), say: say, poll: poll}
	w.follow()
	if !poll {
		w.start()
	} else {
		say("comparing files every %s", pollEvery)
	}
	w.seen = w.look()
	go w.run(done)
	return w.out, nil
}

// start asks for events of every folder, or falls back.
func (w *watcher) start() {
	if w.notify != nil {
		w.notify.Close()
	}
	notify, err := fsnotify.NewWatcher()
	w.notify, w.watches, w.moved, w.suspect = notify, map[string]bool{}, false, nil
	if err == nil {
		err = w.addAll()
	}
	if err != nil {
		w.fallBack("files cannot be watched: " + err.Error() + exhausted(err))
	}
}

// exhausted says what to raise where the system's watches are all taken.
func exhausted(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return " (all watches are taken; for more: sysctl fs.inotify.max_user_watches=524288)"
	case errors.Is(err, syscall.EMFILE):
		return " (all watchers are taken; for more: sysctl fs.inotify.max_user_instances=512)"
	}
	return ""
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

// addAll watches every folder with all below it, and what holds it and its name: a folder may be put in the place of another.
func (w *watcher) addAll() error {
	for _, f := range w.folders {
		if err := w.add(f.folder); err != nil {
			return err
		}
		for _, holds := range [...]string{filepath.Dir(f.folder), filepath.Dir(f.name)} {
			if err := w.notify.Add(holds); err != nil {
				return err
			}
		}
	}
	return nil
}

// isRoot reports whether a name is that of a whole folder under watch.
func (w *watcher) isRoot(name string) bool {
	return slices.ContainsFunc(w.folders, func(f watched) bool { return f.folder == name || f.name == name })
}

// under reports whether a name lies in a folder under watch, or is one.
func (w *watcher) under(name string) bool {
	return slices.ContainsFunc(w.folders, func(f watched) bool { return inside(name, f.folder) || name == f.name })
}

// add watches a folder and all below it. What vanishes meanwhile is no error.
func (w *watcher) add(folder string) error {
	return filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case errors.Is(err, fs.ErrPermission):
			w.say("%s cannot be read and is not watched", filepath.Base(name))
			return fs.SkipDir
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case name != folder && dotted(d.Name()):
			return fs.SkipDir
		}
		if err := w.notify.Add(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
		w.watches[name] = true
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
			if e.Op == fsnotify.Chmod || !w.under(e.Name) {
				continue
			}
			if e.Has(fsnotify.Create) {
				if err := w.created(e.Name, names); err != nil {
					w.fallBack("new folders cannot be watched: " + err.Error() + exhausted(err))
					return change{all: true}, true
				}
			}
			w.moved = w.moved || w.watches[e.Name] && (e.Has(fsnotify.Rename) || e.Has(fsnotify.Remove))
			names[e.Name] = true
			if first.IsZero() {
				first = time.Now()
			}
			wait.Reset(w.pause(names, first))
		case err, open := <-w.notify.Errors:
			if !open {
				return c, false
			}
			if err != nil { // an overflow, or what else made events be lost
				return w.rescan(), true
			}
		case <-wait.C:
			switch {
			case len(names) > 0 && time.Since(first) < emptyWait && emptied(names):
				wait.Reset(quiet)
			case len(names) > 0:
				w.note(names)
				return w.sort(names), true
			case w.follow(): // behind a link that no event tells of
				return w.rescan(), true
			case w.missed():
				w.fallBack("this folder tells nothing of changes")
				return change{all: true}, true
			case len(w.suspect) > 0:
				wait.Reset(grace)
			default:
				wait.Reset(proof)
			}
		}
	}
}

// pause is how long nothing more must happen until a burst counts as whole.
func (w *watcher) pause(names map[string]bool, first time.Time) time.Duration {
	pause := quiet
	if len(names) > burstSize {
		pause = burst
	}
	return max(0, min(pause, longest-time.Since(first)))
}

// emptied reports whether a file is empty that was saved alone: most editors empty a file before they fill it.
func emptied(names map[string]bool) bool {
	if len(names) > 2 {
		return false
	}
	for name := range names {
		if info, err := os.Lstat(name); err == nil && info.Mode().IsRegular() && info.Size() == 0 {
			return true
		}
	}
	return false
}

// created watches a new folder, and takes the files in it for changed: they may have come before the watch.
func (w *watcher) created(name string, names map[string]bool) error {
	if dotted(filepath.Base(name)) && !w.isRoot(name) {
		return nil
	}
	if err := w.add(name); err != nil {
		return err
	}
	return filepath.WalkDir(name, func(file string, d fs.DirEntry, err error) error { // what vanished is nothing to tell
		if err == nil && !d.IsDir() {
			names[file] = true
		}
		return nil
	})
}

// rescan is the change after it was lost what changed: everything.
func (w *watcher) rescan() change {
	w.follow()
	if w.notify != nil {
		w.start()
	}
	w.seen = w.look()
	return change{all: true}
}

// note takes down the state of files that events named. Where a folder went, the watches are set anew, and what happened
// meanwhile is found by comparing.
func (w *watcher) note(names map[string]bool) {
	w.suspect = nil
	if w.moved {
		w.start()
		now := w.look()
		maps.Copy(names, differing(w.seen, now))
		w.seen = now
		return
	}
	for name := range names {
		if s, ok := stateOf(name); ok {
			w.seen[name] = s
		} else {
			delete(w.seen, name)
		}
	}
}

// sort puts absolute names under the folders that they lie in. Editors' own files are left out.
func (w *watcher) sort(names map[string]bool) change {
	c := change{files: map[area][]string{}}
	for name := range names {
		if w.isRoot(name) { // another folder in its place, or none
			return w.rescan()
		}
		if passedOver(filepath.Base(name)) {
			continue
		}
		for _, f := range w.folders {
			if f.area == calculatorArea && strings.HasSuffix(name, "_test.go") {
				continue
			}
			if rel, err := filepath.Rel(f.folder, name); err == nil && filepath.IsLocal(rel) {
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

// dotted reports whether a name begins with a dot, but for that of the one such folder that is published.
func dotted(base string) bool { return strings.HasPrefix(base, ".") && base != build.WellKnown }

// passedOver reports whether a file is an editor's own: no site is made of it.
func passedOver(base string) bool {
	return strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") || strings.HasPrefix(base, "#") ||
		strings.HasSuffix(base, "___jb_tmp___") || strings.HasSuffix(base, "___jb_old___")
}
