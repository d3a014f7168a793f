package search

import (
	"cmp"
	"slices"

	"whentofinetune/cmd/guide/internal/record"
)

// Fields goes through the words of a page. Terms are written as they are spelled: read back, they get the numbers of v.
func (w *Words) Fields(f *record.Fields, v *Vocabulary) {
	f.Text(&w.Path)
	f.Text(&w.Title)
	f.Text(&w.Keywords)
	f.Int(&w.length)
	text := int(w.text)
	f.Int(&text)
	w.text = uint64(text)
	all := make([]spelled, f.Count(len(w.terms)))
	if !f.Reading() {
		v.spell(w, all)
	}
	for i := range all {
		f.Text(&all[i].term)
		f.Int(&all[i].weight)
	}
	if f.Reading() {
		v.learn(w, all)
	}
}

// spelled is a term of a page with its weighted count.
type spelled struct {
	term   string
	weight int
}

func (v *Vocabulary) spell(w *Words, all []spelled) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for i, n := range w.terms {
		all[i] = spelled{v.terms[n], int(w.counts[i])}
	}
}

// learn numbers the terms of a page that was kept.
func (v *Vocabulary) learn(w *Words, all []spelled) {
	counts := make([]count, len(all))
	var unknown []int
	v.mu.RLock()
	for i, s := range all {
		n, ok := v.numbers[s.term]
		if counts[i] = (count{n, s.weight}); !ok {
			unknown = append(unknown, i)
		}
	}
	v.mu.RUnlock()
	for _, i := range unknown {
		counts[i].term, _ = v.number([]byte(all[i].term))
	}
	w.take(counts)
}

// take sets the terms of a page, which are put in order.
func (w *Words) take(counts []count) {
	slices.SortFunc(counts, func(a, b count) int { return cmp.Compare(a.term, b.term) })
	w.terms, w.counts = make([]uint32, len(counts)), make([]uint16, len(counts))
	for i, n := range counts {
		w.terms[i], w.counts[i] = n.term, uint16(min(n.weight, 1<<16-1))
	}
}
