// Package search makes the index that the search field of a page reads.
//
// It knows three nouns. A Page is what a reader can find: its address, title and sections. A Vocabulary numbers the
// terms of a site while pages are read in parallel. An Index is the set of small files that the page's script loads
// as it needs them.
//
// The order of events: one Vocabulary for a site; Vocabulary.Read for each page, in any order, from any goroutine;
// then New with the results in the order of the pages. Text parts are asked for afterwards, part by part, so that the
// text of ten thousand pages need not be in memory at once.
//
// # Terms
//
// Text is split into runs of letters and digits and lower-cased. Runs of Han, Hiragana, Katakana, Hangul and Thai
// letters become overlapping pairs of characters (one character alone stays as it is), because these scripts do not
// put spaces between words. With Stem an English plural is folded onto its singular ("policies" to "policy",
// "adapters" to "adapter"); the page's script folds the query by the same rule.
//
// Words that hyphens join are terms of their own and one more together, a compound: "fine-tuning" is fine, tuning and
// fine-tuning. Compounds are sorted as if they were written as one word, so that who types "finetuning" meets fine-tuning
// where finetuning stands, and sees where it parts. The script does the rest: it reads a word that the site writes with
// hyphens as the words between them, looks two words that follow each other up as one, and tries to cut in two what the
// site does not know.
//
// # Ranking
//
// A term's weight in a page is the saturated and length-normalised frequency of BM25 (k1 = 1.2, b = 0.75; Robertson
// and Zaragoza 2009, "The Probabilistic Relevance Framework", section 3), over a frequency that counts a title word
// eight times, a keyword of the front matter likewise, and a heading word four times. It is quantised to 31 levels and stored; the inverse document frequency
// is worked out by the script from the number of pages in the list. A page need not hold every word of a query: a word
// counts for what the page that is most about it gets for it, and for less if it is a letter or two. Words that only make a
// question of the others ("what is", "should we use") are glue: they count for nothing unless nothing else was typed. Of the
// pages that this puts first the script has the text anyway, to show a passage, and of twelve more where each text is a part of
// its own: where it says several words of the query one after the other, glue passed over, the page is moved up; most where its
// title or a keyword says just that, and then the hit is its start. Pages under about/ stand a little behind the others.
//
// # Files
//
// Every file is a classic script with one call, guideSearch(name, value), so that it loads over http and from file://
// alike. Names carry no hash; the root lists a hash of each part, and the titles that of each part of texts, which the
// script adds as a query, and so a part that did not change stays in every cache.
//
//	root.js      {pages, stem, perTitle, perText, terms: [first term of each part], words: [first term of each part],
//	              hash: {terms, words, titles}}          each hash: six characters a part, joined
//	terms-N.js   {terms: [...], lists: [...]}            terms sorted but for hyphens, and their lists
//	words-N.js   [...]                                   sorted terms alone, for spelling
//	titles-N.js  [[address, title, number, hash, keywords], ...]   perTitle pages each; hash is that of the page's part of texts;
//	                                                     keywords, one a line, stand only where there are any
//	texts-N.js   [[[id, heading, text], ...], ...]       perText pages each, one where there are few; id "" is the part above the first heading
//
// A list is a string over the 64 characters of Alphabet. A number is written in groups of five bits, lowest first, 32
// added to every group but the last. A list is: for each level from the highest, the level, how many pages, and the
// distances from page number to page number (the first from -1, less one).
//
// Not wanted here: ranking at query time (theme/ts/search-index.ts), HTML of any kind, reading of files.
package search
