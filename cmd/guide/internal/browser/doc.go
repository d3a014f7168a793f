// Package browser holds the tests that need a browser: reading without script, calculating online, offline and from a
// disk, live reload, the same digits everywhere. It has no code but its tests.
package browser
