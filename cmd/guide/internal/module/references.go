package module

import "encoding/binary"

// What follows an instruction, by the WebAssembly 2.0 binary format; Go's compiler writes no others.
type operands byte

const (
	unheard operands = iota // no instruction that Go's compiler writes
	alone
	oneNumber
	twoNumbers
	callee
	wholeNumber
	fourBytes
	eightBytes
	manyNumbers // their count, and one more
	longer      // another number says which instruction it is
)

// followed says what follows each instruction.
var followed = func() (f [256]operands) {
	set := func(what operands, from, to int) {
		for i := from; i <= to; i++ {
			f[i] = what
		}
	}
	set(alone, 0x00, 0x01)       // unreachable, nop
	set(oneNumber, 0x02, 0x04)   // block, loop, if
	set(alone, 0x05, 0x05)       // else
	set(alone, 0x0b, 0x0b)       // end
	set(oneNumber, 0x0c, 0x0d)   // br, br_if
	set(manyNumbers, 0x0e, 0x0e) // br_table
	set(alone, 0x0f, 0x0f)       // return
	set(callee, 0x10, 0x10)      // call
	set(twoNumbers, 0x11, 0x11)  // call_indirect
	set(alone, 0x1a, 0x1b)       // drop, select
	set(oneNumber, 0x20, 0x24)   // local.get to global.set
	set(twoNumbers, 0x28, 0x3e)  // loads and stores
	set(oneNumber, 0x3f, 0x40)   // memory.size, memory.grow
	set(wholeNumber, 0x41, 0x42) // i32.const, i64.const
	set(fourBytes, 0x43, 0x43)   // f32.const
	set(eightBytes, 0x44, 0x44)  // f64.const
	set(alone, 0x45, 0xc4)       // arithmetic
	set(longer, 0xfc, 0xfc)
	return f
}()

// references goes through the body of a function and tells which functions it calls and which whole numbers it holds. The error
// says that an instruction is not known.
func references(body []byte, call func(function int), constant func(v int64)) error {
	groups, b, err := number(body)
	for range groups { // of local variables: how many, of which type
		if _, b, err = number(b); err != nil || len(b) == 0 {
			return errLayout
		}
		b = b[1:]
	}
	for err == nil && len(b) > 0 {
		what := followed[b[0]]
		b = b[1:]
		var n int
		var v int64
		switch what {
		case alone:
		case oneNumber:
			b, err = past(b, 1)
		case twoNumbers:
			b, err = past(b, 2)
		case callee:
			if n, b, err = number(b); err == nil {
				call(n)
			}
		case wholeNumber:
			if v, b, err = signedNumber(b); err == nil {
				constant(v)
			}
		case fourBytes, eightBytes:
			size := 4
			if what == eightBytes {
				size = 8
			}
			if len(b) < size {
				return errLayout
			}
			b = b[size:]
		case manyNumbers:
			if n, b, err = number(b); err == nil {
				b, err = past(b, n+1)
			}
		case longer:
			if n, b, err = number(b); err == nil {
				b, err = pastLonger(b, n)
			}
		default:
			return errLayout
		}
	}
	return err
}

// pastLonger skips what follows an instruction of two parts: conversions that saturate, memory.copy and memory.fill.
func pastLonger(b []byte, which int) ([]byte, error) {
	switch {
	case which <= 7:
		return b, nil
	case which == 10:
		return past(b, 2)
	case which == 11:
		return past(b, 1)
	}
	return nil, errLayout
}

// past skips so many LEB128 numbers.
func past(b []byte, count int) ([]byte, error) {
	for range count {
		_, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, errLayout
		}
		b = b[n:]
	}
	return b, nil
}

// signedNumber reads a signed LEB128 of at most 64 bits.
func signedNumber(b []byte) (v int64, rest []byte, err error) {
	for shift := 0; shift < 70 && len(b) > 0; shift += 7 {
		x := b[0]
		b = b[1:]
		v |= int64(x&0x7f) << shift
		if x&0x80 == 0 {
			if shift+7 < 64 && x&0x40 != 0 {
				v |= -1 << (shift + 7)
			}
			return v, b, nil
		}
	}
	return 0, nil, errLayout
}

// signed is a number in signed LEB128.
func signed(v int64) (out []byte) {
	for {
		x := byte(v & 0x7f)
		v >>= 7
		if v == 0 && x&0x40 == 0 || v == -1 && x&0x40 != 0 {
			return append(out, x)
		}
		out = append(out, x|0x80)
	}
}
