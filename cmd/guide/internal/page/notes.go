package page

import (
	"bytes"

	"golang.org/x/net/html"
)

// Beside returns a body with a note before each thing that cites a source for the first time: an item of a list, or else
// what stands at the top of the page. What a table cites has none: a dozen of them would stand higher than the table. note returns the HTML of the note for a source's key, or nothing.
func Beside(body []byte, note func(key string) string) []byte {
	var out bytes.Buffer
	done := 0 // how much of body is in out
	for _, c := range citations(body) {
		text := note(c.key)
		if text == "" {
			continue
		}
		out.Write(body[done:c.place])
		out.WriteString(text)
		done = c.place
	}
	out.Write(body[done:])
	return out.Bytes()
}

// nowhere is the place of the notes of a table.
const nowhere = -1

// mention is the first time that a source is cited: its key and where what cites it begins.
type mention struct {
	key   string
	place int
}

// citations lists first mentions by the place at which their notes go in.
func citations(body []byte) []mention {
	var all []mention
	seen := map[string]bool{}
	z := html.NewTokenizer(bytes.NewReader(body))
	at, cites := 0, false
	var places []int // where a note would go in, for each open element
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return all
		}
		begin := at
		at += len(z.Raw())
		switch kind {
		case html.StartTagToken:
			name, more := z.TagName()
			if emptyElement[string(name)] {
				break
			}
			place := begin
			switch {
			case string(name) == "table" || len(places) > 0 && places[len(places)-1] == nowhere:
				place = nowhere
			case string(name) == "li":
				place = at
			case len(places) > 0:
				place = places[len(places)-1]
			}
			places = append(places, place)
			cites = false
			for more && !cites {
				var key, value []byte
				key, value, more = z.TagAttr()
				cites = string(key) == "class" && string(value) == "cite"
			}
		case html.EndTagToken:
			places, cites = places[:max(0, len(places)-1)], false
		case html.TextToken:
			if !cites || places[len(places)-1] == nowhere {
				break
			}
			if key := string(z.Text()); !seen[key] {
				seen[key] = true
				all = append(all, mention{key, places[len(places)-1]})
			}
		}
	}
}

// emptyElement names the elements that have no end.
var emptyElement = map[string]bool{"br": true, "hr": true, "img": true, "input": true, "col": true, "wbr": true, "source": true, "link": true, "meta": true, "area": true, "embed": true, "track": true}
