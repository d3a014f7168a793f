package calculator

import (
	"math"

	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// bill is one way to serve the calls: US dollars up front, for a call in month 1, and a month whatever the volume. Stock
// prices fall over the years as the baseline's do; what is tuned or hosted stays.
type bill struct{ upfront, falls, stays, fixed float64 }

// market is what all ways have in common: the volume, the months, the rate and the fall of prices, and the bill of the
// baseline, against which npv is counted. The baseline is the optimised prompt: cached and batched as answered.
type market struct {
	r        *Resolved
	v        *values
	terms    cost.Terms
	baseline bill
}

// options lists eight ways to serve the same calls, at the likely values. The way that the answers describe has the
// payback's own npv. Where the saving a call is given, nothing is known of prices, and only that way is priced.
func (r *Resolved) options() []Option {
	m := r.market()
	p := scalars(&m.terms)
	if r.Given(SavingPerCall) {
		return m.tunedOnly(&p)
	}
	return []Option{m.vendors(m.today()), m.vendors(m.cached()), m.vendors(m.batched()), m.cheaper(), m.vendors(m.retrieval()),
		m.tuned("tuned_managed", true, &p), m.tuned("tuned_own_gpus", false, &p), m.selfHosted()}
}

// inHouse is the answer to data_residency that leaves no vendor, or empty.
func (r *Resolved) inHouse() string {
	if where := r.Choice(DataResidency); where == "own_cloud" || where == "air_gapped" {
		return where
	}
	return ""
}

// vendors says of a way at a vendor's price that the data may not go there.
func (m *market) vendors(o Option) Option {
	if where := m.r.inHouse(); where != "" && m.r.base != nil && o.Total.Valid {
		if o.Note != "" {
			o.Note += "; "
		}
		o.Note += "at the price of a vendor, which data_residency " + where + " rules out"
	}
	return o
}

func (r *Resolved) market() *market {
	v := r.likely()
	return &market{r: r, v: v, terms: r.terms(v), baseline: bill{falls: r.baselineCall(v).Total}}
}

// lasting is the market over all months that were asked for, where the row to tune is closed to new jobs: the tune that could be
// had is that of a row that stays, and the months that are left of a closed one say nothing of it.
func (r *Resolved) lasting() *market {
	m := r.market()
	m.terms.Horizon = r.lastingMonths()
	return m
}

func (r *Resolved) lastingMonths() int {
	if doorClosed(r) == Holds && !r.Given(BaseModelRetirement) {
		return int(r.Likely(Months))
	}
	return r.horizonMonths()
}

// tunedOnly lists the ways without the prices that a given saving leaves unknown.
func (m *market) tunedOnly(p *Payback) []Option {
	const why = "saving_per_call is given: nothing is known of the price of a call"
	var list []Option
	for _, name := range [...]string{"today", "cached", "batched", "cheaper", "retrieval"} {
		list = append(list, notOffered(name, why))
	}
	own := Option{Option: "tuned_own_gpus", MeetsTarget: "unknown", Upfront: p.UpfrontCost, PerMonth: Null, PerCall: Null, Total: Null, NPV: p.NPV,
		Note: "NPV counts the chance that it ships"}
	other := notOffered("tuned_managed", why)
	if m.r.managed {
		own.Option, other.Option = other.Option, own.Option
		list = append(list, own, other)
	} else {
		list = append(list, other, own)
	}
	return append(list, notOffered("self_hosted", why))
}

// price works a bill out over the horizon.
func (m *market) price(name, meets string, b bill, note string) Option {
	t := &m.terms
	total, npv := b.upfront, -b.upfront
	volume, price, discount := t.Calls, 1.0, 1.0
	fall, rate := cost.Root12(1-t.Fall), cost.Root12(1+t.Discount)
	for range t.Horizon {
		month := float64(volume*(float64(b.falls*price)+b.stays)) + b.fixed
		discount *= rate
		total += month
		npv += (float64(volume*float64(m.baseline.falls*price)) - month) / discount
		volume *= 1 + t.Growth
		price *= fall
	}
	perMonth := float64(t.Calls*(b.falls+b.stays)) + b.fixed
	o := Option{Option: name, MeetsTarget: meets, Upfront: Some(b.upfront), PerMonth: Some(perMonth), Total: Some(total), NPV: Some(npv), Note: note}
	if t.Calls > 0 {
		o.PerCall = Some(perMonth / t.Calls)
	}
	return o
}

// notOffered is a way that cannot be gone or priced, and why.
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

// prompted prices the baseline model with other shares of cached and batched calls, in percent.
func (m *market) prompted(hit, batch float64) bill {
	v := *m.v
	v[CacheHitPercent], v[BatchPercent] = hit, batch
	return bill{falls: m.r.baselineCall(&v).Total}
}

// today is the prompt without a cache or a batch that nobody spoke of.
func (m *market) today() Option {
	hit, batch := 0.0, m.v[BatchPercent]
	if m.r.Given(CacheHitPercent) {
		hit = m.v[CacheHitPercent]
	}
	return m.price("today", m.r.meets(CurrentScore), m.prompted(hit, batch), "")
}

// warm is the share of calls, in percent, that a cache answers: as given, or at least the usual.
func (m *market) warm() float64 {
	if !m.r.baseline.hasCached || m.v[TokensStatic] < cost.CacheFloor {
		return 0
	}
	return max(m.v[CacheHitPercent], cacheHits.Likely)
}

// cached is the prompt with that share of calls answered from the cache.
func (m *market) cached() Option {
	hit := m.warm()
	switch {
	case !m.r.baseline.hasCached:
		return notOffered("cached", "no price of cached input is known for this model")
	case m.v[TokensStatic] < cost.CacheFloor:
		return notOffered("cached", "the repeated part is shorter than vendors cache: 1,024 tokens")
	}
	return m.price("cached", m.r.meets(CurrentScore), m.prompted(hit, m.v[BatchPercent]), cost.Plain(hit)+"% of calls find the repeated part cached")
}

// batched is the cached prompt, every call waiting for a batch where no share was given.
func (m *market) batched() Option {
	if m.r.baseline.batch <= 0 {
		return notOffered("batched", "no batch discount is known for this model")
	}
	share := m.v[BatchPercent]
	if share == 0 {
		share = 100
	}
	return m.price("batched", m.r.meets(CurrentScore), m.prompted(m.warm(), share), cost.Plain(share)+"% of calls wait for a batch, up to a day")
}

// cheaper is the stock model of the table that serves these calls for least.
func (m *market) cheaper() Option {
	if where := m.r.inHouse(); where != "" {
		return notOffered("cheaper", "data_residency "+where+" leaves no vendor's model")
	}
	row, call := m.r.cheapestStock(m.v)
	if row == nil || call >= m.baseline.falls {
		return notOffered("cheaper", "no stock model of the table serves these calls for less")
	}
	score := "its score is yours to measure"
	if !m.r.Unknown(CheaperModelScore) {
		score = "taken to score as you said of a cheaper model"
	}
	return m.price("cheaper", m.r.meets(CheaperModelScore), bill{falls: call}, row.ID+", the cheapest row; "+score)
}

func (r *Resolved) cheapestStock(v *values) (best *fact.Price, least float64) {
	for i := range r.tables.Prices {
		row := &r.tables.Prices[i]
		if !row.Input.Known || !row.Output.Known || row.Shutdown != "" {
			continue
		}
		call := r.call(v, v[TokensStatic])
		s := side{hasCached: row.Cached.Known, batch: row.BatchDiscount.Or(0), long: long{row.LongAbove.Or(0), row.LongIn, row.LongOut}, fromRow: [3]bool{true, true, true},
			in: BaselinePriceIn, cached: BaselinePriceCached, out: BaselinePriceOut}
		w := *v
		w[BaselinePriceIn], w[BaselinePriceCached], w[BaselinePriceOut], w[ListPriceDiscountPercent] = row.Input.Value, row.Cached.Value, row.Output.Value, 0
		if !row.Cached.Known {
			call.Hit = 0
		}
		if c := call.Cost(s.rates(&w, &call)).Total; best == nil || c < least {
			best, least = row, c
		}
	}
	return best, least
}

func (m *market) retrieval() Option {
	w := *m.v
	w[TokensVariable] += m.v[RetrievedTokens]
	meets := "unknown"
	if m.r.meets(CurrentScore) == "yes" {
		meets = "yes"
	}
	b := bill{upfront: m.v[IndexCost], falls: m.r.baselineCall(&w).Total}
	return m.price("retrieval", meets, b, cost.Plain(m.v[RetrievedTokens])+" retrieved tokens a call; helps where facts are missing")
}

// tuned is the tuned model, trained by a vendor or on own GPUs: as answered, or as it would be the other way.
func (m *market) tuned(name string, managed bool, p *Payback) Option {
	r, npv := m.r, p.NPV
	if managed != r.managed {
		if where := r.inHouse(); managed && where != "" {
			return notOffered(name, "data_residency "+where+" leaves no vendor")
		}
		if r = r.otherRoute(managed); r.managed != managed {
			return notOffered(name, "no vendor's price of training is known for "+r.Choice(TunedModel)+" and "+r.Choice(Method))
		}
	}
	v := r.likely()
	t := r.terms(v)
	if r != m.r {
		npv = Some(t.NPV())
	}
	o := m.price(name, "unknown", bill{upfront: t.Upfront, falls: t.Fallback * t.Baseline, stays: t.Tuned, fixed: t.Running}, "NPV counts the chance that it ships")
	o.NPV = npv
	if r.dedicated && !r.Given(InfraCostPerMonth) {
		o.Note = "GPUs of the host, used or not: " + cost.Plain(v[Replicas]*v[GPUsPerReplica]) + "; " + o.Note
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

// otherRoute are the answers with the training done the other way. What was said of a host belongs to the host that they have;
// where nothing was, a dedicated host is as large as the calls need.
func (r *Resolved) otherRoute(managed bool) *Resolved {
	a := r.asked()
	a.Clear(HostingPricePerHour)
	a.Clear(InfraCostPerMonth)
	a.Clear(Hosting)
	if managed {
		a.SetChoice(TrainingRoute, "managed")
	} else {
		a.SetChoice(TrainingRoute, "own_gpus")
		a.SetChoice(Hosting, fact.Dedicated)
	}
	other := Resolve(r.tables, a)
	if !other.dedicated || r.Given(Replicas) || r.Given(GPUsPerReplica) {
		return other
	}
	v := other.likely()
	server := other.server(v, other.tunedStatic(v))
	server.GPUs = max(v[GPUsPerReplica], cost.FewestGPUs(&server.Shape, server.GPU, server.In+server.Out))
	use := server.Throughput().Utilisation(other.busiest(v)*v[AdaptersSharingHost], 1)
	if a.SetNumber(GPUsPerReplica, cost.Exactly(server.GPUs)); use > 1 && use < Questions[Replicas].Max {
		a.SetNumber(Replicas, cost.Exactly(-math.Floor(-use)))
	}
	return Resolve(r.tables, a)
}

// selfHosted is the untuned model on GPUs of one's own, with as many replicas as the busiest month needs.
func (m *market) selfHosted() Option {
	r, v := m.r, m.v
	server := r.server(v, v[TokensStatic])
	server.GPUs = cost.FewestGPUs(&server.Shape, server.GPU, server.In+server.Out)
	rate := server.Throughput()
	if server.GPUs <= 0 || rate.Requests <= 0 {
		return notOffered("self_hosted", r.shapeName()+" and one request fit on no replica of "+r.gpu.Name)
	}
	replicas := max(-math.Floor(-rate.Utilisation(r.busiest(v), 1)), 1)
	busy := 100 * rate.Utilisation(v[MonthlyCalls], replicas)
	return m.price("self_hosted", "unknown", bill{fixed: replicas * server.GPUs * v[GPUPricePerHour] * cost.HoursPerMonth},
		r.shapeName()+" untuned on "+cost.Plain(replicas*server.GPUs)+" "+r.gpu.Name+", busy "+cost.Fixed(busy, 1)+"% of the time, labour not counted")
}

// shapeName names the model that memory and serving reckon with.
func (r *Resolved) shapeName() string {
	if r.Given(ModelParameters) {
		return "a model of " + cost.Plain(r.Likely(ModelParameters)) + " parameters"
	}
	return r.Choice(Model)
}
