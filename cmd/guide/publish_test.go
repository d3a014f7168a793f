package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"

	"whentofinetune/cmd/guide/internal/build"
)

// Each part of a site is files of one folder, and together they are the site in its order. A folder that holds all of it leaves no
// processor without work.
func TestByFolder(t *testing.T) {
	var small, large []build.File
	for n := range 3000 {
		small = append(small, build.File{Path: fmt.Sprintf("folder-%04d/page-%d.html", n/3, n%3)})
		large = append(large, build.File{Path: fmt.Sprintf("page-%04d.html", n)})
	}
	for _, files := range [][]build.File{nil, small[:1], small, large, slices.Concat(small, large)} {
		parts, all := byFolder(files), []build.File(nil)
		for _, p := range parts {
			for _, f := range p {
				if path.Dir(f.Path) != path.Dir(p[0].Path) {
					t.Errorf("%s and %s are in one part", p[0].Path, f.Path)
				}
			}
			all = append(all, p...)
		}
		if !slices.EqualFunc(all, files, func(a, b build.File) bool { return a.Path == b.Path }) {
			t.Errorf("%d files in parts, of %d", len(all), len(files))
		}
	}
	if n := len(byFolder(small)); n != 1000 {
		t.Errorf("%d parts of 1000 small folders", n)
	}
	if n := len(byFolder(large)); n < min(2*runtime.GOMAXPROCS(0), len(large)/16) {
		t.Errorf("one folder is in %d parts", n)
	}
}

// A page is removed before what it loads, wherever the two stand: a build may be killed between any two removals.
func TestPagesGoFirst(t *testing.T) {
	p := publisher{old: map[string]string{"assets/site-A.css": "", "assets/site-B.css": "", "part/z.html": "", "part/a.html": "", "index.html": "", "img/a.png": "", "part/z.md": ""},
		now: map[string]string{"assets/site-B.css": "", "index.html": ""}}
	if got, want := p.gone(), []string{"part/a.html", "part/z.html", "assets/site-A.css", "img/a.png", "part/z.md"}; !slices.Equal(got, want) {
		t.Errorf("removed are %v, want %v", got, want)
	}
}

// However many work in however many folders at once, each file is where it belongs, and no folder stays open.
func TestNear(t *testing.T) {
	folder := t.TempDir()
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	n := near{root: root}
	var workers sync.WaitGroup
	for w := range 16 {
		workers.Go(func() {
			for i := range 60 {
				name := fmt.Sprintf("%d/%d/%d", i%7, (i+w)%5, w*100+i)
				if err := n.WriteFile(name, []byte(name)); err != nil {
					t.Error(err)
				}
				if data, err := n.ReadFile(name); err != nil || string(data) != name {
					t.Errorf("%s holds %q: %v", name, data, err)
				}
			}
		})
	}
	workers.Wait()
	if len(n.open) == 0 || len(n.open) > runtime.GOMAXPROCS(0)+1 {
		t.Errorf("%d folders are kept open", len(n.open))
	}
	kept := n.open
	n.rest()
	for _, f := range kept {
		if _, err := f.Stat("."); err == nil || f.users != 0 {
			t.Errorf("%s is still open, with %d in it", f.name, f.users)
		}
	}
	if data, err := os.ReadFile(filepath.Join(folder, "3", "3", "3")); err != nil || string(data) != "3/3/3" {
		t.Errorf("%q %v", data, err)
	}
}
