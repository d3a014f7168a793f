package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// inputsName is the file in the output folder that says what the site was made from, and how every file of it was left. It
// is there only after a build that found nothing to say.
const inputsName = ".guide-inputs"

// inputs is everything that a build is made from: this command, its flags, theme and calculator by their hash, and the names
// of what stands in the content, whose hashes are known once they have been read.
type inputs struct {
	content *contentFS
	head    string
	names   []string
}

// inputs looks at what the next build is made from; nil where that cannot be told.
func (p *project) inputs() *inputs {
	sum := sha256.New()
	o := p.options
	fmt.Fprintf(sum, "%s %q %q %q %v %v %v %v\n", p.stamp, o.content, o.theme, o.baseURL, o.drafts, o.strict, o.lenient, o.compress)
	if p.calculator != nil {
		stamp, err := p.calculator.Stamp()
		if err != nil {
			return nil
		}
		fmt.Fprintln(sum, stamp)
	}
	layouts, err := regular(p.theme)
	if err != nil {
		return nil
	}
	for _, name := range layouts {
		data, err := fs.ReadFile(p.theme, name)
		if err != nil {
			return nil
		}
		fmt.Fprintf(sum, "%x %s\n", sha256.Sum256(data), name)
	}
	names, err := regular(p.content)
	if err != nil {
		return nil
	}
	return &inputs{content: p.content, head: string(sum.Sum(nil)), names: names}
}

// regular lists the files of a tree, in the order of their names.
func regular(tree fs.FS) (names []string, err error) {
	err = fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			names = append(names, name)
		}
		return err
	})
	return names, err
}

// key is a hash over all inputs; empty where one is not to be had. Files that the build has read are not read again: what
// counts is what they held then.
func (in *inputs) key() string {
	if in == nil {
		return ""
	}
	sums, failed := make([][32]byte, len(in.names)), make([]error, len(in.names))
	inParallel(len(in.names), func(i int) bool {
		known := false
		if sums[i], known = in.content.Sum(in.names[i]); !known {
			if _, failed[i] = in.content.ReadFile(in.names[i]); failed[i] == nil {
				sums[i], _ = in.content.Sum(in.names[i])
			}
		}
		return failed[i] == nil
	})
	sum := sha256.New()
	sum.Write([]byte(in.head))
	for i, name := range in.names {
		if failed[i] != nil {
			return ""
		}
		sum.Write(sums[i][:])
		sum.Write([]byte(name + "\n"))
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// inParallel calls do with 0 to n-1, as many at once as there are processors, neighbours about the same time. It ends early
// where do returns false.
func inParallel(n int, do func(i int) bool) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if !do(i) {
					next.Store(int64(n))
				}
			}
		})
	}
	workers.Wait()
}

// wasBuilt reports whether the folder says what its site was made from.
func wasBuilt(folder string) bool {
	_, err := os.Lstat(filepath.Join(folder, inputsName))
	return err == nil
}

// unchanged reports whether the folder holds the site of these very inputs, as it was left, and how many files it has.
func unchanged(folder, inputs string) (files int, ok bool) {
	root, err := os.OpenRoot(folder)
	if err != nil || inputs == "" {
		return 0, false
	}
	defer root.Close()
	data, err := readRegular(root, inputsName)
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
	names := slices.Sorted(maps.Keys(readManifest(root)))
	n := near{root: root}
	defer n.rest()
	var b []byte
	for _, name := range names {
		err := n.in(name, func(folder *os.Root, base string) error {
			info, err := folder.Lstat(base)
			if err == nil {
				b = strconv.AppendInt(append(strconv.AppendInt(b, info.Size(), 10), ' '), info.ModTime().UnixNano(), 10)
				b = append(append(append(b, ' '), name...), '\n')
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return b, nil
}
