package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

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
	good       asset.Assets // the last bundles without mistakes
	asks       asks         // of the calculator as it is now
	turn       atomic.Int64 // counts what was said to have changed of it
}

// open opens the folders of a project. What the calculator takes long for is said to say.
func open(o *options, say func(string)) (*project, error) {
	p := &project{options: o, content: &contentFS{}, theme: theme.FS}
	if isFolder(o.theme) {
		p.themeOwn = true
	} else if o.theme != defaultTheme {
		return nil, fmt.Errorf("there is no folder %s; name a theme with --theme, or leave it out for the one inside the command", o.theme)
	}
	if err := p.openFolders(); err != nil {
		return nil, machine(err)
	}
	var err error
	if p.stamp, err = ownStamp(); err != nil {
		return nil, machine(err)
	}
	cacheFolder, results := "", ""
	if user, err := os.UserCacheDir(); err == nil && !o.noCache {
		cacheFolder = filepath.Join(user, "whentofinetune")
		where, err := filepath.Abs(o.content)
		if err != nil {
			return nil, machine(err)
		}
		of := sha256.Sum256([]byte(where))
		results = filepath.Join(cacheFolder, "sites", hex.EncodeToString(of[:8]))
	}
	p.cache = newCache(results, p.stamp)
	content, err := real(o.content)
	if err != nil {
		return nil, machine(err)
	}
	if root, ok := module.Find(filepath.Dir(filepath.Clean(o.content)), ".", filepath.Dir(content)); ok {
		p.root = root
		p.calculator = module.New(root, cacheFolder, say)
		p.calculatorChanged()
	}
	p.themeChanged()
	return p, nil
}

// openFolders opens content and theme, or those that now stand in their places.
func (p *project) openFolders() error {
	content, err := os.OpenRoot(p.options.content)
	if err != nil {
		return fmt.Errorf("open %s: %w", p.options.content, err)
	}
	p.content.open(content)
	if p.themeOwn {
		root, err := os.OpenRoot(p.options.theme)
		if err != nil {
			return fmt.Errorf("open %s: %w", p.options.theme, err)
		}
		p.theme = root.FS()
	}
	return nil
}

// themeChanged bundles the theme's css and ts when they are next asked for. A bundle with mistakes is the last good one.
func (p *project) themeChanged() {
	from := p.theme
	p.bundled = sync.OnceValues(func() (asset.Assets, []problem.Problem) {
		assets, problems := asset.Bundle(from, p.options.theme)
		if !slices.ContainsFunc(problems, func(q problem.Problem) bool { return !q.Warning }) {
			p.good = assets
			return assets, problems
		}
		for name, address := range p.good.Names {
			if assets.Names[name] == "" {
				assets.Names[name], assets.Files[address] = address, p.good.Files[address]
			}
		}
		return assets, problems
	})
}

// themeSum is a hash over the theme's files but for its styles.
func (p *project) themeSum() [32]byte {
	sum := sha256.New()
	fs.WalkDir(p.theme, ".", func(name string, d fs.DirEntry, err error) error { // what cannot be read is said by who needs it
		if err == nil && d.Type().IsRegular() && path.Ext(name) != ".css" && !passedOver(d.Name()) {
			data, err := fs.ReadFile(p.theme, name)
			fmt.Fprintf(sum, "%s %v %x\n", name, err, sha256.Sum256(data))
		}
		return nil
	})
	return [32]byte(sum.Sum(nil))
}

// asks is what answers of the calculator are remembered under.
type asks struct {
	turn  int64
	stamp string // empty where nothing is to be remembered
	holds func() bool
}

// calculatorChanged forgets the calculator as it was. It is read when it is first asked, and may be saved again before: the stamp
// is taken before and after, and tells of the answers only where it is the same.
func (p *project) calculatorChanged() {
	if p.calculator == nil {
		return
	}
	turn := p.turn.Add(1)
	stamp, err := p.calculator.Stamp()
	if err != nil {
		stamp = ""
	}
	p.calculator.Reset()
	same := sync.OnceValue(func() bool {
		after, err := p.calculator.Stamp()
		return err == nil && after == stamp
	})
	p.asks = asks{turn, stamp, func() bool { return p.turn.Load() == turn && same() && p.turn.Load() == turn }}
}

// build makes the site from what the folders hold now.
func (p *project) build() *build.Output {
	bundled := p.bundled
	go bundled() // while pages are read
	out := build.New(p.input(), &p.memo)
	_, problems := bundled()
	out.Problems = problem.Sort(append(out.Problems, problems...))
	return out
}

// input is what a site is made from now.
func (p *project) input() build.Input {
	bundled := p.bundled
	in := build.Input{Content: p.content, Theme: p.theme, Options: p.options.build(), Stamp: p.stamp, Cache: p.cache}
	in.Assets = func() build.Assets {
		assets, _ := bundled()
		return build.Assets(assets)
	}
	if p.calculator != nil {
		in.Ask, in.Calculator = p.calculator.Ask, p.calculator.Bytes
		in.AskStamp, in.AskTurn, in.AskHolds = p.asks.stamp, int(p.asks.turn), p.asks.holds
	}
	return in
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
