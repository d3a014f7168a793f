package site

import (
	"fmt"
	"testing"
)

// Two lines of the menu with one title are told apart, or one of them goes.
func TestMenuTitlesAreTold(t *testing.T) {
	_, said := ReadConfig("site.yaml", []byte("menu:\n  Guide: a.md\n  Costs: b.md\n  Guide: c.md\n"))
	if got := fmt.Sprint(said); got != "[site.yaml:4:3: menu has Guide twice; name them apart, or keep one]" {
		t.Error(got)
	}
	if _, said := ReadConfig("site.yaml", []byte("menu:\n  Guide: a.md\n  Costs: a.md\n")); len(said) > 0 {
		t.Error(said)
	}
}
