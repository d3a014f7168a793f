package validate

import (
	"strconv"
	"strings"

	"whentofinetune/calculator/cost"
)

// Limits are the ratios of predicted to published between which a row is inside.
func (p *Part) Limits() (least, most float64) {
	if p.Kind == "memory" {
		return 2 - p.Factor, p.Factor
	}
	return 1 / p.Factor, p.Factor
}

// Tolerance says what counts as inside: within a factor of 1.6, within 15%.
func (p *Part) Tolerance() string {
	if p.Kind == "memory" {
		return "within " + cost.Fixed(100*(p.Factor-1), 0) + "%"
	}
	return "within a factor of " + cost.Text(p.Factor)
}

// Share says how many rows are inside: 36 of 38 runs within a factor of 1.6.
func (p *Part) Share() string {
	return strconv.Itoa(p.Inside) + " of " + strconv.Itoa(len(p.Rows)) + " runs " + p.Tolerance()
}

// Text prints the parts for a terminal: every row, then what is missed and why.
func Text(parts []Part) []byte {
	var b []byte
	for i := range parts {
		p := &parts[i]
		b = append(b, p.Title+": "+p.Share()+"; predicted / published has the median "+cost.Significant(p.Median, 3)+", the median error is "+
			cost.Fixed(100*p.MedianError, 1)+"%\n\n"...)
		b = row(b, "published", "predicted", "ratio", "", p.Unit)
		for _, r := range p.Rows {
			mark := ""
			if !r.Inside {
				mark = "missed"
			}
			b = row(b, cost.Significant(r.Published, 4), cost.Significant(r.Predicted, 4), cost.Significant(r.Ratio, 3), mark, r.Run.Name)
		}
		b = append(b, '\n')
		b = notes(b, "Missed", p.Rows, func(r *Row) bool { return !r.Inside })
		b = notes(b, "Not counted", p.Unpredicted, func(*Row) bool { return true })
	}
	return b
}

// row sets cells in columns, numbers to the right.
func row(b []byte, published, predicted, ratio, mark, name string) []byte {
	for _, cell := range [...]struct {
		text  string
		width int
	}{{published, 12}, {predicted, 12}, {ratio, 8}} {
		b = append(b, strings.Repeat(" ", max(cell.width-len(cell.text), 1))...)
		b = append(b, cell.text...)
	}
	b = append(b, "  "+mark+strings.Repeat(" ", 8-len(mark))...)
	return append(b, name+"\n"...)
}

// notes lists the rows that match, each with what to know of it.
func notes(b []byte, title string, rows []Row, match func(*Row) bool) []byte {
	found := false
	for i := range rows {
		r := &rows[i]
		if !match(r) {
			continue
		}
		if !found {
			found, b = true, append(b, title+"\n"...)
		}
		b = append(b, "  "+r.Run.Name+": "+r.Reason+"\n"...)
	}
	if found {
		b = append(b, '\n')
	}
	return b
}
