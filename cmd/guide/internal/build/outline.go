package build

import (
	"bytes"
	"io/fs"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/site"
)

// Outline is a site that can be looked at before it has been read: order, titles and descriptions come from the beginnings
// of the files, and a page is read when it is asked for. What hangs on the text of all pages is missing or in part: the
// search index, problems, lists. New makes the whole of it.
func Outline(in Input) *Output {
	b := &builder{in: in, memo: &Memo{}, outline: true}
	b.scan()
	b.configure()
	b.readPages()
	b.site, _ = site.New(b.config, b.pages(), b.in.Options.ContentName)
	b.layouts()
	b.problems = nil
	return b.output()
}

// beginning is how much of a file is read for its title and description.
const beginning = 1500

// head is what the beginning of a page says of it.
func (r *reader) head(name string) *keptPage {
	data, err := fs.ReadFile(r.b.in.Content, name)
	if err != nil {
		return r.unread(name, err)
	}
	front := len(data) - len(page.Body(data))
	start := data[:min(len(data), front+beginning)]
	if end := bytes.LastIndex(start, []byte("\n\n")); end > front && len(start) < len(data) {
		start = start[:end+1]
	}
	k := &keptPage{file: name, settings: r.settings}
	k.page = page.Parse(name, start, page.Options{Prefix: r.b.in.Options.ContentName})
	k.page.Live = r.b.in.Ask != nil && bytes.Contains(data, []byte("\n```calculator"))
	k.words = r.b.memo.vocabulary.Read(searchPage(k.page, nil))
	return k
}

// read is the page of a node with all its text, in its place among the others.
func (b *builder) read(n *site.Node) (*frames, *site.Node) {
	k := b.reader.page(n.Page.File)
	whole := &builder{in: b.in, memo: b.memo, names: b.names, others: b.others, config: b.config, configured: b.configured, kept: b.kept, drafts: b.drafts,
		render: b.render, reader: b.reader, byFile: map[string]*keptPage{k.file: k}, vocabulary: b.vocabulary}
	whole.site = b.site.Renew(map[*page.Page]*page.Page{n.Page: k.page})
	renewed, _ := whole.site.File(n.Page.File)
	return whole.newFrames(), renewed
}
