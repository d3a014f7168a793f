package theme

import (
	"html/template"
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// token finds the colours of css/tokens.css: --name: light-dark(#light, #dark).
var token = regexp.MustCompile(`--([\w-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)`)

// palette reads the colours of one scheme: 0 light, 1 dark.
func palette(t *testing.T, scheme int) map[string]string {
	t.Helper()
	text, err := fs.ReadFile(FS, "css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	colours := map[string]string{"lit-ink": "f5faf5", "lit-needle": "ffb499"}
	for _, m := range token.FindAllStringSubmatch(string(text), -1) {
		colours[m[1]] = m[2+scheme]
	}
	return colours
}

// luminance is the relative luminance of a colour as WCAG 2.2 defines it.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	weights := [3]float64{0.2126, 0.7152, 0.0722}
	sum := 0.0
	for i, w := range weights {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += w * c
	}
	return sum
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// TestContrast holds every colour of text to 4.5 to 1 on every ground that it stands on, and every edge and curve to 3
// to 1, as WCAG 2.2 asks (1.4.3 and 1.4.11).
func TestContrast(t *testing.T) {
	pairs := []struct {
		front, grounds string
		least          float64
	}{
		{"ink", "paper sheet pad mark", 4.5},
		{"ink-2", "paper sheet pad mark", 4.5},
		{"ink-3", "paper", 4.5},
		{"link", "paper sheet pad mark", 4.5},
		{"seen", "paper sheet pad", 4.5},
		{"needle", "paper sheet pad", 4.5},
		{"go", "paper sheet pad", 4.5},
		{"wait", "paper sheet pad", 4.5},
		{"not", "paper sheet pad", 4.5},
		{"paper", "ink", 4.5},
		{"lit-ink", "go-lit wait-lit not-lit", 4.5},
		{"lit-needle", "go-lit wait-lit not-lit", 4.5},
		{"c2", "paper sheet pad", 4.5},
		{"c3", "paper sheet pad", 4.5},
		{"c6", "paper sheet pad", 4.5},
		{"c1", "paper sheet pad", 3},
		{"c4", "paper sheet pad", 3},
		{"c5", "paper sheet pad", 3},
		{"edge", "paper sheet pad", 3},
	}
	for scheme, name := range []string{"light", "dark"} {
		colours := palette(t, scheme)
		for _, p := range pairs {
			for ground := range strings.FieldsSeq(p.grounds) {
				if colours[p.front] == "" || colours[ground] == "" {
					t.Errorf("%s: there is no colour %s or %s", name, p.front, ground)
					continue
				}
				if got := contrast(t, colours[p.front], colours[ground]); got < p.least {
					t.Errorf("%s: %s on %s has %.2f to 1, want %.1f", name, p.front, ground, got, p.least)
				}
			}
		}
	}
}

// TestOldBrowsers holds the colours for browsers without light-dark() to the light ones.
func TestOldBrowsers(t *testing.T) {
	text, err := fs.ReadFile(FS, "css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	_, old, found := strings.Cut(string(text), "@supports not")
	if !found {
		t.Fatal("there is nothing for old browsers")
	}
	for name, hex := range palette(t, 0) {
		if !strings.HasPrefix(name, "lit-") && !strings.Contains(old, "--"+name+": #"+hex) {
			t.Errorf("old browsers lack --%s: #%s", name, hex)
		}
	}
}

// TestLayouts parses every layout and finds each block that one names.
func TestLayouts(t *testing.T) {
	set, err := template.ParseFS(FS, "layouts/*.html")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\{\{-? ?template "([^"]+)"`)
	for _, layout := range set.Templates() {
		text, err := fs.ReadFile(FS, "layouts/"+layout.Name())
		if err != nil {
			continue // a block
		}
		for _, m := range named.FindAllStringSubmatch(string(text), -1) {
			if set.Lookup(m[1]) == nil {
				t.Errorf("%s names %s, which is not defined", layout.Name(), m[1])
			}
		}
	}
}

// TestNothingInline holds layouts and scripts to what the content security policy allows: no style attributes, no
// handlers, no script text but where a hash allows it.
func TestNothingInline(t *testing.T) {
	bad := regexp.MustCompile(`\sstyle=|\son[a-z]+="|javascript:|\beval\(|new Function\(|\.innerHTML = (?:[^p]|p[^o])`)
	for _, folder := range []string{"layouts", "ts"} {
		entries, err := fs.ReadDir(FS, folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			text, err := fs.ReadFile(FS, folder+"/"+e.Name())
			if err != nil {
				t.Fatal(err)
			}
			if found := bad.FindString(string(text)); found != "" {
				t.Errorf("%s/%s has %q", folder, e.Name(), found)
			}
		}
	}
}
