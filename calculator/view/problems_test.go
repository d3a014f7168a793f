package view

import (
	"strings"
	"testing"

	"whentofinetune/calculator"
)

// Every answer that cannot be read is listed under the name that was given, whatever was asked for before.
func TestUnreadAnswersAreListed(t *testing.T) {
	s := NewSession(tables(t, "about.txt", "prices.txt", "brackets.txt", "gpus.txt", "models.txt", "evidence.txt", "doors.txt"), nil)
	pairs := []calculator.Pair{{Name: "monthly_cals", Value: "3"}, {Name: "months", Value: "soon"}, {Name: "epochs", Value: "2"}, {Name: "active_parameters", Value: "900B"}}
	_, before := s.Print("problems", pairs)
	s.Print("report", pairs)
	status, after := s.Print("problems", pairs)
	if string(before) != string(after) || status != ok {
		t.Errorf("%s %q, after a report %q", status, before, after)
	}
	lines := strings.Split(strings.TrimSuffix(string(after), "\n"), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "monthly_cals\t") || !strings.Contains(lines[0], "monthly_calls") || !strings.HasPrefix(lines[1], "months\t") {
		t.Errorf("listed %q", lines)
	}
}
