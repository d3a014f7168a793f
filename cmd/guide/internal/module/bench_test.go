package module

import (
	"strconv"
	"testing"
)

// BenchmarkVerdict decides with flips and no draws inside the module, as the page does, each time for other answers.
func BenchmarkVerdict(b *testing.B) {
	n := 0
	for b.Loop() {
		n++
		if _, problems, err := shared.Ask("ladder\nscenario=brand-tone\nmonthly_calls=" + strconv.Itoa(3000000+n) + "\n"); err != nil || len(problems) > 0 {
			b.Fatal(err, problems)
		}
	}
}
