package module

import (
	"bytes"
	"encoding/binary"
	"maps"
	"regexp"
	"slices"
)

// spentNames are functions of Go's runtime that only its start calls; what only they call is found by itself.
var spentNames = []string{"runtime.rt0_go", "runtime.schedinit", "runtime.main", "runtime.doInit1"}

// packageInit is the name of a function that initialises a package: one dot before it, or it would be a method.
var packageInit = regexp.MustCompile(`^\w+\.init(\.\d+)?$`)

// spentFunctions are those that nothing can call once a module has started: neither what it exports, nor what that calls, nor
// an address of a function that stands in its memory or its code. An address that could be one counts as one.
func spentFunctions(all sections, names map[int]string, imported int, entries map[string]int, memory []byte) (map[int]bool, error) {
	elements := all.find(elementSection)
	if elements == nil {
		return nil, errLayout
	}
	first, err := firstElement(elements.body)
	if err != nil {
		return nil, err
	}
	bodies, err := bodiesOf(all.find(codeSection).body)
	if err != nil {
		return nil, err
	}
	w := walk{imported: imported, first: first, count: len(bodies), spent: map[int]bool{entries["_initialize"]: true}, live: map[int]bool{}}
	for f, name := range names {
		if slices.Contains(spentNames, name) || packageInit.MatchString(name) {
			w.spent[f] = true
		}
	}
	for _, f := range slices.Sorted(maps.Values(entries)) {
		w.function(f)
	}
	if err := w.memory(memory); err != nil {
		return nil, err
	}
	for len(w.todo) > 0 {
		f := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		if err := references(bodies[f-imported], w.function, w.address); err != nil {
			return nil, err
		}
	}
	for i := range bodies {
		if f := i + imported; !w.live[f] {
			w.spent[f] = true
		}
	}
	return w.spent, nil
}

// walk goes from function to function. A function of Go has 65,536 addresses, and the first of all is first<<16.
type walk struct {
	imported, first, count int
	spent, live            map[int]bool
	todo                   []int
}

// function is called, or may be.
func (w *walk) function(f int) {
	if f >= w.imported && f < w.imported+w.count && !w.live[f] && !w.spent[f] {
		w.live[f] = true
		w.todo = append(w.todo, f)
	}
}

// address may be that of a function.
func (w *walk) address(v int64) {
	if v >= int64(w.first)<<16 && v < int64(w.first+w.count)<<16 {
		w.function(int(v>>16) - w.first + w.imported)
	}
}

// memory may hold addresses, and the numbers by which types name their methods (textAddr in runtime/symtab.go). The function table
// names all functions and calls none.
func (w *walk) memory(memory []byte) error {
	at := bytes.Index(memory, tableMagic)
	if at < 0 {
		return errLayout
	}
	t := table{memory[at:]}
	if !t.plausible() {
		return errLayout
	}
	end := at + t.end()
	for i := 0; i+8 <= len(memory); i += 4 {
		if i >= at && i < end {
			continue
		}
		w.function(int(binary.LittleEndian.Uint32(memory[i:])) - w.first + w.imported)
		if i%8 == 0 {
			w.address(int64(binary.LittleEndian.Uint64(memory[i:])))
		}
	}
	return nil
}

// firstElement is where the functions begin in the only table of a module.
func firstElement(body []byte) (int, error) {
	if !bytes.HasPrefix(body, []byte{1, 0, 0x41}) {
		return 0, errLayout
	}
	first, rest, err := signedNumber(body[3:])
	if err != nil || len(rest) == 0 || rest[0] != 0x0b || first < 0 || first > maxMemory {
		return 0, errLayout
	}
	return int(first), nil
}

// bodiesOf are the functions of a code section.
func bodiesOf(code []byte) ([][]byte, error) {
	count, rest, err := number(code)
	if err != nil || count > len(code) {
		return nil, errLayout
	}
	bodies := make([][]byte, count)
	for i := range bodies {
		if bodies[i], rest, err = counted(rest, nil); err != nil {
			return nil, err
		}
	}
	return bodies, nil
}
