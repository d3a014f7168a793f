package math

import (
	"strings"

	"codeberg.org/go-latex/latex/ast"
)

// The tables below name what a formula may say. Code points are those of Unicode Technical Report 25, "Unicode Support
// for Mathematics", with MathML Core's operator dictionary in mind.

// above holds the macros whose scripts stand over and under them.
var above = set(`sum prod coprod bigcup bigcap lim liminf limsup max min sup inf`)

var functions = set(`arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min Pr sec sin sinh sup tan tanh`)

var letters = table(`alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
	lambda λ mu μ nu ν xi ξ omicron ο pi π rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
	Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
	infty ∞ nabla ∇ partial ∂ hbar ℏ ell ℓ emptyset ∅ Re ℜ Im ℑ dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱`)

var operators = table(`cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ otimes ⊗ cap ∩ cup ∪ wedge ∧ vee ∨ setminus ∖
	leq ≤ geq ≥ neq ≠ ll ≪ gg ≫ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ in ∈ ni ∋ notin ∉ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ mid ∣ parallel ∥ perp ⊥
	leftarrow ← rightarrow → leftrightarrow ↔ Leftarrow ⇐ Rightarrow ⇒ Leftrightarrow ⇔ mapsto ↦ uparrow ↑ downarrow ↓ longrightarrow ⟶
	sum ∑ prod ∏ coprod ∐ int ∫ oint ∮ bigcup ⋃ bigcap ⋂ forall ∀ exists ∃ neg ¬
	{ { } } langle ⟨ rangle ⟩ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ vert | Vert ‖ backslash \`)

var spaces = map[string]string{
	" ": "0.333em", ",": "0.167em", ":": "0.222em", ";": "0.278em", "!": "-0.167em", "quad": "1em", "qquad": "2em",
}

// alphabets hold the letters of the macros that name one.
var alphabets = map[string]func(rune) rune{
	"mathbf":  alphabet('𝐀', '𝐚', '𝟎', ""),
	"mathtt":  alphabet('𝙰', '𝚊', '𝟶', ""),
	"mathsf":  alphabet('𝖠', '𝖺', '𝟢', ""),
	"mathbb":  alphabet('𝔸', '𝕒', '𝟘', "CℂHℍNℕPℙQℚRℝZℤ"),
	"mathcal": alphabet('𝒜', '𝒶', 0, "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ"),
}

// built writes a macro that takes arguments and reports whether it knows it.
func (p *printer) built(name string, args []ast.List) bool {
	switch name {
	case "frac":
		p.inside("mfrac", func() { p.part("", args[0]); p.part("/", args[1]) })
	case "binom":
		p.element("mo", "(")
		p.inside(`mfrac linethickness="0"`, func() { p.group(args[0]); p.part(" over ", args[1]) })
		p.element("mo", ")")
	case "sqrt":
		if len(args) == 2 {
			p.inside("mroot", func() { p.part("√", args[1]); p.part(" of degree ", args[0]) })
		} else {
			p.plain.WriteString("√(")
			p.inside("msqrt", func() { p.row(args[0]) })
			p.plain.WriteByte(')')
		}
	case "overline":
		p.inside("mover", func() { p.group(args[0]); p.element("mo", "‾") })
	case "operatorname":
		p.element("mi", p.words(args[0]))
	case "mathregular":
		p.element("mtext", p.words(args[0]))
	case "mathit":
		p.group(args[0])
	default:
		letters, ok := alphabets[name]
		if ok {
			p.element("mi", strings.Map(letters, p.words(args[0])))
		}
		return ok
	}
	return true
}

// alphabet returns what turns letters and digits into those of one of Unicode's mathematical alphabets, given by the
// place of its A, a and 0; exceptions holds pairs of a letter and the older character that stands for it.
func alphabet(upper, lower, zero rune, exceptions string) func(rune) rune {
	other := map[rune]rune{}
	for pairs := []rune(exceptions); len(pairs) > 1; pairs = pairs[2:] {
		other[pairs[0]] = pairs[1]
	}
	return func(r rune) rune {
		switch {
		case other[r] != 0:
			return other[r]
		case 'A' <= r && r <= 'Z':
			return upper + r - 'A'
		case 'a' <= r && r <= 'z':
			return lower + r - 'a'
		case '0' <= r && r <= '9' && zero != 0:
			return zero + r - '0'
		}
		return r
	}
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

func table(pairs string) map[string]string {
	out := map[string]string{}
	for fields := strings.Fields(pairs); len(fields) > 1; fields = fields[2:] {
		out[fields[0]] = fields[1]
	}
	return out
}
