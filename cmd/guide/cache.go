package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
)

// cache keeps results in files under the user's cache folder, named by their keys. Each file begins with a hash of what
// follows, so that a damaged one is passed over. It may be used by several processes at once: files appear whole.
type cache struct{ folder string }

func (c *cache) name(key [32]byte) string {
	s := hex.EncodeToString(key[:])
	return filepath.Join(c.folder, s[:2], s[2:])
}

// Get returns what Put stored under key.
func (c *cache) Get(key [32]byte) ([]byte, bool) {
	data, err := os.ReadFile(c.name(key))
	if err != nil || len(data) < 32 {
		return nil, false
	}
	sum := sha256.Sum256(data[32:])
	if !bytes.Equal(sum[:], data[:32]) {
		return nil, false
	}
	return data[32:], true
}

// Put stores a result. What cannot be stored is made again another time.
func (c *cache) Put(key [32]byte, data []byte) {
	name := c.name(key)
	if os.MkdirAll(filepath.Dir(name), 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return
	}
	sum := sha256.Sum256(data)
	_, err = f.Write(append(sum[:], data...))
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
}
