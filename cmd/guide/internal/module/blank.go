package module

import (
	"bytes"
	"encoding/binary"
)

// The function table of Go's runtime (runtime/symtab.go, pcHeader and _func of Go 1.20 to 1.26), 64 bits wide: the header's
// magic, and where fields stand in it and in the entry of a function.
var tableMagic = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

const (
	headerCount  = 8 // of functions
	headerNames  = 32
	headerUnits  = 40 // the names of functions end here, and lists of files by package begin
	headerValues = 56 // varint sequences: stack sizes, files, lines, data
	headerFuncs  = 64 // entries; the sequences end here
	headerSize   = 72

	funcName  = 4  // offset of the name, blanked
	funcStack = 16 // offset of a sequence, which is kept
	funcFile  = 20 // blanked
	funcLine  = 24 // blanked
	funcData  = 28 // number of further sequences, which are kept
	funcUnit  = 32 // where the files of its package are listed, blanked
	funcStart = 36 // first line, blanked
	funcSize  = 44 // the further sequences' offsets follow
)

// blank takes the names of functions and their files and lines out of the table, if it is laid out as expected. Nothing but
// the printing of tracebacks reads them.
func blank(memory []byte) {
	at := bytes.Index(memory, tableMagic)
	if at < 0 || bytes.Contains(memory[at+1:], tableMagic) {
		return
	}
	t := table{memory[at:]}
	if !t.plausible() {
		return
	}
	kept, ok := t.keptSequences()
	if !ok {
		return
	}
	for i := range kept {
		if !kept[i] {
			t.b[t.field(headerValues)+i] = 0
		}
	}
	for i := range t.field(headerCount) {
		entry := t.entry(i)
		clear(t.b[entry+funcFile : entry+funcFile+8])
		clear(t.b[entry+funcName : entry+funcName+4])
		clear(t.b[entry+funcUnit : entry+funcStart+4])
	}
	clear(t.b[t.field(headerNames)+1 : t.field(headerValues)]) // names of functions, and of files
}

// table is the function table and what follows it in memory.
type table struct{ b []byte }

// field is a number of the header, or -1 where it cannot be one.
func (t *table) field(at int) int {
	if len(t.b) < headerSize {
		return -1
	}
	if n := binary.LittleEndian.Uint64(t.b[at:]); n < uint64(len(t.b)) {
		return int(n)
	}
	return -1
}

// plausible checks that the parts of the table follow each other inside memory and that every entry lies in it.
func (t *table) plausible() bool {
	names, units, values, funcs, count := t.field(headerNames), t.field(headerUnits), t.field(headerValues), t.field(headerFuncs), t.field(headerCount)
	if names < headerSize || names >= units || units >= values || values >= funcs || count < 1 || funcs+8*count > len(t.b) {
		return false
	}
	for i := range count {
		entry := t.entry(i)
		if entry < funcs || entry+funcSize > len(t.b) {
			return false
		}
		if entry+funcSize+4*int(t.u32(entry+funcData)) > len(t.b) {
			return false
		}
	}
	return true
}

func (t *table) u32(at int) uint32 { return binary.LittleEndian.Uint32(t.b[at:]) }

// entry is where the entry of function i stands.
func (t *table) entry(i int) int {
	funcs := t.field(headerFuncs)
	return funcs + int(t.u32(funcs+8*i+4))
}

// keptSequences marks the bytes of the sequences that the runtime needs: sequences that say the same are stored once, so one
// may serve as lines of one function and as stack sizes of another.
func (t *table) keptSequences() (kept []bool, ok bool) {
	values, funcs := t.field(headerValues), t.field(headerFuncs)
	kept = make([]bool, funcs-values)
	if len(kept) == 0 {
		return nil, false
	}
	kept[0] = true
	mark := func(offset uint32) bool {
		if offset == 0 {
			return true
		}
		size := t.sequence(values+int(offset), funcs)
		if size < 0 {
			return false
		}
		for i := range size {
			kept[int(offset)+i] = true
		}
		return true
	}
	for i := range t.field(headerCount) {
		entry := t.entry(i)
		if !mark(t.u32(entry + funcStack)) {
			return nil, false
		}
		for k := range int(t.u32(entry + funcData)) {
			if !mark(t.u32(entry + funcSize + 4*k)) {
				return nil, false
			}
		}
	}
	return kept, true
}

// sequence is the length of a sequence of pairs of varints that ends with a 0 in place of a pair; -1 where it has no end.
func (t *table) sequence(at, end int) int {
	for p, first := at, true; ; first = false {
		if p >= end {
			return -1
		}
		value, n := binary.Uvarint(t.b[p:end])
		if n <= 0 {
			return -1
		}
		p += n
		if value == 0 && !first {
			return p - at
		}
		if _, n = binary.Uvarint(t.b[p:end]); n <= 0 {
			return -1
		}
		p += n
	}
}
