//go:build wasip1

// Module is the calculator as a WebAssembly module. Its host (a page's worker, the builder, a test) writes a request into
// a buffer and gets the address of a reply; what requests and replies say is told in package view.
//
//	GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared -trimpath -ldflags='-s -w' -gcflags=all=-l
//
// The host calls _initialize once, then load with the tables, then ask as often as it likes.
package main

import (
	"unsafe"

	"whentofinetune/calculator/fact"
	"whentofinetune/calculator/view"
)

// maxSize is the largest buffer that a host may ask for: some thirty times the tables.
const maxSize = 4 << 20

// What the host has lent and been lent. Both stay reachable from here, so nothing moves or frees them between calls.
var (
	input   []byte
	reply   []byte
	session = view.NewSession(&fact.Tables{}, nil)
)

func main() {}

// buffer returns the address of at least size bytes that the host may write, or 0 where size is too large.
//
//go:wasmexport buffer
func buffer(size uint32) uint32 {
	if size > maxSize {
		return 0
	}
	if int(size) > cap(input) || input == nil {
		input = make([]byte, max(size, 1024))
	}
	input = input[:cap(input)]
	return address(input)
}

// load reads the tables from the first size bytes of the buffer. It returns the number of problems; the view problems
// lists them.
//
//go:wasmexport load
func load(size uint32) uint32 {
	tables, problems := fact.Read(fact.Split(taken(size)))
	session = view.NewSession(tables, problems)
	return uint32(len(problems))
}

// ask answers the request in the first size bytes of the buffer. The upper half of the result is the address of the
// reply, the lower half its length; the reply is good until the next call.
//
//go:wasmexport ask
func ask(size uint32) uint64 {
	reply = session.Ask(taken(size))
	return uint64(address(reply))<<32 | uint64(len(reply))
}

// taken copies the request out of the buffer; a size beyond the buffer takes what there is.
func taken(size uint32) string { return string(input[:min(int(size), len(input))]) }

// address is where b lies in the module's memory.
func address(b []byte) uint32 { return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(b)))) }
