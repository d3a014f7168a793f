package page

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// What markdown passes over in silence though an author meant it: a link that is none, a table that is none, cells beyond the
// head of a table.

// lostLink parses nothing. It comes after the parser of links and notes each bracket that closes something which that one did not
// take: an address with a space in it, a reference to what is nowhere defined.
type lostLink struct{}

func (lostLink) Trigger() []byte { return []byte{']'} }

func (lostLink) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	g, ok := pc.Get(guardKey).(*guard)
	if !ok || len(line) < 3 {
		return nil
	}
	within := line[2:min(len(line), maxLost)]
	switch line[1] {
	case '(':
		if address := spaced(within); address != "" {
			g.lost = append(g.lost, complaint{segment.Start + 2, "address has a space, and the link is shown as it is written", "write <" + address + "> or " + strings.ReplaceAll(address, " ", "%20")})
		}
	case '[':
		if label := referred(block.Source(), segment.Start, within); label != "" {
			g.lost = append(g.lost, complaint{segment.Start + 1, "nothing says where [" + label + "] leads, and it is shown as it is written", "write [" + label + "]: and the address on a line of its own"})
		}
	}
	return nil
}

const maxLost = 300 // bytes that are looked at, so that a line of brackets costs no square

// spaced is the address at the start of within, up to a bracket, where it is plainly one and a space is in it.
func spaced(within []byte) string {
	end := bytes.IndexByte(within, ')')
	if end < 0 {
		return ""
	}
	address := strings.TrimSpace(string(within[:end]))
	if i := strings.IndexAny(address, "\"'<"); i >= 0 { // a title, whose quotes may be what is wrong
		address = strings.TrimSpace(address[:i])
	}
	if !strings.Contains(address, " ") || strings.Contains(address, "\n") {
		return ""
	}
	file, _, _ := strings.Cut(address, "#")
	if file = strings.ToLower(file); IsPage(file) || strings.HasSuffix(file, ".html") || pictureEnding(file) || strings.HasPrefix(file, "https://") || strings.HasPrefix(file, "http://") {
		return address
	}
	return ""
}

// referred is the label of a reference whose text ends at a bracket of src and whose label begins within: [text][label] or [label][].
// What follows a letter is an index, as in a[i][j].
func referred(src []byte, at int, within []byte) string {
	open := bytes.LastIndexByte(src[max(0, at-maxLost):at], '[') + max(0, at-maxLost)
	end := bytes.IndexByte(within, ']')
	if end < 0 || open < max(0, at-maxLost) || bytes.ContainsAny(src[open+1:at], "]\n") || len(bytes.TrimSpace(src[open+1:at])) == 0 {
		return ""
	}
	if open > 0 && !bytes.ContainsRune([]byte(" \t\n>*_(!|\"'"), rune(src[open-1])) {
		return ""
	}
	label := string(within[:end])
	if label == "" {
		label = string(src[open+1 : at])
	}
	if strings.TrimSpace(label) == "" || strings.ContainsAny(label, "[^@`\n") {
		return ""
	}
	return label
}

// lostTable notes the head of a table, and at a place the line of dashes below it, that are shown as text: they have not as many
// cells, or columns is 0 because the dashes are not such a line.
func (g *guard) lostTable(at int, head, dashes []byte, columns int) {
	head = bytes.TrimSpace(head)
	if !bytes.HasPrefix(head, []byte("|")) || !bytes.Contains(dashes, []byte("---")) {
		return
	}
	switch names := headed(head); {
	case deep(dashes):
		g.lost = append(g.lost, complaint{at, "line below the head of a table begins with more than three spaces, and the table is shown as text", "begin it where the head begins"})
	case columns == 0:
		g.lost = append(g.lost, complaint{at, "line below the head of a table has a cell that is neither --- nor :---:, and the table is shown as text", "write as many of them as the head has cells, and a bar between two"})
	case columns < names: // columns without a name are none the worse
		g.lost = append(g.lost, complaint{at, "head of a table has " + itoa(names) + " cells and the line below it " + itoa(columns) + ", and the table is shown as text", "give both as many"})
	}
}

// headed is how many cells the head of a table has.
func headed(head []byte) (cells int) {
	head = bytes.TrimSuffix(head[1:], []byte("|"))
	for i := 0; i < len(head); i++ {
		cells++
		for i < len(head) && (head[i] != '|' || i > 0 && head[i-1] == '\\') {
			i++
		}
	}
	return cells
}

// deep reports whether a line is indented like code.
func deep(line []byte) bool {
	width, _ := util.IndentWidth(line, 0)
	return width > 3
}

var column = regexp.MustCompile(`^\s*:?-+:?\s*$`)

// ruled is how many columns the line below the head of a table makes, 0 where it is no such line.
func ruled(dashes []byte) int {
	if deep(dashes) {
		return 0
	}
	cells := bytes.Split(bytes.TrimSpace(dashes), []byte("|"))
	if len(cells[0]) == 0 {
		cells = cells[1:]
	}
	if last := len(cells) - 1; last >= 0 && len(bytes.TrimSpace(cells[last])) == 0 {
		cells = cells[:last]
	}
	for _, cell := range cells {
		if !column.Match(cell) {
			return 0
		}
	}
	return len(cells)
}

// lostCells warns of what stands in a row of a table beyond the last column of its head, which is left out.
func (c *Context) lostCells(row ast.Node, columns int) {
	start := row.Pos()
	if start < 0 || start > len(c.src) {
		return
	}
	line, _, _ := bytes.Cut(c.src[start:], []byte("\n"))
	at := len(line) - len(bytes.TrimLeft(line, " \t"))
	line = bytes.TrimRight(line, " \t\r|")
	if at < len(line) && line[at] == '|' {
		at++
	}
	for i := at; i < len(line); i++ {
		if line[i] != '|' || line[i-1] == '\\' {
			continue
		}
		if columns--; columns == 0 {
			if len(bytes.Trim(line[i:], " \t|")) > 0 {
				c.Warn(start+i, "row has more cells than its head, and the rest is left out", `write \| for a bar inside a cell, in code too, or give the head as many cells`)
			}
			return
		}
	}
}
