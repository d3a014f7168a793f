package cost

import "math"

// splitmix is one step of splitmix64 (Steele, Lea, Flood 2014): it turns any 64 bits into well mixed ones.
func splitmix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// hash is FNV-1a, 64 bits, of a name.
func hash(name string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 0x100000001b3
	}
	return h
}

// draw is the state that all inputs of one draw share: the seed and the number of the draw, mixed.
func draw(seed, number uint64) uint64 { return splitmix(splitmix(seed) + number) }

// uniform is a number from 0 up to 1 for one input of one draw. It hangs on the seed, the draw and the input's name
// alone, so that an input that is added later moves no old draw.
func uniform(draw, name uint64) float64 {
	return float64(splitmix(draw+name)>>11) / (1 << 53)
}

// triangle is a triangular distribution with its constants worked out.
type triangle struct {
	low, high  float64
	turn       float64 // the share of the draws below the likely value
	rise, sink float64 // width x (likely - low), width x (high - likely)
}

func newTriangle(r Range) triangle {
	width := r.High - r.Low
	return triangle{r.Low, r.High, (r.Likely - r.Low) / width, width * (r.Likely - r.Low), width * (r.High - r.Likely)}
}

// at inverts the distribution: the value below which the share u of the draws lies.
func (t *triangle) at(u float64) float64 {
	if u < t.turn {
		return t.low + math.Sqrt(u*t.rise)
	}
	return t.high - math.Sqrt((1-float64(u))*t.sink)
}

// Rank moves the value of nearest rank q (0 to 1), sorted[ceil(q n)-1], into place by quickselect and returns it. It
// reorders values, which must hold no NaN. It is NaN where there is none.
func Rank(values []float64, q float64) float64 {
	n := len(values)
	if n == 0 {
		return math.NaN()
	}
	want := int(math.Ceil(q*float64(n))) - 1
	return selectAt(values, max(0, min(want, n-1)))
}

// selectAt partitions around the median of three until only values[want] is left.
func selectAt(v []float64, want int) float64 {
	low, high := 0, len(v)-1
	for low < high {
		pivot := median(v[low], v[(low+high)/2], v[high])
		i, j := low, high
		for i <= j {
			for v[i] < pivot {
				i++
			}
			for v[j] > pivot {
				j--
			}
			if i <= j {
				v[i], v[j] = v[j], v[i]
				i++
				j--
			}
		}
		switch {
		case want <= j:
			high = j
		case want >= i:
			low = i
		default:
			return v[want]
		}
	}
	return v[want]
}

func median(a, b, c float64) float64 {
	return max(min(a, b), min(max(a, b), c))
}
