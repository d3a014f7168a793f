// Package page reads one content file and prints its body: one file in, one Page out.
//
// A Page is what the site needs to know of a file: its front matter, name, headings, links, citations, plain text, and
// its body as final HTML. Links to other content files are rewritten by their names alone (x.md#a becomes x.html#a) and
// recorded with line and column, so that a page can be printed before any other is known; package site checks them
// afterwards. Nothing here knows the disk: what a page reads or asks goes through functions in Options, which is how
// package build learns what a page depends on.
//
// This is the one home of goldmark, as a parser only. Context prints the tree itself in one walk. With Conformance set
// it prints CommonMark and nothing else, and every example of the specification holds.
//
// # What an author may write
//
// CommonMark, GitHub's tables, strikethrough, task lists and autolinks; footnotes, definition lists, {#id} after a
// heading; alerts (> [!NOTE], also TIP, IMPORTANT, WARNING, CAUTION and DISSENT, with a title after the bracket if wanted);
// > [!TABS] with a heading for each tab, > [!STEPS], > [!DETAILS] Title; code blocks with title="…" {lines to mark}
// numbers start=N wrap tab="…"; an image that is a paragraph, whose title becomes its caption; [@key]; mathematics as
// $`x`$. Fences, titles of links that stand alone, code spans: see package block.
//
// # What is printed
//
//	h2 to h6              id, and at the end <a class="anchor" href="#id" aria-label="Link to …"></a>, empty: a style gives it a sign
//	div.code              data-language, a pre with tabindex and code; with a title figure.code and figcaption; classes numbered
//	                      (span.line with data-line="7") and wrap; span.line.marked; a script may add a button to copy
//	code classes          c comment, k keyword, s text, n number, f function, t type, a attribute or tag, d removed, i added, h heading
//	div.scroll            around a table: tabindex, role region, a label; cells with class number or center
//	aside.callout         with note, tip, important, warning, caution or dissent; p.callout-title
//	div.tabs              input[type=radio][data-tab], label and div.tab, one after the other for each tab
//	div.steps             around the steps' ordered list; details and summary
//	figure.picture        img and figcaption; every img has width and height where known, all but the first are lazy
//	ul.tasks              a list of tasks with disabled boxes
//	sup > a.note-ref      section.footnotes with ol; a.note-back
//	a.term                link to the glossary, with the definition as title
//	p.group-title         title of tabs or steps
//
// Raw HTML, where it is let through, is printed so that it nests, see balance.go. What markdown would drop or print as text though it
// was meant is reported, see lost.go.
//
// Not wanted here: styles in attributes, scripts, knowledge of other pages.
package page
