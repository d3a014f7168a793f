package render

import (
	"errors"
	"html/template"
	"io"
	"reflect"
	"strings"

	"whentofinetune/cmd/guide/internal/problem"
)

// tried prints a made-up frame with each layout: a field that no frame has is found before a page needs it. What a layout does
// with values is its own affair, and only seen on pages.
func (r *Renderer) tried() (problems []problem.Problem) {
	frame := sample(reflect.TypeFor[Frame](), 0)
	for _, t := range r.set.Templates() {
		kind, isLayout := strings.CutSuffix(t.Name(), ".html")
		if !isLayout || kind == "parts" {
			continue
		}
		f := frame.Interface().(Frame)
		f.Kind = kind
		err := t.Execute(io.Discard, &f)
		if err != nil && (errors.As(err, new(*template.Error)) || strings.Contains(err.Error(), "can't evaluate field")) {
			problems = append(problems, r.complaint(err, t.Name()))
		}
	}
	return problems
}

// sample is a value with something in each of its fields.
func sample(t reflect.Type, depth int) reflect.Value {
	v := reflect.New(t).Elem()
	if depth > 6 { // lists of lists of their own kind
		return v
	}
	switch t.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(1)
	case reflect.Pointer:
		v.Set(sample(t.Elem(), depth+1).Addr())
	case reflect.Slice:
		v.Set(reflect.Append(v, sample(t.Elem(), depth+1)))
	case reflect.Map:
		v.Set(reflect.MakeMap(t))
		v.SetMapIndex(sample(t.Key(), depth+1), sample(t.Elem(), depth+1))
	case reflect.Struct:
		for i := range t.NumField() {
			if t.Field(i).IsExported() {
				v.Field(i).Set(sample(t.Field(i).Type, depth+1))
			}
		}
	}
	return v
}
