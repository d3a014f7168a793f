package page

import "testing"

func TestSaid(t *testing.T) {
	for _, c := range []struct{ markup, want string }{
		{"", ""},
		{"<p>Some <b>bold</b> words.</p>text <p hidden>not this</p>", "Some bold words.\n\ntext\n"},
		{"<form><p class=\"block-title\">A title</p><label>Method</label><select><option>LoRA</option></select></form><div><p>Result</p></div>", "**A title**\n\nResult\n"},
		{"<figure><figcaption>A <span>finding</span></figcaption><svg><title>no</title><text>no</text></svg><p class=\"reading\">no</p><p>caption</p></figure>", "**A finding**\n\ncaption\n"},
		{"<p>list</p><ul><li>one</li><li>two<ul><li>in two</li></ul></li></ul><p>after</p>", "list\n\n- one\n- two\n  - in two\n\nafter\n"},
		{"<dl><dt>Saves</dt><dd>$16<small>now</small></dd><dt>Runs</dt><dd>$1</dd></dl>", "- Saves: $16 now\n- Runs: $1\n"},
		{"<table><thead><tr><th>Part<th>GB</tr></thead><tbody><tr><th>a|b</th><td>1</td></tr></tbody></table><p>x</p>", "| Part | GB |\n| --- | --- |\n| a\\|b | 1 |\n\nx\n"},
		{`<p><a href="https://a.example/x">Paper</a>, <a href="../y.html">page</a> <a class="try" href="#">Try</a></p>`, "[Paper](<https://a.example/x>), page\n"},
		{"<p>5 * 4 [x] `y` &lt;b> \\ lora_sft</p>", "5 \\* 4 \\[x\\] \\`y\\` \\<b> \\\\ lora_sft\n"},
		{"<p>not closed <b>at all", "not closed at all\n"},
	} {
		if got := Said(c.markup); got != c.want {
			t.Errorf("Said(%q) =\n%q, want\n%q", c.markup, got, c.want)
		}
	}
}
