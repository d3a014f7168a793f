// Package highlight colours code: the languages that pages hold most by a scanner of its own (scan.go), all others by
// chroma, whose one home it is.
//
// It knows one verb: Append writes a text as HTML with a span around what a theme colours. There are ten classes, one
// letter each, so that a page stays small: c comment, k keyword, s text, n number, f function, t type, a attribute or tag,
// d removed, i added, h heading. Everything else stays plain. What a language's lexer does not know is never an error.
package highlight

import (
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// MaxText is the longest text that is coloured; a longer one stays plain, because a lexer's time grows with it.
const MaxText = 200_000

// Quick reports whether a language is coloured so fast that nothing is worth remembering.
func Quick(language string) bool { return syntaxes[language] != nil }

// plain are words by which other tools say that a text has no language, or one that nobody colours.
var plain = []string{"text", "txt", "plain", "plaintext", "none", "console", "output", "mermaid", "math", "tex", "latex"}

// Known reports whether word names a language: one that is coloured, or one that is known to stay plain.
func Known(word string) bool {
	word = strings.ToLower(word)
	return syntaxes[word] != nil || slices.Contains(plain, word) || find(word) != nil
}

// Append appends text as HTML. An unknown language prints plain.
func Append(dst []byte, language, text string, escape func(dst []byte, s string) []byte) []byte {
	if s := syntaxes[language]; s != nil && len(text) <= MaxText {
		return scan(dst, s, text, escape)
	}
	lexer := find(language)
	if lexer == nil || len(text) > MaxText {
		return escape(dst, text)
	}
	tokens, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root", EnsureLF: false}, text)
	if err != nil {
		return escape(dst, text)
	}
	start := len(dst)
	open, rest := byte(0), text
	for t := tokens(); t != chroma.EOF; t = tokens() {
		value := t.Value
		if len(value) > len(rest) {
			value = strings.TrimSuffix(value, "\n") // some lexers end every text with a line
		}
		if !strings.HasPrefix(rest, value) {
			break
		}
		rest = rest[len(value):]
		class := classOf(t.Type)
		if class != open && strings.TrimSpace(value) != "" {
			if open != 0 {
				dst = append(dst, "</span>"...)
			}
			if class != 0 {
				dst = append(append(append(dst, `<span class="`...), class), `">`...)
			}
			open = class
		}
		dst = escape(dst, value)
	}
	if open != 0 {
		dst = append(dst, "</span>"...)
	}
	if rest != "" { // a lexer that lost text, or changed it
		return escape(dst[:start], text)
	}
	return dst
}

// spoken are the words that name a language, in small letters, each as chroma writes it: names, and endings of files. Asking chroma
// for any other word would take milliseconds each: it tries the patterns of all files that it knows.
var spoken = sync.OnceValue(func() map[string]string {
	words := map[string]string{}
	for _, l := range lexers.GlobalLexerRegistry.Lexers {
		c := l.Config()
		for _, word := range slices.Concat([]string{c.Name}, c.Aliases, c.Filenames, c.AliasFilenames) {
			if word = strings.TrimPrefix(word, "*."); !strings.ContainsAny(word, "*?[") {
				words[strings.ToLower(word)] = word
			}
		}
	}
	return words
})

var found sync.Map // word to chroma.Lexer or nil

func find(language string) chroma.Lexer {
	word, known := spoken()[strings.ToLower(language)]
	if !known {
		return nil
	}
	if l, ok := found.Load(word); ok {
		l, _ := l.(chroma.Lexer)
		return l
	}
	var l chroma.Lexer
	if found := lexers.Get(word); found != nil && found != lexers.Fallback {
		if name := found.Config().Name; name != "plaintext" && name != "fallback" {
			l = chroma.Coalesce(found)
		}
	}
	found.Store(word, l)
	return l
}

// classOf maps a token's type to its class, 0 for none.
func classOf(t chroma.TokenType) byte {
	switch {
	case t == chroma.GenericDeleted:
		return 'd'
	case t == chroma.GenericInserted:
		return 'i'
	case t == chroma.GenericHeading || t == chroma.GenericSubheading:
		return 'h'
	case t.InCategory(chroma.Comment):
		return 'c'
	case t == chroma.KeywordType || t == chroma.NameClass:
		return 't'
	case t.InCategory(chroma.Keyword):
		return 'k'
	case t.InSubCategory(chroma.LiteralString):
		return 's'
	case t.InSubCategory(chroma.LiteralNumber):
		return 'n'
	case t == chroma.NameFunction || t == chroma.NameFunctionMagic:
		return 'f'
	case t == chroma.NameTag || t == chroma.NameAttribute || t == chroma.NameDecorator:
		return 'a'
	}
	return 0
}
