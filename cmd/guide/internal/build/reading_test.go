package build

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// keptSite is a site with a service worker.
func keptSite(content fstest.MapFS) *Output {
	in := inputOf(content)
	assets := Assets{Names: map[string]string{"sw.js": "sw.js", "site.css": "assets/site-1.css"}, Files: map[string][]byte{"sw.js": []byte("worker()"), "assets/site-1.css": []byte("p{}")}}
	in.Assets = func() Assets { return assets }
	return New(in, nil)
}

// listOf is a list that sw.js begins with: what is kept unasked, and where there is more, that.
func listOf(t *testing.T, o *Output, name string) (paths []string, raw string) {
	t.Helper()
	f, ok := o.Find("sw.js")
	if !ok {
		t.Fatal("there is no sw.js")
	}
	data, err := f.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(name + `=(.*?);(?:self|\n|$)`).FindSubmatch(data)
	if m == nil {
		return nil, ""
	}
	var pairs [][2]string
	if json.Unmarshal(m[1], &pairs) != nil {
		return nil, string(m[1])
	}
	for _, p := range pairs {
		paths = append(paths, p[0])
	}
	return paths, string(m[1])
}

// A small site is kept whole; one of many files or bytes as a shell, with a list of everything for who asks.
func TestWhatIsKeptOffline(t *testing.T) {
	site := func(pages int) fstest.MapFS {
		content := fstest.MapFS{"index.md": {Data: []byte("# Home\n")}, "part/index.md": {Data: []byte("# Part\n")}}
		for i := range pages {
			content[fmt.Sprintf("part/page-%d.md", i)] = &fstest.MapFile{Data: []byte("# Page\n\nText.\n")}
		}
		return content
	}
	for _, c := range []struct {
		name       string
		content    fstest.MapFS
		with, lack []string
		rest       string
	}{
		{"small", site(10), []string{"part/page-3.html", "print.html", "llms.txt", "404.html", "assets/site-1.css", "search/root.js"}, []string{"part/page-3.md", "sitemap.xml", "robots.txt", "_headers", "sw.js"}, ""},
		{"of many files", site(1500), []string{"index.html", "part/index.html", "404.html", "assets/site-1.css", "search/root.js"}, []string{"part/page-3.html"}, `"offline.json"`},
	} {
		o := keptSite(c.content)
		kept, _ := listOf(t, o, "__PRECACHE__")
		for _, name := range c.with {
			if !slices.Contains(kept, name) {
				t.Errorf("%s: %s is not kept", c.name, name)
			}
		}
		for _, name := range c.lack {
			if slices.Contains(kept, name) {
				t.Errorf("%s: %s is kept", c.name, name)
			}
		}
		if _, rest := listOf(t, o, "__REST__"); rest != c.rest {
			t.Errorf("%s: the rest is %.40s", c.name, rest)
		}
	}
	heavy := site(3)
	heavy["part/table.csv"] = &fstest.MapFile{Data: make([]byte, offlineBytes)}
	o := keptSite(heavy)
	kept, _ := listOf(t, o, "__PRECACHE__")
	rest, _ := listOf(t, o, "__REST__")
	if slices.Contains(kept, "part/page-1.html") || !slices.Contains(rest, "part/table.csv") || !slices.Contains(rest, "part/page-1.html") {
		t.Errorf("a site of few files and many bytes keeps %v and offers %v", kept, rest)
	}
}

// Hosts keep for ever what has its hash in its name, and nothing that an author put beside it: that changes under its name.
func TestOwnFilesAmongAssets(t *testing.T) {
	o := keptSite(fstest.MapFS{"index.md": {Data: []byte("# Home\n")}, "assets/page.md": {Data: []byte("# Page\n")}, "assets/logo.svg": {Data: []byte("<svg/>")}, "assets/module-plan.csv": {Data: []byte("a\n")}})
	f, _ := o.Find("_headers")
	headers, err := f.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	var forever []string
	address := ""
	for line := range strings.Lines(string(headers)) {
		if !strings.HasPrefix(line, " ") {
			address = strings.TrimSpace(line)
		} else if strings.Contains(line, "immutable") {
			forever = append(forever, address)
		}
	}
	if !slices.Equal(forever, []string{"/assets/site-1.css"}) {
		t.Errorf("kept for ever are %v", forever)
	}
	kept, _ := listOf(t, o, "__PRECACHE__")
	for _, name := range []string{"assets/page.html", "assets/logo.svg", "assets/module-plan.csv"} {
		if !slices.Contains(kept, name) {
			t.Errorf("%s is not kept offline", name)
		}
	}
}

// What a page shows of others does not grow with the site: the tree is never printed whole.
func TestPagesDoNotGrowWithTheSite(t *testing.T) {
	size := func(n int) int {
		content := fstest.MapFS{"index.md": {Data: []byte("# Home\n")}}
		for i := range n {
			content[fmt.Sprintf("part-%d/topic-%d/page-%d.md", i/50%8, i/400, i)] = &fstest.MapFile{Data: []byte("# Page\n\nText.\n")}
		}
		f, ok := siteOf(content, nil).Find("part-0/topic-0/page-7.html")
		if !ok {
			t.Fatal("the page is not there")
		}
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), "Page") || strings.Count(string(data), "<a ") > 120 {
			t.Errorf("a page of a site of %d has %d links", n, strings.Count(string(data), "<a "))
		}
		return len(data)
	}
	if small, large := size(300), size(1500); large > small+2000 {
		t.Errorf("a page has %d bytes in a site of 300 pages and %d in one of 1,500", small, large)
	}
}

// The printable guide holds every page, each part from a new sheet; of a site too large for one page it names the parts
// and sections, and says why.
func TestPrintableGuide(t *testing.T) {
	print := func(pages int) string {
		content := fstest.MapFS{"index.md": {Data: []byte("# Home\n")}, "part/index.md": {Data: []byte("# Part of it\n")}}
		for i := range pages - 2 {
			content[fmt.Sprintf("part/page-%d.md", i)] = &fstest.MapFile{Data: []byte("# Page\n\nText.\n")}
		}
		f, ok := siteOf(content, nil).Find("print.html")
		if !ok {
			t.Fatal("there is none")
		}
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	whole := print(wholeLimit)
	if n := strings.Count(whole, `<section class="whole-page`); n != wholeLimit || strings.Count(whole, "whole-part") != 1 {
		t.Errorf("of %d pages it holds %d, and %d parts", wholeLimit, n, strings.Count(whole, "whole-part"))
	}
	large := print(wholeLimit + 1)
	if strings.Contains(large, `<section class="whole-page`) || !strings.Contains(large, "401 pages") || !strings.Contains(large, `href="part/index.html"`) {
		t.Errorf("of a large site it says:\n%s", large)
	}
}

// A page as Markdown holds what it shows of other files, with links that lead from the page.
func TestTwinHoldsFiles(t *testing.T) {
	content := fstest.MapFS{
		"index.md":     {Data: []byte("# Home\n\n[A part](_p/part.md \"include\")\n\n[Code](_p/a.go \"code region=r\")\n\n[Rows](_p/rows.csv \"table\")\n\n```\n[A part](_p/part.md \"include\")\n```\n\n[Gone](_p/gone.md \"include\")\n")},
		"b.md":         {Data: []byte("# B\n")},
		"_p/part.md":   {Data: []byte("---\ntitle: Part\n---\n\nSee [b](../b.md#x) and [out](https://example.org/).\n\n[Deeper](deeper.md \"include\")\n")},
		"_p/deeper.md": {Data: []byte("The end.\n")},
		"_p/a.go":      {Data: []byte("package a\n\n// region r\nvar x = 1\n// endregion\n")},
		"_p/rows.csv":  {Data: []byte("a,b\n1,2\n")},
	}
	f, ok := siteOf(content, nil).Find("index.md")
	data, err := f.Bytes()
	want := "# Home\n\nSee [b](b.md#x) and [out](https://example.org/).\n\nThe end.\n\n```go\nvar x = 1\n```\n\n```csv\na,b\n1,2\n```\n\n```\n[A part](_p/part.md \"include\")\n```\n\n[Gone](_p/gone.md \"include\")\n"
	if !ok || err != nil || !strings.HasPrefix(string(data), want) {
		t.Errorf("%v %v\n%s\nwant\n%s", ok, err, data, want)
	}
}
