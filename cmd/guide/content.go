package main

import (
	"crypto/sha256"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"sync"
)

// contentFS is a folder whose files are hashed once and whose folders are listed once, until they are said to have changed.
type contentFS struct {
	mu      sync.Mutex
	files   *near
	version int // counts what was said to have changed: what was read before is not remembered after
	sums    map[string][32]byte
	lists   map[string][]fs.DirEntry
}

// open reads from another folder from now on.
func (c *contentFS) open(root *os.Root) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.files != nil {
		c.files.rest()
	}
	c.files = &near{root: root}
	c.forget()
}

func (c *contentFS) forget() {
	c.version++
	c.sums, c.lists = map[string][32]byte{}, map[string][]fs.DirEntry{}
}

// now returns the folder and its version.
func (c *contentFS) now() (*near, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.files, c.version
}

// Open opens a file.
func (c *contentFS) Open(name string) (fs.File, error) {
	files, _ := c.now()
	return files.root.FS().Open(name)
}

// Lstat tells what a name is without following it.
func (c *contentFS) Lstat(name string) (fs.FileInfo, error) {
	files, _ := c.now()
	return files.root.Lstat(name)
}

// ReadLink tells where a link leads.
func (c *contentFS) ReadLink(name string) (string, error) {
	files, _ := c.now()
	return files.root.Readlink(name)
}

// ReadFile reads a file and remembers its hash.
func (c *contentFS) ReadFile(name string) ([]byte, error) {
	files, version := c.now()
	data, err := files.ReadFile(name)
	if err == nil {
		sum := sha256.Sum256(data)
		c.mu.Lock()
		defer c.mu.Unlock()
		if version == c.version {
			c.sums[name] = sum
		}
	}
	return data, err
}

// ReadDir lists a folder and remembers what stands in it.
func (c *contentFS) ReadDir(name string) ([]fs.DirEntry, error) {
	c.mu.Lock()
	list, known := c.lists[name]
	files, version := c.files, c.version
	c.mu.Unlock()
	if known {
		return list, nil
	}
	list, err := fs.ReadDir(files.root.FS(), name)
	if err == nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		if version == c.version {
			c.lists[name] = slices.Clip(list)
		}
	}
	return list, err
}

// Sum returns the hash of a file that was read before and has not been said to have changed since.
func (c *contentFS) Sum(name string) (sum [32]byte, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	sum, ok = c.sums[name]
	return sum, ok
}

// changed forgets files, and what lies in those that were folders; a nil list forgets all.
func (c *contentFS) changed(names []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.files.rest()
	if names == nil {
		c.forget()
		return
	}
	c.version++
	folders := map[string]bool{}
	for _, name := range names {
		if c.wasFolder(name) {
			folders[name] = true
		}
	}
	for _, name := range names {
		delete(c.sums, name)
		for up := path.Dir(name); ; up = path.Dir(up) {
			delete(c.lists, up)
			if up == "." {
				break
			}
		}
	}
	if len(folders) == 0 {
		return
	}
	within := func(name string) bool {
		for ; name != "."; name = path.Dir(name) {
			if folders[name] {
				return true
			}
		}
		return false
	}
	maps.DeleteFunc(c.lists, func(name string, _ []fs.DirEntry) bool { return within(name) })
	maps.DeleteFunc(c.sums, func(name string, _ [32]byte) bool { return within(name) })
}

// wasFolder reports whether a name may have been that of a folder when it was last looked at.
func (c *contentFS) wasFolder(name string) bool {
	if list, listed := c.lists[path.Dir(name)]; listed {
		return slices.ContainsFunc(list, func(d fs.DirEntry) bool { return d.Name() == path.Base(name) && !d.Type().IsRegular() })
	}
	_, file := c.sums[name]
	return !file
}
