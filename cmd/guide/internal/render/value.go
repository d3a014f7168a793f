package render

import (
	"reflect"
	"text/template/parse"
)

// value finds a value while a layout is printed; test finds whether something holds.
type (
	value func(e *env, dot reflect.Value) reflect.Value
	test  func(e *env, dot reflect.Value) bool
)

// single is a pipeline of one command that declares nothing.
func (c *compiler) single(p *parse.PipeNode, s scope) (value, reflect.Type, error) {
	if len(p.Cmds) != 1 || len(p.Decl) > 0 {
		return nil, nil, errUnknown
	}
	return c.command(p.Cmds[0], s)
}

// command is a value, or index of a map by a constant.
func (c *compiler) command(n *parse.CommandNode, s scope) (value, reflect.Type, error) {
	if len(n.Args) == 1 {
		return c.operand(n.Args[0], s)
	}
	if f, ok := n.Args[0].(*parse.IdentifierNode); !ok || f.Ident != "index" || len(n.Args) != 3 {
		return nil, nil, errUnknown
	}
	get, typ, err := c.operand(n.Args[1], s)
	key, constant := n.Args[2].(*parse.StringNode)
	if err != nil || !constant || typ != reflect.TypeFor[map[string]string]() {
		return nil, nil, errUnknown
	}
	name, none := reflect.ValueOf(key.Text), reflect.ValueOf("")
	return func(e *env, dot reflect.Value) reflect.Value {
		if v := get(e, dot).MapIndex(name); v.IsValid() {
			return v
		}
		return none
	}, typ.Elem(), nil
}

// operand is dot, a variable, or a chain of fields of one.
func (c *compiler) operand(n parse.Node, s scope) (value, reflect.Type, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		if s.dot == nil {
			return nil, nil, errUnknown
		}
		return func(_ *env, dot reflect.Value) reflect.Value { return dot }, s.dot, nil
	case *parse.FieldNode:
		return fields(func(_ *env, dot reflect.Value) reflect.Value { return dot }, s.dot, n.Ident)
	case *parse.VariableNode:
		for slot := len(s.vars) - 1; slot >= 0; slot-- {
			if s.vars[slot].name == n.Ident[0] {
				return fields(func(e *env, _ reflect.Value) reflect.Value { return e.vars[slot] }, s.vars[slot].typ, n.Ident[1:])
			}
		}
	case *parse.PipeNode:
		return c.single(n, s)
	}
	return nil, nil, errUnknown
}

// fields follows a chain of fields. A nil pointer on the way panics, and the page is printed by the template package, which
// says so.
func fields(get value, typ reflect.Type, chain []string) (value, reflect.Type, error) {
	if typ == nil {
		return nil, nil, errUnknown
	}
	for _, name := range chain {
		from, pointer := get, typ.Kind() == reflect.Pointer
		if pointer {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct {
			return nil, nil, errUnknown
		}
		f, ok := typ.FieldByName(name)
		if !ok || len(f.Index) != 1 || !f.IsExported() {
			return nil, nil, errUnknown
		}
		at := f.Index[0]
		get = func(e *env, dot reflect.Value) reflect.Value {
			v := from(e, dot)
			if pointer {
				v = v.Elem()
			}
			return v.Field(at)
		}
		typ = f.Type
	}
	return get, typ, nil
}

// condition is what stands after if: a value, or values joined by and, or, not, eq and ne.
func (c *compiler) condition(n parse.Node, s scope) (test, error) {
	switch n := n.(type) {
	case *parse.PipeNode:
		if len(n.Cmds) != 1 || len(n.Decl) > 0 {
			return nil, errUnknown
		}
		return c.condition(n.Cmds[0], s)
	case *parse.CommandNode:
		if f, ok := n.Args[0].(*parse.IdentifierNode); ok && f.Ident != "index" {
			return c.connective(f.Ident, n.Args[1:], s)
		}
		get, typ, err := c.command(n, s)
		if err != nil {
			return nil, err
		}
		return truthOf(get, typ)
	}
	get, typ, err := c.operand(n, s)
	if err != nil {
		return nil, err
	}
	return truthOf(get, typ)
}

func (c *compiler) connective(word string, args []parse.Node, s scope) (test, error) {
	switch word {
	case "eq", "ne":
		if len(args) != 2 {
			return nil, errUnknown
		}
		same, err := c.equal(args[0], args[1], s)
		if err != nil || word == "eq" {
			return same, err
		}
		return func(e *env, dot reflect.Value) bool { return !same(e, dot) }, nil
	case "and", "or", "not":
	default:
		return nil, errUnknown
	}
	parts := make([]test, len(args))
	for i, a := range args {
		var err error
		if parts[i], err = c.condition(a, s); err != nil {
			return nil, err
		}
	}
	if word == "not" {
		if len(parts) != 1 {
			return nil, errUnknown
		}
		return func(e *env, dot reflect.Value) bool { return !parts[0](e, dot) }, nil
	}
	ends := word == "or" // the first part that is so decides
	return func(e *env, dot reflect.Value) bool {
		for _, p := range parts {
			if p(e, dot) == ends {
				return ends
			}
		}
		return !ends
	}, nil
}

// equal compares a text or whole number with a constant.
func (c *compiler) equal(a, b parse.Node, s scope) (test, error) {
	get, typ, err := c.operand(a, s)
	if err != nil {
		return nil, err
	}
	switch b := b.(type) {
	case *parse.StringNode:
		if typ == reflect.TypeFor[string]() {
			return func(e *env, dot reflect.Value) bool { return get(e, dot).String() == b.Text }, nil
		}
	case *parse.NumberNode:
		if typ == reflect.TypeFor[int]() && b.IsInt {
			return func(e *env, dot reflect.Value) bool { return get(e, dot).Int() == b.Int64 }, nil
		}
	}
	return nil, errUnknown
}

func truthOf(get value, typ reflect.Type) (test, error) {
	holds, err := truth(typ)
	if err != nil {
		return nil, err
	}
	return func(e *env, dot reflect.Value) bool { return holds(get(e, dot)) }, nil
}

// truth is how values of a type count as true.
func truth(typ reflect.Type) (func(reflect.Value) bool, error) {
	switch typ.Kind() {
	case reflect.Bool:
		return reflect.Value.Bool, nil
	case reflect.String, reflect.Slice, reflect.Map:
		return func(v reflect.Value) bool { return v.Len() > 0 }, nil
	case reflect.Int:
		return func(v reflect.Value) bool { return v.Int() != 0 }, nil
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }, nil
	}
	return nil, errUnknown
}
