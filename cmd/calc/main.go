// Calc is the calculator in a terminal. It reads answers from a file of JSON, from standard input or from flags, and
// prints the report that the page shows for the same answers, to the printed digit.
//
//	calc --set monthly_calls=100M --set saving_per_call=0.001
//	calc answers.json --json
//	calc batch many.csv > many-answered.csv
//
// It exits with 0 where every answer could be read, 1 where one could not (the report is printed all the same, with the
// complaint in it and on standard error), and 2 where the command itself was wrong.
package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"whentofinetune/calculator"
	"whentofinetune/calculator/fact"
	"whentofinetune/calculator/facts"
	"whentofinetune/calculator/view"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// errComplaints says that the answer was printed but that some inputs could not be read.
var errComplaints = errors.New("some answers could not be read")

// run is the whole command; it returns the exit code.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	root := command(in, out)
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.Execute()
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errComplaints):
		return 1
	}
	fmt.Fprintf(errs, "calc: %v\n", err)
	return 2
}

// options are the flags that all commands share.
type options struct {
	set   []string
	facts string
}

func command(in io.Reader, out io.Writer) *cobra.Command {
	var o options
	forms := map[string]*bool{}
	root := &cobra.Command{
		Use:   "calc [FILE|-]",
		Short: "Decide whether to fine-tune, and what it is worth",
		Long: `Decide whether to fine-tune, and what it is worth.

FILE is one flat JSON object of inputs, - reads it from standard input. --set wins over the file.
Numbers are written as people write them: 12, 100M, 1,500, 5%, $0.0005, 8..12..20 (low..likely..high) or unknown.
calc --schema lists every input, and the rows of the tables that it may name.
In the paths of --csv a part of a list goes by its name, a month by its number from 1 (payback.by_month.1), and what has
neither is counted from 0 (verdict.flips.0).

Exit status: 0 all answers read, 1 some could not be read (the report is printed all the same), 2 wrong use. What could not
be read is also said on standard error, a line each, wherever the report is not text on a terminal.`,
		Example: `  calc --set monthly_calls=100M --set saving_per_call=0.001
  calc answers.json --json
  calc --set scenario=brand-tone --memo > memo.md`,
		Args:          oneFile,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(c *cobra.Command, args []string) error {
			form, err := form(forms)
			if err != nil {
				return err
			}
			return answer(out, c.ErrOrStderr(), in, args, &o, form)
		},
	}
	root.PersistentFlags().StringVar(&o.facts, "facts", "", "read the tables in `DIR` in place of those built in; it may hold prices.txt alone")
	root.Flags().StringArrayVar(&o.set, "set", nil, "give one answer, `name=value`; may be repeated")
	for _, f := range formFlags {
		forms[f.name] = root.Flags().Bool(f.name, false, f.help)
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(wrongFlag)
	root.SetHelpCommand(helpCommand(root))
	root.AddCommand(batchCommand(in, out, &o), validateCommand(out, &o))
	return root
}

// formFlags ask for another form than text.
var formFlags = [...]struct{ name, help string }{
	{"json", "print the report as JSON"},
	{"memo", "print the report as a Markdown memo"},
	{"csv", "print every number of the report as CSV"},
	{"schema", "print what may be answered, as JSON Schema, and stop"},
}

// form is the view that the flags ask for.
func form(flags map[string]*bool) (string, error) {
	var asked []string
	for _, f := range formFlags {
		if *flags[f.name] {
			asked = append(asked, f.name)
		}
	}
	switch len(asked) {
	case 0:
		return "text", nil
	case 1:
		return asked[0], nil
	}
	return "", fmt.Errorf("--%s cannot go together; choose one", strings.Join(asked, " and --"))
}

// answer prints one report.
func answer(out, errs io.Writer, in io.Reader, args []string, o *options, form string) error {
	tables, err := o.tables()
	if err != nil {
		return err
	}
	pairs := []calculator.Pair{}
	if len(args) == 1 {
		if pairs, err = readFile(args[0], in); err != nil {
			return err
		}
	}
	for _, s := range o.set {
		pair, err := parseSet(s)
		if err != nil {
			return err
		}
		pairs = append(pairs, pair)
	}
	session := view.NewSession(tables, nil)
	status, body := session.Print(form, pairs)
	if _, err := out.Write(body); err != nil {
		return err
	}
	if status != "ok" {
		return errComplaints
	}
	if form == "schema" || len(session.Report().Complaints) == 0 {
		return nil
	}
	if form != "text" || !terminal(out) { // there the text begins with them
		for _, c := range session.Report().Complaints {
			fmt.Fprintf(errs, "calc: %s\n", oneLine(view.Complained(tables, c)))
		}
	}
	return errComplaints
}

// oneLine keeps what an answer quotes from ending the line, or from telling a terminal to do something.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// tables reads the facts: those of a folder, and for the tables that it lacks those built in.
func (o *options) tables() (*fact.Tables, error) {
	files, err := tablesOf(facts.FS)
	if err != nil {
		return nil, err
	}
	if o.facts != "" {
		own, err := tablesOf(os.DirFS(o.facts))
		if err != nil || len(own) == 0 {
			return nil, fmt.Errorf("--facts %s: no table there; name the folder that holds prices.txt", o.facts)
		}
		files = slices.DeleteFunc(files, func(f fact.File) bool {
			return slices.ContainsFunc(own, func(g fact.File) bool { return g.Name == f.Name })
		})
		files = append(files, own...)
	}
	tables, problems := fact.Read(files)
	if len(problems) == 0 {
		return tables, nil
	}
	errs := make([]error, len(problems))
	for i, p := range problems {
		errs[i] = fmt.Errorf("%s:%d:%d: %s; %s", p.File, p.Line, p.Column, p.Text, p.Hint)
	}
	return nil, errors.Join(errs...)
}

// tablesOf reads every table of a folder.
func tablesOf(folder fs.FS) ([]fact.File, error) {
	names, err := fs.Glob(folder, "*.txt")
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	files := make([]fact.File, len(names))
	for i, name := range names {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, fmt.Errorf("read facts: %w", err)
		}
		files[i] = fact.File{Name: name, Text: string(text)}
	}
	return files, nil
}
