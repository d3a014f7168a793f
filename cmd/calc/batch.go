package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"slices"
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
` + strings.Join(answered, ", ") + `. Columns ` + strings.Join(carried, ", ") + ` say what a row is: they are kept as they are.

Rows are read one by one, answered on every processor and written in order, so a file may be of any length. A row that
cannot be read, or holds an answer that cannot, is reported with its line, and the others are done. - reads standard input.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("batch takes one file of rows, here are %d; write calc batch many.csv, or - for standard input", len(args))
			}
			return nil
		},
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
				if errors.Is(err, fs.ErrNotExist) {
					return fmt.Errorf("there is no file %s; a file of rows is CSV, its first row names inputs", name)
				}
				if err != nil {
					return fmt.Errorf("read rows: %w", err)
				}
				defer f.Close()
				in = f
			}
			b := batch{name: name, tables: tables, errs: c.ErrOrStderr()}
			return b.run(in, out)
		},
	}
}

// batch answers the rows of one file.
type batch struct {
	name   string
	tables *fact.Tables
	errs   io.Writer
	names  []string
	kept   []bool // columns that are no inputs
	faults int    // rows that could not be read, and rows with complaints
}

// row is one row of the file on its way: read, answered by whoever is free, written in the order of the file.
type row struct {
	cells   []string
	line    int
	err     error // why it could not be read
	added   []string
	faulty  bool
	settled chan struct{} // closed when it is answered
}

func (b *batch) run(in io.Reader, out io.Writer) error {
	limit := &rowLimit{in: in}
	reader := csv.NewReader(limit)
	limit.rows = reader
	header, err := reader.Read()
	if err != nil {
		return fmt.Errorf("%s:1:1: there is no header; the first row names inputs", b.name)
	}
	if err := b.header(header); err != nil {
		return err
	}
	written := csv.NewWriter(out)
	if err := put(written, append(append([]string{}, b.names...), answered...)); err != nil {
		return err
	}
	p := newProgress(b.errs)
	defer p.done()
	stop := make(chan struct{})
	defer close(stop)
	for r := range b.rows(reader, stop) {
		<-r.settled
		if r.err != nil {
			if stop := b.fault(r, p); stop != nil {
				return stop
			}
			continue
		}
		if r.faulty {
			b.faults++
			p.clear()
			fmt.Fprintf(b.errs, "%s:%d: %s\n", b.name, r.line, oneLine(r.added[len(r.added)-1]))
		}
		if err := put(written, append(r.cells, r.added...)); err != nil {
			return err
		}
		p.step()
	}
	if b.faults > 0 {
		return errComplaints
	}
	return nil
}

// put writes a row at once: what is done is not lost, and a header stands also where no row follows.
func put(w *csv.Writer, cells []string) error {
	if err := w.Write(cells); err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

// rows reads the rows in order and has them answered on every processor, a few at a time: those that are not yet written
// never pile up.
func (b *batch) rows(reader *csv.Reader, stop <-chan struct{}) <-chan *row {
	workers := runtime.GOMAXPROCS(0)
	ordered, open := make(chan *row, 4*workers), make(chan *row)
	for range workers {
		go func() {
			session := view.NewSession(b.tables, nil)
			for r := range open {
				r.added, r.faulty = b.answer(session, r.cells)
				close(r.settled)
			}
		}()
	}
	go func() {
		defer close(ordered)
		defer close(open)
		for {
			r := &row{settled: make(chan struct{})}
			if r.cells, r.err = reader.Read(); errors.Is(r.err, io.EOF) {
				return
			}
			if r.err == nil {
				r.line, _ = reader.FieldPos(0)
			}
			select {
			case ordered <- r:
			case <-stop:
				return
			}
			if r.err == nil {
				open <- r
				continue
			}
			close(r.settled)
			if !leftOut(r.err) {
				return
			}
		}
	}()
	return ordered
}

// leftOut reports whether the rows after one that could not be read can be.
func leftOut(err error) bool {
	var parse *csv.ParseError
	return errors.As(err, &parse) && !errors.Is(err, errLongRow)
}

// carried are the columns that say what a row is; they are no inputs.
var carried = []string{"id", "name", "title", "note"}

// header checks that every column is an input, or carried.
func (b *batch) header(row []string) error {
	b.names = append(b.names, row...)
	b.names[0] = strings.TrimPrefix(b.names[0], "\ufeff")
	for i, name := range b.names {
		b.names[i] = strings.TrimSpace(name)
		if b.kept = append(b.kept, slices.Contains(carried, strings.ToLower(b.names[i]))); b.kept[i] {
			continue
		}
		known, complaint := calculator.Named(b.names[i])
		if complaint != "" && strings.ContainsAny(name, ";\t") {
			return fmt.Errorf("%s:1: column %d is %q; part the columns by commas", b.name, i+1, b.names[i])
		}
		if complaint != "" {
			return fmt.Errorf("%s:1: column %d is %q; %s", b.name, i+1, b.names[i], complaint)
		}
		if first := slices.Index(b.names[:i], known); first >= 0 {
			return fmt.Errorf("%s:1: column %d is %q, and so is column %d; keep one", b.name, i+1, known, first+1)
		}
		b.names[i] = known
	}
	return nil
}

// fault reports a row that could not be read; it returns an error where reading cannot go on.
func (b *batch) fault(r *row, p *progress) error {
	if !leftOut(r.err) {
		return fmt.Errorf("%s: %w", b.name, r.err)
	}
	var parse *csv.ParseError
	errors.As(r.err, &parse)
	what := parse.Err
	if errors.Is(what, csv.ErrFieldCount) {
		what = fmt.Errorf("the number of columns is %d, that of the header %d", len(r.cells), len(b.names))
	}
	b.faults++
	p.clear()
	fmt.Fprintf(b.errs, "%s:%d:%d: %v; the row is left out\n", b.name, parse.StartLine, parse.Column, what)
	return nil
}

// answer returns the columns that are added to a row, and whether there are complaints among them.
func (b *batch) answer(session *view.Session, cells []string) (added []string, faulty bool) {
	pairs := make([]calculator.Pair, 0, len(cells))
	for i, value := range cells {
		if value = strings.TrimSpace(value); value != "" && !b.kept[i] {
			pairs = append(pairs, calculator.Pair{Name: b.names[i], Value: value})
		}
	}
	session.Decide(pairs)
	r := session.Report()
	for _, path := range [...]string{"verdict.call", "verdict.primary", "payback.break_even_months", "payback.npv", "payback.probability"} {
		digits, _ := r.Digits(path)
		added = append(added, strings.TrimSuffix(digits, "null"))
	}
	said := []string{}
	for _, c := range r.Complaints {
		said = append(said, view.Complained(b.tables, c))
	}
	return append(added, strings.Join(said, " ")), len(said) > 0
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
	if terminal(errs) {
		p.out = errs
	}
	return p
}

// terminal reports whether somebody watches what is written to w. What is thrown away goes to a device too.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	nowhere, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, nowhere)
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
