package module

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Go's runtime finds the function that an address lies in by a table of buckets (findfuncbucket in runtime/symtab.go): for
// every 4096 addresses the number of the first function, and sixteen bytes that count on from there. In WebAssembly each
// function has 65,536 addresses, so sixteen buckets in a row say its number and the bytes are zero: a quarter of the module,
// and all of it said by a rule.
const (
	bucketSize         = 20
	bucketsPerFunction = 16
)

// clearBuckets finds that table in memory and clears it. It returns where the table begins and how many buckets it has, none
// where there is no table that keeps to the rule.
func clearBuckets(memory []byte) (at, count int) {
	at = bytes.Index(memory, buckets(bucketsPerFunction, 4*bucketsPerFunction))
	if at < bucketsPerFunction*bucketSize {
		return 0, 0
	}
	at -= bucketsPerFunction * bucketSize // those of function 0 are zeros
	for bucket := buckets(count, count+1); bytes.HasPrefix(memory[at+count*bucketSize:], bucket); bucket = buckets(count, count+1) {
		count++
	}
	clear(memory[at : at+count*bucketSize])
	return at, count
}

// buckets are those from one number up to another.
func buckets(from, to int) []byte {
	b := make([]byte, (to-from)*bucketSize)
	for i := from; i < to; i++ {
		binary.LittleEndian.PutUint32(b[(i-from)*bucketSize:], uint32(i/bucketsPerFunction))
	}
	return b
}

// fillBuckets adds a function that writes the table before anything else runs. The error says that the module is not laid out
// as expected: it has a function that starts it, or lacks a section.
func fillBuckets(before sections, at, count int) (sections, error) {
	all := slices.Clone(before)
	types, imports, functions, code := all.find(typeSection), all.find(importSection), all.find(functionSection), all.find(codeSection)
	after := slices.IndexFunc(all, func(s section) bool { return s.id > startSection })
	if types == nil || imports == nil || functions == nil || code == nil || after < 0 || all.find(startSection) != nil {
		return nil, errLayout
	}
	imported, err := functionImports(imports.body)
	if err != nil {
		return nil, err
	}
	var type_, own int
	if types.body, type_, err = withOneMore(types.body, []byte{0x60, 0, 0}); err != nil { // takes and gives nothing
		return nil, err
	}
	if functions.body, own, err = withOneMore(functions.body, binary.AppendUvarint(nil, uint64(type_))); err != nil {
		return nil, err
	}
	body := filler(at, count)
	if code.body, _, err = withOneMore(code.body, append(binary.AppendUvarint(nil, uint64(len(body))), body...)); err != nil {
		return nil, err
	}
	return slices.Insert(all, after, section{startSection, binary.AppendUvarint(nil, uint64(imported+own))}), nil
}

// withOneMore appends an item to a section that is a list, and returns its index.
func withOneMore(body, item []byte) (longer []byte, index int, err error) {
	count, rest, err := number(body)
	return slices.Concat(binary.AppendUvarint(nil, uint64(count+1)), rest, item), count, err
}

// filler is a function's body: i = 0; do { memory[at + 20*i] = i >> 4 } while (++i < count).
func filler(at, count int) []byte {
	return slices.Concat(
		[]byte{1, 1, 0x7f, 0x03, 0x40},                                                      // a local of type i32; loop
		[]byte{0x20, 0, 0x41, bucketSize, 0x6c},                                             // i * 20
		[]byte{0x20, 0, 0x41, 4, 0x76},                                                      // i >> 4
		binary.AppendUvarint([]byte{0x36, 2}, uint64(at)),                                   // store
		[]byte{0x20, 0, 0x41, 1, 0x6a, 0x22, 0, 0x41}, signed(count), []byte{0x49, 0x0d, 0}, // again if i + 1 < count
		[]byte{0x0b, 0x0b})
}
