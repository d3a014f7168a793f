package cost

import "math"

// Root12 is the twelfth root of x >= 0: the monthly factor that makes x in a year.
//
// It is the cube root of Sqrt(Sqrt(x)), and the cube root is our own, because Pow, Exp and Cbrt differ in their last bit
// between targets while Sqrt, the four operations and the bits of a number do not.
func Root12(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return cubeRoot(math.Sqrt(math.Sqrt(x)))
}

// cubeRoot takes five Newton steps from a start that is right to about a twentieth: a third of the bits of y, moved so
// that one stays one. Each step squares the error, so four would do; the fifth settles the last bit.
func cubeRoot(y float64) float64 {
	const third = 0x3ff0000000000000 - 0x3ff0000000000000/3
	z := math.Float64frombits(math.Float64bits(y)/3 + third)
	for range 5 {
		z -= (z - y/float64(z*z)) / 3
	}
	return z
}
