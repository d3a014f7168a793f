package cost

// CacheFloor is the shortest repeated part, in tokens, that vendors keep in their cache (OpenAI and Anthropic, 2026).
const CacheFloor = 1024

// Rates are the prices of one model in US dollars a million tokens, and the share of the price that a batch saves.
type Rates struct {
	In, Cached, Out float64
	BatchDiscount   float64 // 0 to 1
}

// Off returns the rates with share (0 to 1) off the list.
func (r Rates) Off(share float64) Rates {
	left := 1 - share
	return Rates{r.In * left, r.Cached * left, r.Out * left, r.BatchDiscount}
}

// Call is the shape of a request, in tokens.
type Call struct {
	Static   float64 // the part of the prompt that repeats
	Variable float64 // the rest of the prompt
	Out      float64 // the answer with its hidden reasoning
	Hit      float64 // share of calls that find the repeated part cached, 0 to 1
	Batch    float64 // share of calls that can wait, 0 to 1
}

// CallCost is what one call costs, in US dollars. Total is not the sum of the printed parts but the formula itself.
type CallCost struct{ Input, Cached, Output, Total float64 }

// Cost prices a call:
//
//	(static x (1-hit) x in + static x hit x cached + variable x in + out x out) / 1e6 x (1 - batch x discount)
//
// A repeated part under CacheFloor tokens is never cached. Cached tokens are a part of the prompt, not an addition to
// it, and writes to the cache are not priced.
func (c Call) Cost(r Rates) CallCost {
	hit := c.Hit
	if c.Static < CacheFloor {
		hit = 0
	}
	fresh := float64(float64(c.Static*(1-hit)) * r.In)
	cached := float64(float64(c.Static*hit) * r.Cached)
	rest := float64(c.Variable * r.In)
	out := float64(c.Out * r.Out)
	left := 1 - float64(c.Batch*r.BatchDiscount)
	return CallCost{
		Input:  (fresh + rest) / 1e6 * left,
		Cached: cached / 1e6 * left,
		Output: out / 1e6 * left,
		Total:  (fresh + cached + rest + out) / 1e6 * left,
	}
}
