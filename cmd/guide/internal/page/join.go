package page

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// references are attributes that name ids of their own page.
var references = map[string]bool{"for": true, "aria-labelledby": true, "aria-describedby": true, "aria-controls": true, "headers": true, "list": true}

// Join returns a page's body as part of a longer one: every id prefixed, headings a level lower, addresses as link says.
// Forms stay as text: nothing answers there.
func Join(body []byte, prefix string, link func(address string) string) []byte {
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(body))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return out.Bytes()
		}
		if kind != html.StartTagToken && kind != html.EndTagToken && kind != html.SelfClosingTagToken {
			out.Write(z.Raw())
			continue
		}
		raw := string(z.Raw())
		token := z.Token()
		if level := headingLevel(token.Data); level > 0 {
			token.Data = "h" + itoa(min(level+1, 6))
			raw = ""
		}
		changed := raw == ""
		attributes := token.Attr[:0]
		for _, a := range token.Attr {
			was := a.Val
			switch {
			case a.Key == "id" || a.Key == "name" && token.Data == "input":
				a.Val = prefix + "-" + a.Val
			case references[a.Key]:
				a.Val = prefix + "-" + strings.Join(strings.Fields(a.Val), " "+prefix+"-")
			case a.Key == "href" || a.Key == "src":
				a.Val = link(a.Val)
			case a.Key == "data-calculator" || a.Key == "data-preset":
				changed = true
				continue
			}
			changed = changed || a.Val != was
			attributes = append(attributes, a)
		}
		if !changed {
			out.WriteString(raw)
			continue
		}
		token.Attr = attributes
		out.WriteString(token.String())
	}
}

func headingLevel(name string) int {
	if len(name) == 2 && name[0] == 'h' && '1' <= name[1] && name[1] <= '6' {
		return int(name[1] - '0')
	}
	return 0
}
