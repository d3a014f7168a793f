package page

import (
	"whentofinetune/cmd/guide/internal/problem"
	"whentofinetune/cmd/guide/internal/record"
)

// Fields goes through all of a page but its body and its sections, which are long and kept apart.
func (p *Page) Fields(f *record.Fields) {
	f.Text(&p.File)
	f.Text(&p.Path)
	p.Front.fields(f)
	f.Text(&p.Name)
	f.Text(&p.NameHTML)
	f.Text(&p.Summary)
	record.Slice(f, &p.Headings, func(h *Heading) {
		f.Text(&h.ID)
		f.Text(&h.Title)
		f.Int(&h.Level)
	})
	record.Slice(f, &p.Anchors, f.Text)
	record.Slice(f, &p.Links, func(l *Link) { l.fields(f) })
	record.Slice(f, &p.Citations, func(c *Citation) {
		for _, s := range [...]*string{&c.Key, &c.Title, &c.Authors, &c.Year, &c.Address, &c.Read, &c.Grade, &c.Figure} {
			f.Text(s)
		}
		f.Bool(&c.Second)
	})
	f.Int(&p.Words)
	f.Bool(&p.Live)
	record.Slice(f, &p.Views, func(v *View) {
		f.Int(&v.Line)
		f.Text(&v.Request)
	})
	record.Slice(f, &p.Problems, func(q *problem.Problem) {
		f.Text(&q.File)
		f.Int(&q.Line)
		f.Int(&q.Column)
		f.Text(&q.Text)
		f.Text(&q.Hint)
		f.Bool(&q.Warning)
		f.Bool(&q.Due)
	})
}

func (t *Front) fields(f *record.Fields) {
	f.Text(&t.Title)
	f.Text(&t.Description)
	f.Int(&t.Order)
	f.Bool(&t.Ordered)
	f.Bool(&t.Draft)
	f.Text(&t.Reviewed)
	f.Int(&t.ReviewedAt)
	record.Slice(f, &t.Aliases, func(a *Alias) {
		f.Text(&a.Path)
		f.Int(&a.Line)
		f.Int(&a.Column)
	})
	f.Text(&t.Layout)
	record.Slice(f, &t.Keywords, f.Text)
}

func (l *Link) fields(f *record.Fields) {
	f.Text(&l.File)
	f.Int(&l.Line)
	f.Int(&l.Column)
	f.Text(&l.Target)
	f.Text(&l.Anchor)
	record.Byte(f, &l.Kind)
}

// SectionFields goes through the sections of a page.
func SectionFields(f *record.Fields, all *[]Section) {
	record.Slice(f, all, func(s *Section) {
		f.Text(&s.ID)
		f.Text(&s.Title)
		f.Text(&s.Text)
	})
}
