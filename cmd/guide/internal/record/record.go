// Package record writes values as bytes and reads them back.
//
// What is to be kept names its fields once, in one function that a Fields goes through: with a Fields that writes it appends
// them, with one that reads it fills them. So the two directions cannot differ.
//
//	func (p *Point) fields(f *record.Fields) { f.Int(&p.X); f.Int(&p.Y) }
//
// There are no names, types or versions in the bytes: keep them under a key that changes with the program.
package record

import "encoding/binary"

// Fields goes through the fields of a value, writing or reading. The zero value writes.
type Fields struct {
	out     []byte
	in      string
	reading bool
	bad     bool
}

// Writing returns a Fields that appends to dst.
func Writing(dst []byte) *Fields { return &Fields{out: dst} }

// Reading returns a Fields that reads from src. Texts that it fills share the memory of src.
func Reading(src string) *Fields { return &Fields{in: src, reading: true} }

// Bytes is what was written.
func (f *Fields) Bytes() []byte { return f.out }

// Whole reports whether everything was read that was asked for, and nothing was left.
func (f *Fields) Whole() bool { return !f.bad && f.in == "" }

// Reading reports whether f reads.
func (f *Fields) Reading() bool { return f.reading }

// Int is a number.
func (f *Fields) Int(n *int) {
	if !f.reading {
		f.out = binary.AppendVarint(f.out, int64(*n))
		return
	}
	u := f.number()
	*n = int(int64(u>>1) ^ -int64(u&1))
}

// number reads a number of 7 bits a byte, lowest first.
func (f *Fields) number() (n uint64) {
	for i := 0; i < len(f.in) && i < binary.MaxVarintLen64; i++ {
		b := f.in[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			f.in = f.in[i+1:]
			return n
		}
	}
	f.bad, f.in = true, ""
	return 0
}

// Bool is a yes or no.
func (f *Fields) Bool(b *bool) {
	n := 0
	if *b {
		n = 1
	}
	f.Int(&n)
	*b = n == 1
}

// Byte is a small number of any type.
func Byte[T ~uint8](f *Fields, v *T) {
	n := int(*v)
	f.Int(&n)
	*v = T(n)
}

// Text is a string.
func (f *Fields) Text(s *string) {
	if !f.reading {
		f.out = append(binary.AppendUvarint(f.out, uint64(len(*s))), *s...)
		return
	}
	n := f.number()
	if n > uint64(len(f.in)) {
		f.bad, f.in, *s = true, "", ""
		return
	}
	*s, f.in = f.in[:n], f.in[n:]
}

// Sum is a hash.
func (f *Fields) Sum(sum *[32]byte) {
	if !f.reading {
		f.out = append(f.out, sum[:]...)
		return
	}
	if len(f.in) < len(sum) {
		f.bad, f.in = true, ""
		return
	}
	f.in = f.in[copy(sum[:], f.in):]
}

// Slice is a list; each goes through one of it. An empty list is read as nil.
func Slice[T any](f *Fields, list *[]T, each func(*T)) {
	n := f.Count(len(*list))
	if f.reading {
		*list = nil
		if n > 0 {
			*list = make([]T, n)
		}
	}
	for i := range *list {
		each(&(*list)[i])
	}
}

// Count writes n, or reads a count that what is left can hold: each counted takes a byte at least.
func (f *Fields) Count(n int) int {
	f.Int(&n)
	if f.reading && (n < 0 || n > len(f.in)) {
		f.bad, f.in = true, ""
		return 0
	}
	return n
}
