package math

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestPrint(t *testing.T) {
	for _, c := range []struct{ tex, want string }{
		{`x`, `<mi>x</mi>`},
		{`ab`, `<mi>a</mi><mi>b</mi>`},
		{`12.5`, `<mn>12.5</mn>`},
		{`0.05 + 100.08`, `<mn>0.05</mn><mo>+</mo><mn>100.08</mn>`},
		{`008`, `<mn>0</mn><mn>0</mn><mn>8</mn>`}, // the scanner says on its own that 008 is no octal number
		{`S - M`, `<mi>S</mi><mo>−</mo><mi>M</mi>`},
		{`C_0`, `<msub><mi>C</mi><mn>0</mn></msub>`},
		{`x^10`, `<msup><mi>x</mi><mn>1</mn></msup><mn>0</mn>`},
		{`x^{10}`, `<msup><mi>x</mi><mrow><mn>10</mn></mrow></msup>`},
		{`x_i^2`, `<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>`},
		{`\frac{C_0}{S-M}`, `<mfrac><mrow><msub><mi>C</mi><mn>0</mn></msub></mrow><mrow><mi>S</mi><mo>−</mo><mi>M</mi></mrow></mfrac>`},
		{`\sum_{t=1}^{H} S_t`, `<munderover><mo>∑</mo><mrow><mi>t</mi><mo>=</mo><mn>1</mn></mrow><mrow><mi>H</mi></mrow></munderover><msub><mi>S</mi><mi>t</mi></msub>`},
		{`\sqrt{2}`, `<msqrt><mn>2</mn></msqrt>`},
		{`\sqrt[12]{x}`, `<mroot><mrow><mi>x</mi></mrow><mrow><mn>12</mn></mrow></mroot>`},
		{`\left(1+r\right)^t`, `<mo>(</mo><mn>1</mn><mo>+</mo><mi>r</mi><msup><mo>)</mo><mi>t</mi></msup>`},
		{`\text{cost a call} \le 5`, `<mtext>cost a call</mtext><mo>≤</mo><mn>5</mn>`},
		{`\text{in 24h of 08}`, `<mtext>in 24h of 08</mtext>`},
		{`\alpha \times \log n`, `<mi>α</mi><mo>×</mo><mi>log</mi><mi>n</mi>`},
		{`\exp(x)`, `<mi>exp</mi><mo>(</mo><mi>x</mi><mo>)</mo>`},
		{`\exp{x}\exp`, `<mi>exp</mi><mrow><mi>x</mi></mrow><mi>exp</mi>`},
		{`\exp_i 2`, `<msub><mi>exp</mi><mi>i</mi></msub><mn>2</mn>`},
		{`\mathbb{R}`, `<mi>ℝ</mi>`},
		{`a < b`, `<mi>a</mi><mo>&lt;</mo><mi>b</mi>`},
		{`\frac {1} {2}`, `<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>`},
		{`x^ 2`, `<msup><mi>x</mi><mn>2</mn></msup>`},
		{`\sqrt [3] {x}`, `<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>`},
		{`\left|x\right|`, `<mo>|</mo><mi>x</mi><mo>|</mo>`},
	} {
		got, _, err := Print(c.tex, false)
		if err != nil {
			t.Errorf("%s: %v", c.tex, err)
			continue
		}
		want := `<math><semantics><mrow>` + c.want + `</mrow><annotation`
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s\n got %s\nwant %s", c.tex, got, want)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		tex, want string
		at        int
	}{
		{``, "empty", 0},
		{`\frac{1}{2`, "not closed", 8},
		{"  a\n1}", "no {", 5},
		{"a\n \\nosuchthing x", `\nosuchthing`, 3},
		{`\alpha\al x`, `\al `, 6},
		{`x^`, "nothing stands after", 1},
		{`\begin{matrix}`, `\begin`, 0},
		{`x \`, "backslash", 2},
		{`a & b`, "no meaning", 2},
		{strings.Repeat("{", 40) + strings.Repeat("}", 40), "deeper", 32},
		{strings.Repeat("x", 5000), "at most", 0},
		{`\frac12`, `\frac takes two parts in braces, as in \frac{a}{b}, and has none`, 0},
		{`x + \frac{1}`, `\frac takes two parts in braces, as in \frac{a}{b}, and has one`, 4},
		{`x^{\binom{n}}`, `\binom takes two parts in braces, as in \binom{a}{b}, and has one`, 3},
		{`\sqrt x`, `\sqrt takes a part in braces, as in \sqrt{a}, and has none`, 0},
		{`\sqrt[3]`, `\sqrt takes a part in braces`, 0},
		{`\sqrt [3 {x}`, `a [ is not closed`, 6},
		{`\text`, `\text takes a part in braces`, 0},
		{`x \foo`, `the formula cannot be read: \foo is not known`, 2},
		{`\genfrac`, `the formula cannot be read: \genfrac is not known`, 0},
		{`\stackrel{a}`, `the formula cannot be read: \stackrel is not known`, 0},
		{`x^2^3`, `the formula cannot be shown: of two ^ on one sign one would be lost`, 0},
		{`x_i^2_j`, `the formula cannot be shown: of two _ on one sign one would be lost`, 0},
		{`\left<x`, `the formula cannot be read: \left is before no bracket that is known`, 0},
		{`\"a`, `the formula cannot be read: \" is not known`, 0},
		{`x^2 + ∑`, `'∑' has no meaning in a formula`, 6},
		{`a | b`, `'|' has no meaning in a formula, where it is \vert`, 2},
		{`a + {^2}`, `nothing stands before '^'`, 5},
		{`\operatorname{x^2}`, `the formula cannot be shown: a formula cannot stand among words`, 0},
		{`\text{50\%}`, `the formula cannot be shown: \% cannot stand among words`, 8},
	} {
		got, at, err := Print(c.tex, true)
		if err == nil || !strings.Contains(err.Error(), c.want) || at != c.at {
			t.Errorf("%q: got %q and error %v at %d, want an error with %q at %d", c.tex, got, err, at, c.want, c.at)
		}
	}
}

func TestPlain(t *testing.T) {
	for tex, want := range map[string]string{
		`C_0`: "C_0", `S_t`: "S_t", `t = \frac{C_0}{S - M}`: "t=C_0/(S−M)", `x^{n+1}`: "x^(n+1)", `\sqrt{x}`: "√(x)",
		`\text{a month} \le 3`: "a month≤3", `\nosuch`: "", `{`: "",
	} {
		if got := Plain(tex); got != want {
			t.Errorf("%s: got %q, want %q", tex, got, want)
		}
	}
}

func FuzzPrint(f *testing.F) {
	for _, tex := range []string{`\frac{a}{b}^2_{i}`, `\sqrt[3]{\text{a b}}`, `\left\{x\right\}`, `\mathcal{L}(\theta)`, `x''`, `<script>`, `{{}}`, `_1`} {
		f.Add(tex)
	}
	f.Fuzz(func(t *testing.T, tex string) {
		got, at, err := Print(tex, true)
		if err != nil {
			if at < 0 || at > len(tex) || err.Error() == "the formula cannot be read" {
				t.Fatalf("%q: a mistake at %d: %v", tex, at, err)
			}
			return
		}
		d := xml.NewDecoder(strings.NewReader(got))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				return
			} else if err != nil && strings.ToValidUTF8(tex, "") == tex && !strings.ContainsFunc(tex, control) {
				t.Fatalf("%q gives broken markup: %v\n%s", tex, err, got)
			} else if err != nil {
				return
			}
		}
	})
}

func control(r rune) bool { return r < ' ' || r >= 0xFFFE && r <= 0xFFFF }
