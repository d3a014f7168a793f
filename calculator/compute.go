package calculator

import (
	"math"

	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// compute fills the defaults of training that hang on the method, the model and the GPU, and says what does not fit.
func (r *Resolved) compute() {
	gpu := r.hardware()
	mfu := r.method().MFU(r.Choice(TrainingStack) == "vendor_tuned", cost.BigChip(gpu.TFLOPS))
	most := 100 * gpu.Ceiling()
	r.fill(MFUPercent, cost.Range{Low: min(100*mfu.Low, most), Likely: min(100*mfu.Likely, most), High: min(100*mfu.High, most)}, "")
	if r.Likely(MFUPercent) > most && r.uses(MFUPercent) {
		r.complain(MFUPercent, "Matrix products were measured to reach "+cost.Significant(most, 3)+"% of the peak of "+r.gpu.Name+". The report uses that; write no more.")
	}
	job := r.job(r.likely())
	need := job.GPUs(gpu.MemoryGB)
	if !r.managed && !r.Given(FineTuneCost) {
		r.refuse(&job, need)
	}
	r.fill(GPUCount, cost.Exactly(math.Max(need, 1)), "")
}

// refuse complains where training on own GPUs does not fit, and offers what would.
func (r *Resolved) refuse(job *cost.Job, need float64) {
	gpu := r.hardware()
	switch {
	case need == 0:
		at := MicroBatch
		if job.MicroBatch <= 1 {
			at = SequenceLength
		}
		r.unsound(at, "One "+r.gpu.Name+" cannot hold the activations of this batch. "+r.wouldFit(job)+".")
	case need > gpu.Linked():
		r.unsound(GPU, "This training needs "+cost.Plain(need)+" "+r.gpu.Name+", and more than "+cost.Plain(gpu.Linked())+
			" of them do not work as one."+r.otherGPU(job)+r.orSmaller(job, gpu.Linked()))
	case r.Given(GPUCount) && r.Likely(GPUCount) < need:
		r.complain(GPUCount, cost.Plain(r.Likely(GPUCount))+" "+r.gpu.Name+" cannot hold this training. Write "+cost.Plain(need)+"."+
			r.orSmaller(job, r.Likely(GPUCount))+" Until then the report uses "+cost.Plain(need)+".")
		r.put(GPUCount, filled, cost.Exactly(need), "")
	}
}

// otherGPU offers the row of the table on which the job fits for the least rent.
func (r *Resolved) otherGPU(job *cost.Job) string {
	return r.cheapestGPU(func(h cost.Hardware) float64 { return job.GPUs(h.MemoryGB) })
}

// cheapestGPU offers the row of the table of which as many as are needed, which is 0 where none will do, rent for least.
func (r *Resolved) cheapestGPU(needed func(cost.Hardware) float64) string {
	best, count, least := "", 0.0, 0.0
	for i := range r.tables.GPUs {
		g := &r.tables.GPUs[i]
		h := hardwareOf(g)
		if n := needed(h); n > 0 && n <= h.Linked() && (best == "" || n*g.Price < least) {
			best, count, least = g.ID, n, n*g.Price
		}
	}
	if best == "" {
		return ""
	}
	return " Write gpu " + best + ", which takes " + cost.Plain(count) + "."
}

// wouldFit names the first thing that makes a batch fit on one GPU.
func (r *Resolved) wouldFit(job *cost.Job) string {
	memory := r.hardware().MemoryGB
	tries := [...]struct {
		change func(j *cost.Job)
		say    string
	}{
		{func(j *cost.Job) { j.Kept = cost.Checkpoints }, "Write checkpointing true"},
		{func(j *cost.Job) { j.FusedLoss = true }, "Write fused_loss true"},
		{func(j *cost.Job) { j.Kept, j.FusedLoss = cost.Checkpoints, true }, "Write checkpointing true and fused_loss true"},
		{func(j *cost.Job) { j.Kept, j.FusedLoss, j.MicroBatch = cost.Checkpoints, true, 1 }, "Write micro_batch 1, checkpointing true and fused_loss true"},
	}
	for _, t := range tries {
		other := *job
		if t.change(&other); other.GPUs(memory) > 0 {
			return t.say
		}
	}
	return "Write a shorter sequence_length or a GPU with more memory"
}

// orSmaller offers QLoRA where that fits on so many GPUs.
func (r *Resolved) orSmaller(job *cost.Job, gpus float64) string {
	if job.Method == cost.QLoRA || job.Method.Rollouts() || job.Method.Preference() {
		return ""
	}
	other := *job
	other.Method = cost.QLoRA
	if n := other.GPUs(r.hardware().MemoryGB); n > 0 && n <= gpus {
		return " Or write method qlora_sft, which takes " + cost.Plain(n) + "."
	}
	return ""
}

func (r *Resolved) method() cost.Method { return cost.Method(r.Choice(Method)) }

func (r *Resolved) hardware() cost.Hardware { return hardwareOf(r.gpu) }

func hardwareOf(g *fact.GPU) cost.Hardware {
	return cost.Hardware{MemoryGB: g.MemoryGB, Bandwidth: g.Bandwidth, TFLOPS: g.TFLOPS, Matmul: g.Matmul.Or(0)}
}

// modelShape is the model as memory and serving see it. The finer points of the row hold as long as nobody gave another shape.
func (r *Resolved) modelShape(v *values) cost.Shape {
	s := cost.Shape{Parameters: v[ModelParameters], Active: r.active(v), Layers: v[Layers], Hidden: v[HiddenSize], Heads: v[Heads], KVHeads: v[KVHeads], Vocabulary: v[Vocabulary]}
	m := r.model
	if m == nil || r.Given(ModelParameters) || r.Given(Layers) || r.Given(HiddenSize) || r.Given(Heads) || r.Given(KVHeads) {
		return s
	}
	s.Tied, s.Intermediate, s.WeightBytes = m.Tied, m.Intermediate, m.WeightBytes.Or(0)
	s.HeadDim, s.CacheWidth, s.Window, s.WindowLayers = m.HeadDim.Or(0), m.CacheWidth.Or(0), m.Window.Or(0), m.WindowLayers.Or(0)
	return s
}

// active follows the number of parameters where every one of them is active.
func (r *Resolved) active(v *values) float64 {
	if r.dense {
		return v[ModelParameters]
	}
	return min(v[ActiveParameters], v[ModelParameters])
}

func (r *Resolved) job(v *values) cost.Job {
	j := cost.Job{Shape: r.modelShape(v), Method: r.method(), Sequence: v[SequenceLength], MicroBatch: v[MicroBatch], Rank: v[LoRARank],
		FusedLoss: r.Bool(FusedLoss), Rollout: v[RolloutTokens]}
	if r.Bool(Checkpointing) {
		j.Kept = cost.Checkpoints
	}
	return j
}

// trainingTokens are the tokens that one run processes over all passes, both answers of a pair. Methods that generate train
// on what they generated.
func (r *Resolved) trainingTokens(v *values) float64 {
	switch {
	case r.Given(TrainingTokens):
		return v[TrainingTokens]
	case r.method().Rollouts():
		return r.generated(v)
	}
	return r.method().Tokens(v[TrainingExamples], v[TokensPerExample], v[Epochs], v[PackingPercent]/100)
}

// billedTokens are the tokens that a vendor bills: its price of a preference method already counts both answers, and most bill
// the text of a row, not what it is padded with.
func (r *Resolved) billedTokens(v *values) float64 {
	tokens := r.trainingTokens(v)
	if r.Given(TrainingTokens) || r.method().Rollouts() {
		return tokens
	}
	if r.method().Preference() {
		tokens /= 2
	}
	if !r.paddingBilled() {
		tokens *= v[PackingPercent] / 100
	}
	return tokens
}

func (r *Resolved) paddingBilled() bool { return r.tune != nil && r.tune.PaddingBilled }

// generated are the tokens that the model writes itself in one run.
func (r *Resolved) generated(v *values) float64 {
	return v[RolloutPrompts] * v[RolloutsPerPrompt] * v[RolloutTokens]
}

// rolloutHours are the GPU-hours of generating, by the serving model.
func (r *Resolved) rolloutHours(v *values) float64 {
	if !r.method().Rollouts() {
		return 0
	}
	return cost.RolloutHours(r.modelShape(v), r.hardware(), v[TokensPerExample], v[RolloutTokens], r.generated(v))
}

func (r *Resolved) run(v *values) cost.Run {
	return cost.Run{Method: r.method(), Tokens: r.trainingTokens(v), Shape: r.modelShape(v), Sequence: v[SequenceLength],
		MFU: v[MFUPercent] / 100, GPUs: v[GPUCount], GPU: r.hardware(), Rollout: r.rolloutHours(v)}
}

// runTakes is what one run takes: the tokens that a vendor bills, or GPU-hours.
func (r *Resolved) runTakes(v *values) float64 {
	if r.managed {
		return r.billedTokens(v)
	}
	run := r.run(v)
	return run.Cost().GPUHours
}

// trainingUSD is what all runs until one ships cost: a vendor's price for their tokens, or GPU-hours with what is lost of them.
func (r *Resolved) trainingUSD(v *values) float64 { return r.runsUSD(v, r.runTakes(v)) }

// runsUSD is trainingUSD where it is known what one run takes.
func (r *Resolved) runsUSD(v *values, takes float64) float64 {
	if r.managed {
		return cost.ManagedUSD(v[TrainingRuns], takes, v[ManagedPricePerMillion])
	}
	return cost.RentUSD(v[TrainingRuns], takes, v[GPUPricePerHour], v[WastePercent]/100)
}

// trains reports whether the dollars of training hang on in, the other answers being what they are.
func (r *Resolved) trains(in Input) bool {
	rollouts := r.method().Rollouts()
	tokens := !r.Given(TrainingTokens)
	long := r.number[SequenceLength].High > cost.AttentionFrom
	switch in {
	case TrainingRuns:
		return true
	case TrainingTokens:
		return !tokens
	case TrainingExamples, Epochs:
		return tokens && !rollouts
	case PackingPercent:
		return tokens && !rollouts && (!r.managed || r.paddingBilled())
	case TokensPerExample:
		return tokens && !rollouts || rollouts && !r.managed
	case RolloutPrompts, RolloutsPerPrompt, RolloutTokens:
		return rollouts && (tokens || !r.managed)
	case ManagedPricePerMillion:
		return r.managed
	case GPUPricePerHour, WastePercent, MFUPercent:
		return !r.managed
	case ModelParameters:
		return !r.managed && (r.dense || rollouts)
	case ActiveParameters:
		return !r.managed && !r.dense
	case Layers, HiddenSize:
		return !r.managed && (long || rollouts)
	case SequenceLength:
		return !r.managed && long
	case Heads:
		return !r.managed && (long || rollouts)
	case KVHeads:
		return !r.managed && rollouts
	}
	return false
}

// training is the compute of training at the likely values. The dollars of one run are those of a run in which nothing is lost.
func (r *Resolved) training() Training {
	v := r.likely()
	run := r.run(v)
	c := run.Cost()
	t := Training{FLOPs: Some(c.FLOPs), GPUHoursPerRun: Some(c.GPUHours), WallHoursPerRun: Some(c.WallHours), Runs: Some(v[TrainingRuns]), USD: Some(r.trainingUSD(v)),
		MFUPercent: Some(c.MFU * 100), AttentionFLOPs: Some(c.Attention), RolloutGPUHours: Some(run.Rollout), TrainingTokens: Some(run.Tokens)}
	if r.managed {
		t.USDPerRun = Some(cost.ManagedUSD(1, r.billedTokens(v), v[ManagedPricePerMillion]))
	} else {
		t.USDPerRun = Some(cost.RentUSD(1, c.GPUHours, v[GPUPricePerHour], 0))
	}
	return t
}

// memory is what training and serving one request keep in memory.
func (r *Resolved) memory() Memory {
	v := r.likely()
	job := r.job(v)
	parts, total := job.Memory()
	m := Memory{TrainingGB: Some(total), InferenceGB: Some(job.Shape.Serving(1, v[SequenceLength])), KVBytesPerToken: Some(job.Shape.KVBytes()), GPUs: Null}
	if n := job.GPUs(r.hardware().MemoryGB); n > 0 {
		m.GPUs = Some(n)
	}
	for _, p := range parts {
		m.Parts = append(m.Parts, MemoryPart{Part: p.Name, GB: p.GB})
	}
	return m
}

// server is a replica of the model as the answers describe it.
func (r *Resolved) server(v *values, static float64) cost.Server {
	return cost.Server{Shape: r.modelShape(v), GPU: r.hardware(), GPUs: v[GPUsPerReplica], In: static + v[TokensVariable], Out: v[TokensOut]}
}

// serving is the tuned model on GPUs, and how busy they are. What does not fit is a complaint where it would be paid for.
func (r *Resolved) serving() Serving {
	v := r.likely()
	server := r.server(v, r.tunedStatic(v))
	t := server.Throughput()
	if t.Requests <= 0 {
		if r.dedicated && !r.Given(InfraCostPerMonth) && v[TokensOut] > 0 {
			r.refuseHost(&server)
		}
		return Serving{GPUs: Some(v[Replicas] * v[GPUsPerReplica])}
	}
	use := t.Utilisation(v[MonthlyCalls]*v[AdaptersSharingHost], v[Replicas]) // the others that share the host are as busy
	if use > 1 && r.dedicated && !r.Given(InfraCostPerMonth) {
		r.unsound(Replicas, "The calls need "+times(use)+" times what these replicas can do. Write at least "+cost.Plain(math.Floor(float64(use*v[Replicas]))+1)+".")
	}
	if peak := t.Utilisation(r.busiest(v)*v[AdaptersSharingHost], v[Replicas]); use <= 1 && peak > 1 && r.dedicated && !r.Given(InfraCostPerMonth) {
		r.unsound(Replicas, "In the busiest month the calls need "+times(peak)+" times what these replicas can do. Write at least "+cost.Plain(math.Floor(float64(peak*v[Replicas]))+1)+".")
	}
	perHour := r.hostPrice(v) * v[GPUsPerReplica]
	return Serving{OutputTokensPerSecond: Some(t.TokensPerSecond), RequestsPerSecond: Some(t.Requests), UtilisationPercent: Some(use * 100),
		USDPerMillionOutputTokens: Some(cost.MillionUSD(perHour, t.TokensPerSecond, min(use, 1))), GPUs: Some(v[Replicas] * v[GPUsPerReplica])}
}

// busiest are the calls of the busiest month of the horizon.
func (r *Resolved) busiest(v *values) float64 {
	calls := v[MonthlyCalls]
	peak := calls
	for range r.horizonMonths() - 1 {
		calls *= 1 + v[VolumeGrowthPercentPerMonth]/100
		peak = max(peak, calls)
	}
	return peak
}

// times writes a ratio for a sentence: 1.31, 2,050.
func times(x float64) string {
	if x < 100 {
		return cost.Significant(x, 3)
	}
	return cost.Fixed(x, 0)
}

// refuseHost complains of a replica that cannot hold the model and one request, and offers what would.
func (r *Resolved) refuseHost(server *cost.Server) {
	need := cost.FewestGPUs(&server.Shape, server.GPU, server.In+server.Out)
	if need > server.GPUs {
		r.unsound(GPUsPerReplica, cost.Plain(server.GPUs)+" "+r.gpu.Name+" cannot hold the model and one request. Write "+cost.Plain(need)+".")
		return
	}
	other := r.cheapestGPU(func(h cost.Hardware) float64 { return cost.FewestGPUs(&server.Shape, h, server.In+server.Out) })
	if other == "" {
		other = " Write a smaller model or shorter calls."
	}
	r.unsound(GPU, "No replica of "+r.gpu.Name+" holds the model and one request."+other)
}

// usualGain is the gain that a test set is sized for, in points, where the scores are not known or there is none to make.
const usualGain = 5

// gains reports whether both scores are known and the target is above today's.
func (r *Resolved) gains() bool {
	return !r.Unknown(CurrentScore) && !r.Unknown(TargetScore) && r.Likely(TargetScore) > r.Likely(CurrentScore)
}

// WantedGain is the gain that a test set is sized for, in points, and whether the scores name it.
func (r *Resolved) WantedGain() (points float64, named bool) { return r.wantedGain(), r.gains() }

// wantedGain is the gain that a test set is sized for, in points.
func (r *Resolved) wantedGain() float64 {
	if r.gains() {
		return r.Likely(TargetScore) - r.Likely(CurrentScore)
	}
	return usualGain
}

// scoreWithin is how well one score should be known for its own sake: within 5 points either way.
const scoreWithin = 0.05

// evaluation is what the test set can tell.
func (r *Resolved) evaluation() Evaluation {
	p, gain, n := 0.5, usualGain/100.0, r.Likely(EvalSetSize)
	if !r.Unknown(CurrentScore) {
		p = r.Likely(CurrentScore) / 100
		if r.gains() {
			gain = r.Likely(TargetScore)/100 - p
		}
	}
	paired := cost.PairedItemsFor(p, gain)
	return Evaluation{HalfWidthPoints: Some(100 * cost.HalfWidth(p, n)), DetectablePoints: Some(100 * cost.Detectable(p, n)), ExamplesNeeded: Some(cost.ItemsFor(p, gain)),
		PairedExamplesNeeded: Some(paired), ExamplesForScore: Some(cost.ItemsWithin(p, scoreWithin)), Enough: n > 0 && n >= paired}
}

// costPerCall is one call in month 1.
func (r *Resolved) costPerCall() CostPerCall {
	v := r.likely()
	return CostPerCall{Baseline: callCost(r.baselineCall(v)), Tuned: callCost(r.tunedCall(v))}
}

func callCost(c cost.CallCost) CallCost {
	return CallCost{Input: Some(c.Input), Cached: Some(c.Cached), Output: Some(c.Output), Total: Some(c.Total)}
}
