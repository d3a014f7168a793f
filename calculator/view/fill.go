package view

import (
	"strings"

	"whentofinetune/calculator"
)

// A sentence may hold numbers of the report by their paths in braces: "{payback.upfront_cost} up front". What stands in
// braces and is no path is left as it is, so a brace in somebody's answer does no harm.

// figureValue is a figure of the report in words, worked out first where that has not been done.
func (p *printer) figureValue(path string) (text string, ok bool) {
	switch {
	case calculator.Drawn(path):
		p.bring(drawings)
	case !calculator.Priced(path):
		p.bring(judged)
	}
	return p.r.Value(path)
}

// pieces calls text for every stretch of plain words of s and number for every path that the report knows.
func (p *printer) pieces(s string, text func(string), number func(path, value string)) {
	for {
		at := strings.IndexByte(s, '{')
		end := strings.IndexByte(s[max(at, 0):], '}') + max(at, 0)
		if at < 0 || end < at {
			break
		}
		path := s[at+1 : end]
		value, ok := p.figureValue(path)
		if !ok {
			text(s[:at+1])
			s = s[at+1:]
			continue
		}
		text(s[:at])
		number(path, value)
		s = s[end+1:]
	}
	text(s)
}

// fill writes s as HTML, its numbers as data elements.
func (p *printer) fill(s string) {
	p.pieces(s, p.text, func(path, value string) {
		digits, _ := p.r.Digits(path)
		p.data(path, digits, value)
	})
}

// filled returns s with its numbers as plain text.
func (p *printer) filled(s string) string {
	b := strings.Builder{}
	add := func(s string) { b.WriteString(s) }
	p.pieces(s, add, func(_, value string) { add(value) })
	return b.String()
}

// A remark is a named part of the report in one sentence.
type remark struct{ name, text string }

// remarks are the parts that have no picture of their own.
func (p *printer) remarks() []remark {
	r := &p.r
	own, dedicated := p.a.Choice(calculator.TrainingRoute) == "own_gpus", p.a.Choice(calculator.Hosting) == "dedicated"
	way := "on the baseline"
	if p.assumesCache() {
		way += " (" + lower(p.todayWord()) + ")"
	}
	call := "{cost_per_call.baseline.total} " + way + ", {cost_per_call.tuned.total} tuned: {cost_per_call.tuned.input} for input, {cost_per_call.tuned.cached} from cache, {cost_per_call.tuned.output} for output."
	switch {
	case p.a.Given(calculator.SavingPerCall):
		call = "what it saves is given: the prices a token are not looked at."
	case dedicated:
		call = "{cost_per_call.baseline.total} " + way + "; the tuned model’s host is paid by the hour, whatever the calls."
	}
	list := []remark{{"A call", call}}
	if r.Training.USD.Valid {
		training := "{training.usd_per_run} a run, " + p.runCount() + " until one ships, {training.usd} in all"
		if own {
			training += ", with what is lost"
		}
		if p.a.Given(calculator.FineTuneCost) {
			training += "; not in the bill, for all that is up front is given"
		}
		list = append(list, remark{"Training", training + "."})
	}
	if r.Training.GPUHoursPerRun.Valid {
		compute := "{training.training_tokens} tokens a run; "
		if !own {
			compute += "on GPUs of your own "
		}
		list = append(list, remark{"Compute", compute + "{training.gpu_hours_per_run} of GPU time at {training.mfu_percent} of peak, {training.wall_hours_per_run} by the clock."})
	}
	if r.Memory.TrainingGB.Valid {
		gpus := "on {memory.gpus}"
		if !r.Memory.GPUs.Valid {
			gpus = "which these GPUs cannot hold"
		}
		list = append(list, remark{"Memory", "{memory.training_gb} to train, " + gpus + "; {memory.inference_gb} to serve one request, {memory.kv_bytes_per_token} bytes of cache a token."})
	}
	if r.Serving.OutputTokensPerSecond.Valid {
		host := "the host at full load"
		if !dedicated {
			host = "a host of your own, which these answers do not pay for, at full load"
		}
		list = append(list, remark{"Serving", host + ": output tokens at {serving.output_tokens_per_second}, requests at {serving.requests_per_second}, with {serving.gpus}; " + p.callsTake() + " of its time. A million output tokens: {serving.usd_per_million_output_tokens}."})
	}
	if p.a.Likely(calculator.EvalSetSize) > 0 {
		list = append(list, remark{"The test", "a score is known to ±{evaluation.half_width_points}; gaps of {evaluation.detectable_points} or more show. " + p.gainNeeds() + " {evaluation.examples_needed} items, {evaluation.paired_examples_needed} where both ways answer the same items. Enough for that: {evaluation.enough}."})
	} else {
		list = append(list, remark{"The test", "there is none. {evaluation.examples_for_score} items would give a score to within 5 points. " + p.gainNeeds() + " {evaluation.examples_needed} items, {evaluation.paired_examples_needed} where both ways answer the same items."})
	}
	return append(list, remark{"Turning point", p.turningPoint()},
		remark{"At risk", "{payback.at_risk.if_not_shipped} if it never ships, {payback.at_risk.worst_cumulative} at the deepest point if it does, {payback.at_risk.pilot} for the experiment."})
}

// runCount says how many runs are trained, with the number in braces.
func (p *printer) runCount() string {
	if p.r.Training.Runs.Value == 1 {
		return "{training.runs} run"
	}
	return "{training.runs} runs"
}

// gainNeeds begins a sentence about the items that the wanted gain needs.
func (p *printer) gainNeeds() string {
	points, named := p.a.WantedGain()
	if named {
		return "The gain you want to see, " + figures(points) + plural(int(points), " point", " points") + ", needs"
	}
	return "You name no gain to see; one of " + figures(points) + " points needs"
}

// callsTake begins a sentence about how busy the host is. What is many times too much is no share.
func (p *printer) callsTake() string {
	if use := p.r.Serving.UtilisationPercent; use.Valid && use.Value >= 1000 {
		return "the calls would take " + count(use.Value/100) + " times all"
	}
	return "the calls take {serving.utilisation_percent}"
}

// turningPoint says how many calls, or which saving, would be enough, as far as any would. These are those of a tune that ships,
// unlike the flips.
func (p *printer) turningPoint() string {
	pb := &p.r.Payback
	s, ships := "no number of calls brings the up-front cost back; ", "."
	if pb.BreakEvenCalls.Valid {
		s = "{payback.break_even_calls} calls bring the up-front cost back; "
	}
	if !p.certain() {
		ships = ", if it ships; the chance that it does not asks for more."
	}
	switch {
	case pb.BreakEvenCallsPerMonth.Valid && pb.BreakEvenSavingPerCall.Valid:
		return s + "over the horizon {payback.break_even_calls_per_month} calls a month or {payback.break_even_saving_per_call} a call would be enough" + ships
	case pb.BreakEvenSavingPerCall.Valid:
		return s + "over the horizon it would take a saving of {payback.break_even_saving_per_call} a call" + ships
	}
	return s + "over the horizon there is nothing that would be enough."
}

// figuresInWords prints the remarks.
func (p *printer) figuresInWords() {
	p.part("remarks-title", "Behind the figures")
	p.raw(`<dl class="remarks">`)
	for _, r := range p.remarks() {
		p.raw("<div>")
		p.el("dt", r.name)
		p.raw("<dd>")
		p.fill(sentenceCase(r.text))
		p.raw("</dd></div>\n")
	}
	p.raw("</dl></section>\n")
}
