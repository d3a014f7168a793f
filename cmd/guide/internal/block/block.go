// Package block is the table of words that mean more than themselves in a page: fenced blocks, embedded files, figures in
// prose, citations and mathematics.
//
//	```calculator payback      a view of the calculator; the lines inside are answers, name = value
//	```math                    a formula in TeX, printed as MathML
//	```diagram                 a drawing in characters, printed as SVG (also goat)
//	```csv                     a table
//	```chart bar               a chart of the comma-separated values inside
//	[Name](file "include")     another markdown file in place
//	[Name](file "code lines=3-9 region=NAME language=go title=…")
//	[Name](file.csv "table")   [Name](file.csv "chart line")
//	`=payback.npv name=value`  one number of the calculator's report, as text
//	[@key]                     a source, with its grade
//
// A word is one function and one line in a table. It prints through page.Context, which escapes, records what was read
// and asked, and says what is wrong with file, line and column.
//
// Not wanted here: knowledge of what the calculator answers. A request and its reply are text.
package block

import "whentofinetune/cmd/guide/internal/page"

// Words returns the table. sources is the content file that lists all sources, to which citations link: empty when the
// site has none.
func Words(sources string) page.Words {
	return page.Words{
		Fences: map[string]func(*page.Context, page.Block){
			"calculator": view,
			"math":       formula,
			"diagram":    diagram,
			"goat":       diagram,
			"csv":        csvFence,
			"chart":      chartFence,
		},
		Embeds: map[string]func(*page.Context, page.Block){
			"include": include,
			"code":    codeFile,
			"table":   csvFile,
			"chart":   chartFile,
		},
		Spans: figure,
		Cite:  citer{sources}.cite,
		Math:  inlineMath,
	}
}
