package view

import (
	"strings"
	"testing"
)

// A source, a row or a number that is not known is told by the nearest that is, or else by where all of them stand.
func TestUnknownNamesAreHelped(t *testing.T) {
	s := NewSession(tables(t, "about.txt", "prices.txt", "brackets.txt", "gpus.txt", "models.txt", "evidence.txt", "doors.txt"), nil)
	for request, want := range map[string]string{
		"cite price:nope":        "price:nope\tthere is no “price:nope”\tprices.txt and brackets.txt list all rows\n",
		"cite price:gpt-6.1-sul": "price:gpt-6.1-sul\tthere is no “price:gpt-6.1-sul”\tdid you mean price:gpt-6.1-sol?\n",
		"cite Nope":              "Nope\tthere is no “Nope”\tthe page of sources and evidence.txt list all keys\n",
		"cite Ovadai":            "Ovadai\tthere is no “Ovadai”\tdid you mean Ovadia?\n",
		"figure zzz.q":           "zzz.q\tthere is no “zzz.q”\tcalc --csv prints all that there are\n",
		"figure payback.npw":     "payback.npw\tthere is no “payback.npw”\tdid you mean payback.npv?\n",
	} {
		status, body := s.Print(request, nil)
		if status == ok || string(body) != want {
			t.Errorf("%s: %v %q", request, status, body)
		}
		if strings.Contains(string(body), "view") {
			t.Errorf("%s is told of views: %s", request, body)
		}
	}
}
