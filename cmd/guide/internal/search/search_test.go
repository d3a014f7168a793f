package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
)

func TestTerms(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Fine-tune LoRA, 8B!", []string{"fine", "fine-tune", "tune", "lora", "8b"}},
		{"pop-ups, GPT\u20114, com\u00adpound", []string{"pop", "pop-up", "ups", "gpt", "gpt-4", "4", "com", "com-pound", "pound"}},
		{"state-of-the-art-of", []string{"state", "state-of", "of", "state-of-the", "of-the", "the",
			"state-of-the-art", "of-the-art", "the-art", "art", "of-the-art-of", "the-art-of", "art-of", "of"}},
		{"a--b c- d -e 2026-11-25 abc-s", []string{"a", "b", "c", "d", "e", "2026", "11", "25", "abc", "abc-s", "s"}},
		{"模型-based " + strings.Repeat("x", 38) + "-way", []string{"模型", "based", strings.Repeat("x", 38), "way"}},
		{"Adapters, policies, classes, biases, status, loss, ties", []string{"adapter", "policy", "classe", "biase", "status", "loss", "tie"}},
		{"Größe ΑΒΓ naïve", []string{"größe", "αβγ", "naïve"}},
		{"微调模型 and 機", []string{"微调", "调模", "模型", "and", "機"}},
		{"한국어 검색", []string{"한국", "국어", "검색"}},
		{strings.Repeat("x", 60) + " short", []string{"short"}},
		{"", nil},
		{"broken \xff\xfe bytes", []string{"broken", "byte"}},
	} {
		var got []string
		Terms(c.text, true, func(term []byte) { got = append(got, string(term)) })
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("terms of %q (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestNumbersComeBack(t *testing.T) {
	for _, n := range []uint32{0, 1, 31, 32, 33, 1023, 1024, 1 << 20, 1<<32 - 1} {
		got, rest := number(string(appendNumber(nil, n)) + "tail")
		if got != n || rest != "tail" {
			t.Errorf("%d came back as %d with %q left", n, got, rest)
		}
	}
}

// number reads one number as theme/ts/search-index.ts does.
func number(s string) (n uint32, rest string) {
	for shift := 0; ; shift += 5 {
		digit := uint32(strings.IndexByte(Alphabet, s[0]))
		s = s[1:]
		n |= digit & 31 << shift
		if digit < 32 {
			return n, s
		}
	}
}

func decode(list string) (pages, weights []uint32) {
	for list != "" {
		var level, count, n uint32
		level, list = number(list)
		count, list = number(list)
		next := uint32(0)
		for range count {
			n, list = number(list)
			pages, weights = append(pages, next+n), append(weights, level)
			next += n + 1
		}
	}
	return pages, weights
}

func site(n int) []Page {
	r := rand.New(rand.NewSource(1))
	words := strings.Fields("cache adapter prompt token price retrieval label score budget latency model tune")
	pages := make([]Page, n)
	for i := range pages {
		var text []string
		for range 20 + r.Intn(60) {
			text = append(text, words[r.Intn(len(words))])
		}
		text = append(text, fmt.Sprintf("only%d", i))
		pages[i] = Page{Path: fmt.Sprintf("p/%d.html", i), Title: fmt.Sprintf("%s %d", words[i%len(words)], i), Sections: []Section{
			{"", "", strings.Join(text[:10], " ")}, {"more", "More <b>", strings.Join(text[10:], " ")}}}
	}
	return pages
}

func indexOf(pages []Page, order []int) *Index {
	v, words := wordsOf(pages, order)
	return New(v, words)
}

func wordsOf(pages []Page, order []int) (*Vocabulary, []Words) {
	v := &Vocabulary{Stem: true}
	words := make([]Words, len(pages))
	for _, i := range order {
		words[i] = v.Read(pages[i])
	}
	return v, words
}

func TestEveryTermIsFoundWhereItStands(t *testing.T) {
	pages := site(500)
	x := indexOf(pages, rand.New(rand.NewSource(2)).Perm(len(pages)))
	found := map[string][]uint32{}
	for _, f := range x.Files {
		if !strings.HasPrefix(f.Name, "terms-") {
			continue
		}
		var part termPart
		value(t, f, &part)
		if !slices.IsSorted(part.Terms) {
			t.Errorf("%s is not sorted", f.Name)
		}
		for i, term := range part.Terms {
			numbers, weights := decode(part.Lists[i])
			if !slices.IsSortedFunc(weights, func(a, b uint32) int { return int(b) - int(a) }) {
				t.Errorf("weights of %q do not fall: %v", term, weights)
			}
			slices.Sort(numbers)
			found[term] = numbers
		}
	}
	want := map[string][]uint32{}
	for i, p := range pages {
		seen := map[string]bool{}
		for _, text := range []string{p.Title, p.Sections[0].Text, p.Sections[1].Title, p.Sections[1].Text} {
			Terms(text, true, func(term []byte) {
				if !seen[string(term)] {
					seen[string(term)] = true
					want[string(term)] = append(want[string(term)], uint32(i))
				}
			})
		}
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("lists differ (-want +got):\n%s", diff)
	}
}

func value(t *testing.T, f File, into any) {
	t.Helper()
	_, data, ok := bytes.Cut(f.Data, []byte(","))
	data, closed := bytes.CutSuffix(data, []byte(")\n"))
	if !ok || !closed {
		t.Fatalf("%s is not one call", f.Name)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
}

// A compound stands beside the same word written as one, in the same part, however many pages hold them.
func TestCompoundsStandByTheirKeys(t *testing.T) {
	pages := site(4000)
	for i := range pages {
		pages[i].Sections[0].Text += " finetune fine-tune fine finest"
	}
	x := indexOf(pages, rand.New(rand.NewSource(6)).Perm(len(pages)))
	var all []string
	for _, f := range x.Files {
		if strings.HasPrefix(f.Name, "terms-") {
			var part termPart
			value(t, f, &part)
			if slices.Contains(part.Terms, "finetune") != slices.Contains(part.Terms, "fine-tune") {
				t.Errorf("%s has one of two terms with one key: %v", f.Name, part.Terms)
			}
			all = append(all, part.Terms...)
		}
	}
	from := slices.Index(all, "fine")
	if diff := cmp.Diff([]string{"fine", "finest", "fine-tune", "finetune"}, all[from:from+4]); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestOrderOfReadingDoesNotShow(t *testing.T) {
	pages := site(300)
	want := indexOf(pages, rand.New(rand.NewSource(3)).Perm(len(pages)))
	got := indexOf(pages, rand.New(rand.NewSource(4)).Perm(len(pages)))
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(Index{})); diff != "" {
		t.Errorf("the index depends on the order of reading:\n%s", diff)
	}
}

func TestTitleWeighsMoreThanText(t *testing.T) {
	pages := []Page{
		{Path: "a.html", Title: "Other", Sections: []Section{{"", "", "retrieval retrieval and much more text that is not about it"}}},
		{Path: "b.html", Title: "Retrieval", Sections: []Section{{"", "", "facts that change belong outside of the weights"}}},
	}
	x := indexOf(pages, []int{0, 1})
	for _, f := range x.Files {
		if f.Name == "terms-0.js" {
			var part termPart
			value(t, f, &part)
			i := slices.Index(part.Terms, "retrieval")
			numbers, _ := decode(part.Lists[i])
			if diff := cmp.Diff([]uint32{1, 0}, numbers); diff != "" {
				t.Errorf("the page with the word in its title should come first:\n%s", diff)
			}
		}
	}
}

func TestOnlyPartsOfAnEditedPageChange(t *testing.T) {
	pages := site(200)
	v, was := wordsOf(pages, rand.Perm(200))
	before := New(v, was)
	pages[7].Sections[1].Text += " only7"
	v, is := wordsOf(pages, rand.Perm(200))
	after := New(v, is)
	same := 0
	for i, f := range before.Files {
		if f.Name == after.Files[i].Name && bytes.Equal(f.Data, after.Files[i].Data) {
			same++
		}
	}
	if titles := (200 + perTitle - 1) / perTitle; same < titles {
		t.Errorf("an edit of one page's text left only %d files as they were, %d parts of titles did not change", same, titles)
	}
	for n, sum := range before.textSums(was) {
		if changed := sum != after.textSums(is)[n]; changed != (n == 7/before.perText) {
			t.Errorf("text part %d: changed is %v", n, changed)
		}
	}
}

// A first query at ten thousand pages of some seven kilobytes, two words that nearly every page has, costs less than 100 kB:
// the root, a part of terms for each word, and titles and text of the ten hits, each from a part of its own.
func TestFirstQueryAtTenThousandPages(t *testing.T) {
	const n = 10_000
	perText := perTextOf(n)
	r := rand.New(rand.NewSource(5))
	var common []string
	for i := range 180 {
		common = append(common, fmt.Sprintf("w%d%c", i*7919%1000, 'a'+rune(i%26)))
	}
	text := func(words int) string {
		var b strings.Builder
		for range words {
			b.WriteString(common[r.Intn(len(common))])
			b.WriteByte(' ')
		}
		return b.String()
	}
	v := &Vocabulary{Stem: true}
	words := make([]Words, n)
	var shown []Page
	for i := range words {
		size := 300 // words, which is enough to say nearly all of them
		if i%(n/20) < perText {
			size = 900 // of the pages that are shown
		}
		p := Page{Path: fmt.Sprintf("section-%d/topic-%d/page-%d.html", i%20, i%200, i), Title: text(3), Sections: []Section{{"", "", text(size / 2)}, {"more", text(2), text(size / 2)}}}
		p.Title += fmt.Sprintf("only%d", i)
		words[i] = v.Read(p)
		if i%(n/20) < perText {
			shown = append(shown, p)
		}
	}
	x := New(v, words)
	root, terms, titles := 0, 0, 0
	for i, f := range x.Files {
		switch {
		case f.Name == "root.js":
			root = compressed(f.Data)
		case strings.HasPrefix(f.Name, "terms-") && i%10 == 0:
			terms = max(terms, compressed(f.Data))
		case strings.HasPrefix(f.Name, "titles-") && i%10 == 0:
			titles = max(titles, compressed(f.Data))
		}
	}
	texts := 0
	for i := range 10 {
		texts += compressed(x.Text(i, shown[i*perText:(i+1)*perText]).Data)
	}
	total := root + 2*terms + 10*titles + texts
	t.Logf("root %d, terms 2 of %d, titles 10 of %d, texts %d: %d bytes", root, terms, titles, texts, total)
	if total > 92_000 { // and the script, which is below 5 kB
		t.Errorf("a first query costs %d bytes", total)
	}
}

func compressed(data []byte) int {
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, 9)
	w.Write(data)
	w.Close()
	return out.Len()
}

func TestTextCannotEndTheScript(t *testing.T) {
	x := &Index{perText: 1}
	f := x.Text(0, []Page{{Sections: []Section{{"a", "</script>", "\u2028 \" \\ <!--"}}}})
	if bytes.Contains(f.Data, []byte("<")) || bytes.Contains(f.Data, []byte("\u2028")) {
		t.Errorf("markup in a script: %s", f.Data)
	}
	var back [][][3]string
	value(t, f, &back)
	if back[0][0][2] != "\u2028 \" \\ <!--" {
		t.Errorf("text came back as %q", back[0][0][2])
	}
}

func BenchmarkRead(b *testing.B) {
	pages := site(1000)
	size := 0
	for _, p := range pages {
		size += len(p.Sections[0].Text) + len(p.Sections[1].Text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		v := &Vocabulary{Stem: true}
		for _, p := range pages {
			v.Read(p)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	pages := site(10000)
	v := &Vocabulary{Stem: true}
	words := make([]Words, len(pages))
	for i, p := range pages {
		words[i] = v.Read(p)
	}
	for b.Loop() {
		New(v, words)
	}
}
