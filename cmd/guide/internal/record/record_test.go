package record

import (
	"reflect"
	"testing"
)

type thing struct {
	Text  string
	N     int
	Yes   bool
	Small uint8
	Sum   [32]byte
	List  []string
}

func (t *thing) fields(f *Fields) {
	f.Text(&t.Text)
	f.Int(&t.N)
	f.Bool(&t.Yes)
	Byte(f, &t.Small)
	f.Sum(&t.Sum)
	Slice(f, &t.List, f.Text)
}

func TestThereAndBack(t *testing.T) {
	for _, want := range []thing{{}, {"a\x00é", -1 << 62, true, 255, [32]byte{31: 1}, []string{"", "x"}}, {N: 1<<63 - 1}} {
		f := Writing(nil)
		want.fields(f)
		var got thing
		r := Reading(string(f.Bytes()))
		got.fields(r)
		if !r.Whole() || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v became %+v, whole %v", want, got, r.Whole())
		}
		for n := range f.Bytes() {
			r := Reading(string(f.Bytes()[:n]))
			if new(thing).fields(r); r.Whole() {
				t.Errorf("%+v: the first %d of %d bytes passed for all", want, n, len(f.Bytes()))
			}
		}
	}
}

// Whatever is read, reading ends and takes no more memory than the bytes allow.
func FuzzReading(f *testing.F) {
	f.Add("\x02ab\x01\x01\x05")
	f.Fuzz(func(t *testing.T, s string) { new(thing).fields(Reading(s)) })
}
