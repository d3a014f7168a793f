package site

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
)

// What a name that leads nowhere was likely meant to be: a file of the same kind that bears the name in another folder, or one of
// its own folder whose name is nearly the same. Where nothing is near, nothing is proposed.

// kind is what a reference can lead to.
type kind uint8

const (
	pages kind = iota
	pictures
	files // that are no pages
)

// files that are looked at for one hint, at most: more are not worth the time, and no site pays for its size squared.
const (
	maxNamesakes  = 50
	maxNeighbours = 1000
)

// shelf holds the files of one kind by their names and by the folders that they stand in.
type shelf struct {
	named map[string][]string  // files
	names map[string][]string  // by folder
	files map[[2]string]string // by folder and name
}

func (s *shelf) put(file string) {
	folder, name := spot(file)
	s.named[name] = append(s.named[name], file)
	s.names[folder] = append(s.names[folder], name)
	if other, taken := s.files[[2]string{folder, name}]; !taken || file < other {
		s.files[[2]string{folder, name}] = file
	}
}

// spot is the folder that a file stands in and its name there, without its ending and in lower case. What heads a folder goes by
// the name of that folder.
func spot(file string) (folder, name string) {
	if page.IsPage(file) {
		file = page.OutputPath(file)
	}
	if dir, base := path.Split(file); base == "index.html" && dir != "" {
		file = path.Clean(dir)
	} else {
		file = strings.TrimSuffix(file, path.Ext(file))
	}
	return path.Dir(file), strings.ToLower(path.Base(file))
}

// isPicture reports whether a file is shown as a picture, by its name.
func isPicture(file string) bool {
	ext := strings.ToLower(path.Ext(file))
	return shows[ext] && ext != ".csv"
}

// kindOf is what a link can have meant.
func kindOf(l *page.Link) kind {
	switch ext := path.Ext(l.Target); {
	case l.Kind == page.Picture:
		return pictures
	case ext == "" || ext == ".html" || page.IsPage(l.Target):
		return pages
	}
	return files
}

// shelf returns the files of a kind, which are put in order when the first hint is wanted.
func (c *checker) shelf(k kind) *shelf {
	if c.shelves[k] != nil {
		return c.shelves[k]
	}
	s := &shelf{named: map[string][]string{}, names: map[string][]string{}, files: map[[2]string]string{}}
	c.shelves[k] = s
	if k == pages {
		for file := range c.site.byFile {
			s.put(file)
		}
		return s
	}
	for _, file := range c.k.Names {
		if k == files || isPicture(file) {
			s.put(file)
		}
	}
	return s
}

// meant returns the file that a name was likely meant to be, or "".
func (c *checker) meant(target string, k kind) string {
	s := c.shelf(k)
	folder, name := spot(target)
	switch same := s.named[name]; {
	case len(same) > maxNamesakes:
		return ""
	case len(same) > 0:
		return slices.MinFunc(same, func(a, b string) int {
			return cmp.Or(cmp.Compare(problem.Distance(target, a), problem.Distance(target, b)), cmp.Compare(a, b))
		})
	case len(s.names[folder]) > maxNeighbours:
		return ""
	}
	return s.files[[2]string{folder, problem.Nearest(name, s.names[folder])}]
}

// hint says what to write for a link that leads nowhere, as it is written in the file that holds it.
func (c *checker) hint(l *page.Link) string {
	for part := range strings.SplitSeq(l.Target, "/") {
		if strings.HasPrefix(part, "_") && part != "_index.md" {
			return "what begins with _ is not published: move it, or rename " + part
		}
	}
	if file := c.meant(l.Target, kindOf(l)); file != "" {
		return didYouMean(page.Relative(l.File, file), "")
	}
	return "name a file of the content folder"
}

// domains are endings of hosts that no file of a site has.
var domains = map[string]bool{".com": true, ".org": true, ".net": true, ".edu": true, ".gov": true, ".io": true, ".dev": true}

// foreign is the address of another site that a link was meant to lead to, "" where it plainly was not.
func foreign(l *page.Link) string {
	address := strings.TrimSuffix(strings.TrimPrefix(l.Target, path.Dir(l.File)+"/"), "/index.md") // which a slash at the end stands for
	host, _, _ := strings.Cut(strings.ToLower(address), "/")
	ending := path.Ext(host)
	if domains[ending] || strings.HasPrefix(host, "www.") && strings.Count(host, ".") > 1 && !shows[ending] && !page.IsPage(host) {
		return address
	}
	return ""
}

// nearest is a hint of the id that an anchor was likely meant to be.
func nearest(anchor string, known []string, otherwise string) string {
	if len(known) > maxNeighbours {
		return otherwise
	}
	return didYouMean(problem.Nearest(anchor, known), otherwise)
}

func didYouMean(name, otherwise string) string {
	if name == "" {
		return otherwise
	}
	return "did you mean " + name + "?"
}
