package module

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
)

// pack makes a compiled module smaller without changing what it does.
//
// The linker leaves runs of zeros out of the data and so writes tens of thousands of segments, whose headers compress badly:
// they are joined, and parted again only where much is zero. The function table of Go's runtime holds names and line numbers
// that only a traceback would print: they are blanked. Functions that only tracers, profilers and debuggers would call lose
// their bodies. A table that is one long count is written by a function when the module starts. Together that takes a fifth off
// the compressed module, and a quarter off the bytes that a browser moves (about/performance says how that was measured).
// A module that is not laid out as expected is returned as it came.
func pack(wasm []byte) []byte {
	all, err := splitSections(wasm)
	if err != nil {
		return wasm
	}
	names, imported, err := all.functions()
	if err != nil {
		return wasm
	}
	if all, err = stub(all, names, imported); err != nil {
		return wasm
	}
	data := all.find(dataSection)
	if data == nil {
		return wasm
	}
	start, memory, err := joinSegments(data.body)
	if err != nil {
		return wasm
	}
	blank(memory)
	at, buckets := clearBuckets(memory)
	data.body = segments(start, memory)
	if buckets > 0 {
		if all, err = fillBuckets(all, start+at, buckets); err != nil {
			return wasm
		}
	}
	return all.join()
}

// Ids of sections.
const (
	customSection   = 0
	typeSection     = 1
	importSection   = 2
	functionSection = 3
	startSection    = 8
	codeSection     = 10
	dataSection     = 11
)

// section is a part of a module by the WebAssembly 1.0 binary format.
type section struct {
	id   byte
	body []byte
}

// sections are the parts of a module, in their order.
type sections []section

// header begins a module: its magic and its version.
const header = "\x00asm\x01\x00\x00\x00"

// find returns the section with an id, nil where there is none.
func (all sections) find(id byte) *section {
	if i := slices.IndexFunc(all, func(s section) bool { return s.id == id }); i >= 0 {
		return &all[i]
	}
	return nil
}

// join makes a module of them.
func (all sections) join() []byte {
	out := []byte(header)
	for _, s := range all {
		out = append(out, s.id)
		out = binary.AppendUvarint(out, uint64(len(s.body)))
		out = append(out, s.body...)
	}
	return out
}

// functions are the names of the functions, by index, as far as they have names, and how many are imported.
func (all sections) functions() (names map[int]string, imported int, err error) {
	for _, s := range all {
		switch {
		case s.id == importSection:
			imported, err = functionImports(s.body)
		case s.id == customSection:
			if body, ok := bytes.CutPrefix(s.body, []byte("\x04name")); ok {
				names, err = functionNames(body)
			}
		}
		if err != nil {
			return nil, 0, err
		}
	}
	return names, imported, nil
}

var errLayout = errors.New("not laid out as expected")

func splitSections(wasm []byte) (sections, error) {
	if !bytes.HasPrefix(wasm, []byte(header)) {
		return nil, errLayout
	}
	var all sections
	for rest := wasm[len(header):]; len(rest) > 0; {
		size, n := binary.Uvarint(rest[1:])
		if n <= 0 || size > uint64(len(rest)-1-n) {
			return nil, errLayout
		}
		all = append(all, section{rest[0], rest[1+n : 1+n+int(size)]})
		rest = rest[1+n+int(size):]
	}
	return all, nil
}

// segment is a run of bytes at an address of the memory.
type segment struct {
	at   int
	data []byte
}

// maxMemory bounds what joined segments may span.
const maxMemory = 64 << 20

// joinSegments returns the memory that the segments of a data section fill, zeros between them, and its address.
func joinSegments(body []byte) (start int, memory []byte, err error) {
	count, n := binary.Uvarint(body)
	if n <= 0 {
		return 0, nil, errLayout
	}
	var all []segment
	for rest := body[n:]; count > 0; count-- {
		s, after, err := readSegment(rest)
		if err != nil {
			return 0, nil, err
		}
		all, rest = append(all, s), after
	}
	if len(all) == 0 {
		return 0, nil, errLayout
	}
	slices.SortFunc(all, func(a, b segment) int { return cmp.Compare(a.at, b.at) })
	start = all[0].at
	last := all[len(all)-1]
	memory = make([]byte, 0, last.at-start+len(last.data))
	for _, s := range all {
		gap := s.at - start - len(memory)
		if gap < 0 || s.at-start > maxMemory {
			return 0, nil, errLayout
		}
		memory = append(memory[:len(memory)+gap], s.data...)
	}
	return start, memory, nil
}

// readSegment reads an active segment: 0, i32.const ADDRESS, end, length, bytes.
func readSegment(b []byte) (s segment, rest []byte, err error) {
	if len(b) < 4 || b[0] != 0 || b[1] != 0x41 {
		return s, nil, errLayout
	}
	at, n := binary.Uvarint(b[2:]) // signed, but no address has the sign's bit
	if n <= 0 || b[1+n]&0x40 != 0 || len(b) <= 2+n || b[2+n] != 0x0b {
		return s, nil, errLayout
	}
	b = b[3+n:]
	size, n := binary.Uvarint(b)
	if n <= 0 || size > uint64(len(b)-n) || at > maxMemory {
		return s, nil, errLayout
	}
	return segment{int(at), b[n : n+int(size)]}, b[n+int(size):], nil
}

// gap is how many zeros in a row part two segments: far more than the header of a segment takes.
const gap = 4096

// segments are the parts of memory between long runs of zeros, which it holds by itself.
func segments(start int, memory []byte) []byte {
	zeros := make([]byte, gap)
	var out []byte
	count := 0
	for at := 0; at < len(memory); {
		end := len(memory)
		if n := bytes.Index(memory[at:], zeros); n >= 0 {
			end = at + n
		}
		if end > at {
			count++
			out = append(append(append(out, 0, 0x41), signed(start+at)...), 0x0b)
			out = append(binary.AppendUvarint(out, uint64(end-at)), memory[at:end]...)
		}
		for at = end; at < len(memory) && memory[at] == 0; at++ {
		}
	}
	return append(binary.AppendUvarint(nil, uint64(count)), out...)
}

// signed is a number of 0 or more in signed LEB128.
func signed(n int) []byte {
	out := binary.AppendUvarint(nil, uint64(n))
	if last := len(out) - 1; out[last]&0x40 != 0 {
		out[last] |= 0x80
		out = append(out, 0)
	}
	return out
}
