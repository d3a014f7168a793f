package highlight

import "strings"

// Chroma reads code with regular expressions that look back and ahead, at some two milliseconds a page: most of a build.
// The languages that pages hold most are read here by a scanner that goes over the text once. It knows what the ten classes
// need and no more: comments, strings, numbers, words, calls. Every other language is left to chroma.

// syntax is what the scanner knows of a language.
type syntax struct {
	line    []string // what begins a comment up to the end of the line
	block   string   // what begins a comment that endBlock ends
	quotes  string   // characters that begin and end a string, in which a backslash keeps the next character
	raw     string   // the same without escapes, over lines
	triple  bool     // three quotes begin and end a string over lines
	fold    bool     // words are known in capitals too
	keyed   bool     // a string or word before a colon is a name (JSON, YAML)
	dollar  bool     // $name is a name (shell)
	at      bool     // @name is a name (decorators, annotations)
	words   map[string]byte
	comment bool // a sign that begins a comment must stand alone, as # in a shell
}

const endBlock = "*/"

// words maps keywords to k and types to t.
func words(keywords, types string) map[string]byte {
	m := make(map[string]byte)
	for _, w := range strings.Fields(keywords) {
		m[w] = 'k'
	}
	for _, w := range strings.Fields(types) {
		m[w] = 't'
	}
	return m
}

var (
	slashes = []string{"//"}
	hash    = []string{"#"}

	goSyntax = &syntax{line: slashes, block: "/*", quotes: `"'`, raw: "`", words: words(
		"break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var nil true false iota",
		"any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr")}
	scriptSyntax = &syntax{line: slashes, block: "/*", quotes: `"'`, raw: "`", at: true, words: words(
		"abstract as async await break case catch class const continue debugger declare default delete do else enum export extends false finally for from function get if implements import in instanceof interface "+
			"keyof let namespace new null of private protected public readonly return satisfies set static super switch this throw true try type typeof undefined var void while with yield",
		"any bigint boolean never number object string symbol unknown Array Map Promise Record Set")}
	pythonSyntax = &syntax{line: hash, quotes: `"'`, triple: true, at: true, words: words(
		"False None True and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield",
		"bool bytes dict float int list object set str tuple")}
	rustSyntax = &syntax{line: slashes, block: "/*", quotes: `"`, words: words(
		"as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while",
		"bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize Box Option Result String Vec")}
	javaSyntax = &syntax{line: slashes, block: "/*", quotes: `"'`, at: true, words: words(
		"abstract assert break case catch class const continue default do else enum extends false final finally for goto if implements import instanceof interface native new null package private protected public "+
			"record return sealed static strictfp super switch synchronized this throw throws transient true try var volatile while yield",
		"boolean byte char double float int long short void String Integer List Map Object")}
	cSyntax = &syntax{line: slashes, block: "/*", quotes: `"'`, words: words(
		"alignas auto break case catch class const constexpr continue default delete do else enum explicit export extern false final for friend goto if inline namespace new noexcept nullptr operator override private "+
			"protected public register return sizeof static struct switch template this throw true try typedef typename union using virtual volatile while #include #define #ifdef #ifndef #endif #if #else",
		"bool char double float int long short signed size_t unsigned void int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t")}
	shellSyntax = &syntax{line: hash, comment: true, quotes: `"`, raw: "'", dollar: true, words: words(
		"case do done elif else esac export fi for function if in local return select set shift then until while", "")}
	sqlSyntax = &syntax{line: []string{"--"}, block: "/*", quotes: "", raw: "'", fold: true, words: words(
		"add all alter and as asc begin between by case check column commit constraint create cross delete desc distinct drop else end exists false foreign from full grant group having if in index inner insert into is join "+
			"key left like limit not null offset on or order outer primary references returning right rollback select set table then true union unique update using values view when where with",
		"bigint blob boolean char date decimal double float int integer numeric real serial smallint text time timestamp uuid varchar")}
	jsonSyntax = &syntax{line: slashes, quotes: `"`, keyed: true, words: words("true false null", "")}
	yamlSyntax = &syntax{line: hash, comment: true, quotes: `"`, raw: "'", keyed: true, words: words("true false null yes no", "")}
	tomlSyntax = &syntax{line: hash, quotes: `"`, raw: "'", words: words("true false", "")}
)

// syntaxes are the languages of the scanner by every name that a fence may give them.
var syntaxes = map[string]*syntax{
	"go": goSyntax, "golang": goSyntax,
	"js": scriptSyntax, "javascript": scriptSyntax, "ts": scriptSyntax, "typescript": scriptSyntax, "mjs": scriptSyntax,
	"py": pythonSyntax, "python": pythonSyntax, "python3": pythonSyntax,
	"rs": rustSyntax, "rust": rustSyntax, "java": javaSyntax, "kotlin": javaSyntax,
	"c": cSyntax, "h": cSyntax, "cpp": cSyntax, "c++": cSyntax,
	"sh": shellSyntax, "bash": shellSyntax, "shell": shellSyntax, "zsh": shellSyntax,
	"sql": sqlSyntax, "json": jsonSyntax, "jsonc": jsonSyntax, "yaml": yamlSyntax, "yml": yamlSyntax, "toml": tomlSyntax,
}

// scanner goes over a text once and appends it as HTML.
type scanner struct {
	s      *syntax
	text   string
	dst    []byte
	plain  int // where text not yet written begins
	escape func(dst []byte, s string) []byte
}

// scan colours text by a syntax.
func scan(dst []byte, s *syntax, text string, escape func([]byte, string) []byte) []byte {
	c := scanner{s: s, text: text, dst: dst, escape: escape}
	for i := 0; i < len(text); {
		i = c.next(i)
	}
	return escape(c.dst, text[c.plain:])
}

// put writes text up to end: what is plain before start, and what has a class from there.
func (c *scanner) put(start, end int, class byte) int {
	if class == 0 {
		return end
	}
	c.dst = c.escape(c.dst, c.text[c.plain:start])
	c.dst = append(append(append(c.dst, `<span class="`...), class), `">`...)
	c.dst = append(c.escape(c.dst, c.text[start:end]), "</span>"...)
	c.plain = end
	return end
}

// next reads what begins at i and returns where it ends.
func (c *scanner) next(i int) int {
	b := c.text[i]
	switch {
	case b == ' ' || b == '\n' || b == '\t':
		return i + 1
	case c.commentAt(i):
		return c.put(i, c.lineEnd(i), 'c')
	case c.s.block != "" && strings.HasPrefix(c.text[i:], c.s.block):
		return c.put(i, c.after(i+len(c.s.block), endBlock), 'c')
	case strings.IndexByte(c.s.raw, b) >= 0:
		return c.put(i, c.after(i+1, c.text[i:i+1]), c.stringClass(i, c.after(i+1, c.text[i:i+1])))
	case strings.IndexByte(c.s.quotes, b) >= 0:
		end := c.quoted(i)
		return c.put(i, end, c.stringClass(i, end))
	case digit(b):
		return c.put(i, c.number(i), 'n')
	case letter(b) || b == '#' && c.s == cSyntax:
		return c.word(i)
	case b == '$' && c.s.dollar || b == '@' && c.s.at:
		return c.put(i, c.name(i+1), 'a')
	}
	return i + 1
}

func (c *scanner) commentAt(i int) bool {
	for _, sign := range c.s.line {
		if strings.HasPrefix(c.text[i:], sign) && (!c.s.comment || i == 0 || c.text[i-1] == ' ' || c.text[i-1] == '\n' || c.text[i-1] == '\t') {
			return true
		}
	}
	return false
}

func (c *scanner) lineEnd(i int) int {
	if n := strings.IndexByte(c.text[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(c.text)
}

// after is where the next end is over, or the end of the text.
func (c *scanner) after(i int, end string) int {
	if n := strings.Index(c.text[i:], end); n >= 0 {
		return i + n + len(end)
	}
	return len(c.text)
}

// quoted is where a string that begins at i ends: at its quote, or at the end of the line.
func (c *scanner) quoted(i int) int {
	quote := c.text[i : i+1]
	if c.s.triple && strings.HasPrefix(c.text[i:], quote+quote+quote) {
		return c.after(i+3, quote+quote+quote)
	}
	for p := i + 1; p < len(c.text); p++ {
		switch c.text[p] {
		case '\\':
			p++
		case quote[0]:
			return p + 1
		case '\n':
			return p
		}
	}
	return len(c.text)
}

// stringClass tells a string from a name: in JSON and YAML one that a colon follows.
func (c *scanner) stringClass(start, end int) byte {
	if c.s.keyed && c.colonAfter(end) {
		return 'a'
	}
	return 's'
}

func (c *scanner) colonAfter(i int) bool {
	for i < len(c.text) && c.text[i] == ' ' {
		i++
	}
	return i < len(c.text) && c.text[i] == ':' && (i+1 == len(c.text) || c.text[i+1] == ' ' || c.text[i+1] == '\n' || c.s == jsonSyntax)
}

func (c *scanner) number(i int) int {
	for i < len(c.text) && (letter(c.text[i]) || digit(c.text[i]) || c.text[i] == '.' && i+1 < len(c.text) && digit(c.text[i+1])) {
		i++
	}
	return i
}

func (c *scanner) name(i int) int {
	for i < len(c.text) && (letter(c.text[i]) || digit(c.text[i])) {
		i++
	}
	return i
}

// word reads a keyword, a type, a call or a name.
func (c *scanner) word(i int) int {
	end := c.name(i + 1)
	if c.s == yamlSyntax {
		for end < len(c.text) && (c.text[end] == '-' || c.text[end] == '.' || letter(c.text[end]) || digit(c.text[end])) {
			end++
		}
	}
	w := c.text[i:end]
	if c.s.fold {
		w = strings.ToLower(w)
	}
	class := c.s.words[w]
	switch {
	case class != 0:
	case c.s.keyed && c.colonAfter(end):
		class = 'a'
	case end < len(c.text) && c.text[end] == '(':
		class = 'f'
	}
	return c.put(i, end, class)
}

func digit(b byte) bool { return '0' <= b && b <= '9' }

func letter(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || b == '_' || b >= 0x80
}
