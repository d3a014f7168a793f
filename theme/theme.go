// Package theme holds the layouts, styles, scripts and icons of the site, so that an installed command carries them.
//
// # Layouts
//
// layouts/KIND.html prints a page of a kind: start, article, section, calculator, plain, print, notfound, and download for
// the calculator in one file. What they share are the blocks of layouts/parts.html: head, top, masthead, mark, patterns,
// crumbs, title, about, beside, contents, sources, grade, pager, foot. What a layout sees is render.Frame.
//
// # Styles
//
// css/site.css is on every page, css/calculator.css on those whose fields answer, css/notfound.css inside 404.html. Colours,
// faces and steps are the custom properties of css/tokens.css. Classes of what the calculator prints are told in package view,
// those of Markdown in package page.
//
// # Scripts
//
// early.ts runs before the first paint and marks the root with data-script, which shows what has the class scripted. site.ts is
// on every page; calculator.ts where something answers; search.ts and worker.ts are fetched when first wanted; sw.ts is the
// service worker, reload.ts the server's, notfound.ts stands inside its page. Each is a classic script. The only places where text
// becomes markup or an address becomes a script are in trusted.ts.
//
// Scripts read addresses from attributes of the root element: data-root, data-search, data-search-script, data-sw, and where
// something answers data-module, data-facts, data-worker; data-offline-module and data-worker-text stand in for those on
// file://. They set data-script, data-theme (light or dark) and data-offline="ready". An element that a script made has data-own,
// and a place that a script fills has data-slot: both stay when a page is redrawn. document hears guide:changed after a report was
// redrawn, and guide:reloaded after the page was.
package theme

import "embed"

// FS is the folder theme as it was when the command was compiled.
//
//go:embed all:layouts css ts static
var FS embed.FS
