package cost

// Data is what it costs to make training examples.
type Data struct {
	Kept        float64 // examples that end up in the set
	Yield       float64 // share of the generated that is kept, above 0 up to 1
	Tokens      float64 // output tokens that one generated example takes
	Price       float64 // US dollars a million of them
	JudgeTokens float64 // input tokens that judging one generated example takes
	JudgePrice  float64 // US dollars a million of them
	Checked     float64 // share of the kept that a person looks at, 0 to 1
	Minutes     float64 // of that person, an example
	Rate        float64 // US dollars an hour
	Seeds       float64 // US dollars of the first examples, written by hand
	Rework      float64 // share of all of it that is done again
}

// USD is seeds + generated x (generation + judge) + kept x checked x minutes x rate, with rework, in US dollars.
//
// Anchors: Alpaca's 52,000 rows for under $500; $0.50 to $5 a preference label by people, $0.001 to $0.01 by a model.
func (d *Data) USD() float64 {
	generated := d.Kept / d.Yield
	model := generated * (float64(d.Tokens*d.Price) + float64(d.JudgeTokens*d.JudgePrice)) / 1e6
	people := d.Kept * d.Checked * d.Minutes / 60 * d.Rate
	return (d.Seeds + model + people) * (1 + d.Rework)
}
