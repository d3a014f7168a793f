package view

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// pages are the views whose reply is HTML.
var pages = []string{"calculator", "form", "report", "verdict", "block", "chart", "ladder", "table", "scenario", "case", "validation", "presets"}

// void are elements without an end.
var void = []string{"input", "br", "hr", "col", "img", "wbr"}

// flaw names what is wrong with markup that the views print: elements that do not end in their order, or one that no view has.
func flaw(markup string) string {
	var open []string
	for {
		at := strings.IndexByte(markup, '<')
		if at < 0 {
			if len(open) > 0 {
				return "no end of " + open[len(open)-1]
			}
			return ""
		}
		end := at
		for quoted := false; ; end++ {
			if end == len(markup) {
				return "an open tag: " + markup[at:]
			}
			if markup[end] == '"' {
				quoted = !quoted
			}
			if markup[end] == '>' && !quoted {
				break
			}
		}
		tag := markup[at+1 : end]
		markup = markup[end+1:]
		name, rest, _ := strings.Cut(strings.TrimSuffix(tag, "/"), " ")
		if after, ends := strings.CutPrefix(name, "/"); ends {
			if len(open) == 0 || open[len(open)-1] != after {
				return "</" + after + "> without its start"
			}
			open = open[:len(open)-1]
			continue
		}
		if slices.Contains([]string{"script", "img", "iframe", "style", "object", "link", "b9"}, name) || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzP0123456789") != "" {
			return "<" + tag + ">"
		}
		for i, part := range strings.Split(rest, `"`) {
			if i%2 == 0 && (strings.HasPrefix(strings.TrimSpace(part), "on") || strings.ContainsAny(part, "<")) {
				return "<" + tag + ">"
			}
			if i%2 == 1 && strings.HasPrefix(strings.ToLower(strings.TrimSpace(part)), "javascript:") {
				return "<" + tag + ">"
			}
		}
		if !strings.HasSuffix(tag, "/") && !slices.Contains(void, name) {
			open = append(open, name)
		}
	}
}

// Whatever the module is asked, it answers ok or bad, in the form that each has, and no answer becomes markup.
func FuzzAsk(f *testing.F) {
	evil := `"><img src=x onerror=alert(1)><b9 x='`
	for i := range views {
		v := &views[i]
		argument := ""
		if v.takes {
			argument = " payback"
		}
		f.Add(v.word + argument + "\nmonthly_calls=100M\nmonths=12")
		f.Add(v.word + argument + "\nmonthly_calls=" + evil + "\n" + evil + "=1\nbaseline_model=" + evil)
		f.Add(v.word + " " + evil)
	}
	for _, s := range []string{"", "\n", "figure options[0].cost", "figure payback.npv\nmonthly_calls=1e999\nmonths=NaN", "report\nmonthly_calls=-1..2\nbaseline_price=0\nbaseline_price=1", "table prices\nid=" + evil, "form\nroot=../../\nid=a-", "chart flips\ngoal=\x00\xff", "report\n=\n=1\n==", "stale 2026-13-45", "stale 2099-01-01", "report\r\nmonths=12\r", "cite price:x\nroot=javascript:x"} {
		f.Add(s)
	}
	all := shippedTables(f)
	f.Fuzz(func(t *testing.T, request string) {
		reply := NewSession(all, nil).Ask(request)
		status, body, found := strings.Cut(string(reply), "\n")
		view, _, _ := strings.Cut(request, "\n")
		word, _, _ := strings.Cut(strings.TrimSpace(view), " ")
		switch {
		case !found || status != ok && status != bad:
			t.Fatalf("%q is answered with the status %q", request, status)
		case utf8.ValidString(request) && !utf8.ValidString(body):
			t.Errorf("%q is answered with something that is not UTF-8", request)
		case status == bad:
			for line := range strings.Lines(body) {
				if cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(cells) != 3 || cells[1] == "" {
					t.Errorf("%q is refused with the line %q", request, line)
				}
			}
			if body == "" {
				t.Errorf("%q is refused without a word", request)
			}
		case slices.Contains(pages, word):
			if s := flaw(body); s != "" {
				t.Errorf("%q prints %s", request, s)
			}
		}
		if again := NewSession(all, nil).Ask(request); string(again) != string(reply) {
			t.Errorf("%q is answered in two ways", request)
		}
	})
}
