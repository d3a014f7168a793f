// Reads the search index and ranks pages for a query. The files are described in cmd/guide/internal/search/doc.go.
// It knows no page: search.ts shows what it finds.
import { edits } from "./edits";

/** One hit: a page, the section of it that says most about the query, and the passage to show, cut into pieces. */
export interface Hit {
  address: string; // from the site's root, with the section's id where there is one
  number: string; // of the page in the guide, "" where it has none
  title: string;
  heading: string; // of the section, "" above the first heading
  passage: Piece[];
  score: number;
}

/** A piece of a passage; marked pieces are what the reader typed. */
export interface Piece {
  text: string;
  marked: boolean;
}

export interface Found {
  hits: Hit[];
  total: number; // pages that match
  partly: boolean; // no page holds every word; the hits hold some of them
  instead: string; // the query as it was read where a word had to be spelled differently, else ""
}

interface Root {
  pages: number;
  stem: boolean;
  perTitle: number;
  perText: number;
  terms: string[];
  words: string[];
  hash: { terms: string; words: string; titles: string };
}

interface TermPart {
  terms: string[];
  lists: string[];
}

type Title = [address: string, title: string, number: string, hash: string, keywords?: string];
type Section = [id: string, title: string, text: string];

/** A word of the query and the terms of the index that it stands for. */
interface Word {
  text: string;
  terms: Terms;
}

type Terms = Map<string, { list: string; share: number }>; // share: how far the term is what was typed, 0 to 1

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const digits = new Map([...alphabet].map((c, i) => [c.charCodeAt(0), i]));
const maxTerms = 24; // that one typed prefix stands for
const mostJoined = 4; // words of a compound, as in the index
const more = 10; // pages whose text may move them among the hits
const enough = 0.7; // of what a query says, for a page to be found
const near = 0.5; // of the best score, for a page that does not hold all of it
const carries = 6; // letters, from which on a word counts in full
const joint = /[-\u2010\u2011\u00AD]/, hyphen = new RegExp(joint, "g");
const letters = /[\p{L}\p{Nd}\p{M}]+/gu;
const chains = /[\p{L}\p{Nd}\p{M}]+(?:[-\u2010\u2011\u00AD][\p{L}\p{Nd}\p{M}]+)*/gu; // runs that single hyphens join
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;
const pieces = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]+|[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]+/gu;

/** Loads one script and returns what it handed to guideSearch. */
export type Load = (name: string, query: string) => Promise<unknown>;

export class SearchIndex {
  private parts = new Map<string, Promise<unknown>>();

  constructor(private load: Load) {}

  /** Finds the pages that hold what the query says, or else most of it, the last word as a prefix, best first. */
  async find(query: string, limit: number): Promise<Found> {
    const root = await this.root();
    const typed = spans(query, root.stem).filter((s) => s.words === 1).map((s) => query.slice(s.start, s.end).toLowerCase());
    if (typed.length === 0) return { hits: [], total: 0, instead: "", partly: false };
    const open = !/\s$/.test(query);
    const each = await Promise.all(typed.map((w, i) => this.word(root, w, open && i === typed.length - 1)));
    const instead = each.some((w) => w.spelled) ? each.map((w) => w.text).join(" ") : "";
    const read = each.flatMap((w) => w.words);
    await this.join(root, read, open);
    const { scores, partly } = rank(root.pages, read);
    const best = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const looked = root.perText === 1 ? limit + more : limit; // where a text costs little, some more are looked at
    const match = matcher(read, root.stem);
    const pages = await Promise.all(best.slice(0, looked).map(([page, score]) => this.page(root, page, score, match)));
    const hits = pages.sort((a, b) => b.score - a.score).slice(0, limit).map((page) => hit(page, match));
    return { hits, total: best.length, instead, partly };
  }

  /** Forgets what was loaded: the site behind the page is of another version now. */
  forget(): void {
    this.parts.clear();
  }

  private root(): Promise<Root> {
    return this.part<Root>("root", "");
  }

  private part<T>(name: string, query: string): Promise<T> {
    let part = this.parts.get(name);
    if (!part) {
      part = this.load(name, query).catch((e) => {
        this.parts.delete(name); // a dropped connection is asked again
        throw e;
      });
      this.parts.set(name, part);
    }
    return part as Promise<T>;
  }

  private numbered<T>(root: Root, kind: "terms" | "words" | "titles", n: number): Promise<T> {
    return this.part<T>(`${kind}-${n}`, root.hash[kind].slice(6 * n, 6 * n + 6));
  }

  /** What a typed word stands for: itself and what it begins, the words that it is a compound of, or what it was probably meant to be. */
  private async word(root: Root, text: string, prefix: boolean): Promise<{ text: string; spelled: boolean; words: Word[] }> {
    const terms = await this.terms(root, text, prefix);
    if (terms.size > 0) return { text, spelled: false, words: await this.parted(root, text, terms, prefix) };
    const cut = await this.cut(root, text, prefix);
    if (cut) return { text, spelled: false, words: cut };
    const near = text.length < 4 ? "" : await this.nearest(root, text, prefix);
    if (near === "") return { text, spelled: false, words: [{ text, terms }] };
    return { text: near, spelled: true, words: await this.parted(root, near, await this.terms(root, near, prefix), prefix) };
  }

  /** The terms that are written as text but for hyphens, or begin with it. */
  private async terms(root: Root, text: string, prefix: boolean): Promise<Terms> {
    const terms: Terms = new Map(), wanted = key(root.stem ? singular(text) : text);
    const first = lastAtMost(root.terms, wanted);
    for (let n = Math.max(0, first); n < root.terms.length && n < first + 3; n++) {
      if (n > first && !(prefix && key(root.terms[n]!).startsWith(wanted))) break;
      const part = await this.numbered<TermPart>(root, "terms", n);
      for (let i = lowest(part.terms, wanted); i < part.terms.length && terms.size < maxTerms; i++) {
        const term = part.terms[i]!, found = key(term);
        if (found !== wanted && !(prefix && found.startsWith(wanted))) break;
        terms.set(term, { list: part.lists[i]!, share: found === wanted ? 1 : wanted.length / (found.length + 1) });
      }
    }
    return terms;
  }

  /** A word that the guide also writes with hyphens is read as the words between them. */
  private async parted(root: Root, text: string, terms: Terms, prefix: boolean): Promise<Word[]> {
    const compound = [...terms.keys()].find((term) => term.includes("-") && terms.get(term)!.share === 1);
    if (!compound) return [{ text, terms }];
    const parts = compound.split("-");
    return Promise.all(parts.map(async (part, i) => ({ text: part, terms: await this.terms(root, part, prefix && i === parts.length - 1) })));
  }

  /** Two words of the guide that were typed as one: of several such pairs, the one that most pages hold. */
  private async cut(root: Root, text: string, prefix: boolean): Promise<Word[] | undefined> {
    let best: Word[] | undefined, most = 0;
    for (let at = 3; at <= text.length - 3; at++) {
      const left = await this.terms(root, text.slice(0, at), false);
      if (left.size === 0) continue;
      const pair = [{ text: text.slice(0, at), terms: left }, { text: text.slice(at), terms: await this.terms(root, text.slice(at), prefix) }];
      const both = rank(root.pages, pair);
      if (!both.partly && both.scores.size > most) [best, most] = [pair, both.scores.size];
    }
    return best;
  }

  /** Two words that follow each other also stand for both written as one. Written with a hyphen they are two words anyway. */
  private async join(root: Root, read: Word[], open: boolean): Promise<void> {
    const joined = await Promise.all(read.slice(1).map((word, i) => this.terms(root, read[i]!.text + word.text, open && i === read.length - 2)));
    joined.forEach((terms, i) => {
      for (const [term, entry] of terms) if (!term.includes("-")) for (const word of read.slice(i, i + 2)) word.terms.set(term, entry);
    });
  }

  /** The term of the index nearest to text by edits, among those that begin with its first or its second letter. */
  private async nearest(root: Root, text: string, prefix: boolean): Promise<string> {
    const most = text.length < 8 ? 1 : 2;
    let best = "", least = most + 1;
    const parts = new Set<number>();
    for (const letter of [text[0]!, text[1]!]) {
      for (let n = Math.max(0, lastAtMost(root.words, letter)); n < root.words.length; n++) {
        if (root.words[n]!.slice(0, letter.length) > letter) break;
        parts.add(n);
      }
    }
    for (const n of parts) {
      for (const term of await this.numbered<string[]>(root, "words", n)) {
        // One above the least: what is as near as the best so far must not be mistaken for what is further away.
        const joined = key(term);
        let d = edits(text, joined, least + 1);
        if (prefix) d = Math.min(d, edits(text, joined.slice(0, text.length), least + 1));
        if (d < least || (d === least && d <= most && Math.abs(term.length - text.length) < Math.abs(best.length - text.length))) {
          best = term;
          least = d;
        }
      }
    }
    return best;
  }

  /** A page that may be a hit: moved up where it says the words in order. */
  private async page(root: Root, page: number, score: number, match: Match): Promise<Candidate> {
    const [address, title, number, hash, keywords] = (await this.numbered<Title[]>(root, "titles", Math.floor(page / root.perTitle)))[page % root.perTitle]!;
    const text = (await this.part<Section[][]>(`texts-${Math.floor(page / root.perText)}`, hash))[page % root.perText]!;
    const titles = [title, ...(keywords?.split("\n") ?? [])];
    return { address, number, title, titles, text, score: score * (1 + inOrder(titles, text, match)) };
  }
}

interface Candidate {
  address: string;
  number: string;
  title: string;
  titles: string[]; // and the words by which it is looked for
  text: Section[];
  score: number;
}

function hit({ address, number, title, titles, text, score }: Candidate, match: Match): Hit {
  const called = text[0] !== undefined && titles.some((name) => match.run(name).share === 1); // the page is what was asked for, not a part of it
  const [id, heading, words] = called ? text[0]! : bestSection(text, match);
  return { address: address + (id ? "#" + encodeURIComponent(id) : ""), number, title, heading, passage: passage(words, match), score };
}

/** A term where a text says it: a word, or a compound of several that hyphens join. */
interface Span {
  term: string;
  start: number;
  end: number;
  words: number;
}

/** What was split lately: the same sections are looked at for each key that is typed. */
const lately = new Map<string, Span[]>();
let kept = 0; // characters

function spans(text: string, stem: boolean): Span[] {
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
function singular(term: string): string {
  if (term.length < 4 || !term.endsWith("s") || /[sui-]s$/.test(term)) return term;
  if (term.length > 4 && term.endsWith("ies")) return term.slice(0, -3) + "y";
  return term.slice(0, -1);
}

/**
 * Scores pages for a query. A word counts for as much as the page that is most about it gets for it, a short one for less:
 * what is said everywhere, or only in passing, or by a few letters as glue is, is hardly missed where it is missing.
 */
function rank(pages: number, read: Word[]): { scores: Map<number, number>; partly: boolean } {
  const held = new Map<number, number>(), scores = new Map<number, number>();
  let all = 0, best = 0;
  for (const word of read) {
    const each = weigh(pages, word);
    let most = 0;
    for (const score of each.values()) most = Math.max(most, score);
    most *= Math.min(1, word.text.length / carries);
    all += most;
    for (const [page, score] of each) {
      held.set(page, (held.get(page) ?? 0) + most);
      scores.set(page, (scores.get(page) ?? 0) + score);
    }
  }
  const share = (page: number) => held.get(page)! / all;
  for (const [page, score] of scores) {
    scores.set(page, score * share(page));
    best = Math.max(best, scores.get(page)!);
  }
  const whole = [...scores].filter(([page]) => share(page) > 0.999);
  const found = [...scores].filter(([page, score]) => share(page) > 0.999 || (share(page) >= enough && score >= near * best));
  return {
    scores: found.length > 0 ? new Map(found) : scores,
    partly: scores.size > 0 && (whole.length === 0 || read.some((w) => w.terms.size === 0)),
  };
}

/** Scores the pages that hold a term of one word: quantised BM25 weights times inverse frequency. */
function weigh(pages: number, word: Word): Map<number, number> {
  const scores = new Map<number, number>();
  for (const { list, share } of word.terms.values()) {
    const entries = decode(list);
    const rare = Math.log(1 + (pages - entries.length + 0.5) / (entries.length + 0.5));
    for (const [page, level] of entries) scores.set(page, Math.max(scores.get(page) ?? 0, level * rare * share));
  }
  return scores;
}

/** Decodes a list into pages with the level of the term's weight in each. */
export function decode(list: string): [page: number, level: number][] {
  const out: [number, number][] = [];
  let at = 0;
  const number = () => {
    for (let n = 0, scale = 1; ; scale *= 32) {
      const digit = digits.get(list.charCodeAt(at++))!;
      n += (digit & 31) * scale;
      if (digit < 32) return n;
    }
  };
  while (at < list.length) {
    const level = number();
    for (let count = number(), page = -1; count > 0; count--) {
      page += number() + 1;
      out.push([page, level]);
    }
  }
  return out;
}

interface Match {
  /** Where a text says what the reader typed. */
  marks(text: string): { start: number; end: number; word: number }[];
  /** The longest run of typed words that a text says one after the other, as a share of all; whole: it says nothing else. */
  run(text: string): { share: number; whole: boolean };
}

function matcher(read: Word[], stem: boolean): Match {
  const places = new Map<string, number[]>(); // of the typed words that a term stands for
  const runs = new Map<string, ReturnType<Match["run"]>>();
  read.forEach((word, i) => {
    for (const term of word.terms.keys()) places.set(term, [...(places.get(term) ?? []), i]);
  });
  return {
    marks: (text) => {
      const marks: { start: number; end: number; word: number }[] = [];
      for (const { term, start, end } of spans(text, stem)) {
        for (const word of places.get(term) ?? []) marks.push({ start, end, word });
      }
      return marks;
    },
    run: (text) => {
      const known = runs.get(text);
      if (known) return known;
      let most = 0, seen = 0;
      const until = new Map<number, number[]>(); // by a word of the text: how many typed words in order end there, by the last typed
      for (const { term, words } of spans(text, stem)) {
        const at = places.get(term);
        if (at) {
          const before = until.get(seen - 1) ?? [], last = until.get(seen + words - 1) ?? [];
          until.set(seen + words - 1, last);
          const own: number[] = []; // one word of the text may stand for several typed
          for (const i of at) {
            own[i] = 1 + Math.max(own[i - 1] ?? 0, before[i - 1] ?? 0);
            last[i] = Math.max(last[i] ?? 0, own[i]!);
            most = Math.max(most, own[i]!);
          }
        }
        if (words === 1) seen++;
      }
      const run = { share: most / read.length, whole: most === read.length && seen === read.length };
      runs.set(text, run);
      return run;
    },
  };
}

/** How far a page says the query in order, 0 to 3: as a whole heading most, within a text less, half of it hardly. */
function inOrder(titles: string[], sections: Section[], match: Match): number {
  let most = 0;
  const weigh = (text: string, asHeading: boolean) => {
    const { share, whole } = match.run(text);
    most = Math.max(most, whole && asHeading ? 3 : share === 1 ? (asHeading ? 1.5 : 1) : share * (asHeading ? 0.6 : 0.4));
  };
  for (const title of titles) weigh(title, true);
  for (const section of sections) {
    weigh(section[1], true);
    weigh(section[2], false);
  }
  return most;
}

function bestSection(sections: Section[], match: Match): Section {
  let best: Section = sections[0] ?? ["", "", ""], most = -1;
  for (const section of sections) {
    const inTitle = new Set(match.marks(section[1]).map((m) => m.word));
    const inText = match.marks(section[2]);
    const run = Math.max(1.2 * match.run(section[1]).share, match.run(section[2]).share);
    const score = 150 * run + 100 * new Set([...inTitle, ...inText.map((m) => m.word)]).size + 20 * inTitle.size + Math.min(inText.length, 10);
    if (score > most) {
      most = score;
      best = section;
    }
  }
  return best;
}

const passageLength = 180; // characters, about two lines

/** Cuts the stretch of text that says most of what was typed, with those words marked. */
function passage(text: string, match: Match): Piece[] {
  const marks = match.marks(text);
  let from = 0, most = -1;
  for (const m of marks) {
    const within = marks.filter((o) => o.start >= m.start && o.end <= m.start + passageLength - 40);
    const score = 10 * new Set(within.map((o) => o.word)).size + Math.min(within.length, 9);
    if (score > most) {
      most = score;
      from = m.start;
    }
  }
  let start = from < 60 ? 0 : text.lastIndexOf(" ", from - 40) + 1;
  let end = Math.min(text.length, start + passageLength);
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + passageLength - 30);
  const pieces: Piece[] = start > 0 ? [{ text: "… ", marked: false }] : [];
  let at = start;
  for (const m of marks) {
    if (m.start < at || m.end > end) continue;
    if (m.start > at) pieces.push({ text: text.slice(at, m.start), marked: false });
    pieces.push({ text: text.slice(m.start, m.end), marked: true });
    at = m.end;
  }
  pieces.push({ text: text.slice(at, end) + (end < text.length ? " …" : ""), marked: false });
  return pieces;
}

/** How a term is sorted and compared: a compound as if it were written as one word. */
function key(term: string): string {
  return term.replace(/-/g, "");
}

/** The place of the last entry that is not above x, -1 if all are. Terms are sorted by the bytes of their keys. */
function lastAtMost(sorted: string[], x: string): number {
  const at = lowest(sorted, x);
  return at < sorted.length && key(sorted[at]!) === x ? at : at - 1;
}

/** The place of the first entry whose key is not below x. */
function lowest(sorted: string[], x: string): number {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(sorted[middle]!) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
