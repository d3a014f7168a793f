package module

import (
	"bytes"
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/andybalholm/brotli"
)

// parts tells by its name which part of the module a function belongs to; the first that matches does.
var parts = []struct {
	name  string
	names *regexp.Regexp
}{
	{"view", regexp.MustCompile(`^whentofinetune_calculator_view\.`)},
	{"fact", regexp.MustCompile(`^whentofinetune_calculator_fact\.`)},
	{"cost", regexp.MustCompile(`^whentofinetune_calculator_cost\.`)},
	{"validate", regexp.MustCompile(`^whentofinetune_calculator_validate\.`)},
	{"calculator", regexp.MustCompile(`^whentofinetune_calculator\.`)},
	{"text", regexp.MustCompile(`^(strconv|strings|slices|unicode)`)},
	{"runtime", regexp.MustCompile(`^(runtime|internal_|type[_:])`)},
	{"else", regexp.MustCompile(``)},
}

// BenchmarkParts reports what the code of each part weighs in the packed module, compressed alone, and the data.
func BenchmarkParts(b *testing.B) {
	out := filepath.Join(b.TempDir(), "plain.wasm")
	c := exec.Command("go", append(slices.Clone(flags), "-o", out, "./cmd/module")...)
	c.Dir, c.Env = project, append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "GOEXPERIMENT="+experiment)
	if said, err := c.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, said)
	}
	wasm, err := os.ReadFile(out)
	if err != nil {
		b.Fatal(err)
	}
	plain, err := splitSections(wasm)
	if err != nil {
		b.Fatal(err)
	}
	names, imported, err := plain.functions()
	packed, fault := splitSections(pack(wasm))
	if err = cmp.Or(err, fault); err != nil {
		b.Fatal(err)
	}
	bodies, err := bodiesOf(packed.find(codeSection).body)
	if err != nil {
		b.Fatal(err)
	}
	code := map[string][]byte{"data": packed.find(dataSection).body}
	for i, body := range bodies {
		for _, p := range parts {
			if p.names.MatchString(names[i+imported]) {
				code[p.name] = append(code[p.name], body...)
				break
			}
		}
	}
	for b.Loop() {
		for name, text := range code {
			var small bytes.Buffer
			w := brotli.NewWriterLevel(&small, 9)
			w.Write(text)
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(small.Len()), name+"-bytes")
		}
	}
}
