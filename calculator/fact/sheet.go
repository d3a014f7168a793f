package fact

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// sheet is one table while it is read: the columns that its header names, and the row at hand.
type sheet struct {
	file     string
	columns  []string
	asked    []string // columns that fields were read from, each once, and those that are missing
	read     []bool   // of columns
	missing  map[string]bool
	names    []cell // the header's cells
	cells    []cell
	line     int
	header   int
	ids      map[string]int // line of each id
	problems *[]Problem
	broken   bool // the row at hand has a problem
}

type cell struct {
	text   string
	column int // where it begins, in characters
}

// cut parts a line at its bars.
func cut(line string) []cell {
	cells := make([]cell, 0, strings.Count(line, "|")+1)
	at, column := 0, 1
	for {
		end := strings.IndexByte(line[at:], '|')
		if end < 0 {
			end = len(line) - at
		}
		raw := line[at : at+end]
		blank := len(raw) - len(strings.TrimLeft(raw, " \t"))
		cells = append(cells, cell{strings.TrimSpace(raw), column + blank})
		if at += end + 1; at > len(line) {
			return cells
		}
		column += utf8.RuneCountInString(raw) + 1
	}
}

// rows calls read for each row of a table.
func rows(f File, problems *[]Problem, read func(s *sheet)) {
	s := &sheet{file: f.Name, missing: map[string]bool{}, ids: map[string]int{}, problems: problems}
	for line := range strings.SplitSeq(strings.TrimPrefix(f.Text, "\ufeff"), "\n") {
		s.line++
		line = strings.TrimRight(line, "\r")
		if !utf8.ValidString(line) {
			s.fail(1, "the line is not UTF-8", "save the file as UTF-8")
			continue
		}
		if text := strings.TrimSpace(line); text == "" || text[0] == '#' {
			continue
		}
		if s.columns == nil {
			s.head(cut(line))
		} else {
			s.row(cut(line), read)
		}
	}
	switch {
	case s.columns == nil:
		s.line = 1
		s.fail(1, "the table is empty", "write the names of its columns in a line, and a row below")
	case len(s.asked) == 0 && !s.broken:
		s.line = s.header
		s.fail(1, "the table has no rows", "write one below the names of the columns")
	}
	s.unknownColumns()
}

// head reads the names of the columns.
func (s *sheet) head(cells []cell) {
	s.header, s.names = s.line, cells
	for i, c := range cells {
		if c.text == "" {
			s.fail(c.column, "the column has no name", "name it, or take the bar away")
		}
		for _, before := range s.columns[:i] {
			if c.text != "" && c.text == before {
				s.fail(c.column, "the column "+c.text+" is there twice", "take one of them away, with its cells")
			}
		}
		s.columns = append(s.columns, c.text)
	}
	s.read = make([]bool, len(cells))
}

func (s *sheet) row(cells []cell, read func(s *sheet)) {
	if len(cells) != len(s.columns) {
		s.fail(1, "the row has "+strconv.Itoa(len(cells))+" cells, the header "+strconv.Itoa(len(s.columns)), "give every column a cell, a dash where it is not known")
		return
	}
	s.cells, s.broken = cells, false
	read(s)
}

// unknownColumns reports columns that no field is read from.
func (s *sheet) unknownColumns() {
	if len(s.asked) == 0 {
		return
	}
	known := s.known()
	for i, c := range s.columns {
		if c == "" || slices.Contains(s.asked, c) {
			continue
		}
		hint := "known are " + strings.Join(known, ", ")
		if n := near(c, len(known), func(i int) string { return known[i] }); n != "" {
			hint = "did you mean " + n + "?"
		}
		*s.problems = append(*s.problems, Problem{s.file, s.header, s.names[i].column, "there is no column " + strconv.Quote(c), hint})
	}
}

// known lists the columns that fields are read from, in the alphabet, so that a hint never changes.
func (s *sheet) known() []string {
	var all []string
	for _, c := range s.asked {
		at := len(all)
		for at > 0 && all[at-1] > c {
			at--
		}
		all = append(all, "")
		copy(all[at+1:], all[at:])
		all[at] = c
	}
	return all
}

func (s *sheet) fail(column int, text, hint string) {
	s.broken = true
	*s.problems = append(*s.problems, Problem{s.file, s.line, column, text, hint})
}

// at returns the cell of a column; a column that the header lacks is reported once.
func (s *sheet) at(column string) cell {
	for i, c := range s.columns {
		if c == column {
			if !s.read[i] {
				s.read[i], s.asked = true, append(s.asked, column)
			}
			return s.cells[i]
		}
	}
	if !s.missing[column] {
		s.missing[column] = true
		s.asked = append(s.asked, column)
		*s.problems = append(*s.problems, Problem{s.file, s.header, 1, "the column " + column + " is missing", "add it to the header, and a cell for it to every row"})
	}
	return cell{"-", 1}
}

// optional is a text that may be missing.
func (s *sheet) optional(column string) string {
	c := s.at(column)
	if c.text == "-" {
		return ""
	}
	return c.text
}

// text is a text that must be there.
func (s *sheet) text(column string) string {
	c := s.at(column)
	if (c.text == "-" || c.text == "") && !s.missing[column] {
		s.fail(c.column, column+" is missing", "write it: a row without it cannot be trusted")
	}
	return c.text
}

// needs reports a cell that the rest of the row makes necessary.
func (s *sheet) needs(column, what string) {
	if c := s.at(column); c.text == "-" && !s.missing[column] {
		s.fail(c.column, column+" is missing", "write "+what)
	}
}

// id is a text that no other row of the table has.
func (s *sheet) id(column string) string {
	text := s.text(column)
	if first, taken := s.ids[plain(text)]; taken {
		s.fail(s.at(column).column, column+" "+text+" is given twice, first in line "+strconv.Itoa(first), "give each row a name of its own")
	}
	s.ids[plain(text)] = s.line
	return text
}

// word is one of a few words, or missing where the first of them is "".
func (s *sheet) word(column string, words ...string) string {
	c := s.at(column)
	text := c.text
	if text == "-" {
		text = ""
	}
	for _, w := range words {
		if text == w {
			return text
		}
	}
	var said []string
	for _, w := range words {
		if w == "" {
			w = "-"
		}
		said = append(said, w)
	}
	hint := "write one of " + strings.Join(said, ", ")
	if n := near(c.text, len(words), func(i int) string { return words[i] }); n != "" && len(c.text) > 2 {
		hint = "did you mean " + n + "? " + hint
	}
	s.fail(c.column, strconv.Quote(c.text)+" is no "+column, hint)
	return ""
}

// maybe is a number of at least 0 that may be missing.
func (s *sheet) maybe(column string) Maybe {
	c := s.at(column)
	if c.text == "-" {
		return Maybe{}
	}
	x, err := strconv.ParseFloat(c.text, 64)
	if err != nil || strings.Trim(c.text, "0123456789.e") != "" || !(x < 1e30) {
		s.fail(c.column, strconv.Quote(c.text)+" is no number of 0 or more", "write digits such as 0.195 or 8030261248, a dash where it is not known")
		return Maybe{}
	}
	return Maybe{x, true}
}

// number is a number above 0 that must be there.
func (s *sheet) number(column string) float64 {
	c := s.at(column)
	if c.text == "-" && !s.missing[column] {
		s.fail(c.column, column+" is missing", "write a number")
	}
	m := s.maybe(column)
	if m.Known && m.Value == 0 {
		s.fail(c.column, column+" is 0", "write a number above 0")
	}
	return m.Value
}

// truth is yes or no.
func (s *sheet) truth(column string) bool { return s.word(column, "yes", "no") == "yes" }

// day is a date as far as it is known (2026-11-23, 2026-11, 2026), or missing.
func (s *sheet) day(column string) string {
	c := s.at(column)
	if c.text == "-" {
		return ""
	}
	if !isDay(c.text) {
		s.fail(c.column, strconv.Quote(c.text)+" is no date", "write it as 2026-11-23, or as 2026-11 or 2026 where the day is not known")
		return ""
	}
	return c.text
}

func isDay(text string) bool {
	parts := strings.Split(text, "-")
	if len(parts) > 3 || len(parts[0]) != 4 || strings.Trim(strings.ReplaceAll(text, "-", ""), "0123456789") != "" {
		return false
	}
	var date [3]int
	for i, part := range parts {
		if i > 0 && len(part) != 2 {
			return false
		}
		date[i], _ = strconv.Atoi(part)
	}
	switch len(parts) {
	case 1:
		return true
	case 2:
		return date[1] >= 1 && date[1] <= 12
	}
	return date[1] >= 1 && date[1] <= 12 && date[2] >= 1 && date[2] <= daysOf(date[0], date[1])
}

// daysOf is how many days a month has.
func daysOf(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// order reports a span of days that ends before it begins.
func (s *sheet) order(since, until string) {
	first, last := s.at(since), s.at(until)
	if isDay(first.text) && isDay(last.text) && last.text < first.text {
		s.fail(last.column, until+" is before "+since, "put the days in order")
	}
}

// web is an address on the web, or missing.
func (s *sheet) web(column string) string {
	c := s.at(column)
	if c.text == "-" {
		return ""
	}
	rest, found := strings.CutPrefix(c.text, "https://")
	if !found {
		rest, found = strings.CutPrefix(c.text, "http://")
	}
	if !found || rest == "" || strings.ContainsAny(rest, " \t\"<>;,|\\") {
		s.fail(c.column, strconv.Quote(c.text)+" is no address on the web", "write one that begins with https://, without spaces")
		return ""
	}
	return c.text
}

// origin reads source, address, date and grade: nobody can check a row that lacks one.
func (s *sheet) origin() Origin {
	o := Origin{Source: s.text("source"), Address: s.web("address"), Line: s.line, Grade: s.word("grade", "A", "B", "C")}
	if c := s.at("address"); c.text == "-" && !s.missing["address"] {
		s.fail(c.column, "address is missing", "write where on the web the source can be read")
	}
	c := s.at("date")
	switch {
	case c.text == "undated":
		o.Date = c.text
	case c.text == "-" && !s.missing["date"]:
		s.fail(c.column, "date is missing", "write the day for which the facts hold, or undated")
	default:
		o.Date = s.day("date")
	}
	return o
}

// list is words parted by commas.
func (s *sheet) list(column string) []string {
	var all []string
	for part := range strings.SplitSeq(s.optional(column), ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// pairs are answers: name=value, parted by semicolons.
func (s *sheet) pairs(column string) []Pair {
	c := s.at(column)
	var all []Pair
	for part := range strings.SplitSeq(s.optional(column), ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		name, value, found := strings.Cut(part, "=")
		if !found || strings.TrimSpace(name) == "" {
			s.fail(c.column, strconv.Quote(part)+" is no answer", "write name=value; name=value")
			continue
		}
		all = append(all, Pair{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
	return all
}
