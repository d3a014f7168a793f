// Package view prints what the calculator knows: reports, forms, charts and tables as HTML, and reports as text,
// Markdown, CSV and JSON.
//
// A printer takes a value and appends to a page; it decides nothing and computes nothing but where ink goes. Print is the
// one door: it takes the name of a view and the answers as they were written, and returns a status and the bytes. The
// compiled module, the terminal and the tests all go through it. HTML is written by the type html, which escapes unless
// told otherwise (search for "markup(" and ".raw(" to find what is trusted). There is no script and no style attribute in
// anything printed here, because the pages' content security policy forbids both: looks are the theme's, through the
// classes below; behaviour is the theme's, through the data attributes below.
//
// # Requests
//
// Besides inputs, a request may carry two lines that are not inputs: root=../ is put before every relative link (default
// empty: the page lies at the site's root), and id=b2- is put before every id, so that several blocks can stand on one page.
//
// # Data attributes, for scripts and tests
//
//	data-report="report"           the whole report; data-state=printed|loading|live|failed (printed here, changed by the script)
//	data-report="payback.npv"      an element whose text is that number of the report, formatted; on <data> its value
//	                               attribute is the number as JSON prints it, or null
//	data-calculator="WORD"         a form: form (the whole one) or the word of a block; data-preset holds the block's inputs
//	                               as name=value joined by & and percent-encoded, as in a link
//	data-field="monthly_calls"     the row of a field; data-state=default|changed|error|unknown|assumed; data-default is the
//	                               default as text (what reset writes back; empty where it is computed)
//	data-unknown="current_score"   the checkbox that says unknown for that field
//	data-slider="cache_hit_percent" the range input beside that field (no name: it only moves the text field)
//	data-complaint="NAME"          the sentence under a field; hidden while it is empty
//	data-hint="NAME"               the hint of a field; the view "fields" prints its present text
//	data-problems                  the error summary at the head of a form; hidden while there is nothing wrong
//	data-group="task"              a group of fields (details); data-count inside it is the text at its right
//	data-input="NAME"              a link to a field: the script focuses the field instead of following it
//	data-set="NAME=VALUE"          a link that changes one answer (Try); its href is the whole link without script
//	data-chart="cumulative"        a figure; data-points is the group of its points
//	data-slot="tools"              an empty place where the script puts what needs a script (copy, save, compare, print)
//	data-value="fine_tune"         the machine's word beside a word that is shown
//
// A field that is empty takes its default, which its placeholder and its hint show; typing replaces it, clearing it is
// the reset. Control names are the names of inputs; ids are the id prefix and the name.
//
// # Classes of the form
//
//	calculator                     the whole: form and report side by side
//	form  form-title  form-help    the form, its heading, the line under it
//	problems                       the error summary: h3, ul of links to fields
//	field                          a row; field-wide: the control takes the whole width (selects, radios); states by data-state
//	label  hint  control  input  unit  slider  unknown  complaint   inside a field; label is a legend where the field is a fieldset
//	choices  choice                a set of radio buttons, one of them with its label
//	group  subgroup                details with summary; a heading inside "All inputs"
//	count                          at the right of a summary
//	form-foot                      what happens to what is typed
//	block  block-title  block-result  block-more   a live block in an article: a form with few fields, its result, the way on
//
// # Classes of the report
//
//	report                         the whole
//	verdict-window call-fine-tune|call-not-yet|call-do-not    the filled window in the colour of its call
//	verdict-head  verdict-call  verdict-say  dials  dial      dial is a div with dt, dd and small (what qualifies it)
//	call call-fine-tune|...        the word of a call with its glyph, inline; glyph: the svg of a call (full disc, half disc, barred ring)
//	tools                          the empty place for buttons
//	part  part-title               a section and its h2; part-note: the small line under it
//	pair                           two parts side by side where there is room
//	reasons  reason  reason-text  from   numbered reasons; reason-dissent: counter-evidence; from: inputs and sources, small
//	cite                           link to a source; grade grade-a|grade-b|grade-c|grade-calc|grade-dissent: its grade
//	blockers                       a list of reasons that stand in the way
//	path  step  step-here          the ladder as a line with knots; the svg in a step is open or the glyph of the call
//	experiment  stop  costs        the next experiment; total: a number with a double underline
//	flips  flip  flip-say  try     what would change the verdict
//	ruler                          a graduated line (svg), 58 px high
//	figures                        all figures; figure  figure-title  figure-number  plot  chart  caption  key  twin  scroll
//	figure-wide                    a figure over the whole width; plot-axis: a plot with labels left of it
//	table classes: number (right aligned cell), pick (the row that is ours), total (double underline)
//	risks  risk                    checklist: name, text, test
//	find-out  assumed  sources  source   lists at the end
//	not-measured                   the words "not measured", "never", "unknown" in place of a number
//	hidden                         seen by screen readers only
//
// # Classes inside SVG
//
// Geometry is in percent of the width and in pixels of the height, text is 13 px in every width; hatching, colours and
// strokes come from classes. Points with several coordinates live in an inner svg that stretches (class stretch), so
// strokes there carry vector-effect=non-scaling-stroke, as an attribute: validators do not know it as a style.
//
//	pad                            ground of a plot; minor, major: ruling; base: base line; tick
//	line line-1|2|3|6              curves: today, tuned, own GPUs or stress, reference
//	solid-1|2|3|6  hatch-1|2|3|6   areas: once, running, by option; cross-2, dots-2 further parts of a stack
//	band-2                         the P10 to P90 area of the tuned curve (hatched, clipped)
//	spread                         hatched strip in needle colour on an axis or a ruler: P10 to P90
//	zone-fine-tune|-not-yet|-do-not    hatched zone of a flip in the colour of the other call
//	needle  needle-text  ring      where you stand; a crossing
//	plumb                          line from a crossing to its axis
//	limit                          a limit such as a card's memory, ink
//	point                          a place that can be read: rect (catches the pointer) with title, and a plumb line class
//	                               point-line; the title is the sentence; the script adds class on
//	strong  halo                   text: bold; with a ground-coloured edge. text-1|2|3|6: in a curve's colour
//	wide  narrow                   text only for wide, only for narrow screens (below 48 rem)
//	start  middle  end             no class: text-anchor is an attribute
//
// # Classes of reference tables
//
//	table table-prices|table-gpus|...   the table of that name inside div.scroll; every row has an id, for links
//	scenario  case                 a worked example: inputs (dl.inputs), then its report
//	ladder  rung  rung-here  ladder-text   the ladder drawn from the rules, and its text twin
package view
