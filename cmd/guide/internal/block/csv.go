package block

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
)

// Bounds of a table: more is a file to link to, not to print.
const (
	maxRows    = 2000
	maxColumns = 40
)

func csvFence(c *page.Context, b page.Block) {
	if s, ok := fenceSheet(c, b); ok {
		printTable(c, s.rows, b.Info.Get("title"))
	}
}

func csvFile(c *page.Context, b page.Block) {
	s, ok := fileSheet(c, b)
	if !ok {
		return
	}
	title := b.Info.Get("title")
	if title == "" {
		title = b.Text
	}
	printTable(c, s.rows, title)
}

// sheet is a table of comma-separated values, the first row being names, and where it stands.
type sheet struct {
	rows   [][]string
	places [][]place
	file   string // content file; empty where the values stand in the page itself
	text   string
	block  page.Block
	mark   int // bytes of a byte order mark, which text is without
}

// place is a line and a column of a text, both from 1.
type place struct{ line, column int }

func fenceSheet(c *page.Context, b page.Block) (*sheet, bool) {
	s := &sheet{text: b.Text, block: b}
	return s, s.read(c)
}

func fileSheet(c *page.Context, b page.Block) (*sheet, bool) {
	data, ok := c.Read(b.At, b.Target)
	s := &sheet{text: string(data), file: b.Target}
	return s, ok && s.read(c)
}

// read takes the text apart. What is wrong is reported where it stands, row by row.
func (s *sheet) read(c *page.Context) bool {
	text := strings.TrimPrefix(s.text, "\ufeff")
	s.mark = len(s.text) - len(text)
	s.text = text
	r := csv.NewReader(strings.NewReader(text))
	r.TrimLeadingSpace = true
	r.Comment = '#'
	wrong := 0
	for n := 0; ; n++ {
		row, err := r.Read()
		var parse *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return wrong == 0 && s.bounded(c)
		case errors.As(err, &parse):
			if wrong++; wrong <= maxWrong {
				s.wrongRow(c, parse)
			}
			if len(s.rows) == 0 || wrong > maxWrong { // names that cannot be read make every row look wrong
				return false
			}
			continue
		case err != nil:
			s.fail(c, place{1, 1}, "table: "+err.Error(), "write comma-separated values")
			return false
		}
		where := make([]place, len(row))
		for i := range row {
			where[i].line, where[i].column = r.FieldPos(i)
		}
		s.rows, s.places = append(s.rows, row), append(s.places, where)
		if n > maxRows || len(row) > maxColumns {
			s.fail(c, where[0], "table has more than "+strconv.Itoa(maxRows)+" rows or "+strconv.Itoa(maxColumns)+" columns", "link to the file, and print a part of it")
			return false
		}
	}
}

// wrongRow reports a row that cannot be read.
func (s *sheet) wrongRow(c *page.Context, err *csv.ParseError) {
	at := place{err.StartLine, 1} // where a quote was opened that ends lines later or never
	if err.Line == err.StartLine {
		at.column = max(err.Column, 1)
	}
	s.fail(c, at, "table: "+err.Err.Error(), "give every row as many cells as the first, and put quotes around cells with commas")
}

func (s *sheet) bounded(c *page.Context) bool {
	if len(s.rows) < 2 {
		s.fail(c, place{1, 1}, "table has no rows", "write names in the first line and values below")
	}
	return len(s.rows) >= 2
}

// fail reports a problem at a place of the text.
func (s *sheet) fail(c *page.Context, at place, text, hint string) {
	if s.file != "" {
		c.Report(problem.Problem{File: c.Name(s.file), Line: at.line, Column: at.column, Text: text, Hint: hint})
		return
	}
	if at.line == 1 {
		at.column += s.mark
	}
	c.Fail(s.block.Inside(at.line-1, at.column-1), text, hint)
}

func printTable(c *page.Context, rows [][]string, title string) {
	label := title
	if label == "" {
		label = strings.Join(rows[0], ", ")
	}
	c.Raw(`<div class="scroll" tabindex="0" role="group"`)
	c.Attr("aria-label", label)
	c.Raw("><table>")
	if title != "" {
		c.Raw("<caption>")
		c.Text(title)
		c.Raw("</caption>")
	}
	numeric := numbersIn(rows)
	for i, row := range rows {
		element := "td"
		switch i {
		case 0:
			element = "th"
			c.Raw("<thead>")
		case 1:
			c.Raw("<tbody>")
		}
		c.Raw("<tr>")
		for j, cell := range row {
			c.Raw("<" + element)
			if element == "th" {
				c.Raw(` scope="col"`)
			}
			if numeric[j] {
				c.Raw(` class="number"`)
			}
			c.Raw(">")
			c.Text(cell)
			c.Plain(cell + " ")
			c.Raw("</" + element + ">")
		}
		c.Raw("</tr>")
		if i == 0 {
			c.Raw("</thead>")
		}
	}
	c.Raw("</tbody></table></div>\n")
}

// numbersIn tells which columns hold nothing but numbers.
func numbersIn(rows [][]string) []bool {
	numeric := make([]bool, len(rows[0]))
	for j := range numeric {
		numeric[j] = true
		for _, row := range rows[1:] {
			if _, ok := parseNumber(row[j]); !ok && strings.TrimSpace(row[j]) != "" {
				numeric[j] = false
			}
		}
	}
	return numeric
}

// parseNumber reads a number as people write it: 1,000, $5, 12%.
func parseNumber(s string) (float64, bool) {
	s = strings.NewReplacer(",", "", "$", "", "%", "", "−", "-").Replace(strings.TrimSpace(s))
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil && x-x == 0
}
