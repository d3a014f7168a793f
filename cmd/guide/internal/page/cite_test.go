package page

import "testing"

// Brackets that name sources in a way that is no citation say how to write it, where there is something to cite.
func TestMiscited(t *testing.T) {
	cites := Options{OwnWords: true, Words: Words{Cite: func(c *Context, s Span) bool { c.Raw("<" + s.Text + ">"); return true }}}
	for src, keys := range map[string]string{
		"x [@Ovadia; @Hu] y": "[@Ovadia] [@Hu]", "x [@Ovadia p. 3] y": "[@Ovadia]", "x [see @Ovadia] y": "[@Ovadia]", "x [@ Ovadia] y": "[@Ovadia]", "x [-@Ovadia, p.] y": "[@Ovadia]", "x [@Ovadia;\n@Hu]": "[@Ovadia]", "x [@Ovadia, @Hu.]": "[@Ovadia] [@Hu]",
		"x [@Ovadia][@Hu] [@price:gpt-6.1]": "", "x [@user](b.md) [me @home](b.md) [a@b.c] `[@a; @b]` \\[@a; @b] [@ 3] [@user x][r] [@user x]\n\n[r]: b.md\n[@user x]: b.md": "",
	} {
		p := parsed("# x\n\n"+src+"\n", cites)
		if keys != "" {
			says(t, p, "content/a.md:3:3: this is no citation, and it is shown as it is written; write each key in brackets of its own: "+keys)
		}
		if most := min(1, len(keys)); len(p.Problems) > most {
			t.Errorf("%q says %v", src, p.Problems)
		}
		if p := parsed("# x\n\n"+src+"\n", Options{}); len(p.Problems) > 0 {
			t.Errorf("%q says %v in a tree without citations", src, p.Problems)
		}
	}
}

// Wherever a file ends, what looks ahead in a line stops there.
func TestCutOffAnywhere(t *testing.T) {
	const src = "| a | b |\n|---|---|\n| 1 | 2 | [@Ovadia; @Hu] [r][s] [y](a b.md) ![z](a b.png) |\n"
	for end := range src {
		parsed(src[:end], Options{OwnWords: true})
	}
}
