package view

import (
	"strings"

	"whentofinetune/calculator"
)

// source is what is known of a key: evidence, a row of prices (price:ID), or nothing but the key.
func (p *printer) source(key string) calculator.Source {
	if e := p.t.FindEvidence(key); e != nil {
		return calculator.Source{Key: e.Key, Title: e.Title, Address: e.Address, Date: e.DateRead, Grade: e.Grade}
	}
	if s, ok := calculator.DoorSource(p.t, key); ok {
		return s
	}
	id := strings.TrimPrefix(key, "price:")
	if row := p.t.FindPrice(id); row != nil {
		return calculator.Source{Key: key, Title: row.Source, Address: row.Address, Date: row.Date, Grade: row.Grade}
	}
	return calculator.Source{Key: key}
}

// cite prints a source as its key, linked to the list of all sources, with its grade.
func (p *printer) cite(key string) {
	s := p.source(key)
	where := "about/sources.html#" + idOf("", s.Key, map[string]bool{})
	if strings.HasPrefix(key, "door:") {
		where = "open/who-offers-tuning.html"
	}
	p.el("a", s.Key, "class", "cite", "href", p.root+where, "title", s.Title)
	p.raw(" ")
	p.grade(s.Grade)
	if strings.HasPrefix(s.Grade, "B") {
		p.text(" second-hand")
	}
}

// outcomeLink prints an outcome as a link to the page that explains it.
func (p *printer) outcomeLink(id string) {
	if o := calculator.FindOutcome(id); o != nil && o.Page != "" {
		p.el("a", o.Title, "href", p.root+o.Page)
		return
	}
	p.text(p.outcomeTitle(id))
}
