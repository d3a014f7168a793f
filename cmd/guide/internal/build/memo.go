package build

import (
	"crypto/sha256"
	"sync"

	"whentofinetune/cmd/guide/internal/problem"
	"whentofinetune/cmd/guide/internal/search"
)

// Memo holds what a process remembers from one New to the next. The zero value is ready to use. Two New at once must
// not share one.
type Memo struct {
	pages      map[string]*keptPage
	code       sync.Map  // hash of a block to its HTML, where there is no cache
	asked      *sync.Map // request to reply
	stamp      string    // of the calculator, for asked
	turn       int       // the same
	vocabulary *search.Vocabulary
	ordered    ordered
}

// dependency is a file that a page read, and what it held; a missing one has the zero sum.
type dependency struct {
	name string
	sum  [32]byte
}

// sum returns a hash of a content file, zero where it cannot be read.
func (b *builder) sum(name string) [32]byte {
	if s, ok := b.in.Content.(Summer); ok {
		if sum, ok := s.Sum(name); ok {
			return sum
		}
	}
	data, err := b.readPlain(name)
	if err != nil {
		return [32]byte{}
	}
	return sha256.Sum256(data)
}

// reply is what the calculator answered.
type reply struct {
	once     sync.Once
	text     string
	problems []problem.Problem
	err      error
	passing  bool // given while the calculator was being changed
}
