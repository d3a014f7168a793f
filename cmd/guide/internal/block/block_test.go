package block

import (
	"os"
	"strings"
	"testing"
)

// Every word that a block of the calculator takes is shown in the guide for editors, or named there as too large.
func TestEveryWordIsShown(t *testing.T) {
	text, err := os.ReadFile("../../../../content/about/blocks.md")
	if err != nil {
		t.Fatal(err)
	}
	for word, view := range views {
		shown := "\n```calculator " + word + "\n"
		if strings.HasSuffix(view, " ") {
			shown = "\n```calculator " + word + " "
		}
		if !strings.Contains(string(text), shown) && !strings.Contains(string(text), "`"+word+"`") {
			t.Errorf("content/about/blocks.md does not show calculator %s", word)
		}
	}
}
