package block

import (
	"encoding/csv"
	"errors"
	"strconv"
	"strings"

	"whentofinetune/cmd/guide/internal/page"
)

// Bounds of a table: more is a file to link to, not to print.
const (
	maxRows    = 2000
	maxColumns = 40
)

func csvFence(c *page.Context, b page.Block) {
	if rows, ok := readCSV(c, b.Text, b.Inside); ok {
		printTable(c, rows, b.Info.Get("title"))
	}
}

func csvFile(c *page.Context, b page.Block) {
	data, ok := c.Read(b.At, b.Target)
	if !ok {
		return
	}
	if rows, ok := readCSV(c, string(data), b.At); ok {
		title := b.Info.Get("title")
		if title == "" {
			title = b.Text
		}
		printTable(c, rows, title)
	}
}

// readCSV reads comma-separated values, the first row being names. What is wrong is reported at a place of the page.
func readCSV(c *page.Context, text string, at int) ([][]string, bool) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.TrimLeadingSpace = true
	r.Comment = '#'
	rows, err := r.ReadAll()
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse):
		c.Fail(at, "table, row "+strconv.Itoa(parse.Line)+": "+parse.Err.Error(), "give every row as many cells as the first, and put quotes around cells with commas")
		return nil, false
	case err != nil:
		c.Fail(at, "table: "+err.Error(), "write comma-separated values")
		return nil, false
	case len(rows) < 2:
		c.Fail(at, "table has no rows", "write names in the first line and values below")
		return nil, false
	case len(rows) > maxRows || len(rows[0]) > maxColumns:
		c.Fail(at, "table has "+strconv.Itoa(len(rows))+" rows and "+strconv.Itoa(len(rows[0]))+" columns", "print at most "+strconv.Itoa(maxRows)+" and "+strconv.Itoa(maxColumns))
		return nil, false
	}
	return rows, true
}

func printTable(c *page.Context, rows [][]string, title string) {
	label := title
	if label == "" {
		label = strings.Join(rows[0], ", ")
	}
	c.Raw(`<div class="scroll" tabindex="0" role="region"`)
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
