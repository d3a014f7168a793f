package build

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"slices"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
	"whentofinetune/cmd/guide/internal/render"
	"whentofinetune/cmd/guide/internal/site"
)

// ordered is what a Memo holds of the last site, so that the edit of a text puts only its own page into place and follows
// only its own links.
type ordered struct {
	site     *site.Site
	kept     []*keptPage
	found    []problem.Problem // by site.New
	checked  *site.Checked
	settings [32]byte // all else that order and links hang on

	config    site.Config // the last one without mistakes
	hasConfig bool

	layouts [32]byte
	render  *render.Renderer // of those layouts
	wrong   []problem.Problem
	good    *render.Renderer // the last one without mistakes
}

// order puts the pages into a site and follows their links.
func (b *builder) order() {
	last := &b.memo.ordered
	checks := site.Checks{
		Prefix: b.in.Options.ContentName, Files: func(name string) bool { return b.others[name] }, Names: sortedKeys(b.others),
		Made: b.made, Own: own, Index: indexed, Drafts: b.drafts, Lenient: b.in.Options.AllowBrokenLinks,
	}
	settings := b.orderSettings(checks.Names)
	changed, same := b.changedPages(last)
	if same && last.site != nil && settings == last.settings {
		renewed := make(map[*page.Page]*page.Page, len(changed))
		pages := make([]*page.Page, 0, len(changed))
		for old, k := range changed {
			renewed[old.page] = k.page
			pages = append(pages, k.page)
		}
		b.site = last.site.Renew(renewed)
		last.checked = b.site.Recheck(checks, last.checked, pages)
	} else {
		checks.Read = map[string]bool{}
		for _, k := range b.kept {
			for _, d := range k.reads {
				checks.Read[d.name] = true
			}
		}
		b.site, last.found = site.New(b.config, b.pages(), b.in.Options.ContentName)
		last.checked = b.site.Check(checks)
	}
	last.site, last.kept, last.settings = b.site, b.kept, settings
	b.links = last.checked.Problems()
	b.problems = append(append(b.problems, last.found...), b.links...)
}

// orderSettings is a hash over what order and links hang on besides the pages.
func (b *builder) orderSettings(others []string) (sum [32]byte) {
	h := sha256.New()
	fmt.Fprintf(h, "%q %v %v\n", b.in.Options.ContentName, b.in.Options.AllowBrokenLinks, b.config)
	for _, names := range [...][]string{others, sortedKeys(b.drafts), b.themeStatic()} {
		fmt.Fprintf(h, "%q\n", names)
	}
	h.Sum(sum[:0])
	return sum
}

// changedPages maps pages of the last site to those that now stand in their places. same is false where more than texts
// changed: the pages themselves, or what others may hang on.
func (b *builder) changedPages(last *ordered) (changed map[*keptPage]*keptPage, same bool) {
	if len(last.kept) != len(b.kept) {
		return nil, false
	}
	changed = map[*keptPage]*keptPage{}
	for i, k := range b.kept {
		old := last.kept[i]
		if old == k {
			continue
		}
		if !placed(old, k) {
			return nil, false
		}
		changed[old] = k
	}
	return changed, true
}

// placed reports whether a page stands in the same place as another, offers the same anchors, and leads to the same targets.
func placed(old, k *keptPage) bool {
	a, b := old.page, k.page
	return a.File == b.File && a.Path == b.Path && a.Name == b.Name && a.Order == b.Order && a.Ordered == b.Ordered && a.Live == b.Live && a.Layout == b.Layout &&
		slices.Equal(a.Anchors, b.Anchors) && slices.Equal(a.Aliases, b.Aliases) &&
		slices.EqualFunc(a.Links, b.Links, func(x, y page.Link) bool { return x.Target == y.Target }) &&
		slices.EqualFunc(old.reads, k.reads, func(x, y dependency) bool { return x.name == y.name })
}

// layouts reads the theme's layouts, unless they are those of last time. While they have mistakes, a site that remembers is
// shown with the last good ones.
func (b *builder) layouts() {
	last := &b.memo.ordered
	h := sha256.New()
	names, _ := fs.Glob(b.in.Theme, "layouts/*.html") // the pattern is well formed
	for _, name := range names {
		data, err := fs.ReadFile(b.in.Theme, name)
		fmt.Fprintf(h, "%s %v %x\n", name, err, sha256.Sum256(data))
	}
	sum := [32]byte(h.Sum(nil))
	if last.render == nil || sum != last.layouts {
		last.layouts = sum
		last.render, last.wrong = render.New(b.in.Theme, b.in.Options.ThemeName)
		if len(last.wrong) == 0 {
			last.good = last.render
		}
	}
	b.render = last.render
	if len(last.wrong) > 0 && last.good != nil {
		b.render = last.good
	}
	b.problems = append(b.problems, last.wrong...)
}

// spoiled are the content files whose pages have mistakes: in themselves, in what they include, or in what they ask. Those of
// site.yaml spoil none: its last good version is in use.
func (b *builder) spoiled() map[string]bool {
	wrong := map[string]bool{}
	for _, p := range b.links {
		if !p.Warning {
			wrong[p.File] = true
		}
	}
	spoiled := map[string]bool{}
	for _, k := range b.kept {
		bad := wrong[b.inContent(k.file)] || slices.ContainsFunc(k.page.Problems, func(p problem.Problem) bool { return !p.Warning })
		for _, d := range k.reads {
			bad = bad || len(wrong) > 0 && wrong[b.inContent(d.name)]
		}
		if bad {
			spoiled[k.file] = true
		}
	}
	return spoiled
}
