package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"whentofinetune/cmd/guide/internal/build"
	"whentofinetune/cmd/guide/internal/page"
)

func newCommand(out io.Writer) *cobra.Command {
	var o options
	c := &cobra.Command{
		Use:     "new PATH",
		Short:   "Start a page",
		Long:    "Start a page with its front matter. PATH is relative to the content folder, with or without .md; one that ends in a slash starts a section.\nA page that is there already is left alone.",
		Example: "  guide new decide/some-page\n  guide new examples/",
		Args:    one("page", "guide new decide/some-page"),
		RunE: func(_ *cobra.Command, args []string) error {
			file, err := start(o.content, args[0], time.Now())
			if err == nil {
				o.say(out, "%s", path.Join(o.content, file))
			}
			return err
		},
	}
	c.Flags().StringVar(&o.content, "content", "content", "the `FOLDER` of markdown")
	c.Flags().BoolVar(&o.quiet, "quiet", false, "print nothing")
	return c
}

// start writes the beginnings of a page and returns its file.
func start(content, name string, now time.Time) (file string, err error) {
	if err := notInContent(content); err != nil {
		return "", err
	}
	name = strings.ReplaceAll(name, "\\", "/")
	section := strings.HasSuffix(name, "/")
	file = path.Clean(name)
	switch {
	case section:
		file = path.Join(file, "index.md")
	case page.IsPage(strings.ToLower(file)):
		file = strings.TrimSuffix(file, path.Ext(file)) + strings.ToLower(path.Ext(file))
	default:
		file += ".md"
	}
	if !nameable(file) {
		return "", fmt.Errorf("%s is no page of the content folder; write a name such as decide/some-page", strconv.Quote(name))
	}
	if err := os.MkdirAll(content, 0o755); err != nil {
		return "", machine(fmt.Errorf("make %s: %w", content, err))
	}
	root, err := os.OpenRoot(content)
	if err != nil {
		return "", machine(fmt.Errorf("open %s: %w", content, err))
	}
	defer root.Close()
	if err := root.MkdirAll(path.Dir(file), 0o755); err != nil {
		return "", machine(fmt.Errorf("make %s: %w", path.Dir(file), err))
	}
	f, err := root.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("%s is there already, and was left alone; choose another name", path.Join(content, file))
	}
	if err != nil {
		return "", machine(fmt.Errorf("write %s: %w", file, err))
	}
	_, err = fmt.Fprintf(f, "---\ntitle: %s\ndescription: One sentence that says what the reader learns here.\norder: %d\nreviewed: %s\n---\n\nThe answer first, in one paragraph.\n",
		quoted(page.HumanName(file)), next(root, path.Dir(file)), now.Format(time.DateOnly))
	return file, machine(errors.Join(err, f.Close()))
}

// nameable reports whether a page may have a name: it stays in the content folder, and no build passes it over.
func nameable(file string) bool {
	for part := range strings.SplitSeq(file, "/") {
		stem := strings.TrimSuffix(part, path.Ext(file))
		if build.Hidden(part) || passedOver(stem) || page.Unfit(stem+".html") != "" || strings.TrimSpace(stem) != stem {
			return false
		}
	}
	return fs.ValidPath(file)
}

// plain is a title that YAML reads as the text that it is.
var plain = regexp.MustCompile(`^\pL[\pL\pN ]*$`)

// quoted is a title as it may stand in front matter.
func quoted(title string) string {
	word := map[string]bool{"true": true, "false": true, "null": true, "yes": true, "no": true, "on": true, "off": true, "y": true, "n": true}
	if plain.MatchString(title) && !word[strings.ToLower(title)] {
		return title
	}
	return strconv.Quote(title)
}

// next is the order of a page that is to come after those of its folder.
func next(root *os.Root, folder string) int {
	last := 0
	entries, err := fs.ReadDir(root.FS(), folder)
	if err != nil {
		return 10
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !page.IsPage(e.Name()) {
			continue
		}
		if data, err := root.ReadFile(path.Join(folder, e.Name())); err == nil {
			p := page.Parse(path.Join(folder, e.Name()), data, page.Options{})
			last = max(last, p.Order)
		}
	}
	return last/10*10 + 10
}
