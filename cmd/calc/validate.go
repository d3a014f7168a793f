package main

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"whentofinetune/calculator/validate"
)

// validateCommand holds the cost model against the published runs.
func validateCommand(out io.Writer, o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "validate",
		Short: "Hold the cost model against published runs",
		Long: `Hold the cost model against published runs: predicted beside measured GPU-hours, memory and requests a second, for every row
of the table runs.txt. Each class of run is predicted by the default that the calculator uses; no row has a constant of its own.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return errors.New("validate takes no file; it reads the table runs.txt, or that of --facts DIR")
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error {
			tables, err := o.tables()
			if err != nil {
				return err
			}
			if len(tables.Runs) == 0 {
				return errors.New("there is no table runs.txt; put the published runs beside the other tables")
			}
			_, err = out.Write(validate.Text(validate.Check(tables)))
			return err
		},
	}
}
