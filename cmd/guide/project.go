package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"whentofinetune/cmd/guide/internal/asset"
	"whentofinetune/cmd/guide/internal/build"
	"whentofinetune/cmd/guide/internal/module"
	"whentofinetune/cmd/guide/internal/problem"
	"whentofinetune/theme"
)

// project is a site's folders, opened, and what is remembered between builds.
type project struct {
	options    *options
	content    *contentFS
	theme      fs.FS
	themeOwn   bool           // the theme is a folder, not the one inside the command
	calculator *module.Module // nil where the project has none
	root       string         // folder of the project that holds the calculator
	cache      *cache
	stamp      string
	memo       build.Memo
	bundled    func() (asset.Assets, []problem.Problem)
}

// open opens the folders of a project. What the calculator takes long for is said to say.
func open(o *options, say func(string)) (*project, error) {
	content, err := os.OpenRoot(o.content)
	if err != nil {
		return nil, machine(fmt.Errorf("open %s: %w", o.content, err))
	}
	p := &project{options: o, content: newContentFS(content)}
	p.theme = theme.FS
	if info, err := os.Stat(o.theme); err == nil && info.IsDir() {
		root, err := os.OpenRoot(o.theme)
		if err != nil {
			return nil, machine(fmt.Errorf("open %s: %w", o.theme, err))
		}
		p.theme, p.themeOwn = root.FS(), true
	} else if o.theme != "theme" {
		return nil, fmt.Errorf("there is no folder %s; name a theme with --theme, or leave it out for the one inside the command", o.theme)
	}
	if p.stamp, err = ownStamp(); err != nil {
		return nil, machine(err)
	}
	cacheFolder := ""
	if user, err := os.UserCacheDir(); err == nil {
		cacheFolder = filepath.Join(user, "whentofinetune")
		p.cache = &cache{folder: filepath.Join(cacheFolder, "results")}
	}
	if root, ok := module.Find(filepath.Dir(filepath.Clean(o.content)), "."); ok {
		p.root = root
		p.calculator = module.New(root, cacheFolder, say)
	}
	p.themeChanged()
	return p, nil
}

// themeChanged forgets the bundles of the theme.
func (p *project) themeChanged() {
	p.bundled = sync.OnceValues(func() (asset.Assets, []problem.Problem) { return asset.Bundle(p.theme, p.options.theme) })
}

// build makes the site from what the folders hold now.
func (p *project) build() *build.Output {
	assets, problems := p.bundled()
	in := build.Input{Content: p.content, Theme: p.theme, Assets: build.Assets(assets), Options: p.options.build(), Stamp: p.stamp}
	if p.cache != nil {
		in.Cache = p.cache
	}
	if p.calculator != nil {
		in.Ask, in.Calculator = p.calculator.Ask, p.calculator.Bytes
		if stamp, err := p.calculator.Stamp(); err == nil {
			in.AskStamp = stamp
		}
	}
	out := build.New(in, &p.memo)
	out.Problems = problem.Sort(append(out.Problems, problems...))
	return out
}

// ownStamp is a hash of this very command: what another version remembered is never used.
var ownStamp = sync.OnceValues(func() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find this command: %w", err)
	}
	f, err := os.Open(name)
	if err != nil {
		return "", fmt.Errorf("read this command: %w", err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", fmt.Errorf("read this command: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)[:16]), nil
})

// contentFS is a folder whose files are hashed once, until they are said to have changed.
type contentFS struct {
	fs.FS
	near near
	mu   sync.Mutex
	sums map[string][32]byte
}

func newContentFS(root *os.Root) *contentFS {
	return &contentFS{FS: root.FS(), near: near{root: root}, sums: map[string][32]byte{}}
}

// ReadFile reads a file and remembers its hash.
func (c *contentFS) ReadFile(name string) ([]byte, error) {
	data, err := c.near.ReadFile(name)
	if err == nil {
		sum := sha256.Sum256(data)
		c.mu.Lock()
		c.sums[name] = sum
		c.mu.Unlock()
	}
	return data, err
}

// Sum returns the hash of a file that was read before and has not been said to have changed since.
func (c *contentFS) Sum(name string) (sum [32]byte, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	sum, ok = c.sums[name]
	return sum, ok
}

// changed forgets files; a nil list forgets all.
func (c *contentFS) changed(names []string) {
	c.near.rest()
	c.mu.Lock()
	defer c.mu.Unlock()
	if names == nil {
		clear(c.sums)
	}
	for _, n := range names {
		delete(c.sums, n)
	}
}
