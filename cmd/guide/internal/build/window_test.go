package build

import (
	"fmt"
	"testing"
	"testing/fstest"
)

// However many parts a site has and pages a part, a page shows as many of them, itself among them; only the start page leads
// to every part.
func TestNavigationIsBounded(t *testing.T) {
	content := fstest.MapFS{"index.md": {Data: []byte("# Home\n")}}
	for i := range 90 {
		content[fmt.Sprintf("part-%02d/index.md", i)] = &fstest.MapFile{Data: []byte("# Part\n")}
		content[fmt.Sprintf("part-07/page-%02d.md", i)] = &fstest.MapFile{Data: []byte("# Page\n")}
	}
	memo := &Memo{}
	siteOf(content, memo)
	b := &builder{in: inputOf(content), memo: memo, site: memo.ordered.site}
	f := b.newFrames()
	for _, n := range b.site.Order {
		frame := f.page(n)
		if n == b.site.Root {
			if len(frame.Sections) != 90 {
				t.Errorf("the start page leads to %d of 90 parts", len(frame.Sections))
			}
			continue
		}
		current := 0
		for _, s := range frame.Sections {
			if s.Current {
				current++
			}
		}
		if len(frame.Sections) != navWindow || current != 1 {
			t.Errorf("%s shows %d parts, %d of them its own", n.Page.Path, len(frame.Sections), current)
		}
		if n.IsFolder {
			continue
		}
		current = 0
		for _, p := range frame.Section.Pages {
			if p.Current {
				current++
			}
		}
		if len(frame.Section.Pages) != navWindow || current != 1 {
			t.Errorf("%s shows %d siblings, %d times itself", n.Page.Path, len(frame.Section.Pages), current)
		}
	}
}
