package math

import (
	"fmt"
	"html"
	"strings"

	"codeberg.org/go-latex/latex/ast"
)

// printer writes MathML Core elements, and the same as plain text. The first thing that it does not understand stands in err.
type printer struct {
	out, plain strings.Builder
	err        error
}

func (p *printer) element(name, text string) {
	p.plain.WriteString(text)
	p.out.WriteString("<" + name + ">" + html.EscapeString(text) + "</" + name + ">")
}

// inside writes an element around what body writes.
func (p *printer) inside(name string, body func()) {
	p.out.WriteString("<" + name + ">")
	body()
	p.out.WriteString("</" + name[:len(name)-len(strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyz"))] + ">")
}

// row writes nodes one after the other, each with the scripts that follow it.
func (p *printer) row(list ast.List) {
	list = single(list)
	for i := 0; i < len(list); {
		var sub, sup ast.Node
		next := i + 1
		for ; next < len(list); next++ {
			switch script := list[next].(type) {
			case *ast.Sub:
				if sub != nil {
					p.fail("of two _ on one sign one would be lost")
				}
				sub = script.Node
				continue
			case *ast.Sup:
				if sup != nil {
					p.fail("of two ^ on one sign one would be lost")
				}
				sup = script.Node
				continue
			}
			break
		}
		p.scripted(list[i], sub, sup)
		i = next
	}
}

// single splits runs of letters into letters, each a variable of its own, and puts the digits that follow the first
// one of an unbraced script behind it, as TeX reads them.
func single(list ast.List) ast.List {
	var out ast.List
	for _, node := range list {
		switch n := node.(type) {
		case *ast.Word:
			for _, letter := range n.Text {
				out = append(out, &ast.Word{Text: string(letter)})
			}
		case *ast.Sub:
			first, rest := split(n.Node)
			out = append(append(out, &ast.Sub{Node: first}), rest...)
		case *ast.Sup:
			first, rest := split(n.Node)
			out = append(append(out, &ast.Sup{Node: first}), rest...)
		default:
			out = append(out, node)
		}
	}
	return out
}

func split(node ast.Node) (first ast.Node, rest ast.List) {
	switch n := node.(type) {
	case *ast.Literal:
		if len(n.Text) > 1 {
			return &ast.Literal{Text: n.Text[:1]}, ast.List{&ast.Literal{Text: n.Text[1:]}}
		}
	case *ast.Word:
		if letters := []rune(n.Text); len(letters) > 1 {
			return &ast.Word{Text: string(letters[:1])}, single(ast.List{&ast.Word{Text: string(letters[1:])}})
		}
	}
	return node, nil
}

// scripted writes a node with its sub- and superscript, above and below it where the node is a sum or a limit.
func (p *printer) scripted(base, sub, sup ast.Node) {
	kind := [...]string{"msub", "msup", "msubsup"}
	if m, ok := base.(*ast.Macro); ok && above[strings.TrimPrefix(m.Name.Name, `\`)] {
		kind = [...]string{"munder", "mover", "munderover"}
	}
	switch {
	case sub == nil && sup == nil:
		p.node(base)
	case sup == nil:
		p.inside(kind[0], func() { p.group(base); p.part("_", sub) })
	case sub == nil:
		p.inside(kind[1], func() { p.group(base); p.part("^", sup) })
	default:
		p.inside(kind[2], func() { p.group(base); p.part("_", sub); p.part("^", sup) })
	}
}

// part writes a group that plain text has after a sign, in parentheses where it is more than one thing.
func (p *printer) part(sign string, node ast.Node) {
	p.plain.WriteString(sign)
	list, _ := node.(ast.List)
	things := 0
	for _, n := range single(list) {
		switch n.(type) {
		case *ast.Sub, *ast.Sup:
		default:
			things++
		}
	}
	several := things > 1
	if several {
		p.plain.WriteByte('(')
	}
	p.group(node)
	if several {
		p.plain.WriteByte(')')
	}
}

// group writes a node as exactly one element.
func (p *printer) group(node ast.Node) {
	if list, ok := node.(ast.List); ok {
		p.inside("mrow", func() { p.row(list) })
		return
	}
	p.node(node)
}

func (p *printer) node(node ast.Node) {
	switch n := node.(type) {
	case ast.List:
		p.group(n)
	case *ast.Word:
		p.element("mi", n.Text)
	case *ast.Literal:
		p.element("mn", n.Text)
	case *ast.Symbol:
		p.symbol(n.Text)
	case *ast.Macro:
		p.macro(n)
	default:
		p.fail("a script has nothing before it")
	}
}

func (p *printer) symbol(text string) {
	switch text {
	case "-":
		text = "\u2212"
	case "*":
		text = "\u2217"
	case "'":
		text = "\u2032"
	}
	p.element("mo", text)
}

func (p *printer) macro(m *ast.Macro) {
	name := strings.TrimPrefix(m.Name.Name, `\`)
	if text, ok := letters[name]; ok {
		p.element("mi", text)
	} else if text, ok := operators[name]; ok {
		p.element("mo", text)
	} else if width, ok := spaces[name]; ok {
		p.out.WriteString(`<mspace width="` + width + `"></mspace>`)
	} else if functions[name] {
		p.element("mi", name)
	} else if !p.built(name, arguments(m)) {
		p.fail(`\` + name + " is not known")
	}
}

func (p *printer) fail(what string) {
	if p.err == nil {
		p.err = fmt.Errorf("the formula cannot be shown: %s", what)
	}
}

// arguments returns what stands in each pair of braces or brackets after a macro.
func arguments(m *ast.Macro) []ast.List {
	var out []ast.List
	for _, node := range m.Args {
		switch arg := node.(type) {
		case *ast.Arg:
			out = append(out, arg.List)
		case *ast.OptArg:
			out = append(out, arg.List)
		}
	}
	return out
}

// words joins an argument into running text; only letters, digits, signs and spaces may stand in it.
func (p *printer) words(list ast.List) string {
	var out strings.Builder
	for _, node := range list {
		switch n := node.(type) {
		case *ast.Word:
			out.WriteString(n.Text)
		case *ast.Literal:
			out.WriteString(n.Text)
		case *ast.Symbol:
			out.WriteString(n.Text)
		case *ast.Macro:
			if _, ok := spaces[strings.TrimPrefix(n.Name.Name, `\`)]; ok {
				out.WriteByte(' ')
				continue
			}
			p.fail(n.Name.Name + " cannot stand among words")
		default:
			p.fail("a formula cannot stand among words")
		}
	}
	return out.String()
}
