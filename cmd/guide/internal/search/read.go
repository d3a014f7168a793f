package search

import (
	"strings"
	"sync"
)

// Page is something that a reader can find.
type Page struct {
	Path     string // address from the site's root, with the file name
	Title    string
	Keywords []string  // phrases by which it is to be found like by its title
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
	headingWeight = 4
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
	Number      string // of the page in its site; may be set after reading
	Keywords    string // one a line

	terms  []uint32 // ascending
	counts []uint16 // weighted, of the same term
	length int      // weighted number of terms
	text   uint64
}

// Read returns the words of a page.
func (v *Vocabulary) Read(p Page) Words {
	// Most words of a page are words that it has said before, so they are counted in a map of the page's own and the
	// shared one is asked once a term: four times faster than asking it each time.
	c := counters.Get().(*counter)
	defer counters.Put(c)
	clear(c.places)
	c.counts = c.counts[:0]
	w := Words{Path: p.Path, Title: p.Title, Keywords: strings.Join(p.Keywords, "\n")}
	add := func(text string, weight int) {
		Terms(text, v.Stem, func(term []byte) {
			place, ok := c.places[string(term)]
			if !ok {
				number, s := v.number(term)
				place = len(c.counts)
				c.places[s] = place
				c.counts = append(c.counts, count{term: number})
			}
			c.counts[place].weight += weight
			w.length += weight
		})
	}
	add(p.Title, titleWeight)
	for _, k := range p.Keywords {
		add(k, titleWeight)
	}
	w.text = fnvStart
	for _, s := range p.Sections {
		add(s.Title, headingWeight)
		add(s.Text, 1)
		for _, part := range [...]string{s.ID, s.Title, s.Text} {
			w.text = fnv(fnv(w.text, part), "\x00")
		}
	}
	w.take(c.counts)
	return w
}

// counter is what Read counts in, kept for the next page.
type counter struct {
	places map[string]int
	counts []count
}

type count struct {
	term   uint32
	weight int
}

var counters = sync.Pool{New: func() any { return &counter{places: make(map[string]int, 512)} }}

// number returns the number of a term, which it gives out on first sight, and the term as a string to keep.
func (v *Vocabulary) number(term []byte) (uint32, string) {
	v.mu.RLock()
	n, ok := v.numbers[string(term)]
	var s string
	if ok {
		s = v.terms[n]
	}
	v.mu.RUnlock()
	if ok {
		return n, s
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if n, ok := v.numbers[string(term)]; ok {
		return n, v.terms[n]
	}
	if v.numbers == nil {
		v.numbers = make(map[string]uint32)
	}
	n = uint32(len(v.terms))
	s = string(term)
	v.numbers[s] = n
	v.terms = append(v.terms, s)
	return n, s
}
