package page

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the cases print into their files; then read the diff")

// TestCases runs testdata/*.txt. A case is one file: markdown, then what is printed, parted by lines that name the parts:
//
//	-- page.md --      the input; other files may follow, for includes and pictures
//	-- html --         the body
//	-- about --        title, headings, links, text
//	-- problems --     one a line
//
// A first line "raw" or "glossary NAME" before the first part sets options.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d cases: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			head, parts := split(string(data))
			want := string(data)
			got := head
			read := func(name string) ([]byte, error) {
				for _, p := range parts {
					if p[0] == name {
						return []byte(p[1]), nil
					}
				}
				return nil, os.ErrNotExist
			}
			for _, p := range parts {
				if p[0] != "html" && p[0] != "about" && p[0] != "problems" {
					got += "-- " + p[0] + " --\n" + p[1]
				}
			}
			o := Options{Prefix: "content", RawHTML: strings.Contains(head, "raw\n"), Read: read}
			if _, name, ok := strings.Cut(head, "glossary "); ok {
				o.Glossary = strings.TrimSpace(name)
				text, _ := read(o.Glossary)
				o.Terms = Terms(text)
			}
			src, err := read("page.md")
			if err != nil {
				t.Fatal("no part page.md")
			}
			got += printout(Parse("page.md", src, o))
			if got == want {
				return
			}
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("%s differs (run with -update and read the diff):\n%s", file, got)
		})
	}
}

// split takes a case apart: what stands before the first part, and the parts.
func split(s string) (head string, parts [][2]string) {
	for line := range strings.Lines(s) {
		if name, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "-- "); ok && strings.HasSuffix(name, " --") {
			parts = append(parts, [2]string{strings.TrimSuffix(name, " --")})
		} else if len(parts) == 0 {
			head += line
		} else {
			parts[len(parts)-1][1] += line
		}
	}
	return head, parts
}

// printout prints what a page became.
func printout(p *Page) string {
	var b strings.Builder
	fmt.Fprintf(&b, "-- html --\n%s", p.Body)
	if len(p.Body) > 0 && p.Body[len(p.Body)-1] != '\n' {
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "-- about --\ntitle: %s\n", p.NameHTML)
	if p.Summary != "" {
		fmt.Fprintf(&b, "summary: %s\n", p.Summary)
	}
	for _, h := range p.Headings {
		fmt.Fprintf(&b, "heading: %d %s %s\n", h.Level, h.ID, h.Title)
	}
	for _, l := range p.Links {
		fmt.Fprintf(&b, "link: %d:%d %s#%s %d\n", l.Line, l.Column, l.Target, l.Anchor, l.Kind)
	}
	for _, s := range p.Sections {
		fmt.Fprintf(&b, "text: [%s] %s\n", s.ID, s.Text)
	}
	if len(p.Problems) > 0 {
		b.WriteString("-- problems --\n")
	}
	for _, q := range p.Problems {
		fmt.Fprintln(&b, q)
	}
	return b.String()
}
