package build

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"path"
	"strings"
)

// Limits of what is saved for reading without a network; a larger site saves its shell and what was visited.
const (
	offlineFiles = 2000
	offlineBytes = 30 << 20
)

// addOffline adds the service worker: the theme's script after the list of what to save, each file with a hash of its
// bytes, so that an update fetches only what changed.
func (b *builder) addOffline(o *Output) {
	script := b.in.Assets.Files[b.in.Assets.Names["sw.js"]]
	if script == nil {
		return
	}
	o.add(File{Path: "sw.js", Kind: Meta, Bytes: func() ([]byte, error) {
		list, err := o.offline()
		if err != nil {
			return nil, err
		}
		data, err := json.Marshal(list)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(append(data, script...))
		version := base64.RawURLEncoding.EncodeToString(sum[:9])
		return append([]byte("self.__PRECACHE__="+string(data)+";self.__VERSION__=\""+version+"\";\n"), script...), nil
	}})
}

// offline lists what is saved: address and hash.
func (o *Output) offline() ([][2]string, error) {
	var list, shell [][2]string
	total := 0
	for _, f := range o.Files() {
		if !savedOffline(f) {
			continue
		}
		data, err := f.Bytes()
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(data)
		entry := [2]string{f.Path, base64.RawURLEncoding.EncodeToString(sum[:9])}
		total += len(data)
		list = append(list, entry)
		if f.Kind == Asset || inShell(f.Path) {
			shell = append(shell, entry)
		}
	}
	if len(list) > offlineFiles || total > offlineBytes {
		return shell, nil
	}
	return list, nil
}

// savedOffline leaves out what only machines read, and the scripts that file:// needs in place of the module.
func savedOffline(f File) bool {
	switch {
	case f.Kind == Meta && f.Path != "site.webmanifest", f.Path == "print.html", strings.HasPrefix(f.Path, "download/"):
		return false
	case strings.HasPrefix(f.Path, "assets/module-"), strings.HasPrefix(f.Path, "assets/worker-text-"), strings.HasPrefix(f.Path, "social/"):
		return false
	case f.Kind == Page && path.Ext(f.Path) == ".md":
		return false
	}
	return true
}

// inShell reports whether a large site saves a file too: the start page, the heads of its parts, the calculator.
func inShell(name string) bool {
	return path.Base(name) == "index.html" && strings.Count(name, "/") <= 1 || name == "404.html" || name == "calculator.html" || name == "favicon.svg" ||
		name == searchFolder+"root.js"
}
