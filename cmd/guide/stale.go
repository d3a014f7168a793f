package main

import (
	"path"
	"strconv"
	"strings"
	"time"

	"whentofinetune/cmd/guide/internal/build"
	"whentofinetune/cmd/guide/internal/problem"
)

// trusted is how long a page is taken to agree with its sources. The calculator holds its facts to the same half year.
const trusted = 180 * 24 * time.Hour

// stale lists what was last looked at too long ago: pages by the day that they name, facts by the rows that the calculator
// names. A builder's day is a day of the world, so only check asks for it: two builds of the same files are the same.
func (p *project) stale(site *build.Output, now time.Time) {
	for _, r := range site.Reviewed() {
		if day, err := time.Parse(time.DateOnly, r.Date); err == nil && now.Sub(day) > trusted {
			due(site, path.Join(p.options.build().ContentName, r.File), r.Line, "this page was last reviewed on "+r.Date, "hold it against its sources and write the new date")
		}
	}
	if p.calculator == nil {
		return
	}
	reply, _, err := p.calculator.Ask("stale " + now.Format(time.DateOnly) + "\n")
	status, body, _ := strings.Cut(reply, "\n")
	if err != nil || status != "ok" {
		return // said by the pages that ask
	}
	for line := range strings.Lines(body) {
		cells := append(strings.Split(strings.TrimRight(line, "\n"), "\t"), "", "")
		file, number, _ := strings.Cut(cells[0], ":")
		at, _ := strconv.Atoi(number)
		due(site, path.Join("calculator/facts", file), at, cells[1], cells[2])
	}
}

func due(site *build.Output, file string, line int, text, hint string) {
	site.Problems = append(site.Problems, problem.Problem{File: file, Line: line, Text: text, Hint: hint, Warning: true, Due: true})
}
