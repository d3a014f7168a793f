// Package site puts pages in order: sections, numbers, what comes before and after, and whether every link leads somewhere.
//
// It knows three nouns. Config is site.yaml. A Node is a page at its place in the tree of folders; a folder is the node of
// its index page, made up where there is none. A Site is the root of that tree and the reading order.
//
// The order of events: ReadConfig, then New with all pages, then Check with what else the site will hold.
//
// Not wanted here: HTML, and reading of files.
package site
