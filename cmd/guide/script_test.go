package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// remembered is a cache folder that the projects of a short run share: most of a small site's build is the theme's bundles, which
// are the same for all. A full run gives each test a cache of its own.
var remembered string

// tests runs all tests between making and removing what they share.
type tests struct{ m *testing.M }

func (r tests) Run() int {
	if folder, err := os.MkdirTemp("", "guide-remembered-"); err == nil {
		remembered = folder
		defer os.RemoveAll(folder)
	}
	return r.m.Run()
}

// TestMain lets the scripts of testdata/script run this very command as guide.
func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"guide": main})
}

// withoutGo sets NOGO to a PATH on which there is a shell and this command, and no Go.
func withoutGo(e *testscript.Env) error {
	folder := filepath.Join(e.WorkDir, ".nogo")
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	for _, name := range []string{"sh", "guide"} {
		file := filepath.Join(folder, name)
		from, err := lookIn(e.Getenv("PATH"), name)
		if err != nil {
			return err
		}
		if err := os.Symlink(from, file); err != nil {
			return err
		}
	}
	e.Setenv("NOGO", folder)
	return nil
}

// lookIn finds a command in a list of folders.
func lookIn(folders, name string) (string, error) {
	for _, folder := range filepath.SplitList(folders) {
		if file := filepath.Join(folder, name); isFile(file) {
			return file, nil
		}
	}
	return "", fmt.Errorf("there is no %s in %s", name, folders)
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// TestScripts runs the commands as people do, each script in a folder of its own.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_CACHE_HOME", e.WorkDir+"/.cache")
			cache, err := exec.Command("go", "env", "GOCACHE").Output()
			if err != nil {
				return err
			}
			e.Setenv("GOCACHE", strings.TrimSpace(string(cache)))
			return withoutGo(e)
		},
	})
}

// atLength leaves a test of many builds out of a short run, but never in CI.
func atLength(t *testing.T) {
	t.Helper()
	if testing.Short() && os.Getenv("CI") != "true" {
		t.Skip("not with -short")
	}
}
