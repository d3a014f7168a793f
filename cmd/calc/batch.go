package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"whentofinetune/calculator"
	"whentofinetune/calculator/fact"
	"whentofinetune/calculator/view"
)

// maxRow is the longest row that is read, in bytes: a quote that is never closed must not eat the memory.
const maxRow = 1 << 20

// answered are the columns that batch adds to each row.
var answered = []string{"call", "primary", "break_even_months", "npv", "probability", "complaints"}

func batchCommand(in io.Reader, out io.Writer, o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "batch FILE.csv",
		Short: "Answer every row of a CSV file",
		Long: `Answer every row of a CSV file. The header names inputs; to each row are added
` + strings.Join(answered, ", ") + `.

Rows are read, answered and written one by one, in order. A row that cannot be read is reported with its line, and the
others are done. - reads standard input.`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			tables, err := o.tables()
			if err != nil {
				return err
			}
			name := args[0]
			if name == "-" {
				name = "standard input"
			} else {
				f, err := os.Open(name)
				if err != nil {
					return fmt.Errorf("read rows: %w", err)
				}
				defer f.Close()
				in = f
			}
			b := batch{name: name, session: view.NewSession(tables, nil), tables: tables, errs: c.ErrOrStderr()}
			return b.run(in, out)
		},
	}
}

// batch answers the rows of one file.
type batch struct {
	name    string
	tables  *fact.Tables
	session *view.Session
	errs    io.Writer
	names   []string
	faults  int // rows that could not be read, and rows with complaints
}

func (b *batch) run(in io.Reader, out io.Writer) error {
	limit := &rowLimit{in: in}
	rows := csv.NewReader(limit)
	rows.ReuseRecord = true
	limit.rows = rows
	header, err := rows.Read()
	if err != nil {
		return fmt.Errorf("%s:1:1: there is no header; the first row names inputs", b.name)
	}
	if err := b.header(header); err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	written := csv.NewWriter(w)
	defer w.Flush()
	if err := written.Write(append(append([]string{}, b.names...), answered...)); err != nil {
		return err
	}
	p := newProgress(b.errs)
	defer p.done()
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if stop := b.fault(err, p); stop != nil {
			return stop
		}
		if err != nil {
			continue
		}
		if err := written.Write(append(append(make([]string, 0, len(row)+len(answered)), row...), b.answer(row)...)); err != nil {
			return err
		}
		written.Flush()
		if err := written.Error(); err != nil {
			return err
		}
		p.step()
	}
	if b.faults > 0 {
		return errComplaints
	}
	return nil
}

// header checks that every column is an input.
func (b *batch) header(row []string) error {
	b.names = append(b.names, row...)
	b.names[0] = strings.TrimPrefix(b.names[0], "\ufeff")
	for i, name := range b.names {
		b.names[i] = strings.TrimSpace(name)
		if _, known := calculator.Find(b.names[i]); !known && b.names[i] != "scenario" {
			_, complaints := calculator.Read(b.tables, []calculator.Pair{{Name: b.names[i], Value: "1"}})
			hint := "see calc --schema"
			if len(complaints) > 0 {
				hint = complaints[0].Text
			}
			return fmt.Errorf("%s:1: column %d is %q; %s", b.name, i+1, b.names[i], hint)
		}
	}
	return nil
}

// fault reports a row that could not be read; it returns an error where reading cannot go on.
func (b *batch) fault(err error, p *progress) error {
	var parse *csv.ParseError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &parse) && !errors.Is(err, errLongRow):
		b.faults++
		p.clear()
		fmt.Fprintf(b.errs, "%s:%d:%d: %v; the row is left out\n", b.name, parse.StartLine, parse.Column, parse.Err)
		return nil
	}
	return fmt.Errorf("%s: %w", b.name, err)
}

// answer returns the columns that are added to a row.
func (b *batch) answer(row []string) []string {
	pairs := make([]calculator.Pair, 0, len(row))
	for i, value := range row {
		if value = strings.TrimSpace(value); value != "" {
			pairs = append(pairs, calculator.Pair{Name: b.names[i], Value: value})
		}
	}
	b.session.Decide(pairs)
	r := b.session.Report()
	cells := make([]string, 0, len(answered))
	for _, path := range [...]string{"verdict.call", "verdict.primary", "payback.break_even_months", "payback.npv", "payback.probability"} {
		digits, _ := r.Digits(path)
		cells = append(cells, strings.TrimSuffix(digits, "null"))
	}
	said := []string{}
	for _, c := range r.Complaints {
		said = append(said, c.Input+": "+c.Text)
	}
	if len(said) > 0 {
		b.faults++
	}
	return append(cells, strings.Join(said, " "))
}

// rowLimit refuses a row that is longer than maxRow.
type rowLimit struct {
	in   io.Reader
	rows *csv.Reader
	read int64
}

var errLongRow = errors.New("a row is over 1 MiB; close its quotes")

func (l *rowLimit) Read(p []byte) (int, error) {
	if l.read-l.rows.InputOffset() > maxRow {
		return 0, errLongRow
	}
	n, err := l.in.Read(p)
	l.read += int64(n)
	return n, err
}

// progress tells a terminal how many rows are done, twice a second.
type progress struct {
	out   io.Writer // nil where nobody watches
	rows  int
	start time.Time
	next  time.Time
}

func newProgress(errs io.Writer) *progress {
	p := &progress{start: time.Now()}
	p.next = p.start.Add(time.Second)
	if f, ok := errs.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.out = f
		}
	}
	return p
}

func (p *progress) step() {
	p.rows++
	if now := time.Now(); p.out != nil && now.After(p.next) {
		p.next = now.Add(500 * time.Millisecond)
		fmt.Fprintf(p.out, "\r%d rows, %.0f a second", p.rows, float64(p.rows)/now.Sub(p.start).Seconds())
	}
}

// clear makes room for another line.
func (p *progress) clear() {
	if p.out != nil && time.Now().After(p.start.Add(time.Second)) {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

func (p *progress) done() { p.clear() }
