package main

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	testRow  = regexp.MustCompile(`(?m)^func (TestT(\d\d)\w+)\(t \*testing\.T\)`)
	tableRow = regexp.MustCompile("(?m)^\\| T(\\d\\d) \\|[^|]+\\| (none yet|(?:`\\w+`(?:, )?)+) \\|[^|]+\\|$")
)

// The table in about/security names every row, and the tests in the tree that hold it, and no others.
func TestPromisesAreHeld(t *testing.T) {
	page := read(filepath.Join(ownFolder, "..", "..", "content", "about", "security.md"))
	inTree := map[string]string{} // test to row
	err := filepath.WalkDir(ownFolder, func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, "_test.go") {
			for _, m := range testRow.FindAllStringSubmatch(read(name), -1) {
				inTree[m[1]] = m[2]
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, m := range tableRow.FindAllStringSubmatch(page, -1) {
		rows = append(rows, m[1])
		if m[2] == "none yet" { // and a test of it that appears is missed below
			continue
		}
		for _, test := range strings.Split(m[2], ", ") {
			test = strings.Trim(test, "`")
			if inTree[test] != m[1] {
				t.Errorf("row T%s names %s, which is no test of that row", m[1], test)
			}
			delete(inTree, test)
		}
	}
	for test := range inTree {
		t.Errorf("about/security does not name %s", test)
	}
	for n := 1; n <= 89; n++ {
		if row := string([]byte{'0' + byte(n/10), '0' + byte(n%10)}); !slices.Contains(rows, row) {
			t.Errorf("about/security has no row T%s", row)
		}
	}
}

// Each library that is asked for directly has its reason in about/architecture.
func TestLibrariesHaveReasons(t *testing.T) {
	page := read(filepath.Join(ownFolder, "..", "..", "content", "about", "architecture.md"))
	_, page, _ = strings.Cut(page, "## Libraries and why")
	page, _, _ = strings.Cut(page, "\n## ")
	direct := regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(read(filepath.Join(ownFolder, "..", "..", "go.mod")), -1)
	if len(direct) < 5 || len(direct) > 18 {
		t.Errorf("%d libraries are asked for directly", len(direct))
	}
	for _, m := range direct {
		if !strings.Contains(page, "| `"+m[1]+"` |") {
			t.Errorf("about/architecture gives no reason for %s", m[1])
		}
	}
}

// The workflow grants no more than each job needs, and names every action by its commit.
func TestWorkflowIsPinned(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(ownFolder, "..", "..", ".github", "workflows", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal("there is no workflow", err)
	}
	for _, file := range files {
		text := read(file)
		if !strings.Contains(text, "\npermissions: {}\n") || strings.Contains(text, "write-all") || strings.Contains(text, "pull_request_target") {
			t.Errorf("%s grants more than it needs", file)
		}
		for _, m := range regexp.MustCompile(`uses: (\S+)`).FindAllStringSubmatch(text, -1) {
			if !regexp.MustCompile(`^[\w-]+/[\w-]+@[0-9a-f]{40}$`).MatchString(m[1]) {
				t.Errorf("%s is not pinned by a commit", m[1])
			}
		}
	}
}
