package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"whentofinetune/cmd/guide/internal/build"
	"whentofinetune/cmd/guide/internal/problem"
)

// The collector of garbage runs when the heap has grown by four fifths, but not before it has grown to idleHeap: a build keeps little
// and throws much away, and most of its collections would come while there is hardly anything to collect.
const (
	gcPercent = 80
	idleHeap  = 24 << 20
)

// spare makes the collector wait: it counts as part of the heap, and as nothing touches it, no memory is behind it.
func spare() (done func()) {
	debug.SetGCPercent(gcPercent)
	idle := make([]byte, idleHeap)
	return func() { runtime.KeepAlive(idle) }
}

func buildCommand(out, errs io.Writer) *cobra.Command {
	var o options
	c := &cobra.Command{
		Use:     "build",
		Short:   "Write the site to a folder",
		Long:    "Write the site to a folder, ready for any static host and for opening from a disk.\nA folder that no build has written is refused. With problems in the content nothing is written: the last good site stays.",
		Example: "  guide build --base-url https://example.org/guide/ --compress",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := o.checkWriting(); err != nil {
				return err
			}
			start := time.Now()
			defer spare()()
			progress := newProgress(errs, o.quiet)
			defer progress.done()
			p, err := open(&o, progress.step)
			if err != nil {
				return err
			}
			defer p.cache.close()
			progress.step("reading pages")
			inputs := p.inputs()
			if !o.noCache && wasBuilt(o.out) {
				if files, ok := unchanged(o.out, inputs.key()); ok {
					o.say(out, "%s: %d files, 0 written, 0 removed, in %s: nothing has changed", o.out, files, time.Since(start).Round(time.Millisecond))
					return nil
				}
			}
			site := p.build()
			if err := report(errs, site, o.strict); err != nil {
				p.cache.commit(false)
				return err
			}
			progress.step("writing the site")
			did, err := publish(o.out, site.Files(), o.compress)
			p.cache.commit(err == nil)
			if err != nil {
				return reported(errs, err)
			}
			if len(site.Problems) == 0 { // else they are to be said again
				if err := remember(o.out, inputs.key()); err != nil {
					return machine(err)
				}
			}
			progress.done()
			o.say(out, "%s: %d files, %d written, %d removed, in %s", o.out, did.files, did.written, did.removed, time.Since(start).Round(time.Millisecond))
			return nil
		},
	}
	o.add(c)
	c.Flags().BoolVar(&o.compress, "compress", false, "write .br and .gz beside the files")
	return c
}

func checkCommand(out, errs io.Writer) *cobra.Command {
	var o options
	var external, asJSON bool
	c := &cobra.Command{
		Use:   "check",
		Short: "Name what is wrong, and write nothing",
		Long:  "Build the site in memory and name what is wrong: links, anchors, pictures, words that are not known, answers that the calculator does not take. Pages and facts that were last looked at more than 180 days ago are listed as due; they never fail, because a day that passes breaks nothing.",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			progress := newProgress(errs, o.quiet)
			defer progress.done()
			p, err := open(&o, progress.step)
			if err != nil {
				return err
			}
			defer p.cache.close()
			progress.step("reading pages")
			site := p.build()
			p.stale(site, time.Now())
			progress.step("printing pages")
			for _, f := range site.Files() {
				_, err := f.Bytes()
				var found build.Problems
				switch {
				case err == nil, !errors.As(err, &found) && spoiled(site.Problems): // what cannot be read has been said
				case found == nil:
					return machine(err)
				}
				site.Problems = append(site.Problems, found...)
			}
			if external {
				progress.step("following links to elsewhere")
				p.external(c.Context(), site)
			}
			p.cache.commit(true)
			site.Problems = problem.Sort(site.Problems)
			progress.done()
			if asJSON {
				if err := json.NewEncoder(out).Encode(append([]problem.Problem{}, site.Problems...)); err != nil {
					return machine(err)
				}
				o.quiet, errs = true, io.Discard
			}
			if err := report(errs, site, o.strict); err != nil {
				return err
			}
			o.say(out, "%d files, nothing wrong%s", len(site.Files()), remarks(site.Problems))
			return nil
		},
	}
	o.add(c)
	c.Flags().BoolVar(&external, "external", false, "follow links to elsewhere too: one at a time for each host, remembered for a week")
	c.Flags().BoolVar(&asJSON, "json", false, "print the problems as a list in JSON")
	return c
}

// report prints the problems of a site. The error says whether they spoil it.
func report(errs io.Writer, site *build.Output, strict bool) error {
	bad := false
	for _, p := range site.Problems {
		fmt.Fprintln(errs, p)
		bad = bad || !p.Warning || strict && !p.Due
	}
	if site.Err != nil {
		return machine(site.Err)
	}
	if bad {
		return errContent
	}
	return nil
}

// spoiled reports whether problems keep a site from being published.
func spoiled(problems []problem.Problem) bool {
	return slices.ContainsFunc(problems, func(p problem.Problem) bool { return !p.Warning })
}

// reported prints the problems that an error holds.
func reported(errs io.Writer, err error) error {
	var found build.Problems
	if !errors.As(err, &found) {
		return err
	}
	for _, p := range found {
		fmt.Fprintln(errs, p)
	}
	return errContent
}

// remarks counts what did not fail.
func remarks(problems []problem.Problem) string {
	warnings, due := 0, 0
	for _, p := range problems {
		if p.Due {
			due++
		} else {
			warnings++
		}
	}
	said := ""
	switch {
	case warnings == 1:
		said = " but one warning"
	case warnings > 1:
		said = fmt.Sprintf(" but %d warnings", warnings)
	}
	if due > 0 {
		said += fmt.Sprintf("; %d past their date", due)
	}
	return said
}

// progress tells a terminal what takes longer than a second.
type progress struct {
	w     io.Writer // nil where nobody watches
	timer *time.Timer
}

func newProgress(w io.Writer, quiet bool) *progress {
	p := &progress{}
	if f, ok := w.(*os.File); ok && !quiet {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.w = w
		}
	}
	return p
}

// step says what is being done, if it is still being done after a second.
func (p *progress) step(what string) {
	if p.w == nil {
		return
	}
	p.done()
	p.timer = time.AfterFunc(time.Second, func() { fmt.Fprintf(p.w, "%s ...\n", what) })
}

func (p *progress) done() {
	if p.timer != nil {
		p.timer.Stop()
	}
}
