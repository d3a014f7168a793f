package build

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"sync"
)

// moduleFiles are the files that a page with a calculator loads, by the name of the attribute that tells its script where
// they are.
type moduleFiles struct {
	once sync.Once
	list []moduleFile
}

type moduleFile struct {
	attribute string
	address   string // from the site's root
	data      []byte
}

// modules returns what the calculator in the page needs: nothing on a site without one. Compiling is left until then.
func (b *builder) modules() []moduleFile {
	b.module.once.Do(func() {
		if !b.live() {
			return
		}
		wasm, facts, err := b.in.Calculator()
		if err != nil {
			return // said where it was asked for
		}
		add := func(attribute, name, ext string, data []byte) {
			b.module.list = append(b.module.list, moduleFile{attribute, hashedAddress(name, ext, data), data})
		}
		add("module", "calculator", ".wasm", wasm)
		add("facts", "facts", ".txt", facts)
		add("offline-module", "module", ".js", call("guideModule", base64.StdEncoding.EncodeToString(wasm), string(facts)))
		if address := b.assets.Names["worker.js"]; address != "" {
			worker := b.assets.Files[address]
			b.module.list = append(b.module.list, moduleFile{"worker", address, worker})
			add("worker-text", "worker-text", ".js", call("guideWorker", string(worker)))
		}
	})
	return b.module.list
}

// call is a classic script that calls a function with texts: what file:// loads where it may not fetch.
func call(function string, texts ...string) []byte {
	out := []byte(function + "(")
	for i, t := range texts {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, scriptText(t)...)
	}
	return append(out, ")\n"...)
}

// scriptText writes a text as a string of JavaScript.
func scriptText(s string) []byte {
	data, err := json.Marshal(s) // also escapes <, > and the line separators that end a script's string
	if err != nil {
		panic("build: " + err.Error()) // a string
	}
	return data
}

// hashedAddress is the address of a file that the builder makes, by its bytes.
func hashedAddress(name, ext string, data []byte) string {
	sum := sha256.Sum256(data)
	return "assets/" + name + "-" + base32.StdEncoding.EncodeToString(sum[:])[:8] + ext
}

func (b *builder) addModule(o *Output) {
	for _, f := range b.modules() {
		o.add(File{Path: f.address, Kind: Asset, Bytes: func() ([]byte, error) { return f.data, nil }})
	}
}

// offers are the addresses that the scripts of every page are told, from the site's root.
func (b *builder) offers() map[string]string {
	to := map[string]string{"search": searchFolder + "root.js"}
	if a := b.assets.Names["search.js"]; a != "" {
		to["search-script"] = a
	}
	if b.assets.Names["sw.js"] != "" && !b.config.Online {
		to["sw"] = workerPath
	}
	return to
}
