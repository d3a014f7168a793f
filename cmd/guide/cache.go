package main

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// cache keeps results in a folder of a project's own under the user's cache folder, many to a file: opening a file for each
// takes longer than reading a page anew. A build appends what is new to a file with a temporary name, and commit gives it
// its lasting one, with a list of what is in it at its end. Files are never changed after that, so any number of builds may
// go on at once: each sees what was there when it began. What another version of this command wrote, what is cut off and
// what is damaged is passed over.
//
// The cache also holds what a process need not have in memory. Without a folder to keep it in (--no-cache, no home) it is
// a file among the temporary ones, gone with the process.
type cache struct {
	folder string // empty: nothing outlives the process
	head   string // first bytes of every file: format and stamp of this command

	mu     sync.Mutex
	read   bool       // what is kept has been looked at
	parts  []*os.File // files that results are in; nil where one was closed
	where  map[[32]byte]place
	part   int // number of the file that grows, -1 for none
	buffer []byte
	size   int64      // of the file that grows, without what is in the buffer
	fresh  [][32]byte // what is in it
	failed bool       // it can grow no more: the disk is full
	spared int64      // bytes of results that have not been asked for
}

// place is where a result is.
type place struct {
	at   int64
	size uint32
	sum  uint32 // CRC-32C of its bytes
	part int32
	used bool
}

const (
	partPrefix = "results-"
	newPrefix  = ".new-"
	partMagic  = "guide results 1\n"
	entryBytes = 32 + 8 + 4 + 4
	footBytes  = 8 + 4 + 4 // where the list begins, how long it is, its sum
	manyParts  = 12        // more files than this are joined to one
	abandoned  = 24 * time.Hour
	forgotten  = 60 * 24 * time.Hour
	maxResult  = 1 << 30
	writeBytes = 1 << 18
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// newCache returns the cache of a folder; empty for one that keeps nothing.
func newCache(folder, stamp string) *cache {
	return &cache{folder: folder, head: partMagic + stamp + "\n", where: map[[32]byte]place{}, part: -1}
}

// Get returns what Put stored under key.
func (c *cache) Get(key [32]byte) ([]byte, bool) {
	c.mu.Lock()
	c.look()
	p, ok := c.where[key]
	if ok && !p.used {
		p.used = true
		c.where[key] = p
		c.spared -= int64(p.size)
	}
	if ok && int(p.part) == c.part && p.at+int64(p.size) > c.size {
		ok = c.flush()
	}
	var file *os.File
	if ok {
		file = c.parts[p.part]
	}
	c.mu.Unlock()
	if file == nil {
		return nil, false
	}
	data := make([]byte, p.size)
	if _, err := file.ReadAt(data, p.at); err != nil || crc32.Checksum(data, castagnoli) != p.sum {
		return nil, false
	}
	return data, true
}

// Put stores a result and reports whether Get will find it.
func (c *cache) Put(key [32]byte, data []byte) bool {
	if len(data) > maxResult {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.look()
	if !c.grows() {
		return false
	}
	p := place{at: c.size + int64(len(c.buffer)), size: uint32(len(data)), sum: crc32.Checksum(data, castagnoli), part: int32(c.part), used: true}
	c.buffer = append(c.buffer, data...)
	if len(c.buffer) >= writeBytes && !c.flush() {
		return false
	}
	c.where[key] = p
	c.fresh = append(c.fresh, key)
	return true
}

// grows makes a file for what is new, if there is none yet.
func (c *cache) grows() bool {
	if c.part >= 0 || c.failed {
		return !c.failed
	}
	c.failed = c.folder != "" && os.MkdirAll(c.folder, 0o755) != nil
	f, err := os.CreateTemp(c.folder, newPrefix+"*")
	if c.failed = c.failed || err != nil; c.failed {
		return false
	}
	if c.folder == "" {
		os.Remove(f.Name()) // where the system lets an open file go; else close does it
	}
	c.part, c.size, c.fresh = len(c.parts), 0, nil
	c.parts = append(c.parts, f)
	c.buffer = append(c.buffer[:0], c.head...)
	return true
}

// flush writes the buffer.
func (c *cache) flush() bool {
	if c.part < 0 {
		return true
	}
	if _, err := c.parts[c.part].WriteAt(c.buffer, c.size); err != nil {
		c.failed = true
		return false
	}
	c.size += int64(len(c.buffer))
	c.buffer = c.buffer[:0]
	return true
}

// commit lets what is new outlive the process. whole says that all that a site is made of has been asked for: where many
// files have gathered then, or more is in them than that, it is put into one and the others go.
func (c *cache) commit(whole bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.folder == "" || c.part < 0 || len(c.fresh) == 0 || c.failed {
		return
	}
	total := int64(0)
	for _, p := range c.where {
		total += int64(p.size)
	}
	if whole && (len(c.parts) > manyParts || 2*c.spared > total) && !c.join() {
		return
	}
	list := make([]byte, 0, len(c.fresh)*entryBytes+footBytes)
	for _, key := range c.fresh {
		p := c.where[key]
		list = append(list, key[:]...)
		list = binary.LittleEndian.AppendUint64(list, uint64(p.at))
		list = binary.LittleEndian.AppendUint32(list, p.size)
		list = binary.LittleEndian.AppendUint32(list, p.sum)
	}
	sum := crc32.Checksum(list, castagnoli)
	list = binary.LittleEndian.AppendUint64(list, uint64(c.size+int64(len(c.buffer))))
	list = binary.LittleEndian.AppendUint32(list, uint32(len(c.fresh)))
	list = binary.LittleEndian.AppendUint32(list, sum)
	c.buffer = append(c.buffer, list...)
	if !c.flush() {
		return
	}
	f := c.parts[c.part]
	name := strings.Replace(f.Name(), newPrefix, partPrefix, 1)
	if os.Rename(f.Name(), name) != nil { // else close takes it away
		return
	}
	c.part, c.fresh = -1, nil
	c.tidy()
}

// tidy marks the folder as being in use, and removes those of projects that have not been for long.
func (c *cache) tidy() {
	now := time.Now()
	os.Chtimes(c.folder, now, now)
	all := filepath.Dir(c.folder)
	entries, err := os.ReadDir(all)
	if err != nil {
		return
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && e.IsDir() && now.Sub(info.ModTime()) > forgotten {
			os.RemoveAll(filepath.Join(all, e.Name()))
		}
	}
}

// join copies what was asked for into the file that grows and removes the others. Whoever reads them has them open.
func (c *cache) join() bool {
	isFresh := make(map[[32]byte]bool, len(c.fresh))
	for _, key := range c.fresh {
		isFresh[key] = true
	}
	for _, key := range slices.SortedFunc(maps.Keys(c.where), func(a, b [32]byte) int {
		return cmp.Or(cmp.Compare(c.where[a].part, c.where[b].part), cmp.Compare(c.where[a].at, c.where[b].at))
	}) {
		p := c.where[key]
		if isFresh[key] {
			continue
		}
		data := make([]byte, p.size)
		if _, err := c.parts[p.part].ReadAt(data, p.at); err != nil || crc32.Checksum(data, castagnoli) != p.sum || !p.used {
			delete(c.where, key)
			continue
		}
		p.at, p.part = c.size+int64(len(c.buffer)), int32(c.part)
		c.buffer = append(c.buffer, data...)
		if len(c.buffer) >= writeBytes && !c.flush() {
			return false
		}
		c.where[key] = p
		c.fresh = append(c.fresh, key)
	}
	for i, f := range c.parts {
		if i != c.part && f != nil {
			f.Close()
			os.Remove(f.Name())
			c.parts[i] = nil
		}
	}
	c.spared = 0
	return true
}

// close ends the cache; what was not committed is gone.
func (c *cache) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, f := range c.parts {
		if f == nil {
			continue
		}
		f.Close()
		if i == c.part {
			os.Remove(f.Name())
		}
		c.parts[i] = nil
	}
	c.failed, c.part = true, -1
	clear(c.where)
}

// look reads the lists of what is kept, oldest first, so that the newest holds.
func (c *cache) look() {
	if c.read {
		return
	}
	c.read = true
	if c.folder == "" {
		return
	}
	entries, err := os.ReadDir(c.folder)
	if err != nil {
		return
	}
	type found struct {
		name string
		at   time.Time
	}
	var all []found
	for _, e := range entries {
		info, err := e.Info()
		switch {
		case err != nil:
		case strings.HasPrefix(e.Name(), partPrefix):
			all = append(all, found{filepath.Join(c.folder, e.Name()), info.ModTime()})
		case strings.HasPrefix(e.Name(), newPrefix) && time.Since(info.ModTime()) > abandoned:
			os.Remove(filepath.Join(c.folder, e.Name())) // of a build that was killed
		}
	}
	slices.SortFunc(all, func(a, b found) int { return cmp.Or(a.at.Compare(b.at), strings.Compare(a.name, b.name)) })
	for _, f := range all {
		if file, err := os.Open(f.name); err == nil && !c.list(file) {
			file.Close()
			os.Remove(f.name)
		}
	}
}

var errPart = errors.New("not a file of results, or of another version")

// list reads the list of a file and reports whether it is whole.
func (c *cache) list(file *os.File) bool {
	list, end, err := readList(file, c.head)
	if err != nil {
		return false
	}
	part := int32(len(c.parts))
	c.parts = append(c.parts, file)
	for ; len(list) > 0; list = list[entryBytes:] {
		key := [32]byte(list)
		p := place{at: int64(binary.LittleEndian.Uint64(list[32:])), size: binary.LittleEndian.Uint32(list[40:]), sum: binary.LittleEndian.Uint32(list[44:]), part: part}
		if p.at < 0 || p.size > maxResult || p.at+int64(p.size) > end {
			continue
		}
		c.spared += int64(p.size) - int64(c.where[key].size)
		c.where[key] = p
	}
	return true
}

func readList(file *os.File, head string) (list []byte, end int64, err error) {
	info, err := file.Stat()
	if err != nil || info.Size() < int64(len(head)+footBytes) {
		return nil, 0, errPart
	}
	begin, foot := make([]byte, len(head)), make([]byte, footBytes)
	if _, err := io.ReadFull(file, begin); err != nil || !bytes.Equal(begin, []byte(head)) {
		return nil, 0, errPart
	}
	if _, err := file.ReadAt(foot, info.Size()-footBytes); err != nil {
		return nil, 0, err
	}
	end = int64(binary.LittleEndian.Uint64(foot))
	count := int64(binary.LittleEndian.Uint32(foot[8:]))
	if end < int64(len(head)) || end+count*entryBytes+footBytes != info.Size() {
		return nil, 0, errPart
	}
	list = make([]byte, count*entryBytes)
	if _, err := file.ReadAt(list, end); err != nil || crc32.Checksum(list, castagnoli) != binary.LittleEndian.Uint32(foot[12:]) {
		return nil, 0, errPart
	}
	return list, end, nil
}
