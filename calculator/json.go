package calculator

import "unicode/utf8"

// JSON writes the report as one JSON object: the names, the order and the rounding that the contract promises, two
// spaces a level, equal bytes for equal reports on every machine.
func (r *Report) JSON() []byte {
	w := &jsonWriter{out: make([]byte, 0, 16<<10)}
	w.out = append(w.out, '{')
	w.levels = append(w.levels, level{})
	r.walk(w)
	w.shut(false)
	return append(w.out, '\n')
}

// jsonWriter is the visitor that writes JSON.
type jsonWriter struct {
	out    []byte
	levels []level
}

type level struct{ list, some bool }

// key begins a member or an element.
func (w *jsonWriter) key(name string) {
	top := &w.levels[len(w.levels)-1]
	if top.some {
		w.out = append(w.out, ',')
	}
	top.some = true
	w.newline()
	if !top.list {
		w.out = quote(w.out, name)
		w.out = append(w.out, ':', ' ')
	}
}

func (w *jsonWriter) newline() {
	w.out = append(w.out, '\n')
	for range w.levels {
		w.out = append(w.out, ' ', ' ')
	}
}

func (w *jsonWriter) open(name string, list bool) {
	w.key(name)
	if list {
		w.out = append(w.out, '[')
	} else {
		w.out = append(w.out, '{')
	}
	w.levels = append(w.levels, level{list: list})
}

func (w *jsonWriter) shut(list bool) {
	top := w.levels[len(w.levels)-1]
	w.levels = w.levels[:len(w.levels)-1]
	if top.some {
		w.newline()
	}
	if list {
		w.out = append(w.out, ']')
	} else {
		w.out = append(w.out, '}')
	}
}

func (w *jsonWriter) number(name string, measure Measure, m Maybe) {
	w.key(name)
	w.out = append(w.out, m.digits(measure)...)
}

func (w *jsonWriter) text(name, s string) {
	w.key(name)
	w.out = quote(w.out, s)
}

func (w *jsonWriter) flag(name string, yes bool) {
	w.key(name)
	if yes {
		w.out = append(w.out, "true"...)
	} else {
		w.out = append(w.out, "false"...)
	}
}

// quote appends s as a JSON string. Bytes that are no UTF-8 become the replacement character, and < > & are escaped so
// that the text may stand in a script.
func quote(out []byte, s string) []byte {
	const hex = "0123456789abcdef"
	out = append(out, '"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			out = append(out, '\\', byte(c))
		case c == '\n':
			out = append(out, '\\', 'n')
		case c == '\t':
			out = append(out, '\\', 't')
		case c < ' ' || c == 0x7f || c == '<' || c == '>' || c == '&':
			out = append(out, '\\', 'u', '0', '0', hex[c>>4&15], hex[c&15])
		case c == 0x2028 || c == 0x2029:
			out = append(out, '\\', 'u', '2', '0', '2', hex[c&15])
		default:
			out = utf8.AppendRune(out, c)
		}
	}
	return append(out, '"')
}
