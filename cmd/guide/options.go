package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"whentofinetune/cmd/guide/internal/build"
	"whentofinetune/cmd/guide/internal/site"
)

// options are the flags that build, serve and check share.
type options struct {
	content, theme, out, baseURL             string
	drafts, strict, lenient, compress, quiet bool
	noCache                                  bool
	editor                                   string // of serve: a word of editors, or an address with {path}
}

func (o *options) add(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.content, "content", "content", "the `FOLDER` of markdown")
	f.StringVar(&o.theme, "theme", defaultTheme, "the `FOLDER` of layouts, css and ts; where there is none, the one beside the content or inside the command")
	f.StringVar(&o.out, "out", "public", "the `FOLDER` that the site is written to")
	f.StringVar(&o.baseURL, "base-url", "", "the `ADDRESS` at which the site will stand, such as https://example.org/guide/; sitemap and feed need it")
	f.BoolVar(&o.drafts, "drafts", false, "build pages that are marked as drafts")
	f.BoolVar(&o.strict, "strict", false, "let warnings fail too")
	f.BoolVar(&o.lenient, "allow-broken-links", false, "let broken links, anchors and pictures be warnings")
	f.BoolVar(&o.noCache, "no-cache", false, "make everything anew, and neither use nor keep results of other builds")
	f.BoolVar(&o.quiet, "quiet", false, "print problems only")
}

// defaultTheme is the folder of the theme where none is named: in the working folder, else beside the content.
const defaultTheme = "theme"

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// notInContent refuses to work in a content folder, or in one of its folders: the project is further up.
func notInContent(content string) error {
	here, err := os.Getwd()
	if err != nil || isFolder(content) || filepath.Base(content) != content {
		return nil
	}
	for up := here; up != filepath.Dir(up); up = filepath.Dir(up) {
		if filepath.Base(up) != content {
			continue
		}
		if project, err := filepath.Rel(here, filepath.Dir(up)); err == nil {
			return fmt.Errorf("there is no folder %s here, and the project is in %s; go there, or name its folder with --content", content, filepath.ToSlash(project))
		}
	}
	return nil
}

// check refuses flags that cannot be meant.
func (o *options) check() error {
	if err := notInContent(o.content); err != nil {
		return err
	}
	if !isFolder(o.content) {
		return fmt.Errorf("there is no folder %s; name the folder of markdown with --content, or start one with: guide new index.md --content %s", o.content, shellWord(o.content))
	}
	if beside := filepath.Join(filepath.Dir(filepath.Clean(o.content)), defaultTheme); o.theme == defaultTheme && !isFolder(o.theme) && isFolder(beside) {
		o.theme = beside // run from elsewhere
	}
	base, ok := site.BaseAddress(o.baseURL)
	if !ok {
		return fmt.Errorf("--base-url %s is no address of a site; write one such as https://example.org/guide/", o.baseURL)
	}
	o.baseURL = base
	return nil
}

// checkWriting is check of a command that also writes the site.
func (o *options) checkWriting() error {
	if err := o.check(); err != nil {
		return err
	}
	if o.out == "" {
		return errors.New("--out is empty; name a folder for the site")
	}
	return o.apart()
}

// apart refuses a folder for the site that is none of its own: one in which content or theme lie or that lies in them, by
// whatever links, the user's home, the root of the disk, a file, a link.
func (o *options) apart() error {
	switch info, err := os.Lstat(o.out); {
	case err != nil:
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("--out %s is a symbolic link; name the folder that it leads to", o.out)
	case !info.IsDir():
		return fmt.Errorf("--out %s is a file; name a folder for the site", o.out)
	}
	out, err := real(o.out)
	if err != nil {
		return err
	}
	if home, err := os.UserHomeDir(); err == nil {
		if home, err = real(home); err == nil && out == home {
			return fmt.Errorf("--out %s is your home; name a folder in it", o.out)
		}
	}
	if out == filepath.Dir(out) {
		return fmt.Errorf("--out %s is the root of the disk; name a folder for the site", o.out)
	}
	for flag, folder := range map[string]string{"--content": o.content, "--theme": o.theme} {
		in, err := real(folder)
		if err != nil {
			return err
		}
		if inside(in, out) || inside(out, in) {
			return fmt.Errorf("--out %s and %s %s lie in each other; choose another folder for the site", o.out, flag, folder)
		}
	}
	return nil
}

// real is the absolute path of a folder with all links followed, as far as it is there.
func real(folder string) (string, error) {
	abs, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	for there, rest := abs, ""; ; there, rest = filepath.Dir(there), filepath.Join(filepath.Base(there), rest) {
		if followed, err := filepath.EvalSymlinks(there); err == nil {
			return filepath.Join(followed, rest), nil
		}
		if there == filepath.Dir(there) {
			return abs, nil
		}
	}
}

// inside reports whether a folder is another or lies in it.
func inside(folder, other string) bool {
	rel, err := filepath.Rel(other, folder)
	return err == nil && (rel == "." || filepath.IsLocal(rel))
}

func (o *options) build() build.Options {
	return build.Options{BaseURL: o.baseURL, Drafts: o.drafts, AllowBrokenLinks: o.lenient, ContentName: filepath.ToSlash(filepath.Clean(o.content)),
		ThemeName: filepath.ToSlash(filepath.Clean(o.theme))}
}

// say prints what a person may want to know, unless --quiet.
func (o *options) say(w io.Writer, format string, args ...any) {
	if !o.quiet {
		fmt.Fprintf(w, format+"\n", args...)
	}
}
