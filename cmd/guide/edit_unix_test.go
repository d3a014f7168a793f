//go:build unix

package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"whentofinetune/cmd/guide/internal/page"
)

// BenchmarkEdit saves a page of a served site and waits until a browser has been told and has fetched the new text, over a
// copy of the folder that GUIDE_CORPUS names, or over a small one. It reports the processor's time of an edit, the wait of
// the watcher included, and how long serve took to its first page.
func BenchmarkEdit(b *testing.B) {
	content := b.TempDir()
	if corpus := os.Getenv("GUIDE_CORPUS"); corpus != "" {
		if err := os.CopyFS(content, os.DirFS(corpus)); err != nil {
			b.Fatal(err)
		}
	} else {
		for i := range 100 {
			put(b, content, fmt.Sprintf("part-%d/page-%d.md", i%10, i), fmt.Sprintf("# Page %d\n\n[next](page-%d.md)\n", i, i%10))
		}
	}
	var pages []string
	filepath.WalkDir(content, func(name string, d fs.DirEntry, err error) error {
		if err == nil && page.IsPage(name) {
			pages = append(pages, name)
		}
		return err
	})
	b.Setenv("XDG_CACHE_HOME", b.TempDir())
	start, before := time.Now(), processorTime()
	s := startServing(b, content)
	first, _ := filepath.Rel(content, pages[len(pages)/2])
	if _, err := s.file(page.OutputPath(filepath.ToSlash(first))); err != nil {
		b.Fatal(err)
	}
	b.Logf("first page after %s, %s of processor", time.Since(start).Round(time.Millisecond), (processorTime() - before).Round(time.Millisecond))
	told := s.hub.join()
	for s.builds.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	b.Logf("all pages read after %s", time.Since(start).Round(time.Millisecond))
	n := 0
	var used time.Duration
	for b.Loop() {
		name := pages[(n*7919+13)%len(pages)]
		n++
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		mark := "edited" + strconv.Itoa(n)
		before := processorTime()
		if err := os.WriteFile(name, append(text, "\n\n"+mark+"\n"...), 0o644); err != nil {
			b.Fatal(err)
		}
		rel, _ := filepath.Rel(content, name)
		for {
			<-told
			data, err := s.file(page.OutputPath(filepath.ToSlash(rel)))
			if err != nil {
				b.Fatal(err)
			}
			if strings.Contains(string(data), mark) {
				break
			}
		}
		used += processorTime() - before
		for len(told) > 0 {
			<-told
		}
	}
	b.ReportMetric(float64(used.Microseconds())/1000/float64(n), "cpu-ms/op")
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(n), "ms/op")
}

func processorTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
