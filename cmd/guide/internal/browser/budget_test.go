package browser

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// loads finds what a page asks for by itself.
var loads = regexp.MustCompile(`<(?:link rel="(?:stylesheet|icon)"|script (?:defer )?)[^>]*?(?:href|src)="([^"]+)"|<img[^>]* src="([^"]+)"`)

// Every page keeps to its budget: a page of prose 20 kB and 6 requests, one with a block of the calculator or a reference
// 60 kB; of prose its scripts and its styles each below 10 kB with gzip. All but the whole guide as one page. The module and what
// comes later for reading without a network are not counted: no page needs them to be read.
func TestBudgets(t *testing.T) {
	memo := map[string]int{}
	brotlied := func(name string) int {
		if memo[name] == 0 {
			memo[name] = packed(t, name, func(out *bytes.Buffer, data []byte) {
				w := brotli.NewWriterLevel(out, 9)
				w.Write(data)
				w.Close()
			})
		}
		return memo[name]
	}
	var prose, heavy []int
	for _, name := range pagesOf(t) {
		text, err := os.ReadFile(filepath.Join(site, name))
		if err != nil {
			t.Fatal(err)
		}
		total, requests := brotlied(name), 1
		var scripts, styles []string
		for _, m := range loads.FindAllSubmatch(text, -1) {
			file := path.Join(path.Dir(name), string(m[1])+string(m[2]))
			total, requests = total+brotlied(file), requests+1
			switch path.Ext(file) {
			case ".js":
				scripts = append(scripts, file)
			case ".css":
				styles = append(styles, file)
			}
		}
		live := bytes.Contains(text, []byte("data-module=")) || bytes.Contains(text, []byte("data-points")) || bytes.Contains(text, []byte("verdict-call")) || strings.HasPrefix(name, "about/")
		limit := 20_000
		if live {
			limit, heavy = 60_000, append(heavy, total)
		} else {
			prose = append(prose, total)
		}
		if total > limit || !live && requests > 6 {
			t.Errorf("%s: %d bytes in %d requests", name, total, requests)
		}
		if script, style := gzipped(t, scripts), gzipped(t, styles); !live && (script > 10_000 || style > 10_000) {
			t.Errorf("%s: scripts of %d bytes, styles of %d, with gzip", name, script, style)
		}
	}
	for kind, sizes := range map[string][]int{"prose": prose, "with a block, or of about": heavy} {
		slices.Sort(sizes)
		t.Logf("%d pages %s: %d to %d bytes, half below %d", len(sizes), kind, sizes[0], sizes[len(sizes)-1], sizes[len(sizes)/2])
	}
	t.Logf("with gzip: site.css %d, early and site.js %d", gzipped(t, assets(t, "site-*.css")), gzipped(t, assets(t, "early-*.js", "site-*.js")))
}

// pagesOf lists the pages that have a budget.
func pagesOf(t *testing.T) (names []string) {
	err := fs.WalkDir(os.DirFS(site), ".", func(name string, d fs.DirEntry, err error) error {
		if path.Ext(name) == ".html" && name != "print.html" && name != "404.html" && !strings.HasPrefix(name, "download/") {
			names = append(names, name)
		}
		return err
	})
	if err != nil || len(names) < 50 {
		t.Fatal("there are few pages", err)
	}
	return names
}

func assets(t *testing.T, patterns ...string) (names []string) {
	for _, pattern := range patterns {
		found, err := filepath.Glob(filepath.Join(site, "assets", pattern))
		if err != nil || len(found) != 1 {
			t.Fatalf("%s is %v", pattern, found)
		}
		names = append(names, path.Join("assets", filepath.Base(found[0])))
	}
	return names
}

func gzipped(t *testing.T, names []string) (size int) {
	for _, name := range names {
		size += packed(t, name, func(out *bytes.Buffer, data []byte) {
			w := gzip.NewWriter(out)
			w.Write(data)
			w.Close()
		})
	}
	return size
}

func packed(t *testing.T, name string, pack func(out *bytes.Buffer, data []byte)) int {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	pack(&out, data)
	return out.Len()
}
