package site

import (
	"io/fs"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"whentofinetune/cmd/guide/internal/page"
	"whentofinetune/cmd/guide/internal/problem"
)

// ConfigFile is the one file of the content folder that is neither page nor picture.
const ConfigFile = "site.yaml"

// Config is what site.yaml says. Every key is listed in the guide's own pages on writing.
type Config struct {
	Title       string
	Description string
	Language    string // BCP 47
	Base        string // absolute address of the site, ends in a slash; empty when not known
	Edit        string // address at which a page can be edited; {path} stands for the file
	Source      string // address of the repository
	Image       string // picture for previews, a file of the content folder
	Sources     string // content file that lists all sources, to which citations link
	Glossary    string // content file whose definition lists explain terms
	RawHTML     bool   // let raw HTML through, filtered
	Online      bool   // nothing is kept on readers' devices, and what was kept is let go
	Menu        []MenuItem
	PageBytes   int              // largest page, bytes
	OutputBytes int              // largest printed page, bytes
	Depth       int              // deepest nesting of blocks
	Work        int              // what reading a page may cost, in bytes looked at
	At          map[string]Place // where each key's value stands
}

// Place is a line and a column of site.yaml, from 1.
type Place struct{ Line, Column int }

// MenuItem is a line of the masthead.
type MenuItem struct {
	Title, File  string
	Line, Column int
}

// ConfigKeys are the keys that site.yaml may have.
var ConfigKeys = []string{"title", "description", "language", "base", "edit", "source", "image", "sources", "glossary", "raw_html", "offline", "menu", "limits"}

// ReadConfig reads site.yaml; name is how it is called in problems. Empty data gives the defaults.
func ReadConfig(name string, data []byte) (Config, []problem.Problem) {
	c := Config{Language: "en", At: map[string]Place{}}
	var problems []problem.Problem
	root, p := page.ReadYAML(data)
	if p != nil {
		p.File = name
		return c, []problem.Problem{*p}
	}
	if root == nil {
		return c, nil
	}
	if root.Kind != yaml.MappingNode {
		return c, []problem.Problem{{File: name, Line: root.Line, Column: root.Column, Text: "this is not a list of name: value lines", Hint: "write title: What the site is called"}}
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		if seen[key.Value] {
			problems = append(problems, problem.Problem{File: name, Line: key.Line, Column: key.Column, Text: "there are two keys " + key.Value, Hint: "keep one"})
			continue
		}
		seen[key.Value] = true
		c.At[key.Value] = Place{value.Line, value.Column}
		if key.Value == "limits" && value.Kind == yaml.MappingNode {
			problems = append(problems, c.limits(name, value)...)
			continue
		}
		text, hint, warning := c.set(key.Value, value)
		if text != "" {
			at := value
			if warning {
				at = key
			}
			problems = append(problems, problem.Problem{File: name, Line: at.Line, Column: at.Column, Text: text, Hint: hint, Warning: warning})
		}
		problems = append(problems, twice(name, key.Value, value)...)
	}
	return c, problems
}

// set takes one key; what is wrong comes back as text and hint.
func (c *Config) set(key string, v *yaml.Node) (text, hint string, warning bool) {
	words := map[string]*string{"title": &c.Title, "description": &c.Description, "language": &c.Language, "base": &c.Base, "edit": &c.Edit, "source": &c.Source,
		"image": &c.Image, "sources": &c.Sources, "glossary": &c.Glossary}
	ok := true
	switch into := words[key]; {
	case into != nil:
		if ok = v.Kind == yaml.ScalarNode; ok && v.Tag != "!!null" {
			*into = strings.TrimSpace(v.Value)
		}
		hint = "write it on one line"
		if ok {
			hint, ok = settle(key, into)
		}
	case key == "raw_html":
		c.RawHTML, ok = v.Value == "true", v.Value == "true" || v.Value == "false"
		hint = "write true or false"
	case key == "offline":
		c.Online, ok = v.Value == "false", v.Value == "true" || v.Value == "false"
		hint = "write true or false"
	case key == "menu":
		hint, ok = "write a line Title: file.md for each entry", c.menu(v)
	case key == "limits":
		hint, ok = "write a line name: number under it for each of "+strings.Join(limitKeys, ", "), false
	default:
		if n := problem.Nearest(key, ConfigKeys); n != "" {
			return "unknown key " + key, "did you mean " + n + "?", true
		}
		return "unknown key " + key, "known are " + strings.Join(ConfigKeys, ", "), true
	}
	if ok {
		return "", "", false
	}
	return key + " cannot be " + page.Shown(v), hint, false
}

// languageTag is a tag of a language as RFC 5646 spells it, registered or not.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)

// settle brings the value of a key into the form in which it is used.
func settle(key string, value *string) (hint string, ok bool) {
	switch key {
	case "base":
		*value, ok = BaseAddress(*value)
		return "write an address such as https://example.org/guide/", ok
	case "edit", "source":
		u, err := url.Parse(*value)
		return "write an address that begins with https://", *value == "" || err == nil && (u.Scheme == "https" || u.Scheme == "http")
	case "language":
		return "write a language tag of BCP 47, such as en, de or pt-BR", languageTag.MatchString(*value)
	case "image", "sources", "glossary":
		*value = strings.TrimPrefix(*value, "/")
		return "name a file of the content folder", *value == "" || *value != "." && fs.ValidPath(*value)
	}
	return "", true
}

// BaseAddress brings the absolute address of a site into the form that ends in a slash. ok is false for what is none.
func BaseAddress(s string) (base string, ok bool) {
	if s == "" {
		return "", true
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || !isPort(u.Port()) || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", false
	}
	return strings.TrimRight(u.String(), "/") + "/", true
}

func isPort(s string) bool {
	_, err := strconv.ParseUint(s, 10, 16)
	return s == "" || err == nil
}

func (c *Config) menu(v *yaml.Node) bool {
	if v.Kind != yaml.MappingNode {
		return false
	}
	for i := 0; i+1 < len(v.Content); i += 2 {
		title, file := v.Content[i], v.Content[i+1]
		if file.Kind != yaml.ScalarNode {
			return false
		}
		c.Menu = append(c.Menu, MenuItem{Title: title.Value, File: file.Value, Line: file.Line, Column: file.Column})
	}
	return true
}

// twice reports lines of a menu that have the title of an earlier one.
func twice(name, key string, menu *yaml.Node) (problems []problem.Problem) {
	seen := map[string]bool{}
	for i := 0; key == "menu" && menu.Kind == yaml.MappingNode && i+1 < len(menu.Content); i += 2 {
		title := menu.Content[i]
		if seen[title.Value] {
			problems = append(problems, problem.Problem{File: name, Line: title.Line, Column: title.Column, Text: "menu has " + title.Value + " twice", Hint: "name them apart, or keep one"})
		}
		seen[title.Value] = true
	}
	return problems
}

// limitKeys are the keys under limits.
var limitKeys = []string{"page", "output", "depth", "work"}

func (c *Config) limits(name string, v *yaml.Node) (problems []problem.Problem) {
	limits := map[string]struct {
		into        *int
		least, most int
		unit        string
	}{"page": {&c.PageBytes, 1024, 1 << 30, "bytes"}, "output": {&c.OutputBytes, 1024, 1 << 30, "bytes"}, "depth": {&c.Depth, 10, 200, "blocks"}, "work": {&c.Work, 1e6, 1<<31 - 1, "bytes"}}
	for i := 0; i+1 < len(v.Content); i += 2 {
		key, value := v.Content[i], v.Content[i+1]
		l, known := limits[key.Value]
		if !known {
			hint := "known are " + strings.Join(limitKeys, ", ")
			if near := problem.Nearest(key.Value, limitKeys); near != "" {
				hint = "did you mean " + near + "?"
			}
			problems = append(problems, problem.Problem{File: name, Line: key.Line, Column: key.Column, Text: "unknown key limits." + key.Value, Hint: hint})
			continue
		}
		n, err := strconv.Atoi(value.Value)
		if err != nil || n < l.least || n > l.most {
			problems = append(problems, problem.Problem{File: name, Line: value.Line, Column: value.Column, Text: "limits." + key.Value + " cannot be " + page.Shown(value),
				Hint: "write a whole number of " + l.unit + " from " + strconv.Itoa(l.least) + " to " + strconv.Itoa(l.most)})
			continue
		}
		*l.into = n
	}
	return problems
}
