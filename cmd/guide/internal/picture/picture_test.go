package picture

import (
	"bytes"
	"image/png"
	"testing"
)

// inked counts the pixels of the column of text that are not paper.
func inked(t *testing.T, data []byte) int {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if b := picture.Bounds(); b.Dx() != Width || b.Dy() != Height {
		t.Fatalf("the picture has %v", b)
	}
	n := 0
	for y := range Height {
		for x := range column {
			if r, g, b, _ := picture.At(x, y).RGBA(); r>>8 != uint32(paper.R) || g>>8 != uint32(paper.G) || b>>8 != uint32(paper.B) {
				n++
			}
		}
	}
	return n
}

func TestDraw(t *testing.T) {
	bare := inked(t, Draw("", "", ""))
	short := inked(t, Draw("When to Fine-Tune", "1", "The ladder"))
	if short < bare+2000 {
		t.Errorf("the title darkens %d pixels of the column", short-bare)
	}
	if long := inked(t, Draw("A site", "12", "How accurate the calculator is, and where it is known to be wrong by more than a factor of two")); long < short {
		t.Errorf("a long title darkens %d pixels, a short one %d", long, short)
	}
	if data := Draw("When to Fine-Tune", "1", "The ladder"); !bytes.Equal(data, Draw("When to Fine-Tune", "1", "The ladder")) || len(data) > 60_000 {
		t.Errorf("a picture should be the same each time and below 60 kB; it has %d bytes", len(data))
	}
}

// What the face has no letters for is left out and breaks nothing; nor does a word that is too long for the column.
func TestDrawWhatCannotBePrinted(t *testing.T) {
	bare := inked(t, Draw("", "", ""))
	if n := inked(t, Draw("", "", "微调 😀")); n != bare {
		t.Errorf("letters that are not there darken %d pixels", n-bare)
	}
	Draw("Site", "1", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft")
}

func BenchmarkDraw(b *testing.B) {
	for b.Loop() {
		Draw("When to Fine-Tune", "1", "The ladder")
	}
}
