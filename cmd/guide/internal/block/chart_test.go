package block

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// chartOf is what a fence of a chart becomes.
func chartOf(fence string) string {
	return string(printed(&txtar.Archive{Files: []txtar.File{{Name: "page.md", Data: []byte("```chart " + fence + "\n```")}}}))
}

var drawnText = regexp.MustCompile(`<text class="[a-z-]+"(?: text-anchor="(\w+)")? x="([\d.]+)" y="([\d.]+)">([^<]*)(<title>[^<]*</title>)?</text>`)

// No text of a chart is cut off at its edge or written over another.
func TestLabelsHaveRoom(t *testing.T) {
	for _, chart := range []string{
		"line title=x\nday,n\na,123456789\nb,223456789.123",
		"line title=x\nday,n\nThe first of all the days that were,1\nThe last of all the days that there were or ever will be,2",
		"line title=x\nmonth,n" + rowsOf(15, "January %d"), "line title=x\nmonth,n" + rowsOf(200, "%d"),
		"bar title=x\nname,n\nA name that is longer than two and twenty letters,1\nb,223456789.123\nc,-5",
		"bar title=x\nname,n\n" + strings.Repeat("名前", 40) + ",1\n" + strings.Repeat("W", 80) + ",-3",
	} {
		html := chartOf(chart)
		last := map[string]float64{} // where the text before ends, by the line it stands on
		all := drawnText.FindAllStringSubmatch(html, -1)
		if len(all) < 4 {
			t.Errorf("%.40q has only %d texts: %s", chart, len(all), html)
		}
		for _, m := range all {
			x, _ := strconv.ParseFloat(m[2], 64)
			from, to := x, x+textWidth(m[4])
			switch w := textWidth(m[4]); m[1] {
			case "end":
				from, to = x-w, x
			case "middle":
				from, to = x-w/2, x+w/2
			}
			if from < 0 || to > chartWidth || from < last[m[3]] {
				t.Errorf("%.40q: %q runs from %.0f to %.0f, after %.0f", chart, m[4], from, to, last[m[3]])
			}
			if last[m[3]] = to; strings.HasSuffix(m[4], "…") && m[5] == "" {
				t.Errorf("%.40q: nothing says the whole of %q", chart, m[4])
			}
		}
	}
}

func rowsOf(n int, name string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "\n"+name+",%d", i, i)
	}
	return b.String()
}

// Numbers of an axis are short, and never those of a machine.
func TestAxisNumber(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 1: "1", .25: "0.25", -2500: "−2,500", 999_999: "999,999", 5e6: "5 M", 223456789.123: "223 M", 111728394.56: "112 M", 1.5e9: "1.5 B", 2e12: "2 T",
		.00004567: "0.0000457", 1.7e308: "1.7 × 10³⁰⁸", -5e-324: "−4.9 × 10⁻³²⁴", 12345: "12,345", 99.95: "100", 12.3456: "12.3"} {
		if got := axisNumber(x); got != want {
			t.Errorf("%g is %s, not %s", x, got, want)
		}
	}
}

// The legend shows each series with the very mark that the drawing has for it.
func TestLegendShowsTheSeries(t *testing.T) {
	for chart, mark := range map[string]string{"bar": `<rect class="series-%d"`, "line": `<path class="line-%d"`} {
		drawing, legend, found := strings.Cut(chartOf(chart+" title=x\nday,one,two,three\na,1,2,3\nb,2,3,4"), `<ul class="legend">`)
		for i := range 3 {
			want := fmt.Sprintf(mark, i+1)
			if !found || !strings.Contains(drawing, want) || strings.Count(legend, want) != 1 {
				t.Errorf("%s has no mark of series %d in %s", chart, i+1, legend)
			}
		}
	}
}
