package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"whentofinetune/cmd/guide/internal/block"
	"whentofinetune/cmd/guide/internal/highlight"
	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
	"whentofinetune/cmd/guide/internal/search"
)

// waiting is how many pages for each processor may wait for an answer. The first question of all has the calculator compiled:
// pages that ask nothing are read in the meantime.
const waiting = 32

// readPages reads and prints every page, as many at once as there are processors.
func (b *builder) readPages() {
	if b.memo.pages == nil {
		b.memo.pages = map[string]*keptPage{}
	}
	if m := b.memo; m.asked == nil || m.stamp != b.in.AskStamp || m.turn != b.in.AskTurn || b.in.AskStamp == "" {
		m.asked, m.stamp, m.turn = &sync.Map{}, b.in.AskStamp, b.in.AskTurn
	}
	b.asked = b.memo.asked
	if stem := english(b.config.Language); b.memo.vocabulary == nil || b.memo.vocabulary.Stem != stem {
		b.memo.vocabulary = &search.Vocabulary{Stem: stem}
		clear(b.memo.pages) // their words are numbered by another
	}
	r := &reader{b: b, words: block.Words(b.config.Sources)}
	r.glossary()
	b.reader = r
	read := r.page
	if b.outline {
		read = r.head
	}
	all := make([]*keptPage, len(b.names))
	var next atomic.Int64 // neighbours are read about the same time: they stand in one folder
	var workers sync.WaitGroup
	atOnce := runtime.GOMAXPROCS(0)
	if b.in.Ask != nil {
		atOnce *= waiting
	}
	for range atOnce {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(all)); i = next.Add(1) - 1 {
				all[i] = read(b.names[i])
			}
		})
	}
	workers.Wait()
	b.drafts = map[string]bool{}
	remembered := make(map[string]*keptPage, len(all))
	for i, k := range all {
		remembered[b.names[i]] = k
		if k.page.Draft && !b.in.Options.Drafts {
			b.drafts[k.page.File] = true
			continue
		}
		b.problems = append(b.problems, k.page.Problems...)
		b.kept = append(b.kept, k)
	}
	b.memo.pages, b.byFile = remembered, remembered
}

// english reports whether a language is English: its plurals are folded in search.
func english(language string) bool { return language == "en" || strings.HasPrefix(language, "en-") }

// pages are the pages that are built.
func (b *builder) pages() []*page.Page {
	all := make([]*page.Page, len(b.kept))
	for i, k := range b.kept {
		all[i] = k.page
	}
	return all
}

// reader reads the pages of one run.
type reader struct {
	b        *builder
	words    page.Words
	terms    map[string]string
	settings string // hash over all options that change a page
}

// glossary reads the terms that other pages explain in passing, before those are read.
func (r *reader) glossary() {
	c := &r.b.config
	r.settings = ""
	if c.Glossary != "" {
		if data, err := r.b.readPlain(c.Glossary); err == nil {
			r.terms = page.Terms(data)
		}
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %v %d %d %d %d %q %q %q %v %v", r.b.in.Options.ContentName, c.RawHTML, c.PageBytes, c.OutputBytes, c.Depth, c.Work, c.Glossary, c.Sources, c.Language, r.b.in.Ask != nil, r.b.configured)
	for _, id := range sortedKeys(r.terms) {
		fmt.Fprintf(sum, " %q=%q", id, r.terms[id])
	}
	r.settings = hex.EncodeToString(sum.Sum(nil))
}

// page returns a page, from memory or from the cache where it would come out the same.
func (r *reader) page(name string) *keptPage {
	b := r.b
	old := b.memo.pages[name]
	if s, ok := b.in.Content.(Summer); ok {
		if sum, ok := s.Sum(name); ok {
			if k := r.known(old, name, sum); k != nil {
				return k
			}
		}
	}
	data, err := fs.ReadFile(b.in.Content, name)
	if err != nil {
		return r.unread(name, err)
	}
	sum := sha256.Sum256(data)
	if k := r.known(old, name, sum); k != nil {
		return k
	}
	k := &keptPage{file: name, settings: r.settings, sum: sum}
	k.page = page.Parse(name, data, r.options(k))
	k.words = b.memo.vocabulary.Read(searchPage(k.page, k.page.Sections))
	k.keep(b)
	return k
}

// known is a page that was made before, with this hash of its file; nil where it must be made.
func (r *reader) known(old *keptPage, name string, sum [32]byte) *keptPage {
	if old != nil && old.holds(r.b, sum, r.settings) {
		return old
	}
	return r.recall(name, sum)
}

func (r *reader) unread(name string, err error) *keptPage {
	p := page.Parse(name, nil, page.Options{Prefix: r.b.in.Options.ContentName})
	p.Problems = []problem.Problem{{File: path.Join(r.b.in.Options.ContentName, name), Text: "cannot be read: " + rootCause(err), Hint: "check that it is there and its rights"}}
	return &keptPage{page: p, words: r.b.memo.vocabulary.Read(searchPage(p, nil))}
}

// options are those of one page: what it reads and asks is written down in k.
func (r *reader) options(k *keptPage) page.Options {
	b := r.b
	o := page.Options{
		Prefix: b.in.Options.ContentName, RawHTML: b.config.RawHTML, PageBytes: b.config.PageBytes, Output: b.config.OutputBytes, Depth: b.config.Depth, Work: b.config.Work,
		Words: r.words, Glossary: b.config.Glossary, Terms: r.terms, Code: b.code, Language: highlight.Known, OwnWords: b.configured,
		Read: func(name string) ([]byte, error) {
			data, err := b.readPlain(name)
			d := dependency{name: name}
			if err == nil {
				d.sum = sha256.Sum256(data)
			}
			k.reads = append(k.reads, d)
			return data, err
		},
	}
	o.Size = func(name string) (w, h int, ok bool) {
		data, err := o.Read(name)
		if err != nil {
			return 0, 0, false
		}
		return page.PictureSize(name, data)
	}
	if b.in.Ask != nil {
		o.Ask = func(request string) (string, []problem.Problem, error) {
			r := b.answer(request)
			if r.passing || r.err != nil || b.in.AskStamp == "" {
				k.asks = neverTheSame
			} else if k.asks == "" {
				k.asks = b.in.AskStamp
			}
			if r.err != nil { // said once for the whole site
				b.once.Do(func() { b.machine = r.err })
				return "", []problem.Problem{{File: path.Join(b.in.Options.ContentName, k.file), Text: r.err.Error()}}, nil
			}
			return r.text, r.problems, nil
		}
	}
	return o
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// answer asks the calculator each question once, and remembers answers on disk under its stamp.
func (b *builder) answer(request string) *reply {
	value, _ := b.asked.LoadOrStore(request, &reply{})
	r := value.(*reply)
	r.once.Do(func() {
		key := sha256.Sum256([]byte("ask\x00" + b.in.Stamp + "\x00" + b.in.AskStamp + "\x00" + request))
		if b.in.Cache != nil && b.in.AskStamp != "" {
			if data, ok := b.in.Cache.Get(key); ok {
				r.text = string(data)
				return
			}
		}
		r.text, r.problems, r.err = b.in.Ask(request)
		r.passing = b.in.AskHolds != nil && !b.in.AskHolds()
		if b.in.Cache != nil && b.in.AskStamp != "" && r.err == nil && len(r.problems) == 0 && !r.passing {
			b.in.Cache.Put(key, []byte(r.text))
		}
	})
	return r
}

func (b *builder) ask(request string) (string, []problem.Problem, error) {
	r := b.answer(request)
	return r.text, r.problems, r.err
}

// code colours a block of code. What takes long is done only once, and remembered in the cache: a page that is edited has
// most of its blocks as they were.
func (b *builder) code(dst []byte, language, text string) []byte {
	if highlight.Quick(language) {
		return highlight.Append(dst, language, text, page.EscapeCode)
	}
	key := sha256.Sum256([]byte("code\x00" + b.in.Stamp + "\x00" + language + "\x00" + text))
	if html, ok := b.memo.code.Load(key); ok {
		return append(dst, html.([]byte)...)
	}
	if b.in.Cache != nil {
		if html, ok := b.in.Cache.Get(key); ok {
			return append(dst, html...)
		}
	}
	start := len(dst)
	dst = highlight.Append(dst, language, text, page.EscapeCode)
	if b.in.Cache == nil || !b.in.Cache.Put(key, dst[start:]) {
		b.memo.code.Store(key, bytes.Clone(dst[start:]))
	}
	return dst
}

// searchPage is a page as search reads it.
func searchPage(p *page.Page, all []page.Section) search.Page {
	sections := make([]search.Section, len(all))
	for i, s := range all {
		sections[i] = search.Section(s)
	}
	return search.Page{Path: p.Path, Title: p.Name, Keywords: p.Keywords, Sections: sections}
}
