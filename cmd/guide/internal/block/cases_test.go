package block

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
)

var update = flag.Bool("update", false, "write what the cases print into their files; then read the diff")

// asked stands for a calculator: it says what it was asked, knows one figure, one source, and two answers that are too large.
func asked(request string) (string, []problem.Problem, error) {
	view, answers, _ := strings.Cut(request, "\n")
	switch view {
	case "figure answer":
		return "ok\n42 & more", nil, nil
	case "cite some":
		return "ok\nkey\tsome\ntitle\tSome <study>\ngrade\tB\nsecond\ttrue\n", nil, nil
	case "problems":
		if strings.Contains(answers, "calls=1e99\n") {
			return "ok\ncalls\tis more than anybody calls.\n", nil, nil
		}
		if strings.Contains(answers, "Batch Share=2\n") {
			return "ok\nbatch_share\tis more than all.\n", nil, nil
		}
		return "ok\n", nil, nil
	case "presets":
		return "ok\none\tOne & a half\tv1&score=1&current_score=2\tWorked\ntwo\tTwo\tv1\tPublished\n", nil, nil
	case "table prices", "block payback", "calculator", "scenario one":
		return "ok\n<p>" + page.Escape(strings.ReplaceAll(request, "\n", "; ")) + "</p>\n", nil, nil
	}
	return "bad\n\tthere is no " + view + "\task for what there is\n", nil, nil
}

// TestCases runs testdata/*.txt, each an archive: page.md and the files that it reads, then what it becomes (html) and what is
// said of it (problems). A first line "foreign" makes it a page of a tree that was written for another tool, without a calculator.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 8 {
		t.Fatalf("found %d cases: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			archive := txtar.Parse(data)
			in := txtar.Archive{Comment: archive.Comment}
			for _, f := range archive.Files {
				if f.Name != "html" && f.Name != "problems" {
					in.Files = append(in.Files, f)
				}
			}
			got := append(txtar.Format(&in), printed(&in)...)
			if bytes.Equal(got, data) {
				return
			}
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("%s differs (run with -update and read the diff):\n%s", file, got)
		})
	}
}

// printed is what the page of an archive becomes.
func printed(in *txtar.Archive) []byte {
	read := func(name string) ([]byte, error) {
		for _, f := range in.Files {
			if f.Name == name {
				return f.Data, nil
			}
		}
		return nil, os.ErrNotExist
	}
	src, _ := read("page.md") // an empty page otherwise
	o := page.Options{Prefix: "content", Words: Words("sources.md"), Read: read, Ask: asked, OwnWords: true}
	if strings.HasPrefix(string(in.Comment), "foreign") {
		o.OwnWords, o.Ask = false, nil
	}
	p := page.Parse("page.md", src, o)
	var b bytes.Buffer
	fmt.Fprintf(&b, "-- html --\n%s", bytes.TrimRight(p.Body, "\n"))
	fmt.Fprintf(&b, "\n-- problems --\n")
	for _, q := range p.Problems {
		fmt.Fprintln(&b, q)
	}
	return b.Bytes()
}
