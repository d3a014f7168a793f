// Splits text into the terms of the index, as cmd/guide/internal/search/token.go does when it writes it.

const mostJoined = 4; // words of a compound, as in the index
const joint = /[-\u2010\u2011\u00AD]/, hyphen = new RegExp(joint, "g");
const letters = /[\p{L}\p{Nd}\p{M}]+/gu;
const chains = /[\p{L}\p{Nd}\p{M}]+(?:[-\u2010\u2011\u00AD][\p{L}\p{Nd}\p{M}]+)*/gu; // runs that single hyphens join
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;
const pieces = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]+|[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]+/gu;

/** A term where a text says it: a word, or a compound of several that hyphens join. */
export interface Span {
  term: string;
  start: number;
  end: number;
  words: number;
}

/** What was split lately: the same sections are looked at for each key that is typed. */
const lately = new Map<string, Span[]>();
let kept = 0; // characters

export function spans(text: string, stem: boolean): Span[] {
  let out = lately.get(text);
  if (!out) {
    if ((kept += text.length) > 1_000_000) {
      lately.clear();
      kept = text.length;
    }
    lately.set(text, (out = split(text, stem)));
  }
  return out;
}

/** Splits text as the index does, see Terms in cmd/guide/internal/search/token.go; a compound stands ahead of its words. */
function split(text: string, stem: boolean): Span[] {
  const out: Span[] = [], spaced = !unspaced.test(text);
  const add = (start: number, end: number, words: number) => {
    let term = text.slice(start, end).toLowerCase();
    if (words > 1) term = term.replace(hyphen, "-");
    out.push({ term: stem ? singular(term) : term, start, end, words });
  };
  for (const chain of text.matchAll(chains)) {
    if (spaced && !joint.test(chain[0])) { // nearly every word
      add(chain.index, chain.index + chain[0].length, 1);
      continue;
    }
    const runs = [...chain[0].matchAll(letters)].map((run) => ({ text: run[0], start: chain.index + run.index, spaced: !unspaced.test(run[0]) }));
    runs.forEach((run, i) => {
      let n = 1;
      while (n < mostJoined && runs[i + n]?.spaced) n++;
      for (; n > 1 && run.spaced; n--) add(run.start, runs[i + n - 1]!.start + runs[i + n - 1]!.text.length, n);
      if (run.spaced) add(run.start, run.start + run.text.length, 1);
      else mixed(run.text, run.start, out, add);
    });
  }
  return out;
}

/** Splits a run that holds letters of scripts without spaces: each two neighbours of them, and words between. */
function mixed(text: string, at: number, out: Span[], add: (start: number, end: number, words: number) => void): void {
  for (const piece of text.matchAll(pieces)) {
    const start = at + piece.index;
    if (!unspaced.test(piece[0])) {
      add(start, start + piece[0].length, 1);
      continue;
    }
    const characters = [...piece[0]];
    if (characters.length === 1) out.push({ term: piece[0], start, end: start + piece[0].length, words: 1 });
    for (let i = 1, from = start; i < characters.length; i++) {
      const pair = characters[i - 1]! + characters[i]!;
      out.push({ term: pair, start: from, end: from + pair.length, words: 1 });
      from += characters[i - 1]!.length;
    }
  }
}

/** Folds an English plural: see Stem in cmd/guide/internal/search/token.go. */
export function singular(term: string): string {
  if (term.length < 4 || !term.endsWith("s") || /[sui-]s$/.test(term)) return term;
  if (term.length > 4 && term.endsWith("ies")) return term.slice(0, -3) + "y";
  return term.slice(0, -1);
}

/** How a term is sorted and compared: a compound as if it were written as one word. */
export function key(term: string): string {
  return term.replace(/-/g, "");
}

// Words that make a question of what is asked about. "Not" is none of them: it turns the question round.
const plain = "a an the of in on for to and".split(" "); // these make no other name of a name either
const glue = new Set([...plain, ...(
  "this that these those it its there here i me my we us our you your he she they them their one someone " +
  "what which who whom whose when where why how whether if is are was were be been am do does did done can could may might must shall should will would " +
  "has have had get got need needs want wants use uses using used or nor but so as than then vs versus into onto at by from with within about between per via any some please"
).split(" ")]);
const measured = new Set(["long", "much", "many", "often", "far", "big", "large"]); // glue where how stands before them: a long context is no question

/** Which words of a text only make a sentence of the others; none where no other is left. */
export function glued(words: string[]): boolean[] {
  const out = words.map((word, i) => glue.has(word) || (measured.has(word) && words[i - 1] === "how"));
  return out.includes(false) ? out : out.fill(false);
}

/** What a text says beside its glue, and that of its glue which makes it a name of something else: "which GPU" is not "GPU". */
export function unglued(text: string, all: Span[]): { spans: Span[]; asks: string[] } {
  const words = all.filter((s) => s.words === 1).map((s) => text.slice(s.start, s.end).toLowerCase());
  const loose = glued(words);
  if (!loose.includes(true)) return { spans: all, asks: [] };
  const out: Span[] = [];
  let seen = 0;
  for (const span of all) {
    const left = loose.slice(seen, seen + span.words).filter((is) => !is).length; // of a compound
    if (left > 0) out.push({ ...span, words: left });
    if (span.words === 1) seen++;
  }
  return { spans: out, asks: words.filter((word, i) => loose[i] && !plain.includes(word)) };
}
