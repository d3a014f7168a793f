package page

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"whentofinetune/cmd/guide/internal/problem"
)

// position returns line and column, both from 1, of a byte of src; columns count characters.
func position(src []byte, at int) (line, column int) {
	at = max(0, min(at, len(src)))
	before := src[:at]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte{'\n'}) + 1, utf8.RuneCount(before[start:]) + 1
}

// cursor turns rising offsets into lines and columns without counting from the start each time.
type cursor struct {
	src         []byte
	first       int // line of the first byte, from 1
	at, newline int // offset reached, and how many line ends stand before it
}

func (c *cursor) position(at int) (line, column int) {
	at = max(0, min(at, len(c.src)))
	if at < c.at {
		c.at, c.newline = 0, 0
	}
	c.newline += bytes.Count(c.src[c.at:at], []byte{'\n'})
	c.at = at
	start := bytes.LastIndexByte(c.src[:at], '\n') + 1
	return c.first + c.newline, utf8.RuneCount(c.src[start:at]) + 1
}

// problems collects what is wrong with a page, at most so many that a reader still reads them.
type problems struct {
	all []problem.Problem
}

const maxProblems = 100 // a page

func (p *problems) add(q problem.Problem) {
	if len(p.all) < maxProblems {
		p.all = append(p.all, q)
	}
}

func size(bytes int) string {
	switch {
	case bytes >= 1<<20:
		return strconv.FormatFloat(float64(bytes)/(1<<20), 'f', 1, 64) + " MiB"
	case bytes >= 1<<10:
		return strconv.Itoa(bytes>>10) + " KiB"
	}
	return strconv.Itoa(bytes) + " bytes"
}

func hex(b byte) string {
	const digits = "0123456789ABCDEF"
	return "0x" + string([]byte{digits[b>>4], digits[b&15]})
}
