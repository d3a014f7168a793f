package cost

import "math"

// Quantiles of the normal distribution: two-sided 95%, one-sided 80%.
const (
	z95 = 1.959963984540054
	z80 = 0.8416212335729143
)

// Correlation is that of two systems' scores on the same items: pairing saves this share of the items. A judgement; Miller
// (arXiv 2411.00640) finds it between 0.3 and 0.7 for models of a kind.
const Correlation = 0.5

// HalfWidth is half the Wilson 95% interval of a share p (0 to 1) seen on n items. It is 0.5 where there are none.
func HalfWidth(p, n float64) float64 {
	if n <= 0 {
		return 0.5
	}
	z2 := float64(z95 * z95)
	inside := float64(p*(1-p))/n + z2/float64(4*float64(n*n))
	return float64(z95*math.Sqrt(inside)) / (1 + z2/n)
}

// Detectable is the smallest difference (0 to 1) that two arms of n items each show with 80% power, at a share p.
func Detectable(p, n float64) float64 {
	if n <= 0 {
		return 1
	}
	p = inner(p, 1/(n+2))
	return min(1, float64((z95+z80)*math.Sqrt(float64(float64(2*p)*(1-p))/n)))
}

// DetectablePaired is Detectable where both systems answer the same n items.
func DetectablePaired(p, n float64) float64 { return Detectable(p, n) * math.Sqrt(1-Correlation) }

// ItemsFor is how many items each of two arms needs to show a difference d (0 to 1) at a share p with 80% power.
func ItemsFor(p, d float64) float64 {
	if !(d > 0) {
		return math.Inf(1)
	}
	z := z95 + z80
	p = inner(p, float64(d/2))
	return -math.Floor(-float64(float64(z*z)*float64(float64(2*p)*(1-p))) / float64(d*d))
}

// PairedItemsFor is ItemsFor where both systems answer the same items.
func PairedItemsFor(p, d float64) float64 {
	return -math.Floor(-ItemsFor(p, d) * (1 - Correlation))
}

// ItemsWithin is how many items give a share p to within e (0 to 1) with 95% confidence: z^2 p (1-p) / e^2.
func ItemsWithin(p, e float64) float64 {
	return -math.Floor(-float64(float64(z95*z95)*float64(p*(1-p))) / float64(e*e))
}

// inner keeps a share off 0 and 1, where nothing would seem to vary.
func inner(p, margin float64) float64 { return max(min(p, 1-float64(margin)), min(margin, 0.5)) }
