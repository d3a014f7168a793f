package build

import (
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"testing/fstest"

	"whentofinetune/cmd/guide/internal/problem"
)

// leaky is a cache that refuses and loses some of what it is given.
type leaky struct {
	mu     sync.Mutex
	random *rand.Rand
	kept   map[[32]byte][]byte
	found  int
	whole  bool // loses nothing
}

func (l *leaky) Get(key [32]byte) ([]byte, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	data, ok := l.kept[key]
	if ok && !l.whole && l.random.IntN(8) == 0 {
		delete(l.kept, key)
		return nil, false
	}
	if ok {
		l.found++
	}
	return data, ok
}

func (l *leaky) Put(key [32]byte, data []byte) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.whole && l.random.IntN(8) == 0 {
		return false
	}
	l.kept[key] = append([]byte(nil), data...)
	return true
}

// After any edits, a site whose pages come from a cache, whatever that has lost, equals one that was made anew. Every other
// build begins without a memo, as a new process does.
func TestCacheChangesNothing(t *testing.T) {
	runs := 20
	if testing.Short() {
		runs = 4
	}
	if soak, err := strconv.Atoi(os.Getenv("GUIDE_SOAK")); err == nil {
		runs *= soak
	}
	for seed := range runs {
		random := rand.New(rand.NewPCG(uint64(seed), 11))
		content := fstest.MapFS{"index.md": {Data: []byte("# Home\n")}, "part/a.md": {Data: []byte("# A\n\n## Heading\n\nText.\n")}}
		cache := &leaky{random: random, kept: map[[32]byte][]byte{}}
		memo := &Memo{}
		for step := range 12 {
			what := edit(random, content)
			if step%2 == 0 {
				memo = &Memo{}
			}
			in := inputOf(content)
			in.Cache = cache
			if mistaken(content) {
				New(in, memo) // is shown as it was
				continue
			}
			if got, want := printed(t, New(in, memo)), printed(t, siteOf(content, nil)); got != want {
				t.Fatalf("seed %d, step %d (%s): %s", seed, step, what, firstDifference(got, want))
			}
		}
		if cache.found == 0 {
			t.Error("nothing was ever taken from the cache")
		}
	}
}

// A site that is still being shown may ask while the calculator is already another. Nothing of that is remembered: not by the next
// site, and not for the day on which the calculator is what it was again.
func TestLateQuestionsAreForgotten(t *testing.T) {
	content := fstest.MapFS{"index.md": {Data: []byte("# Home\n\n`=answer`\n")}}
	cache := &leaky{random: rand.New(rand.NewPCG(1, 1)), kept: map[[32]byte][]byte{}, whole: true}
	now, turn := "one", 0
	var memo Memo
	next := func(version string) *Output {
		now, turn = version, turn+1
		of := turn
		in := inputOf(content)
		in.Cache, in.AskStamp, in.AskTurn = cache, "stamp of "+version, turn
		in.AskHolds = func() bool { return turn == of }
		in.Ask = func(string) (string, []problem.Problem, error) { return "ok\n" + now, nil, nil }
		return New(in, &memo)
	}
	first := next("one")
	second := next("two")
	if got := first.b.answer("late\n"); !got.passing {
		t.Errorf("a late answer is remembered: %q", got.text)
	}
	if got := second.b.answer("late\n").text; got != "ok\ntwo" {
		t.Errorf("the site of today says %q", got)
	}
	third := next("one")
	if got := third.b.answer("late\n").text; got != "ok\none" {
		t.Errorf("with the first calculator again it says %q", got)
	}
}
