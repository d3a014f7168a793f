package calculator

import (
	"strings"
	"testing"

	"whentofinetune/calculator/cost"
)

func TestEveryQuestionIsWhole(t *testing.T) {
	seen := map[string]bool{}
	for i := range Questions {
		q := &Questions[i]
		if q.ID == "" || q.Label == "" || seen[q.ID] {
			t.Errorf("question %d: id %q label %q", i, q.ID, q.Label)
		}
		seen[q.ID] = true
		if in, ok := Find(q.ID); !ok || in != Input(i) {
			t.Errorf("Find(%q) = %d", q.ID, in)
		}
		if q.Default == "" && q.DefaultNote == "" {
			t.Errorf("%s has no default and does not say why", q.ID)
		}
		if q.Numeric() && q.Max <= q.Min {
			t.Errorf("%s: bounds %v to %v", q.ID, q.Min, q.Max)
		}
		if (q.Kind == KindChoice) != (len(q.Choices) > 0) || (q.Kind == KindCatalog) != (q.Catalog != NoCatalog) {
			t.Errorf("%s: kind %d, %d choices, catalog %d", q.ID, q.Kind, len(q.Choices), q.Catalog)
		}
	}
}

func TestSetReads(t *testing.T) {
	for _, c := range []struct {
		in   Input
		text string
		want cost.Range
	}{
		{MonthlyCalls, "100M", cost.Exactly(1e8)},
		{MonthlyCalls, "1e8", cost.Exactly(1e8)},
		{MonthlyCalls, "100,000,000", cost.Exactly(1e8)},
		{MonthlyCalls, "2.2..3..4.2 M", cost.Range{Low: 2.2e6, Likely: 3e6, High: 4.2e6}},
		{ModelParameters, "8.03B", cost.Exactly(8.03e9)},
		{SavingPerCall, "$0.0005", cost.Exactly(0.0005)},
		{SavingPerCall, "-$0.0005", cost.Exactly(-0.0005)},
		{BatchPercent, "5%", cost.Exactly(5)},
		{TrainingExamples, "1.5k", cost.Exactly(1500)},
		{TrainingRuns, "8..12..20", cost.Range{Low: 8, Likely: 12, High: 20}},
		{VolumeGrowthPercentPerMonth, "−3", cost.Exactly(-3)},
		{MonthlyCalls, "1M calls", cost.Exactly(1e6)},
		{MonthlyCalls, "1..2..3 M calls a month", cost.Range{Low: 1e6, Likely: 2e6, High: 3e6}},
		{Months, "1 month", cost.Exactly(1)},
		{TokensOut, "200 tokens", cost.Exactly(200)},
		{LatencyBudgetMS, "5m", cost.Exactly(5e6)},
		{InfraCostPerMonth, "5k USD", cost.Exactly(5000)},
		{InfraCostPerMonth, "US$5k", cost.Exactly(5000)},
		{InfraCostPerMonth, "usd 5,000", cost.Exactly(5000)},
		{BatchPercent, "5% of calls", cost.Exactly(5)},
		{BatchPercent, "5 percent", cost.Exactly(5)},
		{BatchPercent, "5 percent of calls", cost.Exactly(5)},
		{VolumeGrowthPercentPerMonth, "-5 percent a month", cost.Exactly(-5)},
		{RetrainEffortPercent, "25% of the up-front cost", cost.Exactly(25)},
		{GPUPricePerHour, "$2.5 an hour", cost.Exactly(2.5)},
		{GPUPricePerHour, "2..2.5..3 USD/hour", cost.Range{Low: 2, Likely: 2.5, High: 3}},
		{BaselinePriceIn, "$1 per million tokens", cost.Exactly(1)},
		{BaselinePriceIn, "$1 a million tokens", cost.Exactly(1)},
		{FineTuneCost, "5k$", cost.Exactly(5000)},
		{FineTuneCost, "5 USD..8 USD..12 USD", cost.Range{Low: 5, Likely: 8, High: 12}},
		{SavingPerCall, "-US$5", cost.Exactly(-5)},
		{FineTuneCost, "500..900..1k", cost.Range{Low: 500, Likely: 900, High: 1000}},
		{BaselinePriceIn, "1.250", cost.Exactly(1.25)}, // a price may well have three digits
		{TokensOut, "187.333", cost.Exactly(187.333)},  // an average
		{TokensOut, "0.500", cost.Exactly(0.5)},
		{MonthlyCalls, "1.500k", cost.Exactly(1500)},
	} {
		var a Answers
		if complaint, ok := a.Set(c.in, c.text); !ok || a.Number(c.in) != c.want {
			t.Errorf("%s=%s: %v %q, want %v", c.in.ID(), c.text, a.Number(c.in), complaint.Text, c.want)
		}
		if !a.Given(c.in) {
			t.Errorf("%s is not given", c.in.ID())
		}
	}
}

func TestSetComplains(t *testing.T) {
	for _, c := range []struct {
		in         Input
		text, want string
	}{
		{TrainingExamples, "1,5OO", "“1,5OO” ends in two letters O. Write 1,500 or a range."},
		{BatchPercent, "140%", "140% is more than every call. Write a share from 0% to 100%."},
		{CurrentScore, "101", "101% is more than every item. Write a share from 0% to 100%."},
		{MonthlyCalls, "9..5..4", "The low end, 9, is above the high end, 4. Write low..likely..high, such as 4..6..9."},
		{MonthlyCalls, "4..10..9", "The likely value, 10, is above the high end, 9. Write low..likely..high, such as 4..6..9."},
		{MonthlyCalls, "1,5", "“1,5” has a comma where a point or three digits should stand. Write 1.5 or group the digits by threes."},
		{MonthlyCalls, "NaN", "“NaN” is not a number. Write a number such as 1,500, 1.5k or a range such as 1k..1.5k..2k."},
		{MonthlyCalls, "unknown", "“unknown” is no answer here. Leave it out, and the default is taken: 10,000. Or write a number from 0 to 1,000,000,000,000,000."},
		{MonthlyCalls, "5%", "“5%” is a share, and this is counted in calls a month. Write a number from 0 to 1,000,000,000,000,000."},
		{MonthlyCalls, "10.000", "“10.000” could be 10,000 or 10. Write one of these."},
		{MonthlyCalls, "1.000.000", "“1.000.000” has points where commas should stand. Write 1,000,000 or a range."},
		{TokensOut, "1.200..1.250..2k", "“1.200” could be 1,200 or 1.2. Write one of these."},
		{Months, "12.000 months", "“12.000” could be 12,000 or 12. Write one of these."},
		{BaselinePriceIn, "0,125", "“0,125” has a comma where a point or three digits should stand. Write 0.125 or group the digits by threes."},
		{FineTuneCost, "5..8..12k", "“5..8..12k” has its suffix at the last number alone. Write 5k..8k..12k."},
		{FineTuneCost, "USD", "“USD” is not a number. Write a number such as 1,500, 1.5k or a range such as 1k..1.5k..2k."},
		{TrainingRuns, "$5", "“$5” is money, and this is counted in runs. Write a number from 1 to 10,000."},
		{Months, "months", "“months” is not a number. Write a number such as 6 or a range such as 3..6..12."},
		{Months, "2.5", "2.5 is not a whole number. Write 2 or 3."},
		{Method, "lora-sf", "“lora-sf” is not one of the choices. Did you mean lora_sft? Choose one of lora_sft, qlora_sft, full_sft, dpo_lora, dpo_full, ppo, grpo, pretraining."},
		{StartDate, "2027-02-29", "“2027-02-29” is no day of the calendar. Write a date such as 2027-01-14 or unknown."},
		{StartDate, "14.01.2027", "“14.01.2027” is not written as year-month-day. Write a date such as 2027-01-14 or unknown."},
		{StartDate, "9999-12-31", "“9999-12-31” is outside the years 1900 to 2199. Write a date such as 2027-01-14 or unknown."},
		{RetrainEveryMonths, "0", "0 is below the least that counts, 0.1. Write a number from 0.1 to 1,200 or never."},
		{SuccessPercent, "nonsense", "“nonsense” is not a number. Write a share such as 5% or a range such as 2..5..10%."},
		{Draws, "many", "“many” is not a number. Write a whole number from 1 to 100,000."},
		{SuccessPercent, "unknown", "“unknown” is no answer here. Leave it out, and the default is taken: 30..60..90. Or write a number from 0% to 100%."},
		{BaselinePriceIn, "unknown", "“unknown” is no answer here. Leave it out, and the default is taken: the row's. Or write a number from 0 to 1,000,000."},
		{PrimaryGap, "unknown", "“unknown” is no answer here. Leave it out, and the default is taken: none_measured. Or choose one of knowledge, style, format, domain_idiom, reasoning, tool_use, actions_needed, refusal, preference_quality, cost, latency, none_measured."},
		{Checkpointing, "maybe", "“maybe” is neither true nor false. Choose true or false."},
		{GPU, "unknown", "“unknown” is no answer here. Leave it out, and the default is taken: h100-sxm. Or choose a row of the GPU table."},
		{Draws, "10..20..30", "A range is no answer here. Write a whole number from 1 to 100,000."},
	} {
		var a Answers
		complaint, ok := a.Set(c.in, c.text)
		if ok || complaint.Text != c.want || complaint.Input != c.in.ID() || complaint.Given != c.text {
			t.Errorf("%s=%s:\n got %q\nwant %q", c.in.ID(), c.text, complaint.Text, c.want)
		}
		if a.Given(c.in) {
			t.Errorf("%s was taken", c.in.ID())
		}
	}
}

// What a complaint proposes to whoever wrote no number is itself taken.
func TestExamplesAreTaken(t *testing.T) {
	for i := range Questions {
		q, in := &Questions[i], Input(i)
		if !q.Numeric() {
			continue
		}
		var a Answers
		c, _ := a.Set(in, "nonsense")
		for _, text := range [...]string{"1.5k", "1k..1.5k..2k", "5%", "2..5..10%", "6", "3..6..12", "8B", "7B..8B..9B"} {
			if strings.Contains(c.Text, " "+text) {
				if wrong, ok := a.Set(in, text); !ok {
					t.Errorf("%s: %s, and then %s", q.ID, c.Text, wrong.Text)
				}
			}
		}
	}
}

func TestTextReadsBack(t *testing.T) {
	for i := range Questions {
		q, in := &Questions[i], Input(i)
		for _, text := range []string{q.Default, "12", "0.3..1..2.25", "123456789", "8.03B", "unknown", "2027-01-14", "true", "never", "none", "lora_sft", "-3"} {
			var a, b Answers
			if _, ok := a.Set(in, text); !ok {
				continue
			}
			if complaint, ok := b.Set(in, a.Text(in)); !ok || b != a {
				t.Errorf("%s=%s is written %q, which reads as another: %v", q.ID, text, a.Text(in), complaint)
			}
		}
	}
}

func FuzzSet(f *testing.F) {
	for _, text := range []string{"", "1,5OO", "100M", "8..12..20", "1e8", "5%", "$3", "unknown", "2.2..3..4.2 M", "-", "..", "1..2", "O", "ª", "\xff", "1e999", "٣"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for in := range Inputs {
			var a, b Answers
			complaint, ok := a.Set(in, text)
			if !ok {
				if complaint.Input != in.ID() || complaint.Text == "" || a != (Answers{}) {
					t.Fatalf("%s=%q: %+v", in.ID(), text, complaint)
				}
				continue
			}
			q := in.Question()
			if r := a.Number(in); q.Numeric() && a.state[in] == given && !(q.Min <= r.Low && r.Low <= r.Likely && r.Likely <= r.High && r.High <= q.Max) {
				t.Fatalf("%s=%q: %v is out of bounds", in.ID(), text, r)
			}
			if _, ok := b.Set(in, a.Text(in)); !ok || !q.Numeric() && q.Kind != KindCatalog && b != a && a.Given(in) || q.Numeric() && a.Given(in) && b != a {
				t.Fatalf("%s=%q is written %q, which reads as another", in.ID(), text, a.Text(in))
			}
		}
	})
}

// A name that is wrong is held against those that begin with it, then against those that differ by a few letters.
func TestNearest(t *testing.T) {
	known := []string{"t4", "h200", "h100-sxm", "a10g", "a100-80gb", "months", "monthly_calls", "none"}
	for wrong, want := range map[string]string{"H100": "h100-sxm", "a100": "a100-80gb", "h300": "h200", "month": "months", "monthly": "monthly_calls", "nne": "none", "rtx": "", "npv": ""} {
		if near := Nearest(wrong, known); near != want {
			t.Errorf("%s: %q, want %q", wrong, near, want)
		}
	}
	if _, say := Named("scenrio"); !strings.Contains(say, "Did you mean scenario?") {
		t.Error(say)
	}
}
