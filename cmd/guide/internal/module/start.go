package module

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// started lets a module start, as a host would by calling _initialize, and returns it as it then stands: its memory, what its
// variables hold, and a call of _initialize that does nothing. Go's runtime takes a twentieth of a second to start in a browser,
// which compiles each function when it is first called; now that is done once, here. What only the start called is taken out.
//
// The module sees a clock that stands still and chance that is always the same, so that two builds are equal. What a package of
// the calculator remembers of the clock when it is initialised is that of the build.
func started(all sections, names map[int]string, imported int) (now sections, memory []byte, spent map[int]bool, err error) {
	exports, globals, limits, code := all.find(exportSection), all.find(globalSection), all.find(memorySection), all.find(codeSection)
	if exports == nil || globals == nil || limits == nil || code == nil {
		return nil, nil, nil, errLayout
	}
	entries, err := exportedFunctions(exports.body)
	if err != nil {
		return nil, nil, nil, err
	}
	begin, ok := entries["_initialize"]
	count, _, err := number(globals.body)
	if err != nil || !ok {
		return nil, nil, nil, errLayout
	}
	memory, values, err := run(all, count)
	if err != nil {
		return nil, nil, nil, err
	}
	if spent, err = spentFunctions(all, names, imported, entries, memory); err != nil {
		return nil, nil, nil, err
	}
	now = slices.Clone(all)
	now.find(globalSection).body = globalsOf(values)
	if now.find(memorySection).body, err = withPages(limits.body, len(memory)>>16); err != nil {
		return nil, nil, nil, err
	}
	now.find(codeSection).body, err = withBodies(code.body, func(function int) []byte {
		switch f := function + imported; {
		case f == begin:
			return nothing
		case spent[f]:
			return trap
		}
		return nil
	})
	return now, memory, spent, err
}

// run starts a module and returns its memory and its variables.
func run(all sections, globals int) (memory []byte, values []api.Global, err error) {
	seen := slices.Clone(all)
	exports := seen.find(exportSection)
	for i := range globals {
		name := globalName(i)
		item := slices.Concat([]byte{byte(len(name))}, []byte(name), []byte{3}, binary.AppendUvarint(nil, uint64(i)))
		if exports.body, _, err = withOneMore(exports.body, item); err != nil {
			return nil, nil, err
		}
	}
	ctx := context.Background()
	// Nearly all that is compiled is never called: the interpreter compiles in a quarter of the time.
	r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigInterpreter().WithMemoryLimitPages(memoryPages))
	defer r.Close(ctx)
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, r); err != nil {
		return nil, nil, err
	}
	still := func() int64 { return 1 } // Go's runtime refuses 0
	config := wazero.NewModuleConfig().WithStartFunctions("_initialize").WithNanotime(still, 1)
	m, err := r.InstantiateWithConfig(ctx, seen.join(), config)
	if err != nil {
		return nil, nil, err
	}
	for i := range globals {
		g := m.ExportedGlobal(globalName(i))
		if t := g.Type(); t != api.ValueTypeI32 && t != api.ValueTypeI64 {
			return nil, nil, errors.New("a variable is no whole number")
		}
		values = append(values, g)
	}
	whole, ok := m.Memory().Read(0, m.Memory().Size())
	if !ok {
		return nil, nil, errLayout
	}
	return bytes.Clone(whole), values, nil
}

func globalName(i int) string { return fmt.Sprintf("global %d", i) }

// globalsOf is a section of variables that begin with the values that others hold now.
func globalsOf(values []api.Global) []byte {
	out := binary.AppendUvarint(nil, uint64(len(values)))
	for _, g := range values {
		if g.Type() == api.ValueTypeI32 {
			out = append(append(out, 0x7f, 1, 0x41), signed(int64(int32(g.Get())))...)
		} else {
			out = append(append(out, 0x7e, 1, 0x42), signed(int64(g.Get()))...)
		}
		out = append(out, 0x0b)
	}
	return out
}

// withPages makes a memory begin with so many pages; it must be the only one, with no limit.
func withPages(body []byte, pages int) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte{1, 0}) {
		return nil, errLayout
	}
	return binary.AppendUvarint([]byte{1, 0}, uint64(pages)), nil
}

// exportedFunctions are the indices of the functions that a module exports, by name.
func exportedFunctions(body []byte) (map[string]int, error) {
	found := map[string]int{}
	count, rest, err := number(body)
	for range count {
		var name []byte
		if name, rest, err = counted(rest, err); err != nil || len(rest) == 0 {
			return nil, errLayout
		}
		kind := rest[0]
		var i int
		if i, rest, err = number(rest[1:]); err != nil {
			return nil, err
		}
		if kind == 0 {
			found[string(name)] = i
		}
	}
	return found, err
}
