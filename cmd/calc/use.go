package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"whentofinetune/calculator"
)

// aFile says what a file of answers is, wherever something else was handed in.
const aFile = `a file of answers is one JSON object, such as {"monthly_calls": "3M"}`

// oneFile takes one file of answers at most. A word that names no file was likely meant to be a command.
func oneFile(root *cobra.Command, args []string) error {
	if len(args) == 0 || len(args) == 1 && args[0] == "-" {
		return nil
	}
	if _, err := os.Stat(args[0]); errors.Is(err, fs.ErrNotExist) {
		if near := calculator.Nearest(args[0], commandNames(root)); near != "" {
			return fmt.Errorf("there is no command and no file %s; did you mean calc %s? %s", args[0], near, sentence(aFile))
		}
		return fmt.Errorf("there is no file %s; %s; see calc --help for what else there is", args[0], aFile)
	}
	if len(args) > 1 {
		return fmt.Errorf("one file of answers at most, here are %d; calc batch many.csv answers many rows", len(args))
	}
	return nil
}

// sentence begins s with a capital.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func commandNames(root *cobra.Command) []string {
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	return names
}

// helpCommand says more about a command; one that there is none of is wrong use.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Say more about a command",
		RunE: func(_ *cobra.Command, args []string) error {
			about := root
			if len(args) > 0 {
				at := slices.IndexFunc(root.Commands(), func(c *cobra.Command) bool { return c.Name() == args[0] })
				if at < 0 {
					return fmt.Errorf("there is no command %s; %s", args[0], nearest(args[0], commandNames(root), "see calc help"))
				}
				about = root.Commands()[at]
			}
			return about.Help()
		},
	}
}

// wrongFlag says what a flag that cannot be read was likely meant to be.
func wrongFlag(c *cobra.Command, err error) error {
	known := slices.DeleteFunc(strings.Fields(c.Flags().FlagUsages()), func(word string) bool { return !strings.HasPrefix(word, "--") })
	_, name, _ := strings.Cut(err.Error(), "unknown flag: ")
	return fmt.Errorf("%w; %s", err, nearest(name, known, "see "+c.CommandPath()+" --help"))
}

// nearest asks whether the nearest of some words was meant, or says something else where none is near.
func nearest(word string, known []string, otherwise string) string {
	if near := calculator.Nearest(word, known); near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}
