package page

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"whentofinetune/cmd/guide/internal/problem"
)

// ReadYAML reads one document of plain YAML: no aliases, anchors or tags, no tabs for indentation, bounded in size and
// depth. It returns nil, nil for an empty one. Lines in a problem count from the block's first.
func ReadYAML(block []byte) (*yaml.Node, *problem.Problem) {
	if len(block) > frontBytes {
		return nil, &problem.Problem{Line: 1, Text: "longer than " + size(frontBytes), Hint: "move text below it"}
	}
	if at := invalidUTF8(block); at >= 0 {
		line, column := position(block, at)
		return nil, &problem.Problem{Line: line, Column: column, Text: "not UTF-8: byte " + hex(block[at]), Hint: "save the file as UTF-8"}
	}
	line := 0
	for l := range bytes.Lines(block) {
		line++
		trimmed := bytes.TrimLeft(l, " ")
		if len(trimmed) > 0 && trimmed[0] == '\t' && len(bytes.TrimSpace(trimmed)) > 0 {
			return nil, &problem.Problem{Line: line, Column: len(l) - len(trimmed) + 1, Text: "tab used to indent", Hint: "use spaces"}
		}
		if depth := flowDepth(l); depth > frontDepth {
			return nil, &problem.Problem{Line: line, Column: 1, Text: "nested too deeply", Hint: "write it flat"}
		}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(block, &doc); err != nil {
		p := yamlProblem(err)
		p.Line = min(p.Line, max(line, 1)) // what is missing at the end would stand on the line after
		return nil, p
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	root := doc.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil, nil
	}
	if p := plain(root, 0); p != nil {
		return nil, p
	}
	return root, nil
}

func flowDepth(line []byte) int {
	return bytes.Count(line, []byte("[")) + bytes.Count(line, []byte("{"))
}

// plain refuses what an author never needs and an attacker does. What a reader could not see it replaces.
func plain(n *yaml.Node, depth int) *problem.Problem {
	switch {
	case n.Kind == yaml.AliasNode:
		return &problem.Problem{Line: n.Line, Column: n.Column, Text: "anchors and aliases are not allowed", Hint: "write the value out"}
	case n.Anchor != "":
		return &problem.Problem{Line: n.Line, Column: n.Column, Text: "anchors and aliases are not allowed", Hint: "drop &" + n.Anchor}
	case n.Style&yaml.TaggedStyle != 0:
		return &problem.Problem{Line: n.Line, Column: n.Column, Text: "tags are not allowed", Hint: "drop " + n.Tag}
	case depth > frontDepth:
		return &problem.Problem{Line: n.Line, Column: n.Column, Text: "nested too deeply", Hint: "write it flat"}
	}
	n.Value = strings.Map(visible, n.Value)
	for _, child := range n.Content {
		if p := plain(child, depth+1); p != nil {
			return p
		}
	}
	return nil
}

// yamlProblem takes line and text out of the library's message ("yaml: line 4: did not find expected key").
func yamlProblem(err error) *problem.Problem {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	var typed *yaml.TypeError
	if errors.As(err, &typed) && len(typed.Errors) > 0 {
		text = typed.Errors[0]
	}
	p := &problem.Problem{Line: 1, Column: 1, Text: text, Hint: "write name: value, with quotes around what holds a colon or begins with a sign"}
	if rest, found := strings.CutPrefix(text, "line "); found {
		number, message, _ := strings.Cut(rest, ":")
		if n, err := strconv.Atoi(number); err == nil {
			p.Line, p.Text = n, strings.TrimSpace(message)
			if strings.HasPrefix(p.Text, "did not find") { // the library counts these lines from 0
				p.Line++
			}
		}
	}
	return p
}
