package calculator

import (
	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// bill is one way to serve the calls: up front, a call in month 1, and a month whatever the volume. Prices of vendors fall
// like the baseline's; those of a host of one's own do not.
type bill struct{ upfront, call, fixed, falling float64 }

// options lists the ways to serve the same calls at the likely values: npv is against going on as today. There are none
// where the saving a call is given, for then nothing is known of prices.
func (r *Resolved) options() []Option {
	if r.Given(SavingPerCall) {
		return nil
	}
	v := r.likely()
	terms := r.terms(v)
	base := r.baselineCall(v).Total
	today := bill{call: base, falling: 1}
	list := []Option{r.option("today", r.meets(CurrentScore), today, today, &terms, "")}
	list = append(list, r.cachedOption(v, &terms, today), r.batchedOption(v, &terms, today), r.cheaperOption(v, &terms, today), r.retrievalOption(v, &terms, today))
	list = append(list, r.tunedOption("tuned_managed", "managed", &terms, today), r.tunedOption("tuned_own_gpus", "own_gpus", &terms, today))
	return append(list, r.selfHostedOption(v, &terms, today))
}

// option works a bill out over the horizon.
func (r *Resolved) option(name, meets string, b, today bill, t *cost.Terms, note string) Option {
	total, npv := b.upfront, -b.upfront
	volume, price, discount := t.Calls, 1.0, 1.0
	fall, rate := cost.Root12(1-t.Fall), cost.Root12(1+t.Discount)
	for range t.Horizon {
		month := float64(volume*float64(b.call*b.at(price))) + b.fixed
		was := float64(volume*float64(today.call*today.at(price))) + today.fixed
		discount *= rate
		total += month
		npv += (was - month) / discount
		volume *= 1 + t.Growth
		price *= fall
	}
	perMonth := float64(t.Calls*b.call) + b.fixed
	o := Option{Option: name, MeetsTarget: meets, Upfront: Some(b.upfront), PerMonth: Some(perMonth), Total: Some(total), NPV: Some(npv), Note: note}
	if t.Calls > 0 {
		o.PerCall = Some(perMonth / t.Calls)
	}
	return o
}

// at is the factor of the price of a call when a vendor's prices stand at price of what they were.
func (b *bill) at(price float64) float64 { return float64(b.falling*price) + (1 - b.falling) }

// notOffered is a way that cannot be gone, and why.
func notOffered(name, why string) Option {
	return Option{Option: name, MeetsTarget: "unknown", Note: why}
}

// meets tells whether a score is known to reach the target.
func (r *Resolved) meets(score Input) string {
	switch {
	case r.Unknown(score) || r.Unknown(TargetScore):
		return "unknown"
	case r.Likely(score) >= r.Likely(TargetScore):
		return "yes"
	}
	return "no"
}

// warmCache is the share of calls that a cache kept warm on purpose answers: the upper end of the default range.
const warmCache = 95

func (r *Resolved) cachedOption(v *values, t *cost.Terms, today bill) Option {
	if !r.baseline.hasCached {
		return notOffered("cached", "no price of cached input is known for this model")
	}
	if v[TokensStatic] < cost.CacheFloor {
		return notOffered("cached", "the repeated part is shorter than vendors cache: 1,024 tokens")
	}
	w := *v
	w[CacheHitPercent] = max(v[CacheHitPercent], warmCache)
	b := bill{call: r.baselineCall(&w).Total, falling: 1}
	return r.option("cached", r.meets(CurrentScore), b, today, t, "95% of calls find the repeated part cached")
}

func (r *Resolved) batchedOption(v *values, t *cost.Terms, today bill) Option {
	if r.baseline.batch <= 0 {
		return notOffered("batched", "no batch discount is known for this model")
	}
	w := *v
	w[BatchPercent] = 100
	b := bill{call: r.baselineCall(&w).Total, falling: 1}
	return r.option("batched", r.meets(CurrentScore), b, today, t, "every call waits for a batch, up to a day")
}

// cheaperOption is the stock model of the table that serves these calls for least.
func (r *Resolved) cheaperOption(v *values, t *cost.Terms, today bill) Option {
	row, call := r.cheapestStock(v)
	if row == nil || call >= today.call {
		return notOffered("cheaper", "no stock model of the table serves these calls for less")
	}
	return r.option("cheaper", r.meets(CheaperModelScore), bill{call: call, falling: 1}, today, t, row.ID+", the cheapest row; its score is yours to measure")
}

func (r *Resolved) cheapestStock(v *values) (best *fact.Price, least float64) {
	for i := range r.tables.Prices {
		row := &r.tables.Prices[i]
		if !row.Input.Known || !row.Output.Known || row.Shutdown != "" {
			continue
		}
		call := r.call(v, v[TokensStatic])
		rates := cost.Rates{In: row.Input.Value, Cached: row.Cached.Or(row.Input.Value), Out: row.Output.Value, BatchDiscount: row.BatchDiscount.Or(0)}
		if !row.Cached.Known {
			call.Hit = 0
		}
		if above := row.LongAbove; above.Known && call.Static+call.Variable > above.Value {
			rates.In, rates.Cached, rates.Out = rates.In*row.LongIn, rates.Cached*row.LongIn, rates.Out*row.LongOut
		}
		if c := call.Cost(rates).Total; best == nil || c < least {
			best, least = row, c
		}
	}
	return best, least
}

func (r *Resolved) retrievalOption(v *values, t *cost.Terms, today bill) Option {
	w := *v
	w[TokensVariable] += v[RetrievedTokens]
	meets := "unknown"
	if r.meets(CurrentScore) == "yes" {
		meets = "yes"
	}
	b := bill{upfront: v[IndexCost], call: r.baselineCall(&w).Total, falling: 1}
	return r.option("retrieval", meets, b, today, t, cost.Text(v[RetrievedTokens])+" retrieved tokens a call; helps where facts are missing")
}

// tunedOption is the tune with its training and hosting at one of the two places.
func (r *Resolved) tunedOption(name, route string, t *cost.Terms, today bill) Option {
	where := r.Choice(DataResidency)
	if route == "managed" && (where == "own_cloud" || where == "air_gapped") {
		return notOffered(name, "data_residency "+where+" leaves no vendor")
	}
	a := r.asked()
	a.SetChoice(TrainingRoute, route)
	if route == "own_gpus" {
		a.SetChoice(Hosting, fact.Dedicated)
	} else if !r.Given(Hosting) {
		a.Clear(Hosting)
	}
	other := Resolve(r.tables, a)
	if other.managed != (route == "managed") {
		return notOffered(name, "no vendor's price of training is known for "+r.Choice(TunedModel)+" and this method")
	}
	v := other.likely()
	terms := other.terms(v)
	b := bill{upfront: terms.Upfront, fixed: terms.Running, call: terms.Tuned}
	o := r.option(name, "unknown", b, today, t, "")
	if f := terms.Fallback; f > 0 {
		o = r.option(name, "unknown", bill{upfront: b.upfront, fixed: b.fixed, call: terms.Tuned + float64(f*terms.Baseline)}, today, t, "")
	}
	o.NPV = Some(terms.NPV())
	o.Note = "npv counts the chance that it ships"
	if other.dedicated {
		o.Note = "a host of " + cost.Plain(v[Replicas]*v[GPUsPerReplica]) + " GPUs, used or not; " + o.Note
	}
	return o
}

// asked are the answers as they were given, without what Resolve filled in.
func (r *Resolved) asked() Answers {
	a := r.Answers
	for in := range Inputs {
		if a.state[in] == filled {
			a.Clear(in)
		}
	}
	return a
}

func (r *Resolved) selfHostedOption(v *values, t *cost.Terms, today bill) Option {
	server := r.server(v, v[TokensStatic])
	server.GPUs = cost.FewestGPUs(&server.Shape, server.GPU, server.In+server.Out)
	through := server.Throughput()
	if through.Requests <= 0 {
		return notOffered("self_hosted", "the model and one request do not fit on "+r.gpu.Name)
	}
	use := through.Utilisation(v[MonthlyCalls], 1)
	replicas := float64(int(use)) + 1
	month := replicas * server.GPUs * v[GPUPricePerHour] * cost.HoursPerMonth
	return r.option("self_hosted", "unknown", bill{fixed: month}, today, t,
		r.Choice(Model)+" on "+cost.Plain(replicas*server.GPUs)+" "+r.gpu.Name+", busy "+cost.Plain(float64(int(use/replicas*100)))+"% of the time")
}
