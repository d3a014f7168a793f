package build

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"path"
	"strconv"
	"strings"
	"sync"
)

// Limits of what is saved for reading without a network; a larger site saves its shell and what was visited.
const (
	offlineFiles = 2000
	offlineBytes = 30 << 20
)

// workerPath is where the service worker stands: at the root, which is its scope.
const workerPath = "sw.js"

// restFile lists everything for a reader of a site of many files who wants to save it all.
const restFile = "offline.json"

// retire is the service worker of a site that is no longer kept: it lets go of what an earlier one kept, and of itself.
const retire = `addEventListener("install",()=>skipWaiting());
addEventListener("activate",e=>e.waitUntil((async()=>{for(const k of await caches.keys())if(k.startsWith("guide "+registration.scope+" "))await caches.delete(k);await registration.unregister()})()));
`

// addOffline adds the service worker: the theme's script after the list of what to save, each file with a hash of its
// bytes, so that an update fetches only what changed. A site that is too large gets the list of everything too: beside
// it where there are many files, else in it.
func (b *builder) addOffline(o *Output) {
	script := b.assets.Files[b.assets.Names["sw.js"]]
	if b.config.Online {
		o.add(File{Path: workerPath, Kind: Meta, Bytes: func() ([]byte, error) { return []byte(retire), nil }})
		return
	}
	if script == nil {
		return
	}
	lists := sync.OnceValues(o.offline)
	many := 2*len(b.site.Order)+len(o.others) > offlineFiles
	if many {
		o.add(File{Path: restFile, Kind: Meta, Bytes: func() ([]byte, error) {
			l, err := lists()
			if err != nil {
				return nil, err
			}
			return json.Marshal(l.all)
		}})
	}
	o.add(File{Path: workerPath, Kind: Meta, Bytes: func() ([]byte, error) {
		l, err := lists()
		if err != nil {
			return nil, err
		}
		head := "self.__PRECACHE__=" + asJSON(l.first) + ";self.__BYTES__=" + strconv.Itoa(l.bytes) + ";"
		switch {
		case !l.rest: // all that the reader could ask for is there
		case many:
			head += "self.__REST__=" + asJSON(restFile) + ";"
		default:
			head += "self.__REST__=" + asJSON(l.all) + ";"
		}
		sum := sha256.Sum256([]byte(head + l.stamp() + string(script)))
		return []byte(head + "self.__VERSION__=\"" + base64.RawURLEncoding.EncodeToString(sum[:9]) + "\";\n" + string(script)), nil
	}})
}

func asJSON(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		panic("build: " + err.Error()) // strings only
	}
	return string(data)
}

// saved are the files that a device keeps, address and hash: those saved unasked, and all. rest: the first are the shell only.
type saved struct {
	first, all [][2]string
	bytes      int // of the first
	rest       bool
}

// stamp changes whenever any file does.
func (s saved) stamp() string {
	h := sha256.New()
	for _, entry := range s.all {
		h.Write([]byte(entry[0] + " " + entry[1] + "\n"))
	}
	return string(h.Sum(nil))
}

// offline lists what is saved: everything that pages lead to while that is little; then without what only repeats them;
// and of a large site its shell.
func (o *Output) offline() (saved, error) {
	var whole, pages, shell [][2]string
	var wholeBytes, pagesBytes, shellBytes int
	for _, f := range o.Files() {
		if !savedOffline(f) {
			continue
		}
		sum, size, err := o.sumOf(f)
		if err != nil {
			return saved{}, err
		}
		entry := [2]string{f.Path, base64.RawURLEncoding.EncodeToString(sum[:9])}
		whole, wholeBytes = append(whole, entry), wholeBytes+size
		if repeats(f) {
			continue
		}
		pages, pagesBytes = append(pages, entry), pagesBytes+size
		if f.Kind == Asset || inShell(f.Path) {
			shell, shellBytes = append(shell, entry), shellBytes+size
		}
	}
	switch {
	case len(whole) <= offlineFiles && wholeBytes <= offlineBytes:
		return saved{first: whole, all: whole, bytes: wholeBytes}, nil
	case len(pages) <= offlineFiles && pagesBytes <= offlineBytes:
		return saved{first: pages, all: pages, bytes: pagesBytes}, nil
	}
	return saved{first: shell, all: pages, bytes: shellBytes, rest: true}, nil
}

// savedOffline leaves out what only machines read, what some hosts do not hand out, what is a download, and the scripts that
// file:// needs in place of the module.
func savedOffline(f File) bool {
	switch {
	case f.Kind == Meta && f.Path != "site.webmanifest" && f.Path != "llms.txt", strings.HasPrefix(f.Path, WellKnown+"/"), strings.HasPrefix(f.Path, "download/"), strings.HasPrefix(f.Path, "embed/"):
		return false
	case f.Kind == Page && path.Ext(f.Path) == ".md": // twins, for programs
		return false
	case f.Kind == Asset && (strings.HasPrefix(f.Path, "assets/module-") || strings.HasPrefix(f.Path, "assets/worker-text-")), strings.HasPrefix(f.Path, socialFolder):
		return false
	}
	return true
}

// repeats reports whether a file says again what pages say: the printable guide, llms.txt.
func repeats(f File) bool { return f.Path == wholePath || f.Path == "llms.txt" }

// inShell reports whether a large site saves a file too: the start page, the heads of its parts, the calculator.
func inShell(name string) bool {
	return path.Base(name) == "index.html" && strings.Count(name, "/") <= 1 || name == "404.html" || name == "calculator.html" || name == "favicon.svg" ||
		name == searchFolder+"root.js" || name == "site.webmanifest"
}
