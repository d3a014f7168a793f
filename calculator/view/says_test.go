package view

import (
	"strings"
	"testing"

	"whentofinetune/calculator"
)

// hopeful are answers for which a tune fits and only the money is open.
const hopeful = "eval_set_size=400 prompting_effort=systematic current_score=78 target_score=92 best_model_score=85 cheaper_model_score=60 " +
	"labelled_examples=3000 data_quality=expert_verified task_stability=stable_6_months task_breadth=single_narrow "

// printed is a view of answers written as name=value, its lines and its tags taken out.
func printed(t *testing.T, s *Session, view, answers string) string {
	t.Helper()
	var pairs []calculator.Pair
	for _, field := range strings.Fields(answers) {
		name, value, _ := strings.Cut(field, "=")
		pairs = append(pairs, calculator.Pair{Name: name, Value: strings.ReplaceAll(value, "_/_", " ")})
	}
	status, body := s.Print(view, pairs)
	if status != ok {
		t.Fatalf("%s of %s: %s", view, answers, body)
	}
	plain, rest := "", string(body)
	for {
		text, tag, found := strings.Cut(rest, "<")
		if plain += text; !found {
			return strings.Join(strings.Fields(plain), " ")
		}
		_, rest, _ = strings.Cut(tag, ">")
	}
}

// What a view says of answers: words that must stand there, or must not after a stroke.
func TestWhatViewsSay(t *testing.T) {
	s := NewSession(shippedTables(t), nil)
	for _, c := range []struct{ answers, view, want string }{
		// A horizon that is cut short says so, with the day, whatever the verdict.
		{"tuned_model=o4-mini", "text", "The base model stopped on 2026-10-23, before the start on 2026-11-23: no month is counted, not 12."},
		{"tuned_model=gpt-4o-mini-2024-07-18", "verdict", "1 month is counted, not 12."},
		{"tuned_model=gpt-4.1", "memo", "retires first, on 2027-01-14: 1 month is counted, not 12"},
		{"tuned_model=gpt-4.1", "block payback", "1 month is counted, not 12."},
		{"tuned_model=o4-mini", "text", "/certain to ship"},
		{"tuned_model=o4-mini success_percent=100", "text", "it is certain to ship"},
		{"scenario=brand-tone months=0 success_percent=60", "text", "/certain to ship"},
	} {
		unwanted, not := strings.CutPrefix(c.want, "/")
		if said := printed(t, s, c.view, c.answers); strings.Contains(said, unwanted) == not {
			t.Errorf("%s of %s: want %q in\n%s", c.view, c.answers, c.want, said)
		}
	}
}
