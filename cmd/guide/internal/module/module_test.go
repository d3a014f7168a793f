package module

import (
	"bytes"
	"errors"
	"hash/maphash"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

var project = filepath.Join("..", "..", "..", "..")

// shared is the project's calculator, compiled once for all tests.
var shared = New(project, "", nil)

// budget is the most that the module may weigh, brotli at its best, in bytes.
const budget = 600_000

func TestSize(t *testing.T) {
	if testing.Short() {
		return // compressing as far as it goes takes seconds
	}
	wasm, _, err := shared.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	if _, err := w.Write(wasm); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes, %d with brotli", len(wasm), b.Len())
	if b.Len() > budget {
		t.Errorf("the module weighs %d bytes with brotli, over its budget of %d", b.Len(), budget)
	}
}

// The packed module answers as the one that came from the compiler, and still names its faults.
func TestPackedAnswersTheSame(t *testing.T) {
	m := shared
	packed, _, err := m.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "plain.wasm")
	c := exec.Command("go", append(append([]string{}, flags...), "-o", out, "./cmd/module")...)
	c.Dir, c.Env = project, append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	if said, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	plain, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(plain, packed) {
		t.Fatal("the module was not packed: is the function table of this Go version laid out differently?")
	}
	facts, _, err := readFacts(project)
	if err != nil {
		t.Fatal(err)
	}
	before, err := newPool(t.Context(), plain, facts, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, request := range []string{"report\nscenario=brand-tone\n", "json\nmonthly_calls=100M\nsaving_per_call=0.001\n", "table prices\n", "nonsense\n", "calculator\n"} {
		want, err := before.ask(request)
		if err != nil {
			t.Fatal(err)
		}
		got, problems, err := m.Ask(request)
		if err != nil || len(problems) > 0 || got != want {
			t.Errorf("%q: %v %v, %d bytes, want %d", request, problems, err, len(got), len(want))
		}
	}
}

// A wrong fact row and a wrong line of Go are problems with file, line and column.
func TestProblems(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":                    "module m\n\ngo 1.26\n",
		"cmd/module/main.go":        "package main\n\nfunc main() {\n\tx := 1\n}\n",
		"calculator/facts/some.txt": "a\n",
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	_, problems, err := New(root, "", nil).Ask("report")
	if err != nil || len(problems) != 1 || problems[0].File != "cmd/module/main.go" || problems[0].Line != 4 || problems[0].Column != 2 {
		t.Errorf("%v %v", problems, err)
	}
	found := factProblems("prices.txt:3:7\tthis is wrong\tdo that\n")
	if len(found) != 1 || found[0].String() != "calculator/facts/prices.txt:3:7: this is wrong; do that" {
		t.Errorf("%v", found)
	}
}

func TestNoToolchainIsSaid(t *testing.T) {
	t.Setenv("PATH", "")
	_, _, err := New(project, t.TempDir(), nil).Ask("report")
	if !errors.Is(err, ErrNoToolchain) || !strings.Contains(err.Error(), "install Go") {
		t.Errorf("%v", err)
	}
}

func TestBorder(t *testing.T) {
	m := shared
	if _, _, err := m.Ask(strings.Repeat("x", maxRequest+1)); err == nil {
		t.Error("a request over the limit was sent")
	}
	if reply, _, err := m.Ask("report\nmonthly_calls=1M\n"); err != nil || !strings.HasPrefix(reply, "ok\n") {
		t.Errorf("after it: %.40q %v", reply, err)
	}
}

// An instance that is asked for long keeps to the memory that it began with: what a request took is collected. It stopped
// where the host's clock said that collecting took more than half of the time.
func TestMemoryIsCollected(t *testing.T) {
	s := shared.ready()
	if s.err != nil || s.pool == nil {
		t.Fatal(s.err, s.problems)
	}
	i, err := s.pool.start()
	if err != nil {
		t.Fatal(err)
	}
	defer i.module.Close(t.Context())
	rounds := 1
	if n, err := strconv.Atoi(os.Getenv("GUIDE_SOAK")); err == nil && n > 0 {
		rounds = n
	}
	request := strings.Repeat("x", maxRequest)
	each := 500
	if testing.Short() {
		each = 150 // still more than an instance may hold
	}
	for n := range rounds * each {
		if _, err := i.ask(t.Context(), request); err != nil {
			t.Fatalf("request %d: %v", n, err)
		}
		if size := i.module.Memory().Size(); size > 64<<20 {
			t.Fatalf("after request %d the instance holds %d bytes", n, size)
		}
	}
	t.Logf("%d bytes", i.module.Memory().Size())
}

const faultySource = `package main

import "unsafe"

var input, reply []byte

var kept [][]byte

func main() {}

//go:wasmexport buffer
func buffer(size uint32) uint32 {
	input = make([]byte, size+1)
	return uint32(uintptr(unsafe.Pointer(&input[0])))
}

//go:wasmexport load
func load(size uint32) uint32 { return 0 }

//go:wasmexport ask
func ask(size uint32) uint64 {
	switch string(input[:size]) {
	case "index":
		reply = input[size+7:]
	case "panic":
		panic("a rung too far")
	case "long":
		for n := 1 << 28; n > 0; n-- {
			input[0] = byte(n)
		}
	case "nil":
		var m map[string]int
		m["a"] = 1
	case "assertion":
		_ = any(reply).(interface{ Error() string })
	case "division":
		_ = len(input) / (len(input) - int(size) - 1)
	case "memory":
		for {
			kept = append(kept, make([]byte, 1<<20))
		}
	}
	reply = append([]byte("ok\n"), input[:size]...)
	return uint64(uintptr(unsafe.Pointer(&reply[0])))<<32 | uint64(len(reply))
}
`

// faulty is a small module that ends when it is asked to.
func faulty(t *testing.T) *Module {
	root := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module m\n\ngo 1.26\n", "cmd/module/main.go": faultySource, "calculator/facts/some.txt": "a\n"} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return New(root, "", nil)
}

// A module that ends says why, packed as it is, and the next question gets a new one.
func TestEndIsExplained(t *testing.T) {
	m := faulty(t)
	ends := []struct{ request, want string }{
		{"index", "slice bounds out of range"}, {"panic", "panic: a rung too far"}, {"nil", "assignment to entry in nil map"},
		{"assertion", "interface conversion"}, {"division", "divide by zero"}, {"memory", "out of memory"},
	}
	if testing.Short() {
		ends = ends[:5] // filling the memory takes seconds
	}
	for _, c := range ends {
		_, problems, err := m.Ask(c.request)
		if err == nil || len(problems) > 0 || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v %v", c.request, problems, err)
		}
		t.Log(err)
		if reply, _, err := m.Ask("well"); reply != "ok\nwell" || err != nil {
			t.Errorf("after %s: %q %v", c.request, reply, err)
		}
	}
}

// A question that takes long is named while it does, and answered all the same.
func TestLongQuestionIsNamed(t *testing.T) {
	m := faulty(t)
	m.Ask("well")
	said := make(chan string, 1)
	p := m.ready().pool
	p.patience, p.say = 50*time.Millisecond, func(s string) { said <- s }
	if reply, _, err := m.Ask("long"); !strings.HasPrefix(reply, "ok\n") || err != nil {
		t.Errorf("%q %v", reply, err)
	}
	if s := <-said; !strings.Contains(s, "“long” for 50ms") {
		t.Error(s)
	}
}

// Many ask at once, some of them what ends the instance, and each gets the answer to its own question.
func TestManyAskAtOnce(t *testing.T) {
	m := faulty(t)
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for range 5 {
				if n == 0 {
					m.Ask("panic")
					continue
				}
				question := "well " + strconv.Itoa(n)
				if reply, _, err := m.Ask(question); reply != "ok\n"+question || err != nil {
					t.Errorf("%s: %q %v", question, reply, err)
				}
			}
		})
	}
	all.Wait()
}

// A question that comes while the calculator is exchanged is answered by the new one; it waited for ever.
func TestQuestionDuringAChange(t *testing.T) {
	m := faulty(t)
	m.Ask("well")
	before := m.ready()
	m.Reset()
	late := make(chan error, 1)
	go func() { _, err := before.pool.ask("well"); late <- err }()
	select {
	case err := <-late:
		if !errors.Is(err, errClosed) {
			t.Errorf("a calculator that is gone says %v", err)
		}
	case <-time.After(time.Minute):
		t.Fatal("a question to a calculator that is gone has no end")
	}
	if reply, _, err := m.Ask("well"); reply != "ok\nwell" || err != nil {
		t.Errorf("after it: %q %v", reply, err)
	}
}

func FuzzPack(f *testing.F) {
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x0b\x07\x01\x00\x41\x08\x0b\x01\x61"))
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x0b\xff\xff\xff"))
	f.Add(wasmOf("b", "runtime.traceNextGen", "main.f"))
	f.Fuzz(func(t *testing.T, wasm []byte) { pack(wasm) })
}

// In an environment that knows no home the calculator is compiled in a folder of its own, of which nothing is left.
func TestCompilesWithoutHome(t *testing.T) {
	if testing.Short() {
		return // Go's own packages are compiled too
	}
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	for _, name := range []string{"HOME", "GOCACHE", "XDG_CACHE_HOME", "GOPATH", "GOMODCACHE"} {
		t.Setenv(name, "")
	}
	reply, problems, err := New(project, "", nil).Ask("figure payback.npv\n")
	if err != nil || len(problems) > 0 || !strings.HasPrefix(reply, "ok\n") {
		t.Errorf("it answers %q, %v, %v", reply, problems, err)
	}
	if left, _ := filepath.Glob(filepath.Join(temporary, "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Requests that share their answers share an instance, and others are parted evenly.
func TestTake(t *testing.T) {
	p := &pool{slots: make([]slot, 4), seed: maphash.MakeSeed()}
	first := p.take("figure payback.probability\nroot=../\nscenario=brand-tone\n")
	if again := p.take("block payback\nscenario=brand-tone\nid=x\n"); again != first {
		t.Error("the same answers went to another instance")
	}
	p.give(first)
	p.give(first)
	for i := range 400 {
		p.take("block payback\nmonthly_calls=" + strconv.Itoa(i) + "\n")
	}
	for i := range p.slots {
		if n := p.slots[i].waiting; n < 60 || n > 140 {
			t.Errorf("of 400 requests at once, %d wait for instance %d", n, i)
		}
	}
}

func TestRoomy(t *testing.T) {
	m := newRoomy(0, 0)
	b := m.Reallocate(1 << 16)
	b[7] = 7
	at := &b[0]
	if b = m.Reallocate(roomyBytes); &b[0] != at || len(b) != roomyBytes {
		t.Error("the memory was moved though there was room")
	}
	if b = m.Reallocate(roomyBytes + 1<<16); len(b) != roomyBytes+1<<16 || b[7] != 7 || b[roomyBytes] != 0 {
		t.Error("the memory did not grow, or lost what it held")
	}
}
