package module

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"

	"whentofinetune/cmd/guide/internal/problem"
)

// Limits at the border: what the module may be asked and may answer, and the memory that it may take.
const (
	maxRequest  = 1 << 20
	maxReply    = 16 << 20
	memoryPages = 4096 // of 64 KiB: 256 MiB
)

// pool holds running instances of one compiled module, one for each processor.
type pool struct {
	ctx      context.Context
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
	facts    []byte
	slots    []slot
	seed     maphash.Seed
	say      func(string)
	patience time.Duration

	mu    sync.Mutex
	owner [512]*slot // of requests, by the hash of what they have in common; nil until the first of them
}

// slot is the place of an instance, which answers one request at a time.
type slot struct {
	waiting  int // requests that were sent here and are not answered, guarded by pool.mu
	mu       sync.Mutex
	instance *instance // nil for one not yet started
	closed   bool
}

// take returns where a request is to be answered; give must be called afterwards. An instance remembers what it worked out, so
// requests whose last answer is the same go to the same one, and where there is no answer, those for the same view. The first of
// them goes where the fewest wait.
func (p *pool) take(request string) *slot {
	key := ""
	for line := range strings.Lines(request) {
		if key == "" || !strings.HasPrefix(line, "root=") && !strings.HasPrefix(line, "id=") {
			key = line
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	owner := &p.owner[maphash.String(p.seed, key)%uint64(len(p.owner))]
	if *owner == nil {
		*owner = &p.slots[0]
		for i := range p.slots {
			if p.slots[i].waiting < (*owner).waiting {
				*owner = &p.slots[i]
			}
		}
	}
	(*owner).waiting++
	return *owner
}

func (p *pool) give(s *slot) {
	p.mu.Lock()
	s.waiting--
	p.mu.Unlock()
}

// roomy is the memory of an instance. wazero by itself makes it just as large as the module asks, again and again, and copies all of
// it each time; this one is made once, as large as answering a whole guide takes, and no page of it that nothing touches is real.
type roomy []byte

const roomyBytes = 16 << 20

func newRoomy(_, _ uint64) experimental.LinearMemory {
	r := roomy(make([]byte, 0, roomyBytes))
	return &r
}

func (r *roomy) Reallocate(size uint64) []byte {
	if size > uint64(cap(*r)) {
		*r = append(make(roomy, 0, max(size, 2*uint64(cap(*r)))), *r...)
	}
	*r = (*r)[:size]
	return *r
}

func (r *roomy) Free() { *r = nil }

func newPool(ctx context.Context, wasm, facts []byte, cache string, say func(string)) (*pool, error) {
	ctx = experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(newRoomy))
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(memoryPages)
	if cache != "" {
		if kept, err := wazero.NewCompilationCacheWithDir(filepath.Join(cache, "wazero")); err == nil {
			config = config.WithCompilationCache(kept)
		}
	}
	r := wazero.NewRuntimeWithConfig(ctx, config)
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, r); err != nil {
		return nil, fmt.Errorf("start the calculator: %w", err)
	}
	compiled, err := r.CompileModule(experimental.WithCompilationWorkers(ctx, runtime.GOMAXPROCS(0)), wasm)
	if err != nil {
		return nil, fmt.Errorf("start the calculator: %w", err)
	}
	return &pool{ctx: ctx, runtime: r, compiled: compiled, facts: facts, slots: make([]slot, runtime.GOMAXPROCS(0)), seed: maphash.MakeSeed(), say: say, patience: patience}, nil
}

// errClosed says that a question came too late: the calculator is another by now.
var errClosed = errors.New("the calculator has changed")

// close ends the runtime once every question that is being answered has been. Later ones get errClosed.
func (p *pool) close() {
	for i := range p.slots {
		s := &p.slots[i]
		s.mu.Lock()
		s.closed = true
		s.mu.Unlock()
	}
	p.runtime.Close(p.ctx)
}

// check starts an instance and returns what is wrong with the facts.
func (p *pool) check() ([]problem.Problem, error) {
	s := &p.slots[0]
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	if s.instance, err = p.start(); err != nil {
		return nil, fmt.Errorf("start the calculator: %w", err)
	}
	if s.instance.faults == 0 {
		return nil, nil
	}
	reply, err := s.instance.ask(p.ctx, "problems")
	if err != nil {
		return nil, fmt.Errorf("read the facts: %w", err)
	}
	_, body, _ := strings.Cut(reply, "\n")
	if all := factProblems(body); len(all) > 0 {
		return all, nil
	}
	return nil, fmt.Errorf("the calculator refuses the facts and does not say why")
}

// patience is how long a question may take before somebody is told: the slowest takes a thousandth of it. Nothing can stop code that
// has no end: checking for that in each of its loops makes every answer take four times as long.
const patience = 10 * time.Second

// ask answers a request. An instance that failed is thrown away.
func (p *pool) ask(request string) (reply string, err error) {
	s := p.take(request)
	defer p.give(s)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return "", errClosed
	}
	if s.instance == nil {
		if s.instance, err = p.start(); err != nil {
			return "", err
		}
	}
	view, _, _ := strings.Cut(request, "\n")
	defer time.AfterFunc(p.patience, func() {
		p.say("the calculator has not answered “" + view + "” for " + p.patience.String() + ": does its code have an end? Ctrl-C ends this; mend it and start again")
	}).Stop()
	if reply, err = s.instance.ask(p.ctx, request); err != nil {
		s.instance.module.Close(p.ctx)
		s.instance = nil
	}
	return reply, err
}

// instance is the module at work, its facts loaded.
type instance struct {
	module       api.Module
	buffer, call api.Function
	faults       uint64 // problems in the facts
	said         *said
}

// said holds the first that the module writes to its error output: Go's runtime says there why it ends.
type said struct{ text []byte }

// maxSaid is as much as is kept, in bytes.
const maxSaid = 4 << 10

func (s *said) Write(b []byte) (int, error) {
	s.text = append(s.text, b[:min(len(b), maxSaid-len(s.text))]...)
	return len(b), nil
}

// of is err in one line, with what the module said before it.
func (s *said) of(err error) error {
	text := firstLines(err.Error(), 1)
	if len(s.text) > 0 {
		text += ": " + firstLines(string(s.text), 1)
	}
	return errors.New(text)
}

func (p *pool) start() (*instance, error) {
	said := &said{}
	// The clock is the machine's. By wazero's own, which counts how often it is read, collecting takes most of the time,
	// and Go's runtime, which holds that to a half, collects no more.
	config := wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize").WithStderr(said).WithSysNanotime().WithSysNanosleep()
	m, err := p.runtime.InstantiateModule(p.ctx, p.compiled, config)
	if err != nil {
		return nil, said.of(err)
	}
	i := &instance{module: m, buffer: m.ExportedFunction("buffer"), call: m.ExportedFunction("ask"), said: said}
	load := m.ExportedFunction("load")
	if i.buffer == nil || i.call == nil || load == nil {
		return nil, errors.New("the module does not export buffer, load and ask")
	}
	if err := i.write(p.ctx, p.facts); err != nil {
		return nil, err
	}
	result, err := load.Call(p.ctx, uint64(len(p.facts)))
	if err != nil {
		return nil, said.of(err)
	}
	i.faults = result[0]
	return i, nil
}

// write puts bytes into the module's buffer.
func (i *instance) write(ctx context.Context, data []byte) error {
	at, err := i.buffer.Call(ctx, uint64(len(data)))
	if err != nil {
		return i.said.of(err)
	}
	if !i.module.Memory().Write(uint32(at[0]), data) {
		return fmt.Errorf("the module gave a buffer outside its memory")
	}
	return nil
}

func (i *instance) ask(ctx context.Context, request string) (string, error) {
	if len(request) > maxRequest {
		return "", fmt.Errorf("the request is %d bytes long, over the limit of %d", len(request), maxRequest)
	}
	if err := i.write(ctx, []byte(request)); err != nil {
		return "", err
	}
	result, err := i.call.Call(ctx, uint64(len(request)))
	if err != nil {
		return "", i.said.of(err)
	}
	at, size := uint32(result[0]>>32), uint32(result[0])
	if size > maxReply {
		return "", fmt.Errorf("the reply is %d bytes long, over the limit of %d", size, maxReply)
	}
	reply, ok := i.module.Memory().Read(at, size)
	if !ok {
		return "", fmt.Errorf("the module gave a reply outside its memory")
	}
	return string(reply), nil
}

// factProblems reads lines of place, what is wrong and what to do, where a place is file:line:column.
func factProblems(body string) []problem.Problem {
	var all []problem.Problem
	for line := range strings.Lines(body) {
		cells := strings.SplitN(strings.TrimRight(line, "\n"), "\t", 3)
		if len(cells) != 3 {
			continue
		}
		place := strings.Split(cells[0], ":")
		p := problem.Problem{File: factsFolder + "/" + place[0], Text: cells[1], Hint: cells[2]}
		if len(place) == 3 {
			p.Line, _ = strconv.Atoi(place[1])
			p.Column, _ = strconv.Atoi(place[2])
		}
		all = append(all, p)
	}
	return all
}
