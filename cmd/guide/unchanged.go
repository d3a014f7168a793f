package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// inputsName is the file in the output folder that says what the site was made from, and how every file of it was left. It
// is there only after a build that found nothing to say.
const inputsName = ".guide-inputs"

// inputs is a hash over everything that a build is made from: this command, its flags, content, theme, calculator. It is
// empty where that cannot be told.
func (p *project) inputs() string {
	sum := sha256.New()
	o := p.options
	fmt.Fprintf(sum, "%s %q %q %q %v %v %v %v\n", p.stamp, o.content, o.theme, o.baseURL, o.drafts, o.strict, o.lenient, o.compress)
	if p.calculator != nil {
		stamp, err := p.calculator.Stamp()
		if err != nil {
			return ""
		}
		fmt.Fprintln(sum, stamp)
	}
	for _, tree := range [...]fs.FS{p.content, p.theme} {
		files, err := sumTree(tree)
		if err != nil {
			return ""
		}
		for _, f := range files {
			fmt.Fprintf(sum, "%x %s\n", f.sum, f.name)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

type summedFile struct {
	name string
	sum  [32]byte
}

// sumTree hashes every file of a tree, in the order of their names.
func sumTree(tree fs.FS) ([]summedFile, error) {
	var files []summedFile
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			files = append(files, summedFile{name: name})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var workers sync.WaitGroup
	failed := make([]error, runtime.GOMAXPROCS(0))
	for w := range failed {
		workers.Go(func() {
			for i := w; i < len(files); i += len(failed) {
				data, err := fs.ReadFile(tree, files[i].name)
				if err != nil {
					failed[w] = err
					return
				}
				files[i].sum = sha256.Sum256(data)
			}
		})
	}
	workers.Wait()
	return files, firstError(failed)
}

func firstError(errs []error) error {
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return errs[i]
	}
	return nil
}

// unchanged reports whether the folder holds the site of these very inputs, as it was left, and how many files it has.
func unchanged(folder, inputs string) (files int, ok bool) {
	root, err := os.OpenRoot(folder)
	if err != nil || inputs == "" {
		return 0, false
	}
	defer root.Close()
	data, err := root.ReadFile(inputsName)
	if err != nil {
		return 0, false
	}
	key, left, _ := strings.Cut(string(data), "\n")
	if key != inputs {
		return 0, false
	}
	now, err := leftAs(root)
	return len(readManifest(root)), err == nil && string(now) == left
}

// remember writes down what a site was made from, and how its files were left.
func remember(folder, inputs string) error {
	if inputs == "" {
		return nil
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	left, err := leftAs(root)
	if err != nil {
		return err
	}
	return root.WriteFile(inputsName, append([]byte(inputs+"\n"), left...), 0o644)
}

// leftAs lists size and time of every file that a build wrote.
func leftAs(root *os.Root) ([]byte, error) {
	names := make([]string, 0, 1024)
	for name := range readManifest(root) {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	for _, name := range names {
		info, err := root.Lstat(name)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%d %d %s\n", info.Size(), info.ModTime().UnixNano(), name)
	}
	return b.Bytes(), nil
}
