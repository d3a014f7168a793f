package build

import (
	"os"
	"sync"
	"testing"
)

// BenchmarkSite makes every file of a site, nothing remembered, from the folder that GUIDE_CORPUS names, or from one of the
// golden sites.
func BenchmarkSite(b *testing.B) {
	folder := os.Getenv("GUIDE_CORPUS")
	if folder == "" {
		folder = "testdata/sites/whole/content"
	}
	content := os.DirFS(folder)
	for b.Loop() {
		files := siteOf(content, nil).Files()
		next := make(chan File)
		var workers sync.WaitGroup
		for range 2 {
			workers.Go(func() {
				for f := range next {
					if _, err := f.Bytes(); err != nil {
						b.Error(err)
					}
				}
			})
		}
		for _, f := range files {
			next <- f
		}
		close(next)
		workers.Wait()
	}
}
