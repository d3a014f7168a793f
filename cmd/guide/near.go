package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"sync"
	"syscall"
)

// near reaches files by the folder that they stand in, and keeps the last few folders open. Files of one folder come one after
// another, and a root opens every step of a path anew: that was half of all calls to the system.
type near struct {
	root *os.Root

	mu   sync.Mutex
	open []*nearFolder // the last that was entered comes first
}

// nearFolder is an open folder. Once near has let it go, the last one to leave it closes it.
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
	at := slices.IndexFunc(n.open, func(f *nearFolder) bool { return f.name == dir })
	if at < 0 {
		root, err := n.root.OpenRoot(dir)
		if err != nil {
			return nil, err
		}
		if at = len(n.open); at > runtime.GOMAXPROCS(0) { // each worker is in one
			at--
			n.forget(n.open[at])
			n.open = n.open[:at]
		}
		n.open = append(n.open, &nearFolder{Root: root, name: dir, users: 1})
	}
	f := n.open[at]
	copy(n.open[1:], n.open[:at])
	n.open[0] = f
	f.users++
	return f, nil
}

func (n *near) leave(f *nearFolder) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.forget(f)
}

// rest lets all folders go: they may be other ones when they are next asked for.
func (n *near) rest() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, f := range n.open {
		n.forget(f)
	}
	n.open = nil
}

func (n *near) forget(f *nearFolder) {
	if f.users--; f.users == 0 {
		f.Close()
	}
}

// ReadFile reads a file. One that a link leads to in another folder is read by way of the root.
func (n *near) ReadFile(name string) (data []byte, err error) {
	err = n.in(name, func(folder *os.Root, base string) error {
		data, err = readRegular(folder, base)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return readRegular(n.root, name)
	}
	return data, err
}

// readRegular reads a file, and does not wait where something else has its name: a pipe would be waited for without end.
func readRegular(root *os.Root, name string) ([]byte, error) {
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("is no regular file")}
	}
	var data bytes.Buffer
	data.Grow(int(info.Size()) + bytes.MinRead)
	_, err = data.ReadFrom(f)
	return data.Bytes(), err
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
