// Package facts holds the tables. Only commands and tests take them from here: the module is handed them.
package facts

import "embed"

// FS is this folder as it was when the command was compiled.
//
//go:embed *.txt
var FS embed.FS
