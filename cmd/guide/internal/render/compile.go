package render

import (
	"errors"
	"html/template"
	"io"
	"reflect"
	"strconv"
	"text/template/parse"
)

// The template package looks every field up by name, at each page anew, and calls functions by reflection: a fifth of a
// build. compile turns a layout, after that package has parsed it and put in what escapes, into functions that know where
// each field stands. What escapes is still that package's own (escape.go). Whatever compile does not know, and whatever
// goes wrong, is left to that package too, so that a layout means the same and its problems are told in the same words.

// step prints a part of a layout.
type step func(e *env, dot reflect.Value)

// env is one printing.
type env struct {
	out  []byte
	vars []reflect.Value
}

// errUnknown says that a layout uses something that is not compiled.
var errUnknown = errors.New("not compiled")

// compiler turns templates of one set into steps.
type compiler struct {
	set     *template.Template
	escapes map[string]*escape
	done    map[call]*compiled
}

// call is a template with the type of what it is given.
type call struct {
	name string
	dot  reflect.Type
}

// compiled is a template as a step, which is known only later where a template calls itself.
type compiled struct{ run step }

// scope is what a part of a template sees: types of dot and of variables.
type scope struct {
	dot  reflect.Type
	vars []variable // innermost last; a variable's slot is its index
	max  *int       // most variables at once
}

type variable struct {
	name string
	typ  reflect.Type
}

// compile returns a layout as a step, or nil where it uses what is not known.
func (c *compiler) compile(layout string) step {
	t := c.set.Lookup(layout)
	if t == nil {
		return nil
	}
	t.Execute(io.Discard, &Frame{}) // puts in what escapes; what is wrong is told when a page is printed
	run, err := c.template(layout, reflect.TypeFor[*Frame]())
	if err != nil {
		return nil
	}
	return run.run
}

func (c *compiler) template(name string, dot reflect.Type) (*compiled, error) {
	key := call{name, dot}
	if have := c.done[key]; have != nil {
		return have, nil
	}
	t := c.set.Lookup(name)
	if t == nil || t.Tree == nil || t.Tree.Root == nil {
		return nil, errUnknown
	}
	made := &compiled{}
	c.done[key] = made
	most := 1
	body, err := c.list(t.Tree.Root, scope{dot, []variable{{"$", dot}}, &most})
	if err != nil {
		return nil, err
	}
	made.run = func(e *env, dot reflect.Value) {
		outer := e.vars
		e.vars = make([]reflect.Value, most)
		e.vars[0] = dot
		body(e, dot)
		e.vars = outer
	}
	return made, nil
}

func (c *compiler) list(l *parse.ListNode, s scope) (step, error) {
	if l == nil {
		return nil, nil
	}
	var steps []step
	for _, n := range l.Nodes {
		run, err := c.node(n, s)
		if err != nil {
			return nil, err
		}
		if run != nil {
			steps = append(steps, run)
		}
	}
	return func(e *env, dot reflect.Value) {
		for _, run := range steps {
			run(e, dot)
		}
	}, nil
}

func (c *compiler) node(n parse.Node, s scope) (step, error) {
	switch n := n.(type) {
	case *parse.TextNode:
		text := string(n.Text)
		return func(e *env, _ reflect.Value) { e.out = append(e.out, text...) }, nil
	case *parse.CommentNode:
		return nil, nil
	case *parse.ActionNode:
		return c.action(n.Pipe, s)
	case *parse.IfNode:
		return c.branch(n.Pipe, n.List, n.ElseList, s)
	case *parse.WithNode:
		return c.with(n, s)
	case *parse.RangeNode:
		return c.rangeOver(n, s)
	case *parse.TemplateNode:
		return c.callTemplate(n, s)
	}
	return nil, errUnknown
}

// action prints a value, by way of what escapes it.
func (c *compiler) action(p *parse.PipeNode, s scope) (step, error) {
	if len(p.Decl) > 0 || len(p.Cmds) < 2 {
		return nil, errUnknown
	}
	get, typ, err := c.command(p.Cmds[0], s)
	if err != nil {
		return nil, err
	}
	esc, err := c.escape(p.Cmds[1:])
	if err != nil {
		return nil, err
	}
	switch {
	case typ == reflect.TypeFor[string]():
		return func(e *env, dot reflect.Value) { e.out = esc.append(e.out, get(e, dot).String()) }, nil
	case typ == reflect.TypeFor[template.HTML]() && esc.keepsHTML:
		return func(e *env, dot reflect.Value) { e.out = append(e.out, get(e, dot).String()...) }, nil
	case typ == reflect.TypeFor[int]():
		return func(e *env, dot reflect.Value) { e.out = esc.append(e.out, strconv.FormatInt(get(e, dot).Int(), 10)) }, nil
	}
	return nil, errUnknown
}

func (c *compiler) branch(p *parse.PipeNode, then, otherwise *parse.ListNode, s scope) (step, error) {
	holds, err := c.condition(p, s)
	if err != nil {
		return nil, err
	}
	yes, err := c.list(then, s)
	if err != nil {
		return nil, err
	}
	no, err := c.list(otherwise, s)
	if err != nil {
		return nil, err
	}
	return func(e *env, dot reflect.Value) {
		if holds(e, dot) {
			yes(e, dot)
		} else if no != nil {
			no(e, dot)
		}
	}, nil
}

func (c *compiler) with(n *parse.WithNode, s scope) (step, error) {
	get, typ, err := c.single(n.Pipe, s)
	if err != nil {
		return nil, err
	}
	holds, err := truth(typ)
	if err != nil {
		return nil, err
	}
	inner := s
	inner.dot = typ
	yes, err := c.list(n.List, inner)
	if err != nil {
		return nil, err
	}
	no, err := c.list(n.ElseList, s)
	if err != nil {
		return nil, err
	}
	return func(e *env, dot reflect.Value) {
		if v := get(e, dot); holds(v) {
			yes(e, v)
		} else if no != nil {
			no(e, dot)
		}
	}, nil
}

func (c *compiler) rangeOver(n *parse.RangeNode, s scope) (step, error) {
	decl := n.Pipe.Decl
	pipe := *n.Pipe
	pipe.Decl = nil
	get, typ, err := c.single(&pipe, s)
	if err != nil || typ.Kind() != reflect.Slice || n.Pipe.IsAssign || len(decl) > 2 {
		return nil, errUnknown
	}
	inner := s
	inner.dot = typ.Elem()
	inner.vars = s.vars[:len(s.vars):len(s.vars)]
	if len(decl) == 2 {
		inner.vars = append(inner.vars, variable{decl[0].Ident[0], reflect.TypeFor[int]()})
	}
	if len(decl) > 0 {
		inner.vars = append(inner.vars, variable{decl[len(decl)-1].Ident[0], typ.Elem()})
	}
	*s.max = max(*s.max, len(inner.vars))
	body, err := c.list(n.List, inner)
	if err != nil {
		return nil, err
	}
	none, err := c.list(n.ElseList, s)
	if err != nil {
		return nil, err
	}
	first := len(s.vars)
	return func(e *env, dot reflect.Value) {
		list := get(e, dot)
		for i := range list.Len() {
			item := list.Index(i)
			if len(decl) == 2 {
				e.vars[first] = reflect.ValueOf(i)
			}
			if len(decl) > 0 {
				e.vars[first+len(decl)-1] = item
			}
			body(e, item)
		}
		if list.Len() == 0 && none != nil {
			none(e, dot)
		}
	}, nil
}

func (c *compiler) callTemplate(n *parse.TemplateNode, s scope) (step, error) {
	if n.Pipe == nil {
		to, err := c.template(n.Name, nil)
		if err != nil {
			return nil, err
		}
		return func(e *env, _ reflect.Value) { to.run(e, reflect.Value{}) }, nil
	}
	get, typ, err := c.single(n.Pipe, s)
	if err != nil {
		return nil, err
	}
	to, err := c.template(n.Name, typ)
	if err != nil {
		return nil, err
	}
	return func(e *env, dot reflect.Value) { to.run(e, get(e, dot)) }, nil
}
