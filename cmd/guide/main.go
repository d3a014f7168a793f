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
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"whentofinetune/cmd/guide/internal/problem"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
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
		Args:          knownCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(wrongFlag)
	root.SetHelpCommand(&cobra.Command{Use: "help [COMMAND]", Short: "Say more about a command", Args: func(_ *cobra.Command, args []string) error { return knownCommand(root, args) },
		RunE: func(_ *cobra.Command, args []string) error {
			about, _, err := root.Find(args)
			if err != nil {
				return err
			}
			return about.Help()
		}})
	root.AddCommand(buildCommand(out, errs), serveCommand(out, errs), checkCommand(out, errs), newCommand(out), initCommand(out), schemaCommand(out), versionCommand(out))
	return root
}

// knownCommand refuses a word that is no command, with the nearest that is.
func knownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var known []string
	for _, c := range root.Commands() {
		known = append(known, c.Name())
	}
	if slices.Contains(known, args[0]) {
		return nil
	}
	return fmt.Errorf("there is no command %s; %s", args[0], nearest(args[0], known, "see guide help"))
}

// wrongFlag says what a flag that cannot be read was likely meant to be.
func wrongFlag(c *cobra.Command, err error) error {
	known := slices.DeleteFunc(strings.Fields(c.Flags().FlagUsages()), func(word string) bool { return !strings.HasPrefix(word, "--") })
	name := ""
	if _, flag, unknown := strings.Cut(err.Error(), "unknown flag: "); unknown {
		name = flag
	}
	return fmt.Errorf("%w; %s", err, nearest(name, known, "see "+c.CommandPath()+" --help"))
}

// nearest asks whether the nearest of some words was meant, or says something else where none is near.
func nearest(word string, known []string, otherwise string) string {
	if near := problem.Nearest(word, known); near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}

// one takes exactly one argument.
func one(what, example string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return fmt.Errorf("%s takes one %s; write %s", c.CommandPath(), what, example)
		}
		return nil
	}
}
