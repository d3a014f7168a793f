package build

import (
	"crypto/sha256"
	"fmt"
	"io/fs"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/record"
	"whentofinetune/cmd/guide/internal/search"
	"whentofinetune/cmd/guide/internal/site"
)

// keptPage is a page with all that it was made from. Where there is a Cache, its body and its sections are there and not in
// memory: of ten thousand pages they are nine tenths.
type keptPage struct {
	file     string
	page     *page.Page // without body and sections where those are away
	words    search.Words
	settings string // options that change a page
	sum      [32]byte
	reads    []dependency
	asks     string // stamp of the calculator, if it was asked
	away     bool
}

// neverTheSame is the stamp of a calculator that may answer otherwise each time.
const neverTheSame = "never the same"

// holds reports whether a page would come out the same again.
func (k *keptPage) holds(b *builder, sum [32]byte, settings string) bool {
	if k.sum != sum || k.settings != settings || k.asks != "" && k.asks != b.in.AskStamp {
		return false
	}
	for _, d := range k.reads {
		if b.sum(d.name) != d.sum {
			return false
		}
	}
	return true
}

// key names what is kept of a page in the Cache: kind is "page", "body" or "sections". Body and sections hang on all that the
// page was made from, so that one that changes leaves those of a site still being shown alone.
func (k *keptPage) key(b *builder, kind string) (key [32]byte) {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\x00%s\x00%s\x00%s", kind, b.in.Stamp, k.settings, k.file)
	if kind != "page" {
		fmt.Fprintf(sum, "\x00%s\x00%s", k.asks, k.sum[:])
		for _, d := range k.reads {
			fmt.Fprintf(sum, "\x00%s\x00%s", d.name, d.sum[:])
		}
	}
	sum.Sum(key[:0])
	return key
}

// fields goes through what is kept of a page under its own key.
func (k *keptPage) fields(f *record.Fields, v *search.Vocabulary) {
	f.Sum(&k.sum)
	record.Slice(f, &k.reads, func(d *dependency) {
		f.Text(&d.name)
		f.Sum(&d.sum)
	})
	f.Text(&k.asks)
	k.page.Fields(f)
	k.words.Fields(f, v)
}

// keep puts a page that was just made into the Cache. Without one, or where it is full, everything stays in memory.
func (k *keptPage) keep(b *builder) {
	if b.in.Cache == nil || k.asks == neverTheSame {
		return
	}
	sections := record.Writing(nil)
	page.SectionFields(sections, &k.page.Sections)
	if !b.in.Cache.Put(k.key(b, "body"), k.page.Body) || !b.in.Cache.Put(k.key(b, "sections"), sections.Bytes()) {
		return
	}
	rest := *k.page
	rest.Body, rest.Sections = nil, nil
	k.page, k.away = &rest, true
	card := record.Writing(nil)
	k.fields(card, b.memo.vocabulary)
	b.in.Cache.Put(k.key(b, "page"), card.Bytes())
}

// recall takes a page from the Cache, if it would come out the same.
func (r *reader) recall(name string, sum [32]byte) *keptPage {
	b := r.b
	if b.in.Cache == nil {
		return nil
	}
	k := &keptPage{file: name, settings: r.settings, page: &page.Page{}, away: true}
	card, ok := b.in.Cache.Get(k.key(b, "page"))
	if !ok || len(card) < len(sum) || [32]byte(card) != sum {
		return nil
	}
	f := record.Reading(string(card))
	if k.fields(f, b.memo.vocabulary); !f.Whole() || k.page.File != name || !k.holds(b, sum, r.settings) {
		return nil
	}
	return k
}

// body is the HTML of a page. What the Cache has lost is made again.
func (b *builder) body(n *site.Node) []byte {
	k := b.byFile[n.Page.File]
	if k == nil || !k.away || n.Made {
		return n.Page.Body
	}
	if body, ok := b.in.Cache.Get(k.key(b, "body")); ok {
		return body
	}
	return b.again(k).Body
}

// sections are the texts of a page by headings.
func (b *builder) sections(n *site.Node) (all []page.Section) {
	k := b.byFile[n.Page.File]
	if k == nil || !k.away || n.Made {
		return n.Page.Sections
	}
	if data, ok := b.in.Cache.Get(k.key(b, "sections")); ok {
		f := record.Reading(string(data))
		if page.SectionFields(f, &all); f.Whole() {
			return all
		}
	}
	return b.again(k).Sections
}

// again makes a page once more.
func (b *builder) again(k *keptPage) *page.Page {
	data, err := fs.ReadFile(b.in.Content, k.file)
	if err != nil {
		return &page.Page{}
	}
	return page.Parse(k.file, data, b.reader.options(&keptPage{file: k.file, settings: k.settings}))
}
