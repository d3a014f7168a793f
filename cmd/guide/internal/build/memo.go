package build

import (
	"crypto/sha256"
	"io/fs"
	"sync"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
	"whentofinetune/cmd/guide/internal/search"
)

// Memo holds what a process remembers from one New to the next. The zero value is ready to use. Two New at once must
// not share one.
type Memo struct {
	pages      map[string]*keptPage
	code       sync.Map // codeKey to []byte
	asked      sync.Map // request to asked
	stamp      string   // of the calculator, for asked
	vocabulary *search.Vocabulary
}

// keptPage is a page with all that it was made from.
type keptPage struct {
	file     string
	page     *page.Page
	words    search.Words
	settings string // options that change a page
	sum      [32]byte
	reads    []dependency
	asks     string // stamp of the calculator, if it was asked
}

// dependency is a file that a page read, and what it held; a missing one has the zero sum.
type dependency struct {
	name string
	sum  [32]byte
}

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

// sum returns a hash of a content file, zero where it cannot be read.
func (b *builder) sum(name string) [32]byte {
	if s, ok := b.in.Content.(Summer); ok {
		if sum, ok := s.Sum(name); ok {
			return sum
		}
	}
	data, err := fs.ReadFile(b.in.Content, name)
	if err != nil {
		return [32]byte{}
	}
	return sha256.Sum256(data)
}

// codeKey names a block of code.
type codeKey struct{ language, text string }

// reply is what the calculator answered.
type reply struct {
	once     sync.Once
	text     string
	problems []problem.Problem
	err      error
}
