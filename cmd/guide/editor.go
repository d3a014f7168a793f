package main

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"whentofinetune/cmd/guide/internal/problem"
)

// editors are the addresses by which editors open a file at a place.
var editors = map[string]string{
	"vscode":    "vscode://file{path}:{line}:{column}",
	"vscodium":  "vscodium://file{path}:{line}:{column}",
	"cursor":    "cursor://file{path}:{line}:{column}",
	"windsurf":  "windsurf://file{path}:{line}:{column}",
	"zed":       "zed://file{path}:{line}:{column}",
	"jetbrains": "jetbrains://open?file={path}&line={line}&column={column}",
	"idea":      "idea://open?file={path}&line={line}&column={column}",
	"sublime":   "subl://open?url=file://{path}&line={line}&column={column}",
	"textmate":  "txmt://open?url=file://{path}&line={line}&column={column}",
	"emacs":     "emacs://open?url=file://{path}&line={line}&column={column}",
	"nvim":      "nvim://open?file={path}&line={line}&column={column}",
	"none":      "",
}

// checkEditor refuses an editor that is neither known nor an address.
func checkEditor(name string) error {
	if _, known := editors[name]; known {
		return nil
	}
	if u, err := url.Parse(strings.NewReplacer("{", "", "}", "").Replace(name)); err == nil && u.Scheme != "" && u.Scheme != "javascript" && u.Scheme != "data" && strings.Contains(name, "{path}") {
		return nil
	}
	hint := "known are " + strings.Join(slices.Sorted(maps.Keys(editors)), ", ")
	if n := problem.Nearest(name, slices.Collect(maps.Keys(editors))); n != "" {
		hint = "did you mean " + n + "?"
	}
	return fmt.Errorf("--editor %s is neither an editor nor an address with {path}, {line} and {column}; %s", name, hint)
}

// editorLink is the address that opens a file at a place, or empty. A line or column that is not known is the first.
func (o *options) editorLink(file string, line, column int) string {
	address, known := editors[o.editor]
	if !known {
		address = o.editor
	}
	escaped := (&url.URL{Path: file}).EscapedPath()
	if strings.Contains(address, "?") { // a value of a query, which slashes may stand in
		escaped = strings.NewReplacer("%2F", "/", "+", "%20").Replace(url.QueryEscape(file))
	}
	return strings.NewReplacer("{path}", escaped, "{line}", strconv.Itoa(max(line, 1)), "{column}", strconv.Itoa(max(column, 1))).Replace(address)
}
