package calculator

import (
	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// Resolved are answers with every default filled in, against one set of tables: defaults may hang on rows of the
// catalog and on other answers. It reads like Answers: Given still means that somebody said so.
type Resolved struct {
	Answers
	Forced     []Input     // decided by data_residency, whatever was answered
	Complaints []Complaint // answers that do not go together

	tables         *fact.Tables
	base, tune     *fact.Price // nil where only prices were given
	model          *fact.Model
	gpu            *fact.GPU
	baseline       side
	tuned          side
	dedicated      bool        // hosting is paid by the hour
	managed        bool        // training is a vendor's job
	hostFollowsGPU bool        // the host costs what the GPU costs
	dense          bool        // every parameter is active, however many there are
	others         []*Resolved // the same answers with another method, as far as they were asked for
	lifetime       int         // months until the base model retires, or more than any horizon
	start, end     Date        // between which those months lie; no end where none is known
}

// Resolve fills in every default. It never fails: what cannot be used is a complaint, and the default stands in.
func Resolve(t *fact.Tables, a Answers) *Resolved {
	r := &Resolved{Answers: a, tables: t}
	for in := range Inputs {
		if r.state[in] == silent && defaults.state[in] == given {
			r.fill(in, defaults.number[in], r.defaultWord(in))
		}
	}
	r.rows()
	r.routes()
	r.prices()
	r.shape()
	r.effort()
	r.follow()
	r.compute()
	r.horizon()
	return r
}

// fill gives an input that nobody answered its default.
func (r *Resolved) fill(in Input, x cost.Range, word string) {
	if s := r.state[in]; s == silent || s == filled {
		r.put(in, filled, x, word)
	}
}

// fallBack takes back an answer that cannot stand, says why, and puts the default in its place.
func (r *Resolved) fallBack(in Input, text string) {
	r.complain(in, text)
	r.put(in, filled, defaults.number[in], r.defaultWord(in))
}

// defaultWord is the default of a choice or a catalog id. Tables of somebody's own may lack the row that is meant: then it is
// the first that will do.
func (r *Resolved) defaultWord(in Input) string {
	t, word := r.tables, defaults.word[in]
	switch {
	case (in == BaselineModel || in == TunedModel) && t.FindPrice(word) == nil:
		word = t.Prices[0].ID
		for i := range t.Prices {
			p := &t.Prices[i]
			if in == TunedModel && p.Tune != fact.None || in == BaselineModel && p.Input.Known && p.Output.Known {
				return p.ID
			}
		}
	case in == Model && t.FindModel(word) == nil:
		word = t.Models[0].ID
	case in == GPU && t.FindGPU(word) == nil:
		word = t.GPUs[0].ID
	}
	return word
}

// complain notes what is wrong with an answer.
func (r *Resolved) complain(in Input, text string) {
	r.Complaints = append(r.Complaints, Complaint{Input: Questions[in].ID, Given: r.Text(in), Text: text})
}

// unsound notes that what is paid for could not be done.
func (r *Resolved) unsound(in Input, text string) {
	r.complain(in, text)
	r.Complaints[len(r.Complaints)-1].Unsound = true
}

// rows finds the rows of the catalog that the answers name.
func (r *Resolved) rows() {
	ownPrice := r.Given(BaselinePriceIn) && r.Given(BaselinePriceOut)
	r.base = r.priceRow(BaselineModel, ownPrice)
	if r.base != nil && !ownPrice && !(r.base.Input.Known && r.base.Output.Known) {
		r.fallBack(BaselineModel, "The table holds no price a token for "+r.base.ID+". Write baseline_price_in and baseline_price_out, or another row.")
		r.base = r.priceRow(BaselineModel, false)
	}
	r.tune = r.priceRow(TunedModel, r.Given(TunedPriceIn) && r.Given(TunedPriceOut))
	if r.tune != nil && r.tune.Tune == fact.None && r.Given(TunedModel) {
		r.fallBack(TunedModel, r.tune.ID+" cannot be tuned. Choose a row that can.")
		r.tune = r.priceRow(TunedModel, false)
	}
	if !r.Worded(RunningTunedModel) {
		if row := r.priceRow(RunningTunedModel, false); row == nil {
			r.put(RunningTunedModel, worded, cost.Range{}, Questions[RunningTunedModel].Word)
		}
	}
	if r.model = r.tables.FindModel(r.Choice(Model)); r.model == nil {
		r.fallBack(Model, noRow(r.Choice(Model), r.tables.NearModel(r.Choice(Model)), "model"))
		r.model = r.tables.FindModel(r.Choice(Model))
	}
	if r.gpu = r.tables.FindGPU(r.Choice(GPU)); r.gpu == nil {
		r.fallBack(GPU, noRow(r.Choice(GPU), r.tables.NearGPU(r.Choice(GPU)), "GPU"))
		r.gpu = r.tables.FindGPU(r.Choice(GPU))
	}
}

// priceRow finds the row that an answer names. Where there is none, it is nil if the prices were given anyway, and else
// the default's row, with a complaint.
func (r *Resolved) priceRow(in Input, priced bool) *fact.Price {
	id := r.Choice(in)
	if row := r.tables.FindPrice(id); row != nil {
		r.word[in] = row.ID
		return row
	}
	if priced {
		return nil
	}
	r.fallBack(in, noRow(id, r.tables.NearPrice(id), "price"))
	return r.tables.FindPrice(r.Choice(in))
}

// noRow says that a table lacks a row, and names the nearest.
func noRow(id, near, table string) string {
	s := "“" + clip(id) + "” is no row of the " + table + " table."
	if near != "" {
		s += " Did you mean " + near + "?"
	}
	return s + " Choose one of its rows."
}

// routes decides where the tune is trained and how it is hosted.
func (r *Resolved) routes() {
	price := r.managedPrice()
	if price.Known {
		r.fill(ManagedPricePerMillion, cost.Exactly(price.Value), "")
		r.fill(TrainingRoute, cost.Range{}, "managed")
	} else {
		r.fill(TrainingRoute, cost.Range{}, "own_gpus")
	}
	r.fill(Hosting, cost.Range{}, r.hostingOfRow())
	if where := r.inHouse(); where != "" {
		r.force(TrainingRoute, "own_gpus", where)
		r.force(Hosting, fact.Dedicated, where)
	}
	r.managed = r.Choice(TrainingRoute) == "managed"
	if r.managed && !price.Known && !r.Given(ManagedPricePerMillion) {
		r.complain(TrainingRoute, "No vendor's price is known for "+r.Choice(Method)+" on "+r.Choice(TunedModel)+
			". Write managed_price_per_million, or training_route own_gpus. Until then the report trains on your own GPUs.")
		r.put(TrainingRoute, filled, cost.Range{}, "own_gpus")
		r.managed = false
	}
	r.dedicated = r.Choice(Hosting) == fact.Dedicated
}

// force sets a route that data_residency leaves no choice about.
func (r *Resolved) force(in Input, word, where string) {
	if r.Given(in) && r.Choice(in) != word {
		r.complain(in, r.Choice(in)+" cannot be where data_residency is "+where+". The report uses "+word+".")
	}
	r.put(in, filled, cost.Range{}, word)
	r.Forced = append(r.Forced, in)
}

// managedPrice is the tuned row's price of a million training tokens for the method.
func (r *Resolved) managedPrice() fact.Maybe {
	if r.tune == nil {
		return fact.Maybe{}
	}
	train := &r.tune.Train
	switch r.Choice(Method) {
	case "lora_sft", "qlora_sft":
		return train.LoRA
	case "full_sft", "pretraining":
		return train.Full
	case "dpo_lora":
		return train.DPOLoRA
	case "dpo_full":
		return train.DPOFull
	}
	return train.RL
}

// hostingOfRow is what the tuned row says of hosting. A row that says nothing is paid by the token where it has a price
// of tuned tokens.
func (r *Resolved) hostingOfRow() string {
	switch {
	case r.tune == nil:
		return fact.PerToken
	case r.tune.Hosting != "":
		return r.tune.Hosting
	case r.tune.TunedIn.Known && r.tune.TunedOut.Known:
		return fact.PerToken
	}
	return fact.Dedicated
}

// prices fills the prices of a million tokens and of the host.
func (r *Resolved) prices() {
	r.baseline = side{in: BaselinePriceIn, cached: BaselinePriceCached, out: BaselinePriceOut, batch: 0.5}
	r.tuned = side{in: TunedPriceIn, cached: TunedPriceCached, out: TunedPriceOut, batch: 0.5}
	if b := r.base; b != nil {
		r.fillSide(&r.baseline, b, b.Input, b.Cached, b.Output)
	}
	if t := r.tune; t != nil {
		in, cached, out := t.TunedIn, t.TunedCached, t.TunedOut
		if !r.dedicated && !(in.Known && out.Known) && !(r.Given(TunedPriceIn) && r.Given(TunedPriceOut)) {
			r.complain(TunedModel, "The table holds no price of tuned tokens for "+t.ID+
				". Write tuned_price_in and tuned_price_out, or hosting dedicated. Until then the report uses the stock model's price.")
			in, cached, out = t.Input, t.Cached, t.Output
		}
		r.fillSide(&r.tuned, t, in, cached, out)
	}
	r.baseline.hasCached = r.baseline.hasCached || r.Given(BaselinePriceCached)
	r.tuned.hasCached = r.tuned.hasCached || r.Given(TunedPriceCached)
	for _, s := range [...]*side{&r.baseline, &r.tuned} {
		if r.Given(s.cached) && r.Likely(s.cached) > r.Likely(s.in) {
			r.complain(s.cached, "Cached input costs more than input: $"+cost.Plain(r.Likely(s.cached))+" and $"+cost.Plain(r.Likely(s.in))+". Write at most "+s.in.ID()+".")
		}
	}
	if g := r.gpu; g != nil {
		r.fill(GPUPricePerHour, cost.Range{Low: g.PriceLow.Or(g.Price), Likely: g.Price, High: g.PriceHigh.Or(g.Price)}, "")
	}
	host := r.number[GPUPricePerHour]
	vendors := r.tune != nil && r.managed && r.tune.HostHour.Known
	if vendors {
		host = cost.Exactly(r.tune.HostHour.Value)
	}
	r.hostFollowsGPU = !vendors && !r.Given(HostingPricePerHour)
	r.fill(HostingPricePerHour, host, "")
}

// follow fills the defaults that hang on a single answer and on nothing else, so that a search for flips need not resolve
// everything anew.
func (r *Resolved) follow() {
	r.fill(TunedTokensStatic, scaled(r.number[TokensStatic], 0.5), "")
	if r.baseline.hasCached && r.Likely(TokensStatic) >= cost.CacheFloor {
		r.fill(CacheHitPercent, cacheHits, "")
	} else {
		r.fill(CacheHitPercent, cost.Exactly(0), "")
	}
	if r.Likely(EvalSetSize) == 0 {
		r.fill(EvalCost, cost.Exactly(evalFromNothing), "")
	} else {
		r.fill(EvalCost, evalSet, "")
	}
	switch r.Choice(TaskStability) {
	case "weekly":
		r.fill(RetrainEveryMonths, cost.Exactly(1), "")
	case "monthly":
		r.fill(RetrainEveryMonths, cost.Exactly(3), "")
	case "stable_6_months":
		r.fill(RetrainEveryMonths, cost.Exactly(6), "")
	default:
		r.fill(RetrainEveryMonths, cost.Range{}, Questions[RetrainEveryMonths].Word)
	}
	examples := r.number[LabelledExamples]
	if examples.Likely <= 0 {
		examples = cost.Exactly(2000)
	}
	r.fill(TrainingExamples, examples, "")
}

// cacheHits is the share of calls that find a long repeated part cached, in percent: a judgement, wide on purpose.
var cacheHits = cost.Range{Low: 30, Likely: 70, High: 95}

// fillSide takes the prices of a row for one side.
func (r *Resolved) fillSide(s *side, row *fact.Price, in, cached, out fact.Maybe) {
	s.hasCached = cached.Known
	s.batch = row.BatchDiscount.Or(0)
	s.long = long{above: row.LongAbove.Or(0), in: row.LongIn, out: row.LongOut}
	s.fromRow = [3]bool{!r.Given(s.in), !r.Given(s.cached), !r.Given(s.out)}
	r.fill(s.in, cost.Exactly(in.Or(0)), "")
	r.fill(s.out, cost.Exactly(out.Or(0)), "")
	r.fill(s.cached, cost.Exactly(cached.Or(r.Likely(s.in))), "")
}

// shape fills the shape of the model from its row.
func (r *Resolved) shape() {
	if m := r.shapeRow(); m != nil {
		r.dense = m.Active == m.Parameters && !r.Given(ActiveParameters)
		r.fill(ModelParameters, cost.Exactly(m.Parameters), "")
		r.fill(Layers, cost.Exactly(m.Layers), "")
		r.fill(HiddenSize, cost.Exactly(m.Hidden), "")
		r.fill(Vocabulary, cost.Exactly(m.Vocabulary), "")
		r.fill(Heads, cost.Exactly(m.Heads), "")
		r.fill(KVHeads, cost.Exactly(m.KVHeads), "")
		if active := min(m.Active, r.Likely(ModelParameters)); !r.dense {
			r.fill(ActiveParameters, cost.Exactly(active), "")
		}
	}
	if r.dense || r.model == nil {
		r.fill(ActiveParameters, r.number[ModelParameters], "")
	}
	if r.Likely(ActiveParameters) > r.Likely(ModelParameters) {
		r.complain(ActiveParameters, "More parameters are active than there are: "+cost.Plain(r.Likely(ActiveParameters))+" of "+
			cost.Plain(r.Likely(ModelParameters))+". Write at most model_parameters.")
		r.put(ActiveParameters, filled, r.number[ModelParameters], "")
		r.dense = true
	}
	if r.Likely(KVHeads) > r.Likely(Heads) {
		r.complain(KVHeads, "More key-value heads than heads: "+cost.Plain(r.Likely(KVHeads))+" and "+cost.Plain(r.Likely(Heads))+". Write at most heads.")
		r.put(KVHeads, filled, r.number[Heads], "")
	}
}

// shapeRow is the row that a shape is filled from: that of the model, or, where only a number of parameters was given, that of
// the model nearest in size.
func (r *Resolved) shapeRow() *fact.Model {
	if !r.Given(ModelParameters) || r.Given(Model) {
		return r.model
	}
	size := r.Likely(ModelParameters)
	times := func(m *fact.Model) float64 { return max(size/m.Parameters, m.Parameters/size) }
	best := r.model
	for i := range r.tables.Models {
		if m := &r.tables.Models[i]; m.Active == m.Parameters && times(m) < times(best) {
			best = m
		}
	}
	return best
}

// horizon finds how many months the base model still lives.
func (r *Resolved) horizon() {
	r.lifetime = int(Questions[Months].Max)
	start, ok := r.Date(StartDate)
	if !ok {
		start = r.collected()
	}
	end, ok := r.Date(BaseModelRetirement)
	if !ok && r.tune != nil {
		end, ok = ParseDate(r.tune.Shutdown)
	}
	if ok {
		r.lifetime = min(r.lifetime, start.WholeMonths(end))
		r.start, r.end = start, end
	}
}

// collected is the day on which the facts were collected: the start where none is given. The clock is never asked.
func (r *Resolved) collected() Date {
	d, _ := ParseDate(r.tables.Collected)
	return d
}

// scaled is r times a positive factor.
func scaled(r cost.Range, by float64) cost.Range {
	return cost.Range{Low: r.Low * by, Likely: r.Likely * by, High: r.High * by}
}
