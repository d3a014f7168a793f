package build

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"path"
	"strings"
	"sync"
)

// Limits of what is saved for reading without a network; a larger site saves its shell and what was visited.
const (
	offlineFiles = 2000
	offlineBytes = 30 << 20
)

// restFile lists everything for a reader of a large site who wants to save it all.
const restFile = "offline.json"

// addOffline adds the service worker: the theme's script after the list of what to save, each file with a hash of its
// bytes, so that an update fetches only what changed. A site that may be too large gets the list of everything beside it.
func (b *builder) addOffline(o *Output) {
	script := b.in.Assets.Files[b.in.Assets.Names["sw.js"]]
	if script == nil {
		return
	}
	lists := sync.OnceValues(o.offline)
	large := 2*len(b.site.Order)+len(o.others) > offlineFiles
	if large {
		o.add(File{Path: restFile, Kind: Meta, Bytes: func() ([]byte, error) {
			l, err := lists()
			if err != nil {
				return nil, err
			}
			return json.Marshal(l.all)
		}})
	}
	o.add(File{Path: "sw.js", Kind: Meta, Bytes: func() ([]byte, error) {
		l, err := lists()
		if err != nil {
			return nil, err
		}
		data, err := json.Marshal(l.first)
		if err != nil {
			return nil, err
		}
		head := "self.__PRECACHE__=" + string(data) + ";"
		if large && len(l.first) < len(l.all) {
			head += "self.__REST__=\"" + restFile + "\";"
		}
		sum := sha256.Sum256([]byte(head + l.stamp() + string(script)))
		return []byte(head + "self.__VERSION__=\"" + base64.RawURLEncoding.EncodeToString(sum[:9]) + "\";\n" + string(script)), nil
	}})
}

// saved are the files that a device keeps, address and hash: those saved unasked, and all.
type saved struct{ first, all [][2]string }

// stamp changes whenever any file does.
func (s saved) stamp() string {
	h := sha256.New()
	for _, entry := range s.all {
		h.Write([]byte(entry[0] + " " + entry[1] + "\n"))
	}
	return string(h.Sum(nil))
}

// offline lists what is saved.
func (o *Output) offline() (saved, error) {
	var all, shell [][2]string
	total := 0
	for _, f := range o.Files() {
		if !savedOffline(f) {
			continue
		}
		sum, size, err := o.sumOf(f)
		if err != nil {
			return saved{}, err
		}
		entry := [2]string{f.Path, base64.RawURLEncoding.EncodeToString(sum[:9])}
		total += size
		all = append(all, entry)
		if f.Kind == Asset || inShell(f.Path) {
			shell = append(shell, entry)
		}
	}
	if len(all) > offlineFiles || total > offlineBytes {
		return saved{shell, all}, nil
	}
	return saved{all, all}, nil
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
