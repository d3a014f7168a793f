package page

import (
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkParse reads the pages under $GUIDE_CORPUS, or one of testdata, in turn.
func BenchmarkParse(b *testing.B) {
	pattern := "testdata/*.txt"
	if dir := os.Getenv("GUIDE_CORPUS"); dir != "" {
		pattern = filepath.Join(dir, "*", "*", "*.md")
	}
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		b.Fatal("no pages", err)
	}
	var sources [][]byte
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		sources = append(sources, data)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		p := Parse("a/b/page.md", sources[i%len(sources)], Options{})
		b.SetBytes(int64(len(p.Body)))
		i++
	}
}
