package module

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"whentofinetune/cmd/guide/internal/problem"
)

// Module is the calculator of one project. It may be used from several goroutines.
type Module struct {
	root  string // the folder that holds go.mod and cmd/module
	cache string // folder for compiled modules; empty for none
	say   func(string)

	mu    sync.Mutex
	state *state // nil until something is asked, and again after Reset
}

// state is one compiled version of the calculator.
type state struct {
	once     sync.Once
	wasm     []byte
	facts    []byte // what the browser loads
	problems []problem.Problem
	err      error
	pool     *pool
}

// Find returns the folder of the project that holds a calculator: the first of the given folders that has cmd/module in
// it. ok is false when none has.
func Find(folders ...string) (root string, ok bool) {
	for _, f := range folders {
		if info, err := os.Stat(filepath.Join(f, "cmd", "module")); err == nil && info.IsDir() {
			return f, true
		}
	}
	return "", false
}

// New returns the calculator of the project in root. Compiled modules are kept in the folder cache, unless that is empty.
// say is told what takes long; it may be nil.
func New(root, cache string, say func(string)) *Module {
	if say == nil {
		say = func(string) {}
	}
	return &Module{root: root, cache: cache, say: say}
}

// Reset forgets what was compiled, so that the next question sees the source and the facts as they are then.
func (m *Module) Reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.state != nil && m.state.pool != nil {
		m.state.pool.close()
	}
	m.state = nil
}

// ready compiles and loads the calculator if that has not been done.
func (m *Module) ready() *state {
	m.mu.Lock()
	if m.state == nil {
		m.state = &state{}
	}
	s := m.state
	m.mu.Unlock()
	s.once.Do(func() { m.prepare(s) })
	return s
}

func (m *Module) prepare(s *state) {
	all, shipped, err := readFacts(m.root)
	if err != nil {
		s.err = err
		return
	}
	s.facts = shipped
	if s.wasm, s.problems, s.err = m.compile(); s.err != nil || len(s.problems) > 0 {
		return
	}
	s.pool, s.err = newPool(context.Background(), s.wasm, all, m.cache, m.say)
	if s.err != nil {
		return
	}
	s.problems, s.err = s.pool.check()
}

// Ask sends one request and returns the reply, its status line included. What is wrong with the calculator's source or
// with a fact comes back as problems; an error says that no answer can be had.
func (m *Module) Ask(request string) (reply string, problems []problem.Problem, err error) {
	for {
		s := m.ready()
		if s.err != nil || len(s.problems) > 0 {
			return "", s.problems, s.err
		}
		reply, err = s.pool.ask(request)
		if errors.Is(err, errClosed) { // it changed in between
			continue
		}
		if err != nil {
			return "", nil, fmt.Errorf("ask the calculator: %w", err)
		}
		return reply, nil, nil
	}
}

// Bytes returns the compiled module and the facts as the browser loads them.
func (m *Module) Bytes() (wasm, facts []byte, err error) {
	s := m.ready()
	if s.err == nil && len(s.problems) > 0 {
		return nil, nil, fmt.Errorf("%s", s.problems[0])
	}
	return s.wasm, s.facts, s.err
}
