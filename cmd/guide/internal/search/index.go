package search

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Sizes of the parts. A first query loads the root, a part of terms for each word, the titles of ten hits and the text
// of those shown; these sizes keep it under 100 kB for ten thousand pages.
const (
	perTitle  = 32       // pages in a part of titles
	fewPages  = 500      // up to which each page's text is a part of its own
	termBytes = 12_000   // a part of terms ends after this many bytes
	wordBytes = 16_000   // a part of words likewise
	levels    = 31       // of weight
	k1, b     = 1.2, .75 // BM25, see the package comment
)

// Alphabet holds the digits of a list's numbers.
const Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// File is one file of the index, named within the index's folder.
type File struct {
	Name string
	Data []byte
}

// Index is a site's search index.
type Index struct {
	Files []File // all but the parts of texts
	Texts int    // number of parts of texts

	perText int // pages in a part of texts
}

// New makes the index of pages. The result depends on the pages and their order only, not on the order in which they
// were read.
func New(v *Vocabulary, pages []Words) *Index {
	v.mu.RLock()
	all := v.terms // is only ever added to: by pages that are read meanwhile
	v.mu.RUnlock()
	lists, parts := postings(len(all), pages), 0
	terms := sortedTerms(all, lists)
	index := &Index{perText: perTextOf(len(pages))}
	root := root{Pages: len(pages), Stem: v.Stem, PerTitle: perTitle, PerText: index.perText, Terms: []string{}, Words: []string{}}
	put := func(kind string, n int, value any, hashes *string) {
		data := script(fmt.Sprintf("%s-%d", kind, n), value)
		*hashes += short(fnv(fnvStart, data))
		index.Files = append(index.Files, File{fmt.Sprintf("%s-%d.js", kind, n), data})
	}
	for rest := terms; len(rest) > 0; parts++ {
		part := termPart{}
		size := 0
		for n := 0; n < len(rest) && (size < termBytes || rest[n].key == rest[n-1].key); n++ { // one key, one part
			t := rest[n]
			list := lists[t.number]
			part.Terms, part.Lists = append(part.Terms, t.text), append(part.Lists, list)
			size += len(t.text) + len(list) + 6
		}
		root.Terms = append(root.Terms, rest[0].text)
		rest = rest[len(part.Terms):]
		put("terms", parts, part, &root.Hash.Terms)
	}
	for n, rest := 0, terms; len(rest) > 0; n++ {
		var part []string
		for size := 0; size < wordBytes && len(part) < len(rest); size += len(part[len(part)-1]) + 3 {
			part = append(part, rest[len(part)].text)
		}
		root.Words = append(root.Words, part[0])
		rest = rest[len(part):]
		put("words", n, part, &root.Hash.Words)
	}
	sums := index.textSums(pages)
	index.Texts = len(sums)
	for n, rest := range chunks(pages, perTitle) {
		part := make([][]string, len(rest))
		for i, p := range rest {
			part[i] = []string{p.Path, p.Title, p.Number, sums[(n*perTitle+i)/index.perText]}
			if p.Keywords != "" {
				part[i] = append(part[i], p.Keywords)
			}
		}
		put("titles", n, part, &root.Hash.Titles)
	}
	index.Files = append(index.Files, File{"root.js", script("root", root)})
	return index
}

// textSums are short hashes of the parts of texts.
func (x *Index) textSums(pages []Words) []string {
	var sums []string
	for _, rest := range chunks(pages, x.perText) {
		sum := uint64(fnvStart)
		for _, p := range rest {
			sum = fnv(sum, strconv.FormatUint(p.text, 16)+".")
		}
		sums = append(sums, short(sum))
	}
	return sums
}

// Pages returns which pages, as a range of their numbers, stand in part n of the texts.
func (x *Index) Pages(n, all int) (from, to int) {
	return n * x.perText, min(all, (n+1)*x.perText)
}

// perTextOf is how many pages share a part of texts: a hit then loads its own text alone, unless there would be too many files.
func perTextOf(pages int) int {
	if pages <= fewPages {
		return 1
	}
	return 2
}

// Text returns part n of the texts, made of the pages that Pages names.
func (x *Index) Text(n int, pages []Page) File {
	part := make([][][3]string, len(pages))
	for i, p := range pages {
		part[i] = make([][3]string, len(p.Sections))
		for j, s := range p.Sections {
			part[i][j] = [3]string{s.ID, s.Title, s.Text}
		}
	}
	name := TextName(n)
	return File{name, script(strings.TrimSuffix(name, ".js"), part)}
}

// TextName is the name of part n of the texts.
func TextName(n int) string { return fmt.Sprintf("texts-%d.js", n) }

type root struct {
	Pages    int      `json:"pages"`
	Stem     bool     `json:"stem"`
	PerTitle int      `json:"perTitle"`
	PerText  int      `json:"perText"`
	Terms    []string `json:"terms"`
	Words    []string `json:"words"`
	Hash     struct {
		Terms  string `json:"terms"`
		Words  string `json:"words"`
		Titles string `json:"titles"`
	} `json:"hash"`
}

type termPart struct {
	Terms []string `json:"terms"`
	Lists []string `json:"lists"`
}

type numbered struct {
	text   string
	key    string // text without hyphens: a compound stands beside the same word written as one
	number uint32
}

// sortedTerms leaves out the terms that no page has: a vocabulary outlives the pages that it was made for.
func sortedTerms(all []string, lists []string) []numbered {
	terms := make([]numbered, 0, len(all))
	for i, t := range all {
		if lists[i] != "" {
			terms = append(terms, numbered{t, strings.ReplaceAll(t, "-", ""), uint32(i)})
		}
	}
	slices.SortFunc(terms, func(a, b numbered) int {
		return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.text, b.text))
	})
	return terms
}

// postings returns the list of each term, by its number.
func postings(terms int, pages []Words) []string {
	total := 0
	for _, p := range pages {
		total += p.length
	}
	average := max(1, float64(total)/float64(max(1, len(pages))))
	// An entry is a page's number under how far its level stands below the highest: ascending entries are a list's order.
	const page = 1<<24 - 1
	byTerm := make([][]uint32, terms)
	for n, p := range pages {
		norm := k1 * (1 - b + b*float64(p.length)/average)
		for i, term := range p.terms {
			tf := float64(p.counts[i])
			level := max(1, int(levels*tf/(tf+norm)+.5))
			byTerm[term] = append(byTerm[term], uint32(levels-level)<<24|uint32(n)&page)
		}
	}
	lists := make([]string, len(byTerm))
	var out []byte
	for term, entries := range byTerm {
		slices.Sort(entries)
		out = out[:0]
		for len(entries) > 0 {
			below := entries[0] >> 24
			same := 1
			for same < len(entries) && entries[same]>>24 == below {
				same++
			}
			out = appendNumber(appendNumber(out, levels-below), uint32(same))
			next := uint32(0)
			for _, e := range entries[:same] {
				out = appendNumber(out, e&page-next)
				next = e&page + 1
			}
			entries = entries[same:]
		}
		lists[term] = string(out)
	}
	return lists
}

func appendNumber(out []byte, n uint32) []byte {
	for n >= 32 {
		out = append(out, Alphabet[n&31+32])
		n >>= 5
	}
	return append(out, Alphabet[n])
}

// script wraps a value so that it loads as a classic script, which is all that file:// allows.
func script(name string, value any) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "guideSearch(%q,", name)
	if err := json.NewEncoder(&b).Encode(value); err != nil { // also escapes <, > and the line separators that end a script's string
		panic("search: " + err.Error()) // strings, numbers and slices of them only
	}
	b.Truncate(b.Len() - len("\n"))
	b.WriteString(")\n")
	return b.Bytes()
}

// The hash FNV-1a of 64 bits: its start, and how a text goes on from there.
const fnvStart = 14695981039346656037

func fnv[T string | []byte](sum uint64, text T) uint64 {
	for i := range len(text) {
		sum = (sum ^ uint64(text[i])) * 1099511628211
	}
	return sum
}

// short prints 36 bits of a hash in six characters.
func short(sum uint64) string {
	var out [6]byte
	for i := range out {
		out[i] = Alphabet[sum>>(6*i)&63]
	}
	return string(out[:])
}

func chunks[T any](all []T, size int) [][]T {
	return slices.Collect(slices.Chunk(all, size))
}
