package main

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"sync"
)

// near reaches files by the folder that they stand in, which it keeps open from one file to the next. Files of one folder
// come one after another, and a root opens every step of a path anew: that was half of all calls to the system.
type near struct {
	root *os.Root

	mu   sync.Mutex
	last *nearFolder
}

// nearFolder is an open folder. The last one to leave it closes it, once near has gone on to another.
type nearFolder struct {
	*os.Root
	name  string
	users int
}

// in does something with a file by its name in its folder.
func (n *near) in(name string, do func(folder *os.Root, base string) error) error {
	dir, base := path.Split(name)
	if dir == "" {
		return do(n.root, base)
	}
	f, err := n.enter(dir[:len(dir)-1])
	if err != nil {
		return err
	}
	defer n.leave(f)
	return do(f.Root, base)
}

func (n *near) enter(dir string) (*nearFolder, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.last == nil || n.last.name != dir {
		root, err := n.root.OpenRoot(dir)
		if err != nil {
			return nil, err
		}
		n.forget()
		n.last = &nearFolder{Root: root, name: dir, users: 1}
	}
	n.last.users++
	return n.last, nil
}

func (n *near) leave(f *nearFolder) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if f.users--; f.users == 0 {
		f.Close()
	}
}

// rest lets the last folder go: it may be another one when it is next asked for.
func (n *near) rest() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.forget()
}

func (n *near) forget() {
	if f := n.last; f != nil {
		if f.users--; f.users == 0 {
			f.Close()
		}
		n.last = nil
	}
}

// ReadFile reads a file. One that a link leads to in another folder is read by way of the root.
func (n *near) ReadFile(name string) (data []byte, err error) {
	err = n.in(name, func(folder *os.Root, base string) error {
		data, err = folder.ReadFile(base)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return n.root.ReadFile(name)
	}
	return data, err
}

// WriteFile writes a file, and makes its folder where there is none.
func (n *near) WriteFile(name string, data []byte) error {
	write := func(folder *os.Root, base string) error { return folder.WriteFile(base, data, 0o644) }
	err := n.in(name, write)
	if errors.Is(err, fs.ErrNotExist) {
		if err = n.root.MkdirAll(path.Dir(name), 0o755); err == nil {
			err = n.in(name, write)
		}
	}
	return err
}
