package cost

// Range is a quantity that is not known exactly: its low, likely and high value, in the quantity's own unit.
// A number that is certain has all three equal. Low <= Likely <= High always holds for a Range that came
// through the reader of answers.
type Range struct {
	Low, Likely, High float64
}

// Exactly returns the Range of a number that is certain.
func Exactly(x float64) Range { return Range{x, x, x} }

// Certain reports whether the range is one number.
func (r Range) Certain() bool { return r.Low == r.High }
