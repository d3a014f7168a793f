package build

import (
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"testing/fstest"
)

// leaky is a cache that refuses and loses some of what it is given.
type leaky struct {
	mu     sync.Mutex
	random *rand.Rand
	kept   map[[32]byte][]byte
	found  int
}

func (l *leaky) Get(key [32]byte) ([]byte, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	data, ok := l.kept[key]
	if ok && l.random.IntN(8) == 0 {
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
	if l.random.IntN(8) == 0 {
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
