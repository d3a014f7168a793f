package module

import (
	"encoding/binary"
	"slices"
	"strings"
)

// idle are the functions of Go's runtime that stand ready for questions which nobody can put to a module: the execution
// tracer, the profilers, the dumps that GODEBUG asks for and the print of a stack, whose names are blanked anyway (a panic
// still prints what it has to say before it ends). An entry that ends in a star stands for every name that begins so. Names
// are those of the linker's name section, where (*T).F is __T_.F.
var idle = []string{
	// the tracer: each is called only after traceEnabled, and what enables it is one of awake
	"traceLocker.*", "traceWriter.*", "traceEventWriter.*", "unsafeTrace*", "__traceMap_.*", "__traceRegionAlloc_.*", "__traceBufQueue_.*", "__traceBuf_.*",
	"__traceStackTable_.*", "__traceStringTable_.*", "__traceTypeTable_.*", "__traceAdvancerState_.*", "traceAdvance", "traceAdvance.*", "traceNextGen", "traceRegisterLabelsAndReasons",
	"traceReader", "traceSpan*", "traceHeapObjectID", "traceGoroutineStackID", "traceCompressStackSize", "traceBufFlush", "traceStopReadCPU", "traceReadCPU",
	"traceCPUFlush*", "traceStack", "traceThreadDestroy*", "makeTraceFrame*", "goStatusToTraceGoStatus", "traceSyncBatch*", "fpTracebackP*", "startPCForTrace",
	// the profilers of goroutines, locks and time; that of memory counts from the start
	"saveblockevent", "doRecordGoroutineProfile*", "__profBuf_.*", "profIndex.*",
	// dumps
	"hexdump*", "__hexdumper_.*", "checkFinalizersAndCleanups*", "gcDumpObject", "dumpScanStats", "__mspan_.reportZombies", "schedtrace*",
	// the print of a stack
	"goroutineheader", "traceback1*", "traceback2*", "tracebackothers*", "tracebacksomeothers*", "tracebackHexdump*", "printAncestorTraceback*", "printCgoTraceback*", "printOneCgoTraceback",
	"printcreatedby*",
}

// called is what a pattern of idle would catch and the runtime calls all the same.
const called = "traceLocker.ok"

// awake are functions that put the questions. A calculator of somebody's own that holds one keeps everything.
var awake = []string{"runtime.StartTrace", "runtime_trace.Start", "runtime_pprof.", "runtime.MemProfile", "runtime.BlockProfile", "runtime.MutexProfile", "runtime.GoroutineProfile", "runtime.SetBlockProfileRate", "runtime.SetCPUProfileRate", "runtime.Stack"}

// stub takes the bodies of idle functions out of the code: each becomes a trap. The other sections stay as they are but for
// those that only tools read, the names among them. The error says that the module is not laid out as expected.
func stub(all sections, names map[int]string, imported int) (kept sections, err error) {
	idle := idleFunctions(names)
	kept = slices.DeleteFunc(slices.Clone(all), func(s section) bool { return s.id == customSection })
	code := kept.find(codeSection)
	if code == nil {
		return nil, errLayout
	}
	code.body, err = withoutBodies(code.body, func(function int) bool { return idle[function+imported] })
	return kept, err
}

// idleFunctions are the indices of functions by idle, none where one of awake is there.
func idleFunctions(names map[int]string) map[int]bool {
	unused := map[int]bool{}
	for i, name := range names {
		if slices.ContainsFunc(awake, func(a string) bool { return name == a || strings.HasSuffix(a, ".") && strings.HasPrefix(name, a) }) {
			return nil
		}
		name, ours := strings.CutPrefix(name, "runtime.")
		if ours && name != called && slices.ContainsFunc(idle, func(pattern string) bool {
			prefix, open := strings.CutSuffix(pattern, "*")
			return name == pattern || open && strings.HasPrefix(name, prefix)
		}) {
			unused[i] = true
		}
	}
	return unused
}

// functionImports counts the functions among the imports. Go's linker imports nothing else.
func functionImports(body []byte) (int, error) {
	count, rest, err := number(body)
	for range count {
		for range 2 { // module and name
			if _, rest, err = counted(rest, err); err != nil {
				return 0, err
			}
		}
		if len(rest) == 0 || rest[0] != 0 {
			return 0, errLayout
		}
		_, rest, err = number(rest[1:])
	}
	return count, err
}

// functionNames reads the functions of a name section, by index.
func functionNames(body []byte) (map[int]string, error) {
	names := map[int]string{}
	for len(body) > 0 {
		part, rest, err := counted(body[1:], nil)
		if err != nil {
			return nil, err
		}
		if body[0] == 1 {
			count, list, err := number(part)
			if err != nil {
				return nil, err
			}
			for range count {
				i, after, err := number(list)
				name, after, err := counted(after, err)
				if err != nil {
					return nil, err
				}
				names[i], list = string(name), after
			}
		}
		body = rest
	}
	return names, nil
}

// trap is a function's body, its length first: no locals, unreachable, end.
var trap = []byte{3, 0, 0, 0x0b}

// withoutBodies puts a trap in place of the bodies of functions in a code section.
func withoutBodies(code []byte, unused func(function int) bool) ([]byte, error) {
	bodies, err := bodiesOf(code)
	if err != nil {
		return nil, err
	}
	out := binary.AppendUvarint(make([]byte, 0, len(code)), uint64(len(bodies)))
	for i, body := range bodies {
		if unused(i) {
			out = append(out, trap...)
		} else {
			out = append(binary.AppendUvarint(out, uint64(len(body))), body...)
		}
	}
	return out, nil
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

// number reads an unsigned LEB128.
func number(b []byte) (n int, rest []byte, err error) {
	v, size := binary.Uvarint(b)
	if size <= 0 || v > maxMemory {
		return 0, nil, errLayout
	}
	return int(v), b[size:], nil
}

// counted reads bytes after their number, unless something was wrong before.
func counted(b []byte, before error) (data, rest []byte, err error) {
	n, rest, err := number(b)
	if before != nil || err != nil || n > len(rest) {
		return nil, nil, errLayout
	}
	return rest[:n], rest[n:], nil
}
