package build

import (
	"io/fs"

	"whentofinetune/cmd/guide/internal/page"
)

// picture warns of a drawing that holds more than a drawing. Pages show it as an image, in which nothing runs and nothing loads; opened
// by itself it would run as a page of the site.
func (b *builder) picture(name string) {
	data, err := fs.ReadFile(b.in.Content, name)
	if err != nil {
		return // said where it is used
	}
	if what := page.Active(data); what != "" {
		b.warn(name, "holds "+what+", which runs or loads when the picture is opened by itself", "take it out of the picture")
	}
}
