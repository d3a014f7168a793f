package browser

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"whentofinetune/calculator"
	"whentofinetune/calculator/fact"
	"whentofinetune/calculator/facts"
	"whentofinetune/calculator/view"
	"whentofinetune/cmd/guide/internal/module"
)

// cases are the answers for which every digit must be equal: all worked examples, and random ones, a thousand with GUIDE_SOAK=10.
func cases(t *testing.T, tables *fact.Tables) [][]calculator.Pair {
	t.Helper()
	var all [][]calculator.Pair
	for i := range tables.Scenarios {
		all = append(all, []calculator.Pair{{Name: calculator.ScenarioName, Value: tables.Scenarios[i].ID}})
	}
	for i := range tables.Cases {
		all = append(all, []calculator.Pair{{Name: calculator.ScenarioName, Value: tables.Cases[i].ID}})
	}
	many := 30
	if soak, err := strconv.Atoi(os.Getenv("GUIDE_SOAK")); err == nil {
		many = 100 * soak
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range many {
		all = append(all, randomAnswers(random, tables))
	}
	return all
}

// randomAnswers answers about a quarter of the questions, within their bounds, some with ranges.
func randomAnswers(random *rand.Rand, tables *fact.Tables) []calculator.Pair {
	var pairs []calculator.Pair
	for i := range calculator.Questions {
		q := &calculator.Questions[i]
		if random.IntN(4) > 0 || q.ID == "draws" {
			continue
		}
		value := ""
		switch {
		case q.Kind == calculator.KindDate:
			value = fmt.Sprintf("20%d-%02d-%02d", 25+random.IntN(6), 1+random.IntN(12), 1+random.IntN(28))
		case q.Catalog == calculator.PriceCatalog:
			value = tables.Prices[random.IntN(len(tables.Prices))].ID
		case q.Catalog == calculator.ModelCatalog:
			value = tables.Models[random.IntN(len(tables.Models))].ID
		case q.Catalog == calculator.GPUCatalog:
			value = tables.GPUs[random.IntN(len(tables.GPUs))].ID
		case len(q.Choices) > 0:
			value = q.Choices[random.IntN(len(q.Choices))].Word
		case q.Kind == calculator.KindBool:
			value = strconv.FormatBool(random.IntN(2) == 0)
		default:
			value = randomNumber(random, q)
		}
		pairs = append(pairs, calculator.Pair{Name: q.ID, Value: value})
	}
	return pairs
}

func randomNumber(random *rand.Rand, q *calculator.Question) string {
	most := min(q.Max, 1e7)
	x := q.Min + (most-q.Min)*random.Float64()*random.Float64()*random.Float64()
	if q.Kind == calculator.KindCount {
		return strconv.Itoa(int(x))
	}
	text := strconv.FormatFloat(x, 'f', 4, 64)
	if random.IntN(3) == 0 {
		return fmt.Sprintf("%s..%s..%s", text, strconv.FormatFloat((x+most)/2, 'f', 4, 64), strconv.FormatFloat(most, 'f', 4, 64))
	}
	return text
}

// shim runs the module in a page without any of the site's scripts, so that what is compared is the module alone.
const shim = `(async () => {
  const [module, facts] = [document.documentElement.dataset.module, document.documentElement.dataset.facts];
  let memory;
  const none = () => 0;
  const imports = new Proxy({}, {get: (_, name) => name === "random_get" ? (at, n) => (crypto.getRandomValues(new Uint8Array(memory.buffer, at, n)), 0)
    : name === "clock_time_get" ? (a, b, at) => (new DataView(memory.buffer).setBigUint64(at, 1n, true), 0)
    : name === "args_sizes_get" || name === "environ_sizes_get" ? (a, b) => { const v = new DataView(memory.buffer); v.setUint32(a, 0, true); v.setUint32(b, 0, true); return 0 }
    : name === "fd_prestat_get" ? () => 8 : none});
  const bytes = await (await fetch(module)).arrayBuffer();
  const { instance } = await WebAssembly.instantiate(bytes, {wasi_snapshot_preview1: imports});
  const e = instance.exports; memory = e.memory; e._initialize();
  const put = text => { const b = new TextEncoder().encode(text); const at = e.buffer(b.length); new Uint8Array(memory.buffer, at >>> 0, b.length).set(b); return b.length };
  e.load(put(await (await fetch(facts)).text()));
  window.guideAsk = request => { const r = BigInt.asUintN(64, e.ask(put(request))); return new TextDecoder().decode(new Uint8Array(memory.buffer, Number(r >> 32n), Number(r & 0xffffffffn))) };
  window.guideMemory = () => memory.buffer.byteLength;
  window.guideReady = true;
})(), true`

// The same answers give the same digits on chips that fuse products and sums, to the last one.
func TestSameDigitsFused(t *testing.T) {
	cpu, _ := os.ReadFile("/proc/cpuinfo")
	if runtime.GOARCH != "amd64" || !bytes.Contains(cpu, []byte(" fma ")) || !bytes.Contains(cpu, []byte(" avx2 ")) {
		if os.Getenv("CI") == "true" {
			t.Fatal("this machine runs no program built for GOAMD64=v3; under CI=true it must")
		}
		t.Skip("this machine runs no program built for GOAMD64=v3")
	}
	calc := filepath.Join(t.TempDir(), "calc")
	build := exec.Command("go", "build", "-o", calc, "whentofinetune/cmd/calc")
	build.Env = append(os.Environ(), "GOAMD64=v3", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	tables := shipped(t)
	for _, pairs := range cases(t, tables) {
		args := []string{"--json"}
		for _, p := range pairs {
			args = append(args, "--set", p.Name+"="+p.Value)
		}
		fused, err := exec.Command(calc, args...).Output()
		if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
			t.Fatalf("%v: %v", args, err)
		}
		if _, native := view.Print(tables, "json", pairs); string(native) != string(fused) {
			t.Errorf("%v\n%s", args, difference(string(native), string(fused)))
		}
	}
}

// shipped reads the tables that ship.
func shipped(t *testing.T) *fact.Tables {
	t.Helper()
	names, err := fs.Glob(facts.FS, "*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var files []fact.File
	for _, name := range names {
		text, err := fs.ReadFile(facts.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, fact.File{Name: name, Text: string(text)})
	}
	tables, problems := fact.Read(files)
	if len(problems) > 0 {
		t.Fatal(problems[0])
	}
	return tables
}

// The same answers give the same digits natively, in wazero and in Chromium, to the last one.
func TestSameDigitsEverywhere(t *testing.T) {
	tables := shipped(t)
	wazero := module.New(root, "", nil)
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"calculator.html")
	eval[bool](t, tab, shim)
	until(t, tab, "the module in the page", "window.guideReady")
	for _, pairs := range cases(t, tables) {
		request := "json\n"
		for _, p := range pairs {
			request += p.Name + "=" + p.Value + "\n"
		}
		status, body := view.Print(tables, "json", pairs)
		native := status + "\n" + string(body)
		inWazero, found, err := wazero.Ask(request)
		if err != nil || len(found) > 0 {
			t.Fatalf("%v %v", found, err)
		}
		quoted, err := json.Marshal(request)
		if err != nil {
			t.Fatal(err)
		}
		inPage := eval[string](t, tab, "window.guideAsk("+string(quoted)+")")
		if native != inWazero || native != inPage {
			t.Errorf("%s\nnatively and in wazero: %s\nnatively and in Chromium: %s", request, difference(native, inWazero), difference(native, inPage))
		}
	}
}

// difference is the first line in which two texts differ.
func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return x[i] + " | " + y[i]
		}
	}
	return fmt.Sprintf("%d and %d lines", len(x), len(y))
}
