// Guide builds a static site from a folder of markdown, with a calculator in its pages.
//
//	guide serve     serve the site while it is edited
//	guide build     write the site to a folder
//	guide check     name what is wrong
//	guide new PATH  start a page
//	guide init DIR  start a site
//
// This package is the shell around package build: disk, clock, ports and processes are here and nowhere below, but for
// package module, which runs the Go compiler.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// The exit codes of every command.
const (
	exitGood    = 0
	exitContent = 1 // problems in the content
	exitUse     = 2 // wrong use
	exitMachine = 3 // the machine failed: disk, port, toolchain
)

// errContent says that there are problems in the content, which have been printed.
var errContent = errors.New("problems in the content")

// machineError is a failure that nothing in the content can mend.
type machineError struct{ err error }

func (e machineError) Error() string { return e.err.Error() }
func (e machineError) Unwrap() error { return e.err }

// machine marks an error as the machine's; nil stays nil.
func machine(err error) error {
	if err == nil {
		return nil
	}
	return machineError{err}
}

// run is the whole command; it returns the exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	root := commands(out, errs)
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	var failed machineError
	switch {
	case err == nil:
		return exitGood
	case errors.Is(err, errContent):
		return exitContent
	case errors.As(err, &failed):
		fmt.Fprintf(errs, "guide: %v\n", err)
		return exitMachine
	}
	fmt.Fprintf(errs, "guide: %v\n", err)
	return exitUse
}

func commands(out, errs io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use:   "guide",
		Short: "Build a static site from markdown, with a calculator in its pages",
		Long: `Build a static site from markdown, with a calculator in its pages.

Exit status: 0 good, 1 problems in the content, 2 wrong use, 3 the machine failed (disk, port, toolchain).`,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SuggestionsMinimumDistance = 2
	root.AddCommand(buildCommand(out, errs), serveCommand(out, errs), checkCommand(out, errs), newCommand(out), initCommand(out), schemaCommand(out), versionCommand(out))
	return root
}
