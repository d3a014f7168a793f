package build

import (
	"bytes"
	"flag"
	"fmt"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"whentofinetune/cmd/guide/internal/problem"
)

var update = flag.Bool("update", false, "write the golden files anew; read the diff")

// ask stands for a calculator: it knows one figure and one source.
func ask(request string) (string, []problem.Problem, error) {
	view, _, _ := strings.Cut(request, "\n")
	switch view {
	case "figure answer":
		return "ok\n42", nil, nil
	case "cite some":
		return "ok\nkey\tsome\ntitle\tSome study\ngrade\tB\nsecond\ttrue\n", nil, nil
	case "block payback":
		return "ok\n<form data-calculator=\"payback\"><p class=\"block-title\">Payback</p></form><p>Month 4.</p>", nil, nil
	case "problems":
		return "ok\n", nil, nil
	}
	return "bad\n" + view + "\tis not known\task for the answer\n", nil, nil
}

func theme() fs.FS { return os.DirFS(filepath.Join("testdata", "theme")) }

func inputOf(content fs.FS) Input {
	return Input{Content: content, Theme: theme(), Ask: ask, AskStamp: "1", Options: Options{ContentName: "content", ThemeName: "theme"}}
}

func siteOf(content fs.FS, memo *Memo) *Output {
	return New(inputOf(content), memo)
}

// printed is a whole site as text: every file after its address, and the problems.
func printed(t testing.TB, o *Output) string {
	t.Helper()
	var b strings.Builder
	for _, f := range o.Files() {
		data, err := f.Bytes()
		if err != nil {
			data = []byte(err.Error() + "\n")
		}
		if path.Ext(f.Path) == ".png" { // what it shows is tested where it is drawn; here, that it is one
			if c, err := png.DecodeConfig(bytes.NewReader(data)); err == nil {
				data = fmt.Appendf(nil, "a picture of %d by %d\n", c.Width, c.Height)
			}
		}
		fmt.Fprintf(&b, "-- %s --\n%s\n", f.Path, data)
	}
	for _, p := range o.Problems {
		fmt.Fprintln(&b, p)
	}
	return b.String()
}

// Each folder of testdata/sites is a site; want.txt beside its content is what it becomes.
func TestSites(t *testing.T) {
	folders, err := filepath.Glob(filepath.Join("testdata", "sites", "*"))
	if err != nil || len(folders) == 0 {
		t.Fatal("there are no sites", err)
	}
	for _, folder := range folders {
		got := printed(t, siteOf(os.DirFS(filepath.Join(folder, "content")), nil))
		golden := filepath.Join(folder, "want.txt")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s has changed; look at it with: go test ./cmd/guide/internal/build -update && git diff\n%s", folder, firstDifference(got, string(want)))
		}
	}
}

// What is shown of a page before all others have been read is what is shown of it afterwards.
func TestOutlineShowsTheSame(t *testing.T) {
	folders, _ := filepath.Glob(filepath.Join("testdata", "sites", "*", "content"))
	for _, folder := range append(folders, filepath.Join("..", "..", "..", "..", "content")) {
		content := os.DirFS(folder)
		outline, site := Outline(inputOf(content)), siteOf(content, nil)
		for _, f := range site.Files() {
			if f.Kind != Page || f.Source == "" || path.Base(f.Source) == "sources.md" { // which lists who cites what
				continue
			}
			want, err := f.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			early, _ := outline.Find(f.Path)
			if got, err := early.Bytes(); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s: %s: %s %v", folder, f.Path, firstDifference(string(got), string(want)), err)
			}
		}
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

// After any sequence of edits a site that remembers equals one that was made anew, byte for byte.
func TestRememberingChangesNothing(t *testing.T) {
	runs := 20
	if testing.Short() {
		runs = 4
	}
	if soak, err := strconv.Atoi(os.Getenv("GUIDE_SOAK")); err == nil {
		runs = 170 * soak
	}
	for seed := range runs {
		random := rand.New(rand.NewPCG(uint64(seed), 7))
		content := fstest.MapFS{"index.md": {Data: []byte("# Home\n")}, "part/a.md": {Data: []byte("# A\n")}, "part/b.md": {Data: []byte("# B\n")}}
		var memo Memo
		for step := range 12 {
			what := edit(random, content)
			if mistaken(content) {
				siteOf(content, &memo) // is shown as it was
				continue
			}
			if got, want := printed(t, siteOf(content, &memo)), printed(t, siteOf(content, nil)); got != want {
				t.Fatalf("seed %d, step %d (%s): %s", seed, step, what, firstDifference(got, want))
			}
		}
	}
}

const mistake = "title: [\n"

// mistaken reports whether site.yaml cannot be read: a site that remembers is then shown with the last good one.
func mistaken(content fstest.MapFS) bool {
	f := content["site.yaml"]
	return f != nil && string(f.Data) == mistake
}

var (
	someNames = []string{"index.md", "part/index.md", "part/a.md", "part/b.md", "part/c.md", "other/d.md", "note.txt", "site.yaml", "glossary.md", "shared.md"}
	someLines = []string{"# A title\n", "Text about adapters.\n", "[a](part/a.md)\n", "[b](b.md#heading)\n", "## Heading\n", "`=answer`\n", "Cites [@some].\n", "[shared](/shared.md \"include\")\n",
		"```go\nfunc main() {}\n```\n", "Term\n: What it is.\n", "[term](/glossary.md#term)\n", "```calculator payback\n```\n", "![picture](/note.txt)\n"}
	someFront = []string{"", "---\ntitle: Given\n---\n", "---\norder: 3\n---\n", "---\ndraft: true\n---\n", "---\naliases: [old]\n---\n", "---\nreviewed: 2026-11-23\n---\n", "---\nlayout: plain\n---\n"}
	someSites = []string{"title: One\n", "title: Two\nglossary: glossary.md\n", "language: de\n", "title: Three\nbase: https://example.org/\n", "sources: part/a.md\n", mistake}
)

// edit changes, adds, renames or removes a file.
func edit(random *rand.Rand, content fstest.MapFS) string {
	pick := func(from []string) string { return from[random.IntN(len(from))] }
	name := pick(someNames)
	switch random.IntN(6) {
	case 0:
		delete(content, name)
		return "remove " + name
	case 1:
		if f := content[name]; f != nil && path.Ext(name) == ".md" {
			to := strings.TrimSuffix(name, ".md") + "-moved.md"
			delete(content, name)
			content[to] = f
			return "rename " + name
		}
	}
	text := pick(someFront)
	for range random.IntN(5) {
		text += pick(someLines) + "\n"
	}
	switch name {
	case "site.yaml":
		text = pick(someSites)
	case "note.txt":
		text = strconv.Itoa(random.IntN(3))
	}
	content[name] = &fstest.MapFile{Data: []byte(text)}
	return "write " + name
}

// What is read or asked for is written down: a page is made anew when it changes, and only then.
func TestDependencies(t *testing.T) {
	content := fstest.MapFS{"index.md": {Data: []byte("# Home\n\n[shared](shared.md \"include\")\n")}, "shared.md": {Data: []byte("Before.\n")}, "other.md": {Data: []byte("# Other\n")}}
	var memo Memo
	siteOf(content, &memo)
	home, other := memo.pages["index.md"], memo.pages["other.md"]
	content["shared.md"] = &fstest.MapFile{Data: []byte("After.\n")}
	out := siteOf(content, &memo)
	if memo.pages["index.md"] == home || memo.pages["other.md"] != other {
		t.Error("a page was not made anew, or one that need not be")
	}
	f, _ := out.Find("index.html")
	if data, err := f.Bytes(); err != nil || !bytes.Contains(data, []byte("After.")) {
		t.Errorf("%s %v", data, err)
	}
}

// Special files and hidden ones stay out, with a word for those that somebody may miss.
func TestWhatIsPassedOver(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"index.md": "# Home\n", ".secret": "x", "_draft.md": "# x\n", "a.md~": "x"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc/hostname", filepath.Join(folder, "link.txt")); err != nil {
		t.Fatal(err)
	}
	out := siteOf(os.DirFS(folder), nil)
	said := slices.ContainsFunc(out.Problems, func(p problem.Problem) bool { return p.File == "content/link.txt" && p.Warning })
	if !said {
		t.Errorf("the link is not named: %v", out.Problems)
	}
	for _, f := range out.Files() {
		if strings.Contains(f.Path, "secret") || strings.Contains(f.Path, "draft") || strings.Contains(f.Path, "~") || strings.Contains(f.Path, "link") {
			t.Errorf("%s is part of the site", f.Path)
		}
	}
}

// Where the page of sources is missing, that alone is said, and not of each citation that would lead there.
func TestSourcesAreMissing(t *testing.T) {
	const index = "# Start\n\nShown [@some], [@some] and [here](gone.md).\n"
	for _, c := range []struct{ config, sources, want string }{
		{"sources: gone.md\n", "", "content/index.md:3:28: link leads nowhere: gone.md; name a file of the content folder\n" +
			"content/site.yaml:1:10: sources names no page: gone.md; name a page of the content folder\n"},
		{"sources: src.md\n", "---\ntitle: Sources\ndraft: true\n---\n", "content/index.md:3:28: link leads nowhere: gone.md; name a file of the content folder\n" +
			"content/site.yaml:1:10: sources names no page: src.md; name a page of the content folder\n"},
		{"sources: src.md\n", "# Sources\n\n## Other\n", "content/index.md:3:7: link leads to no heading: src.md#some; see the headings of that page\n" +
			"content/index.md:3:16: link leads to no heading: src.md#some; see the headings of that page\n" +
			"content/index.md:3:28: link leads nowhere: gone.md; name a file of the content folder\n"},
	} {
		content := fstest.MapFS{"site.yaml": {Data: []byte(c.config)}, "index.md": {Data: []byte(index)}}
		if c.sources != "" {
			content["src.md"] = &fstest.MapFile{Data: []byte(c.sources)}
		}
		said := ""
		for _, p := range siteOf(content, nil).Problems {
			said += p.String() + "\n"
		}
		if said != c.want {
			t.Errorf("%q with %q says\n%swant\n%s", c.config, c.sources, said, c.want)
		}
	}
}
