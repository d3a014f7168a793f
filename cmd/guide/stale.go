package main

import (
	"path"
	"strconv"
	"strings"
	"time"

	"whentofinetune/cmd/guide/internal/build"
	"whentofinetune/cmd/guide/internal/problem"
)

// stale warns of facts that are older than 180 days. The calculator never knows the day: it is asked about this one.
func (p *project) stale(site *build.Output, now time.Time) {
	if p.calculator == nil {
		return
	}
	reply, _, err := p.calculator.Ask("stale " + now.Format(time.DateOnly) + "\n")
	status, body, _ := strings.Cut(reply, "\n")
	if err != nil || status != "ok" {
		return // said by the pages that ask
	}
	for line := range strings.Lines(body) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(cells) < 2 {
			continue
		}
		place := strings.Split(cells[0], ":")
		warning := problem.Problem{File: path.Join("calculator/facts", place[0]), Text: strings.Join(cells[1:2], ""), Warning: true}
		if len(place) > 1 {
			warning.Line, _ = strconv.Atoi(place[1])
		}
		if len(cells) > 2 {
			warning.Hint = cells[2]
		}
		site.Problems = append(site.Problems, warning)
	}
}
