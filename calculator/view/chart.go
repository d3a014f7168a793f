package view

import (
	"math"
	"slices"
	"strings"

	"whentofinetune/calculator"
	"whentofinetune/calculator/cost"
)

// charts are all pictures of a report by name, in the order in which the report shows them. Each returns false where it
// has nothing to show.
var charts = [...]struct {
	name  string
	build func(*printer) (figure, bool)
}{
	{"cumulative", (*printer).cumulative},
	{"tornado", (*printer).tornado},
	{"lines", (*printer).lines},
	{"options", (*printer).options},
	{"memory", (*printer).memory},
	{"decay", (*printer).decay},
}

// chart prints the picture called name, or says why there is none.
func (p *printer) chart(name string) bool {
	for _, c := range charts {
		if c.name != name {
			continue
		}
		if f, ok := c.build(p); ok {
			f.name = name
			p.figure(f)
		} else if p.fig == 0 {
			p.el("p", "There is nothing to draw for these answers.", "class", "caption")
		}
		return true
	}
	return false
}

// totals are running sums of a bill over the months, starting with what is paid up front.
func totals(months []calculator.Month, upfront float64, of func(calculator.Month) calculator.Maybe) []float64 {
	sums := []float64{upfront}
	for _, m := range months {
		upfront += of(m).Value
		sums = append(sums, upfront)
	}
	return sums
}

// cumulative draws what has been paid by each month, today's way and tuned, with their crossing.
func (p *printer) cumulative() (figure, bool) {
	p.bring(drawings)
	pb := &p.r.Payback
	h := len(pb.ByMonth)
	if h == 0 || !pb.UpfrontCost.Valid {
		return figure{}, false
	}
	today := totals(pb.ByMonth, 0, func(m calculator.Month) calculator.Maybe { return m.Baseline })
	tuned := totals(pb.ByMonth, pb.UpfrontCost.Value, func(m calculator.Month) calculator.Maybe { return m.Tuned })
	low, high := spreadOf(pb, today)
	g := plane{340, float64(h), newScale(lowest(tuned, low, today), highest(today, tuned, high), short)}
	f := figure{
		wide: true, axis: true, finding: p.crossing(),
		heads: []string{"Month", p.todayWord(), "Tuned", "Ahead by", "P10", "P90"},
	}
	for t := 0; t <= h; t++ {
		if t <= 12 || t%3 == 0 || t == h {
			f.rows = append(f.rows, p.monthRow(t, today[t], tuned[t]))
		}
	}
	f.caption = p.cumulativeCaption(len(low) > 1)
	sentence := func(t int) string {
		return "Month " + count(float64(t)) + ": " + lower(f.heads[1]) + " " + money(today[t]) + ", tuned " + money(tuned[t]) + ", " + lead(today[t]-tuned[t]) + "."
	}
	f.rest = sentence(h)
	f.picture = func() {
		p.figureSVG("cumulative", g.height, f.finding,
			"Paid after "+count(g.months)+" months: "+strings.ToLower(f.heads[1])+" "+money(today[h])+", tuned "+money(tuned[h])+".")
		p.ground(g)
		p.band(g, "cumulative-band", low, high)
		lines := []curve{{"line-1", f.heads[1] + " " + short(today[h]), "text-1", today}, {"line-2", "Tuned " + short(tuned[h]), "text-2", tuned}}
		if other, ok := p.rival(); ok {
			lines = append(lines, curve{"line-6", p.optionName(other.Option) + " " + short(other.Total.Value), "text-6", []float64{other.Upfront.Value, other.Total.Value}})
		}
		p.curves(g, lines)
		p.breakEven(g, today, tuned, slices.Min(g.labelled(lines)))
		p.raw(`<g class="points" data-points>`)
		for t := 0; t <= h; t++ {
			x, half := float64(float64(t)/g.months*100), 50/g.months
			from := math.Max(0, x-half)
			p.point(x, from, math.Min(100, x+half)-from, planeTop, int(g.bottom()), sentence(t))
		}
		p.raw("</g></svg>")
	}
	return f, true
}

// lead says how far the tuned way is ahead of today's, or behind it.
func lead(by float64) string {
	if by < 0 {
		return "behind by " + money(-by)
	}
	return "ahead by " + money(by)
}

// todayWord names the line that the tuned one is held against.
func (p *printer) todayWord() string {
	if p.a.Given(calculator.SavingPerCall) {
		return "Saved so far"
	}
	return p.optionName(p.baselineWay())
}

// todaysBill is what the tune has to overtake, in a sentence.
func (p *printer) todaysBill() string {
	if p.assumesCache() {
		return "today’s prompt, cached,"
	}
	return "today’s bill"
}

// spreadOf turns the P10 to P90 band of the money won into a band around the tuned curve.
func spreadOf(pb *calculator.Payback, today []float64) (low, high []float64) {
	for i, m := range pb.ByMonth {
		if !m.CumulativeP10.Valid || !m.CumulativeP90.Valid {
			return nil, nil
		}
		low = append(low, today[i+1]-m.CumulativeP90.Value)
		high = append(high, today[i+1]-m.CumulativeP10.Value)
	}
	return low, high
}

// crossing is the finding of the cumulative chart.
func (p *printer) crossing() string {
	pb := &p.r.Payback
	at := pb.BreakEvenMonths
	switch {
	case !at.Valid:
		return "It never overtakes " + strings.TrimSuffix(p.todaysBill(), ",")
	case at.Value > float64(pb.HorizonMonths):
		return "It would overtake " + p.todaysBill() + " " + inMonth(at.Value) + ", after the horizon of " + count(float64(pb.HorizonMonths))
	case !pb.PaysBackWithinHorizon:
		return "It overtakes " + p.todaysBill() + " " + inMonth(at.Value) + " and falls behind again"
	}
	return "It overtakes " + p.todaysBill() + " " + inMonth(at.Value)
}

// cumulativeCaption explains the encoding of the cumulative chart.
func (p *printer) cumulativeCaption(band bool) string {
	s := "What has been paid by the end of each month, in US dollars, if the tuned model ships."
	if band {
		s += " Hatched: P10 to P90 of the tuned way in " + grouped(min(p.a.Likely(calculator.Draws), cost.BandDraws), 0) +
			" draws, held against the likely bill of today."
	}
	if p.r.Payback.BreakEvenMonths.Valid && p.r.Payback.BreakEvenP10.Valid {
		s += " The strip on the axis: the same spread for the month of break-even."
	}
	if other, ok := p.rival(); ok {
		s += " Dotted: " + lower(p.optionName(other.Option)) + ", the cheapest other way, drawn straight."
	}
	return s
}

// breakEven draws the ring at the crossing with its plumb line, and its spread on the axis. label is where the highest label of
// the lines stands.
func (p *printer) breakEven(g plane, today, tuned []float64, label float64) {
	pb := &p.r.Payback
	at := pb.BreakEvenMonths
	if !at.Valid || at.Value > g.months {
		return
	}
	bottom := int(g.bottom())
	words := []string{atMonth(at.Value)}
	if lo, hi := pb.BreakEvenP10, pb.BreakEvenP90; lo.Valid {
		words = append(words, "P10 "+months(lo.Value)+", P90 "+maybe(hi, months, never))
		from, to := math.Min(100, lo.Value/g.months*100), 100.0
		if hi.Valid {
			to = math.Min(100, hi.Value/g.months*100)
		}
		if to > from {
			p.rect("spread", from, to-from, bottom-9, 9)
			p.upright("needle", from, bottom-12, bottom)
			if to < 100 {
				p.upright("needle", to, bottom-12, bottom)
			}
		}
	}
	k := int(at.Value)
	v := today[k]
	if k+1 < len(today) {
		v += float64((today[k+1] - today[k]) * (at.Value - float64(k)))
	}
	p.ring(g, at.Value, v, label, words...)
}

// monthRow is a row of the table of the cumulative chart.
func (p *printer) monthRow(t int, today, tuned float64) []cell {
	row := []cell{{count(float64(t)), ""}, {money(today), ""}, {money(tuned), ""}}
	if t == 0 {
		return append(row, cell{money(-tuned), ""}, cell{"", ""}, cell{"", ""})
	}
	m := p.r.Payback.ByMonth[t-1]
	path := "payback.by_month." + px(t) + "."
	return append(row, cell{money(m.Cumulative.Value), path + "cumulative"},
		cell{maybe(m.CumulativeP10, money, "not drawn"), path + "cumulative_p10"},
		cell{maybe(m.CumulativeP90, money, "not drawn"), path + "cumulative_p90"})
}

// rival is the cheapest way over the horizon that is neither today's nor a tune.
func (p *printer) rival() (best calculator.Option, ok bool) {
	for _, o := range p.r.Options {
		if o.Total.Valid && o.Upfront.Valid && o.MeetsTarget != "no" && !isTuned(o.Option) && !isToday(o.Option) && o.Option != p.baselineWay() &&
			(!ok || o.Total.Value < best.Total.Value) {
			best, ok = o, true
		}
	}
	return best, ok
}

// tornado draws how far the net present value goes with each input that is a range.
func (p *printer) tornado() (figure, bool) {
	swings := p.r.Payback.Tornado
	if len(swings) == 0 || !p.r.Payback.NPV.Valid {
		return figure{}, false
	}
	swings = swings[:min(len(swings), 8)]
	npv := p.r.Payback.NPV.Value
	lo, hi := npv, npv
	f := figure{heads: []string{"Input", "Low", "High", "NPV at low", "NPV at high"}}
	rows := []bar{}
	for _, s := range swings {
		in, ok := calculator.Find(s.Input)
		if !ok {
			continue
		}
		lo, hi = math.Min(lo, math.Min(s.Low, s.High)), math.Max(hi, math.Max(s.Low, s.High))
		r, label := p.a.Number(in), in.Question().Label
		worse, better, left, right := s.Low, s.High, p.value(in, r.Low), p.value(in, r.High)
		if worse > better {
			worse, better, left, right = better, worse, right, left
		}
		path := "payback.tornado." + s.Input + "."
		f.rows = append(f.rows, []cell{{label, ""}, {p.value(in, r.Low), ""}, {p.value(in, r.High), ""},
			{money(s.Low), path + "low"}, {money(s.High), path + "high"}})
		rows = append(rows, bar{name: label, strong: true, left: left, right: right,
			parts:    []part{{"hatch-2", worse, math.Max(worse, math.Min(npv, better))}, {"solid-2", math.Min(better, math.Max(npv, worse)), better}},
			sentence: label + ": " + money(s.Low) + " at " + p.value(in, r.Low) + ", " + money(s.High) + " at " + p.value(in, r.High) + "."})
	}
	f.finding = p.swingFinding(swings, npv)
	f.caption = "Net present value when one input goes from its low to its high value and the rest stay likely. Hatched: worse. Solid: better. The needle: at the likely values."
	f.rest = rows[0].sentence
	room := (hi - lo) / 5 // for what is written at both ends
	f.picture = func() {
		p.bars("tornado", f.finding, f.rest, newScale(lo-room, hi+room, short), rows, nil, npv, short(npv))
	}
	return f, true
}

// swingFinding says what decides, and whether it decides the sign.
func (p *printer) swingFinding(swings []calculator.Swing, npv float64) string {
	name := func(i int) string {
		in, _ := calculator.Find(swings[i].Input)
		return in.Question().Label
	}
	s := name(0) + " moves the result most"
	if len(swings) > 1 {
		s += ", then " + lower(name(1))
	}
	for _, w := range swings {
		if (w.Low > 0) != (npv > 0) || (w.High > 0) != (npv > 0) {
			return s
		}
	}
	return s + "; no single one turns its sign"
}

// lines draws where the money goes.
func (p *printer) lines() (figure, bool) {
	h := float64(p.r.Payback.HorizonMonths)
	f := figure{heads: []string{"Part", "Once", "A month", "Over the horizon"}}
	rows, sum, most := []bar{}, 0.0, 0.0
	biggest := ""
	for _, l := range p.r.Payback.Lines {
		all := l.OneOff + float64(l.PerMonth*h)
		sum += all
		path := "payback.lines." + l.Name + "."
		f.rows = append(f.rows, []cell{{lineName(l.Name), ""}, {money(l.OneOff), path + "one_off"}, {money(l.PerMonth), path + "per_month"}, {money(all), ""}})
		if all <= 0 {
			continue
		}
		rows = append(rows, bar{name: lineName(l.Name), strong: true, end: money(all),
			parts:    []part{{"solid-2", 0, l.OneOff}, {"hatch-2", l.OneOff, all}},
			sentence: lineName(l.Name) + ": " + money(l.OneOff) + " once, " + money(l.PerMonth) + " a month."})
		if all > most {
			most, biggest, f.rest = all, lineName(l.Name), rows[len(rows)-1].sentence
		}
	}
	if sum <= 0 {
		return figure{}, false
	}
	f.finding = biggest + " takes " + percent(math.Round(most/sum*100)) + " of the money"
	f.caption = "Where " + money(sum) + " goes in " + count(h) + " months, besides the calls. Solid: once. Hatched: every month."
	f.picture = func() {
		p.bars("lines", f.finding, f.caption, newScale(0, most*1.12, short), rows, nil, 0, "")
	}
	return f, true
}

// options draws every way to serve the same calls over the horizon.
func (p *printer) options() (figure, bool) {
	rows, most, best := []bar{}, 0.0, -1
	passes, fails := "", []string{} // whether a way is known to pass, and those that do not
	f := figure{wide: true, table: p.optionsTable}
	for i, o := range p.r.Options {
		if !o.Total.Valid {
			continue
		}
		upfront := o.Upfront.Value
		tone := "6"
		if isTuned(o.Option) {
			tone = "2"
		}
		most = math.Max(most, o.Total.Value)
		rows = append(rows, bar{name: p.optionName(o.Option), strong: tone == "2", end: short(o.Total.Value),
			parts:    []part{{"solid-" + tone, 0, upfront}, {"hatch-" + tone, upfront, o.Total.Value}},
			sentence: p.optionName(o.Option) + ": " + money(upfront) + " up front, " + money(o.Total.Value) + " in all."})
		switch o.MeetsTarget {
		case "no":
			fails = append(fails, lower(p.optionName(o.Option)))
			continue
		case "yes":
			passes = "meet or "
		}
		if !o.Unsound && (best < 0 || o.Total.Value < p.r.Options[best].Total.Value) {
			best, f.rest = i, rows[len(rows)-1].sentence
		}
	}
	if len(rows) == 0 {
		return figure{}, false
	}
	f.finding = "No way is known to meet the target"
	if best < 0 {
		f.rest = rows[0].sentence
	} else {
		f.finding = p.optionName(p.r.Options[best].Option) + " costs least"
		switch {
		case len(fails) > 0:
			f.finding += " of those that " + passes + "may meet the target"
		case p.r.Options[best].MeetsTarget != "yes":
			f.finding += ", if it meets the target"
		}
	}
	f.caption = "The same calls over " + count(float64(p.r.Payback.HorizonMonths)) + plural(p.r.Payback.HorizonMonths, " month", " months") +
		". Solid: up front. Hatched: running. A pass rate is not printed before it is measured."
	if len(fails) > 0 {
		f.caption += " By the scores given these miss the target: " + strings.Join(fails, "; ") + "."
	}
	f.picture = func() {
		p.bars("options", f.finding, rows[0].sentence, newScale(0, most*1.08, short), rows, nil, 0, "")
	}
	return f, true
}
