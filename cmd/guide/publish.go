package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"whentofinetune/cmd/guide/internal/build"
	"whentofinetune/cmd/guide/internal/problem"
)

// The names that publishing takes in the output folder.
const (
	manifestName = ".guide-manifest"
	lockName     = ".guide-lock"
	stageName    = ".guide-stage" // new files before they take their places
	stageSite    = stageName + "/site"
)

// published says what publishing did.
type published struct{ files, written, removed int }

// publish writes a site into a folder that is ours. Every new or changed file is first written whole into a folder of its
// own; only when all are there do they take their places: hashed assets first, then pages, then lists. Removals come last, and
// among them pages before what they load. So a failure, or a kill at any moment, leaves a site whose pages find what they load,
// and the next build finishes.
func publish(folder string, files []build.File, compress bool) (published, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return published{}, machine(fmt.Errorf("make %s: %w", folder, err))
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return published{}, machine(fmt.Errorf("open %s: %w", folder, err))
	}
	defer root.Close()
	if err := ours(root, folder); err != nil {
		return published{}, err
	}
	unlock, err := lock(root)
	if err != nil {
		return published{}, machine(fmt.Errorf("lock %s: %w", folder, err))
	}
	defer unlock()
	p := &publisher{root: root, compress: compress, old: readManifest(root), now: map[string]string{}, made: map[string]bool{}, placed: near{root: root}}
	defer root.RemoveAll(stageName)
	defer p.placed.rest()
	if err := root.Remove(inputsName); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return published{}, machine(err)
	}
	if err := p.stage(files); err != nil {
		return published{}, err
	}
	if name := p.inTheWay(); name != "" {
		return published{}, fmt.Errorf("%s/%s stands where the site has something else, no build has written it, and nothing was touched; move it away, and build again", folder, name)
	}
	if err := p.commit(); err != nil {
		return published{}, machine(fmt.Errorf("write %s: %w", folder, err))
	}
	return published{files: len(p.now), written: len(p.staged), removed: p.removed}, nil
}

// ours refuses a folder that holds something and was not written by a build. Files whose names begin with a dot do not
// count: a version-control system keeps an empty folder with one.
func ours(root *os.Root, folder string) error {
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return machine(fmt.Errorf("read %s: %w", folder, err))
	}
	foreign := ""
	for _, e := range entries {
		if e.Name() == manifestName {
			return nil
		}
		if !strings.HasPrefix(e.Name(), ".") && foreign == "" {
			foreign = e.Name()
		}
	}
	if foreign != "" {
		return fmt.Errorf("%s holds %s, which no build has written, and nothing in it was touched; name an empty folder with --out", folder, foreign)
	}
	return nil
}

// publisher is one publication.
type publisher struct {
	root     *os.Root
	compress bool
	old, now map[string]string // hash of each file by path
	removed  int
	made     map[string]bool // folders that are known to be there
	placed   near            // the files in their places
	next     near            // the files that wait for theirs

	mu     sync.Mutex
	staged []stagedFile
	errs   []error
}

// stagedFile is a new file that waits for its place, or a whole folder of them.
type stagedFile struct {
	path string
	kind build.Kind
}

// stage makes every file and writes those that differ from what is there.
func (p *publisher) stage(files []build.File) error {
	if err := p.root.RemoveAll(stageName); err != nil {
		return machine(err)
	}
	if err := p.root.MkdirAll(stageSite, 0o755); err != nil {
		return machine(err)
	}
	waiting, err := p.root.OpenRoot(stageSite)
	if err != nil {
		return machine(err)
	}
	defer waiting.Close()
	p.next.root = waiting
	defer p.next.rest()
	parts := byFolder(files)
	inParallel(len(parts), func(i int) bool {
		for _, f := range parts[i] {
			if err := p.file(f); err != nil {
				p.mu.Lock()
				p.errs = append(p.errs, err)
				p.mu.Unlock()
				if !errors.As(err, new(build.Problems)) {
					return false // the machine failed, and what is left need not be made
				}
			}
		}
		return true
	})
	return p.failure()
}

// byFolder parts files, which are sorted, where their folder changes: two who write into one folder wait for each other. A
// folder that holds much of the site is parted too, so that no processor is left without work.
func byFolder(files []build.File) (parts [][]build.File) {
	most := max(16, len(files)/(8*runtime.GOMAXPROCS(0)))
	for start, end := 0, 1; start < len(files); end++ {
		if end == len(files) || end-start == most || path.Dir(files[end].Path) != path.Dir(files[start].Path) {
			parts = append(parts, files[start:end])
			start = end
		}
	}
	return parts
}

func (p *publisher) failure() error {
	var all build.Problems
	for _, err := range p.errs {
		var found build.Problems
		if !errors.As(err, &found) {
			return machine(err)
		}
		all = append(all, found...)
	}
	if len(all) > 0 {
		return build.Problems(problem.Sort(all))
	}
	return nil
}

func (p *publisher) file(f build.File) error {
	data, err := f.Bytes()
	if err != nil {
		return fmt.Errorf("make %s: %w", f.Path, err)
	}
	if err := p.put(f.Path, f.Kind, data, f.Sum()); err != nil {
		return fmt.Errorf("write %s: %w", f.Path, err)
	}
	if !p.compress || !compressible(f.Path, len(data)) {
		return nil
	}
	for _, c := range compressors {
		squeezed, err := c.squeeze(data)
		if err == nil {
			err = p.put(f.Path+c.ext, f.Kind, squeezed, sha256.Sum256(squeezed))
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", f.Path+c.ext, err)
		}
	}
	return nil
}

// put writes a file, whose hash is sum, into the stage unless the same bytes are already in place.
func (p *publisher) put(name string, kind build.Kind, data []byte, sum [32]byte) error {
	if !fs.ValidPath(name) {
		return fmt.Errorf("%q is no address of a file", name)
	}
	hash := hex.EncodeToString(sum[:16])
	p.mu.Lock()
	p.now[name] = hash
	p.mu.Unlock()
	if p.old[name] == hash {
		if there, err := p.placed.ReadFile(name); err == nil && bytes.Equal(there, data) {
			return nil
		}
	}
	if err := p.next.WriteFile(name, data); err != nil {
		return err
	}
	p.mu.Lock()
	p.staged = append(p.staged, stagedFile{name, kind})
	p.mu.Unlock()
	return nil
}

// inTheWay returns a file that no build has written and that stands where a staged file needs a folder, or in a folder where
// one needs a file; or "".
func (p *publisher) inTheWay() string {
	if len(p.old) == 0 { // a first build: there is nothing
		return ""
	}
	seen := map[string]bool{}
	for _, s := range p.staged {
		for dir := path.Dir(s.path); dir != "." && !seen[dir]; dir = path.Dir(dir) {
			seen[dir] = true
			if info, err := p.root.Lstat(dir); err == nil && info.Mode()&(fs.ModeDir|fs.ModeSymlink) == 0 && p.old[dir] == "" {
				return dir
			}
		}
		if info, err := p.root.Lstat(s.path); err != nil || !info.IsDir() {
			continue
		}
		theirs := ""
		fs.WalkDir(p.root.FS(), s.path, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && p.old[name] == "" {
				theirs = name
				return fs.SkipAll
			}
			return nil
		})
		if theirs != "" {
			return theirs
		}
	}
	return ""
}

// commit moves the staged files to their places. The manifest first names old and new files, so that whatever happens
// in between, the next build knows what is ours.
func (p *publisher) commit() error {
	union := map[string]string{}
	for name, hash := range p.old {
		union[name] = hash
	}
	for _, s := range p.staged {
		union[s.path] = "unfinished"
	}
	if len(p.staged) > 0 {
		if err := writeManifest(p.root, union); err != nil {
			return err
		}
	}
	for _, s := range p.moves() {
		if err := p.place(s); err != nil {
			return err
		}
	}
	gone := p.gone()
	for _, name := range gone {
		p.remove(name)
	}
	if len(p.staged) == 0 && len(gone) == 0 {
		return nil
	}
	return writeManifest(p.root, p.now)
}

// gone are the files that we wrote and that the site no longer has, in the order in which they are removed: pages before what
// they load.
func (p *publisher) gone() []string {
	var gone []string
	for name := range p.old {
		if _, kept := p.now[name]; !kept {
			gone = append(gone, name)
		}
	}
	loaded := func(name string) int {
		if path.Ext(name) == ".html" {
			return 0
		}
		return 1
	}
	slices.SortFunc(gone, func(a, b string) int { return cmp.Or(cmp.Compare(loaded(a), loaded(b)), strings.Compare(a, b)) })
	return gone
}

// moves are what is moved at once, in order: a whole folder where there is none yet and all that comes into it is of one kind,
// else a file. A site that is written for the first time needs a move for each of its folders, not for each of its files.
func (p *publisher) moves() []stagedFile {
	const mixed = 1 << 7
	kinds := map[string]build.Kind{} // of all that is staged below a folder
	for _, s := range p.staged {
		for dir := path.Dir(s.path); dir != "."; dir = path.Dir(dir) {
			if k, seen := kinds[dir]; seen && k != s.kind {
				kinds[dir] = mixed
			} else {
				kinds[dir] = s.kind
			}
		}
	}
	whole := map[string]bool{} // folders that move as they are
	var moves []stagedFile
	for _, s := range p.staged {
		moved := false
		for i := 0; i < len(s.path) && !moved; i++ {
			if s.path[i] != '/' {
				continue
			}
			dir := s.path[:i]
			is, seen := whole[dir]
			if !seen {
				_, err := p.root.Lstat(dir)
				is = kinds[dir] != mixed && errors.Is(err, fs.ErrNotExist)
				if whole[dir] = is; is {
					moves = append(moves, stagedFile{dir, s.kind})
				}
			}
			moved = is
		}
		if !moved {
			moves = append(moves, s)
		}
	}
	slices.SortFunc(moves, func(a, b stagedFile) int { return cmp.Or(cmp.Compare(a.kind, b.kind), strings.Compare(a.path, b.path)) })
	return moves
}

// link returns the symbolic link on the way to a folder of the output, or "". Nothing is written or removed through one:
// what lies behind it is not ours.
func (p *publisher) link(dir string) string {
	for ; dir != "." && !p.made[dir]; dir = path.Dir(dir) {
		if info, err := p.root.Lstat(dir); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return dir
		}
	}
	return ""
}

// place moves a staged file to its place. A folder or file of ours that stands in the way makes room.
func (p *publisher) place(s stagedFile) error {
	if dir := path.Dir(s.path); dir != "." && !p.made[dir] {
		if link := p.link(dir); link != "" {
			return fmt.Errorf("%s is a symbolic link; take it away, and build again", link)
		}
		if err := p.root.MkdirAll(dir, 0o755); err != nil {
			for up := dir; up != "."; up = path.Dir(up) {
				if _, mine := p.old[up]; mine {
					p.remove(up)
				}
			}
			if err := p.root.MkdirAll(dir, 0o755); err != nil {
				return err
			}
		}
		p.made[dir] = true
	}
	err := p.root.Rename(stageSite+"/"+s.path, s.path)
	if err != nil {
		if info, stat := p.root.Lstat(s.path); stat == nil && info.IsDir() {
			p.removeBelow(s.path)
			err = p.root.Rename(stageSite+"/"+s.path, s.path)
		}
	}
	return err
}

// removeBelow takes away what we wrote into a folder that is now to be a file.
func (p *publisher) removeBelow(folder string) {
	for name := range p.old {
		if strings.HasPrefix(name, folder+"/") {
			p.remove(name)
		}
	}
	p.root.Remove(folder)
}

// remove deletes a file that we wrote, and the folders that it leaves empty. What a person put there stays.
func (p *publisher) remove(name string) {
	if p.link(path.Dir(name)) != "" {
		return
	}
	if err := p.root.Remove(name); err == nil {
		p.removed++
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if p.root.Remove(dir) != nil { // not empty
			return
		}
	}
}
