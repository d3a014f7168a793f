package module

import (
	"bytes"
	"testing"
)

// wasmOf is a module with one imported function, two of its own, and names for all.
func wasmOf(names ...string) []byte {
	section := func(id byte, body ...byte) []byte { return append([]byte{id, byte(len(body))}, body...) }
	list := []byte{byte(len(names))}
	for i, name := range names {
		list = append(append(list, byte(i), byte(len(name))), name...)
	}
	wasm := []byte("\x00asm\x01\x00\x00\x00")
	wasm = append(wasm, section(importSection, 1, 1, 'a', 1, 'b', 0, 0)...)
	wasm = append(wasm, section(codeSection, 2, 4, 0, 1, 1, 0x0b, 4, 0, 1, 1, 0x0b)...)
	return append(wasm, section(customSection, append([]byte("\x04name"), append([]byte{1, byte(len(list))}, list...)...)...)...)
}

// What only a tracer, a profiler or a debugger would call becomes a trap, unless one of those is there.
func TestStub(t *testing.T) {
	whole, trapped := []byte{4, 0, 1, 1, 0x0b}, trap
	for name, c := range map[string]struct {
		wasm []byte
		want []byte
	}{
		"by name":       {wasmOf("b", "runtime.traceNextGen", "main.f"), append(append([]byte{2}, trapped...), whole...)},
		"by pattern":    {wasmOf("b", "main.f", "runtime.__traceMap_.put"), append(append([]byte{2}, whole...), trapped...)},
		"called":        {wasmOf("b", "runtime.traceLocker.ok", "main.traceNextGen"), append(append([]byte{2}, whole...), whole...)},
		"with a tracer": {wasmOf("b", "runtime.traceNextGen", "runtime.StartTrace"), append(append([]byte{2}, whole...), whole...)},
	} {
		sections, err := splitSections(c.wasm)
		if err != nil {
			t.Fatal(err)
		}
		names, imported, err := sections.functions()
		if err != nil {
			t.Fatal(err)
		}
		got, err := stub(sections, names, imported)
		if err != nil || len(got) != 2 || !bytes.Equal(got[1].body, c.want) {
			t.Errorf("%s: %v %v, want %v", name, got, err, c.want)
		}
	}
	for cut := 9; cut < len(wasmOf("b", "c", "d")); cut++ { // a torn module is left as it came
		wasm := wasmOf("b", "c", "d")[:cut]
		if got := pack(wasm); !bytes.HasPrefix(got, wasm[:8]) {
			t.Errorf("cut at %d: %v", cut, got)
		}
	}
}
