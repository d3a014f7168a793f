package search

import (
	"hash/maphash"
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

	mu       sync.RWMutex
	numbers  map[string]uint32
	terms    []string
	counters sync.Pool // of *counter
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
	c, _ := v.counters.Get().(*counter)
	if c == nil {
		c = &counter{vocabulary: v, seed: maphash.MakeSeed()}
	}
	defer v.counters.Put(c)
	c.page++
	c.counts = c.counts[:0]
	w := Words{Path: p.Path, Title: p.Title, Keywords: strings.Join(p.Keywords, "\n")}
	add := func(text string, weight int) {
		Terms(text, v.Stem, func(term []byte) {
			c.count(term).weight += weight
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

// counter counts the terms of one page after another. Most words of a page are words that it, or a page before it, has said:
// the vocabulary, which all share, is only asked for those that this counter has never seen.
type counter struct {
	vocabulary *Vocabulary
	seed       maphash.Seed
	slots      []uint32 // places in seen plus one, by hash; at most half are taken
	seen       []seenTerm
	page       uint32 // that is counted
	counts     []count
}

type seenTerm struct {
	text   string
	number uint32
	page   uint32 // on which it was seen last
	place  uint32 // in the counts of that page
}

type count struct {
	term   uint32
	weight int
}

// count returns the count of a term on the page at hand.
func (c *counter) count(term []byte) *count {
	t := c.find(term)
	if t.page != c.page {
		t.page, t.place = c.page, uint32(len(c.counts))
		c.counts = append(c.counts, count{term: t.number})
	}
	return &c.counts[t.place]
}

func (c *counter) find(term []byte) *seenTerm {
	if 2*len(c.seen) >= len(c.slots) {
		c.grow()
	}
	at := c.slot(term)
	if c.slots[at] == 0 {
		number, text := c.vocabulary.number(term)
		c.seen = append(c.seen, seenTerm{text: text, number: number})
		c.slots[at] = uint32(len(c.seen))
	}
	return &c.seen[c.slots[at]-1]
}

// slot returns where a term stands, or the free slot where it would.
func (c *counter) slot(term []byte) uint64 {
	last := uint64(len(c.slots) - 1)
	for at := maphash.Bytes(c.seed, term) & last; ; at = (at + 1) & last {
		if n := c.slots[at]; n == 0 || c.seen[n-1].text == string(term) {
			return at
		}
	}
}

func (c *counter) grow() {
	c.slots = make([]uint32, max(1024, 4*len(c.slots)))
	for i, t := range c.seen {
		c.slots[c.slot([]byte(t.text))] = uint32(i + 1)
	}
}

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
