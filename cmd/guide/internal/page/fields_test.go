package page

import (
	"reflect"
	"testing"

	"whentofinetune/cmd/guide/internal/record"
)

// fill gives every field of a value something that is not its zero, lists two of it.
func fill(v reflect.Value, n *int64) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.String:
		v.SetString("text " + itoa(int(*n)))
	case reflect.Int:
		v.SetInt(*n)
	case reflect.Uint8:
		v.SetUint(uint64(*n % 200))
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("page: a field of kind " + v.Kind().String() + " is not filled")
	}
}

// No field of a page is forgotten when it is kept.
func TestFields(t *testing.T) {
	var want Page
	n := int64(0)
	fill(reflect.ValueOf(&want).Elem(), &n)
	f := record.Writing(nil)
	want.Fields(f)
	SectionFields(f, &want.Sections)
	got := Page{Body: want.Body}
	r := record.Reading(string(f.Bytes()))
	got.Fields(r)
	SectionFields(r, &got.Sections)
	if !r.Whole() || !reflect.DeepEqual(got, want) {
		t.Errorf("a page comes back as\n%+v\nnot as\n%+v", got, want)
	}
}
