package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corpus is the folder that GUIDE_CORPUS names, or one of a hundred small pages.
func corpus(b *testing.B) string {
	if folder := os.Getenv("GUIDE_CORPUS"); folder != "" {
		return folder
	}
	folder := b.TempDir()
	for n := range 100 {
		text := fmt.Sprintf("# Page %d\n\n%s\n\n## Code\n\n```go\nfunc main() {}\n```\n\n[next](page-%d.md)\n", n, strings.Repeat("A sentence of some words. ", 100), (n+1)%100)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("page-%d.md", n)), []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return folder
}

// built runs guide build as a person would.
func built(b *testing.B, args ...string) {
	var said bytes.Buffer
	if code := run(context.Background(), append([]string{"build", "--quiet"}, args...), &said, &said); code != exitGood {
		b.Fatalf("exit %d: %s", code, said.String())
	}
}

// BenchmarkBuild writes the site of GUIDE_CORPUS into an empty folder: with nothing remembered, with its pages remembered; and
// looks at it again when nothing has changed.
func BenchmarkBuild(b *testing.B) {
	content := corpus(b)
	b.Setenv("XDG_CACHE_HOME", b.TempDir())
	b.Run("fresh", func(b *testing.B) {
		for b.Loop() {
			built(b, "--no-cache", "--content", content, "--out", b.TempDir())
		}
	})
	b.Run("remembered", func(b *testing.B) {
		built(b, "--content", content, "--out", b.TempDir())
		for b.Loop() {
			built(b, "--content", content, "--out", b.TempDir())
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		out := b.TempDir()
		built(b, "--content", content, "--out", out)
		for b.Loop() {
			built(b, "--content", content, "--out", out)
		}
	})
}
