package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func keyOf(n int) [32]byte { return sha256.Sum256(fmt.Append(nil, n)) }

func valueOf(n int) []byte { return bytes.Repeat(fmt.Append(nil, n, " "), n%3000) }

// filled is the cache of a folder after a build put results from to to into it.
func filled(t *testing.T, folder, stamp string, from, to int) {
	t.Helper()
	c := newCache(folder, stamp)
	for n := from; n < to; n++ {
		if !c.Put(keyOf(n), valueOf(n)) {
			t.Fatal("not stored")
		}
		if got, ok := c.Get(keyOf(n)); !ok || !bytes.Equal(got, valueOf(n)) {
			t.Fatalf("%d is not there at once", n)
		}
	}
	c.commit(false)
	c.close()
}

// holding counts the results of a folder and checks each.
func holding(t *testing.T, folder, stamp string, most int) (n int) {
	t.Helper()
	c := newCache(folder, stamp)
	defer c.close()
	for i := range most {
		if got, ok := c.Get(keyOf(i)); ok {
			if n++; !bytes.Equal(got, valueOf(i)) {
				t.Errorf("%d came back as something else", i)
			}
		}
	}
	return n
}

func TestCacheOutlivesTheProcess(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a")
	filled(t, folder, "one", 0, 500)
	filled(t, folder, "one", 400, 700)
	if n := holding(t, folder, "one", 800); n != 700 {
		t.Errorf("%d of 700", n)
	}
	c := newCache(folder, "one")
	c.Put(keyOf(1000), []byte("x"))
	c.close() // without commit
	entries, _ := os.ReadDir(folder)
	if len(entries) != 2 {
		t.Errorf("left behind: %v", entries)
	}
	if n := holding(t, folder, "two", 800); n != 0 {
		t.Errorf("another version finds %d", n)
	}
}

// Builds at once see each other's results whole or not at all, also while one of them joins the files.
func TestCacheOfSeveralBuilds(t *testing.T) {
	folder := t.TempDir()
	var builds sync.WaitGroup
	for b := range 8 {
		builds.Go(func() {
			for round := range 6 {
				c := newCache(folder, "one")
				for n := range 60 {
					if got, ok := c.Get(keyOf(n)); ok && !bytes.Equal(got, valueOf(n)) {
						t.Error("a result came back as something else")
					} else if !ok {
						c.Put(keyOf(n), valueOf(n))
					}
				}
				c.Put(keyOf(100+6*b+round), valueOf(100+6*b+round))
				c.commit(true)
				c.close()
			}
		})
	}
	builds.Wait()
	if n := holding(t, folder, "one", 60); n != 60 {
		t.Errorf("%d of 60", n)
	}
	if entries, _ := os.ReadDir(folder); len(entries) > 2*manyParts {
		t.Errorf("%d files were not joined", len(entries))
	}
}

// A byte that is wrong anywhere costs what it stands in, and nothing wrong is ever returned.
func TestCacheDamaged(t *testing.T) {
	folder := t.TempDir()
	filled(t, folder, "one", 0, 40)
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Fatal(entries, err)
	}
	name := filepath.Join(folder, entries[0].Name())
	good, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(good); at += 97 {
		bad := bytes.Clone(good)
		bad[at] ^= 0x10
		for _, data := range [][]byte{bad, good[:at]} {
			if err := os.WriteFile(name, data, 0o600); err != nil {
				t.Fatal(err)
			}
			holding(t, folder, "one", 40)
		}
	}
}

// Results that nothing asks for go when a whole site is built.
func TestCacheForgets(t *testing.T) {
	folder := t.TempDir()
	filled(t, folder, "one", 0, 900)
	c := newCache(folder, "one")
	for n := range 100 {
		c.Get(keyOf(n))
	}
	c.Put(keyOf(2000), valueOf(2000))
	c.commit(true)
	if got, ok := c.Get(keyOf(99)); !ok || !bytes.Equal(got, valueOf(99)) {
		t.Error("what was joined is not found in the process")
	}
	c.close()
	if n := holding(t, folder, "one", 3000); n != 101 {
		t.Errorf("%d of 101", n)
	}
}

// Where nothing can be written, results are not stored, and that is said.
func TestCacheWithoutRoom(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c := newCache(filepath.Join(file, "below"), "one")
	defer c.close()
	if c.Put(keyOf(1), valueOf(1)) {
		t.Error("stored where there is no folder")
	}
	if _, ok := c.Get(keyOf(1)); ok {
		t.Error("found what was not stored")
	}
	none := newCache("", "one")
	defer none.close()
	if !none.Put(keyOf(7), valueOf(7)) {
		t.Error("not stored")
	}
	if got, ok := none.Get(keyOf(7)); !ok || !bytes.Equal(got, valueOf(7)) {
		t.Error("not found")
	}
	none.commit(true)
}
