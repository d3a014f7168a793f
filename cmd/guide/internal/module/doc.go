// Package module compiles the calculator to one WebAssembly module and asks it. It is the one home of wazero, and the one
// place that runs `go`.
//
// A Module is made once for a project and works lazily: nothing is compiled until something is asked. After that the same
// bytes answer here and in the reader's browser. Its parts, in the order in which they are needed: the source is hashed
// (Stamp), compiled (compile.go), loaded with the facts (load in run.go), asked (Ask).
//
// Not wanted here: any knowledge of what is asked. A request and its reply are text.
package module
