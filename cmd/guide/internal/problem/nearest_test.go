package problem

import "testing"

// At most a third of the letters may be wrong.
func TestNearest(t *testing.T) {
	known := []string{"table", "include", "code", "go", "r", "start"}
	for word, want := range map[string]string{"tabel": "table", "Table": "table", "inclde": "include", "cdoe": "code", "no": "", "q": "", "cable": "table", "cabel": "", "xyz": "", "strt": "start", "satrt": "start", "": ""} {
		if got := Nearest(word, known); got != want {
			t.Errorf("%q is nearest to %q, not %q", word, got, want)
		}
	}
}
