package page

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// What markdown passes over in silence though an author meant it: a link that is none, cells beyond the head of a table.

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
