package calculator

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// A product that is added without being rounded first may be fused with the sum, and then its last bit differs between
// targets. Arm64 always fuses where it may, and its assembly shows it.
func TestNothingIsFused(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "calc")
	build := exec.Command("go", "build", "-o", binary, "whentofinetune/cmd/calc")
	build.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	assembly, err := exec.Command("go", "tool", "objdump", "-s", "^whentofinetune/calculator", binary).Output()
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`\bFMULD\b`).Match(assembly) {
		t.Fatal("the assembly holds no product at all")
	}
	for _, line := range regexp.MustCompile(`(?m)^\s*(\S+\.go:\d+).*\bF(N?M(ADD|SUB))[DS]\b`).FindAllSubmatch(assembly, -1) {
		t.Errorf("%s: a product is added before it is rounded; wrap it in float64()", line[1])
	}
}
