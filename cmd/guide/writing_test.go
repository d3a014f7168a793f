package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"whentofinetune/cmd/guide/internal/block"
	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
)

// On the page of words to write with, each example stands twice: as it is written, and again to show what it becomes. There is
// one for every word, and none has anything wrong.
func TestWordsToWriteWith(t *testing.T) {
	folder := filepath.Join("..", "..", "content")
	const file = "about/writing.md"
	text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	var examples strings.Builder
	for rest := string(text); ; {
		before, after, found := strings.Cut(rest, "\n````markdown\n")
		if !found {
			break
		}
		example, shown, closed := strings.Cut(after, "\n````\n")
		if !closed || !strings.HasPrefix(strings.TrimLeft(shown, "\n"), example+"\n") {
			t.Errorf("an example after %.60q is not followed by itself:\n%s", before[max(0, len(before)-60):], example)
		}
		examples.WriteString(example + "\n")
		rest = shown
	}
	words := block.Words("about/sources.md")
	for word := range words.Fences {
		if word != "goat" && !strings.Contains(examples.String(), "```"+word) {
			t.Errorf("the fence %s has no example", word)
		}
	}
	for word := range words.Embeds {
		if !strings.Contains(examples.String(), `"`+word) {
			t.Errorf("the embedded file %s has no example", word)
		}
	}
	for what, sign := range map[string]string{"a note": "[!NOTE]", "a tip": "[!TIP]", "what is important": "[!IMPORTANT]", "a warning": "[!WARNING]", "caution": "[!CAUTION]", "dissent": "[!DISSENT]",
		"steps": "[!STEPS]", "tabs": "[!TABS]", "details": "[!DETAILS]", "a definition": "\n: ", "a task": "- [x]", "a footnote": "[^1]", "an id": "{#", "a tab of code": `tab="`, "marked lines": "{2}",
		"a picture with a caption": `![`, "a formula in a line": "$`", "a figure in a sentence": "`=", "a citation": "[@", "a term": "glossary.md#"} {
		if !strings.Contains(examples.String(), sign) {
			t.Errorf("%s has no example", what)
		}
	}
	p := page.Parse(file, []byte("## Examples\n\n"+examples.String()), page.Options{Words: words, OwnWords: true, Glossary: "about/glossary.md",
		Read: func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(folder, filepath.FromSlash(name))) }})
	wrong := slices.DeleteFunc(p.Problems, func(q problem.Problem) bool { return strings.Contains(q.Text, "no calculator to ask") })
	for _, q := range wrong {
		t.Error(q)
	}
}
