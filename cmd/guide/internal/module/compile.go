package module

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"whentofinetune/cmd/guide/internal/problem"
)

// The folders of a project that an answer hangs on.
var sources = []string{"calculator", "cmd/module"}

// factsFolder holds the tables; unshipped are those that no reader's browser needs.
const factsFolder = "calculator/facts"

var unshipped = []string{"runs.txt"}

// flags make the module small: no debugger's symbols, no paths, no inlining (5% less, see about/performance). What a draw calls
// is inlined all the same: a call costs much in WebAssembly, and ten thousand draws take a third less time for 2 kB. The names of
// functions stay until pack has read them.
var flags = []string{"build", "-buildmode=c-shared", "-trimpath", "-ldflags=-w", "-gcflags=all=-l", "-gcflags=math=", "-gcflags=./calculator/cost=", "-buildvcs=false"}

// experiment leaves out the collector that walks memory by pages: it takes 6 kB of code, and the module's heap is small. A Go
// that does not know the word compiles without it.
const experiment = "nogreenteagc"

// packing counts up when pack changes, so that no older module is taken from the cache.
const packing = 7

// ErrNoToolchain says that the calculator cannot be compiled because there is no go command.
var ErrNoToolchain = errors.New("the calculator needs the go command to be compiled, and there is none on PATH; install Go from https://go.dev/dl/")

// Stamp is a hash over everything that an answer hangs on: the calculator's source, its facts, the Go version. There is none
// without a toolchain: then nothing that was remembered stands in for an answer that cannot be had.
func (m *Module) Stamp() (string, error) {
	if _, err := exec.LookPath("go"); err != nil {
		return "", ErrNoToolchain
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%s %q %s %d\n", runtime.Version(), flags, experiment, packing)
	files := []string{"go.mod"}
	for _, folder := range sources {
		err := filepath.WalkDir(filepath.Join(m.root, folder), func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if ext := filepath.Ext(name); d.Type().IsRegular() && (ext == ".go" && !strings.HasSuffix(name, "_test.go") || ext == ".txt") {
				rel, err := filepath.Rel(m.root, name)
				if err != nil {
					return err
				}
				files = append(files, rel)
			}
			return nil
		})
		if err != nil {
			return "", fmt.Errorf("read the calculator's source: %w", err)
		}
	}
	slices.Sort(files)
	for _, name := range files {
		data, err := os.ReadFile(filepath.Join(m.root, name))
		if err != nil {
			return "", fmt.Errorf("read the calculator's source: %w", err)
		}
		fmt.Fprintf(sum, "%s %d\n", filepath.ToSlash(name), len(data))
		sum.Write(data)
	}
	return hex.EncodeToString(sum.Sum(nil)[:16]), nil
}

// compile returns the module, from the cache if this very source was compiled before.
func (m *Module) compile() (wasm []byte, problems []problem.Problem, err error) {
	goCommand, err := exec.LookPath("go")
	if err != nil {
		return nil, nil, ErrNoToolchain
	}
	stamp, err := m.Stamp()
	if err != nil {
		return nil, nil, err
	}
	kept := ""
	if m.cache != "" {
		kept = filepath.Join(m.cache, "module-"+stamp+".wasm")
		if wasm, err := os.ReadFile(kept); err == nil && bytes.HasPrefix(wasm, []byte("\x00asm")) {
			return wasm, nil, nil
		}
	}
	m.say("compiling the calculator")
	folder, err := os.MkdirTemp("", "guide-module-")
	if err != nil {
		return nil, nil, fmt.Errorf("compile the calculator: %w", err)
	}
	defer os.RemoveAll(folder)
	out := filepath.Join(folder, "calculator.wasm")
	said, err := m.runGo(goCommand, out, experiment)
	if err != nil && strings.Contains(string(said), "unknown GOEXPERIMENT") {
		said, err = m.runGo(goCommand, out, "")
	}
	if err != nil {
		if problems := compileProblems(string(said)); len(problems) > 0 {
			return nil, problems, nil
		}
		return nil, nil, fmt.Errorf("compile the calculator: %w: %s", err, firstLines(string(said), 3))
	}
	if wasm, err = os.ReadFile(out); err != nil {
		return nil, nil, fmt.Errorf("compile the calculator: %w", err)
	}
	wasm = pack(wasm)
	if kept != "" {
		keep(kept, wasm)
	}
	return wasm, nil, nil
}

// runGo runs the compiler and returns what it says.
func (m *Module) runGo(goCommand, out, experiment string) (said []byte, err error) {
	command := exec.Command(goCommand, append(slices.Clone(flags), "-o", out, "./cmd/module")...)
	command.Dir = m.root
	command.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "GOFLAGS=", "GOWASM=", "GOEXPERIMENT="+experiment, "CGO_ENABLED=0")
	command.Env = append(command.Env, homeless(os.Getenv, filepath.Dir(out))...)
	return command.CombinedOutput()
}

// homeless gives the Go command folders inside folder where the environment names none for it, as in a service without a home.
func homeless(env func(string) string, folder string) (settings []string) {
	if env("HOME") != "" || runtime.GOOS == "windows" {
		return nil
	}
	if env("GOCACHE") == "" && env("XDG_CACHE_HOME") == "" {
		settings = append(settings, "GOCACHE="+filepath.Join(folder, "cache"))
	}
	if env("GOPATH") == "" && env("GOMODCACHE") == "" {
		settings = append(settings, "GOPATH="+filepath.Join(folder, "path"))
	}
	return settings
}

// keep writes a file whole or not at all. What fails is not worth a word: it is only compiled again.
func keep(name string, data []byte) {
	if os.MkdirAll(filepath.Dir(name), 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".module-*")
	if err != nil {
		return
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
}

var compilerLine = regexp.MustCompile(`^(?:\./)?([^\s:]+\.go):(\d+):(?:(\d+):)? (.+)$`)

// compileProblems reads what the Go compiler says, one problem a line.
func compileProblems(said string) []problem.Problem {
	var all []problem.Problem
	for line := range strings.Lines(said) {
		m := compilerLine.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		row, _ := strconv.Atoi(m[2])
		column, _ := strconv.Atoi(m[3])
		all = append(all, problem.Problem{File: filepath.ToSlash(m[1]), Line: row, Column: column, Text: m[4], Hint: "mend the calculator's Go code"})
	}
	return all
}

func firstLines(s string, n int) string {
	lines := strings.SplitN(strings.TrimSpace(s), "\n", n+1)
	return strings.Join(lines[:min(n, len(lines))], " ")
}

// readFacts joins the tables as the module reads them: each after a line === NAME. The builder's module gets all of
// them, a reader's browser those that are shipped.
func readFacts(root string) (all, shipped []byte, err error) {
	folder := filepath.Join(root, filepath.FromSlash(factsFolder))
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, nil, fmt.Errorf("read the facts: %w", err)
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || filepath.Ext(e.Name()) != ".txt" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, nil, fmt.Errorf("read the facts: %w", err)
		}
		text = append(bytes.TrimRight(bytes.TrimPrefix(text, []byte("\ufeff")), "\n"), '\n')
		part := append([]byte("=== "+e.Name()+"\n"), text...)
		all = append(all, part...)
		if !slices.Contains(unshipped, e.Name()) {
			shipped = append(shipped, part...)
		}
	}
	return all, shipped, nil
}
