// Package problem is the one shape in which the builder tells an author what to mend.
//
// Whatever an author can mend is a Problem: where it is, what is wrong in one sentence, what to do. Steps collect them
// and go on; the shells print all of them in file order. What an author cannot mend (disk, port, toolchain) is an
// error, not a Problem.
package problem

// Problem is one thing to mend in one file.
type Problem struct {
	File    string `json:"file"`    // slash path from the project's root, or from the content folder's parent
	Line    int    `json:"line"`    // from 1; 0 when the whole file is meant
	Column  int    `json:"column"`  // from 1, in characters; 0 when the whole line is meant
	Text    string `json:"text"`    // what is wrong, lower case, no full stop
	Hint    string `json:"hint"`    // what to do; may be empty
	Warning bool   `json:"warning"` // does not fail a build unless it is strict
	Due     bool   `json:"due"`     // a warning that a day has come: nothing was changed, so it never fails a build
}
