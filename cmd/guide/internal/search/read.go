package search

import (
	"hash/fnv"
	"io"
	"slices"
	"sync"
)

// Page is something that a reader can find.
type Page struct {
	Path     string // address from the site's root, with the file name
	Title    string
	Sections []Section // in the order of the page; the first, with no ID, is what stands above the first heading
}

// Section is a heading and the plain text under it, up to the next heading.
type Section struct {
	ID, Title, Text string
}

// Weights of a word by where it stands, in words of running text. Chosen on headings and passages of the guide's own
// pages, see the ranking test.
const (
	titleWeight   = 8
	headingWeight = 3
)

// Vocabulary numbers the terms of a site. The zero value is ready to use; it may be used from many goroutines.
type Vocabulary struct {
	// Stem folds English plurals; set it before the first Read.
	Stem bool

	mu      sync.RWMutex
	numbers map[string]uint32
	terms   []string
}

// Words is what one page adds to an index: which terms, how often, and a hash of its text.
type Words struct {
	Path, Title string

	terms  []uint32 // ascending
	counts []uint16 // weighted, of the same term
	length int      // weighted number of terms
	text   uint64
}

// Read returns the words of a page.
func (v *Vocabulary) Read(p Page) Words {
	w := Words{Path: p.Path, Title: p.Title}
	counts := make(map[uint32]int, 256)
	add := func(text string, weight int) {
		Terms(text, v.Stem, func(term []byte) {
			counts[v.number(term)] += weight
			w.length += weight
		})
	}
	add(p.Title, titleWeight)
	hash := fnv.New64a()
	for _, s := range p.Sections {
		add(s.Title, headingWeight)
		add(s.Text, 1)
		for _, part := range [...]string{s.ID, s.Title, s.Text} {
			io.WriteString(hash, part)
			hash.Write([]byte{0})
		}
	}
	w.text = hash.Sum64()
	w.terms = make([]uint32, 0, len(counts))
	for term := range counts {
		w.terms = append(w.terms, term)
	}
	slices.Sort(w.terms)
	w.counts = make([]uint16, len(w.terms))
	for i, term := range w.terms {
		w.counts[i] = uint16(min(counts[term], 1<<16-1))
	}
	return w
}

// number returns the number of a term, which it gives out on first sight.
func (v *Vocabulary) number(term []byte) uint32 {
	v.mu.RLock()
	n, ok := v.numbers[string(term)]
	v.mu.RUnlock()
	if ok {
		return n
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if n, ok := v.numbers[string(term)]; ok {
		return n
	}
	if v.numbers == nil {
		v.numbers = make(map[string]uint32)
	}
	n = uint32(len(v.terms))
	s := string(term)
	v.numbers[s] = n
	v.terms = append(v.terms, s)
	return n
}
