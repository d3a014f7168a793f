// Reads the search index and ranks pages for a query. The files are described in cmd/guide/internal/search/doc.go.
// It knows no page: search.ts shows what it finds.
import { edits } from "./edits";
import { encodePath } from "./paths";
import { bestSection, inOrder, matcher, passage, type Match, type Piece, type Section, type Terms, type Word } from "./search-passage";
import { glued, key, singular, spans } from "./search-terms";

/** One hit: a page, the section of it that says most about the query, and the passage to show, cut into pieces. */
export interface Hit {
  address: string; // from the site's root, encoded, with the section's id where there is one
  number: string; // of the page in the guide, "" where it has none
  title: string;
  heading: string; // of the section, "" above the first heading
  passage: Piece[];
  score: number;
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

/** How a typed word was read. */
interface Reading {
  text: string;
  spelled: boolean;
  words: Word[];
}

interface TermPart {
  terms: string[];
  lists: string[];
}

type Title = [address: string, title: string, number: string, hash: string, keywords?: string];

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const digits = new Map([...alphabet].map((c, i) => [c.charCodeAt(0), i]));
const maxTerms = 24; // that one typed prefix stands for
const more = 12; // pages whose text may move them among the hits
const enough = 0.7; // of what a query says, for a page to be found
const near = 0.5; // of the best score, for a page that does not hold all of it
const carries = 3; // letters, from which on a word counts in full
const aside = "about/"; // pages on the guide itself, which stand
const behind = 0.9; // those of the guide that say as much

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
    const glue = glued(typed);
    const each = await Promise.all(typed.map((w, i) => (glue[i] ? glueWord(root, w) : this.word(root, w, open && i === typed.length - 1))));
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
      const asked = (part = this.load(name, query));
      this.parts.set(name, part);
      part.catch(() => this.parts.get(name) === asked && this.parts.delete(name)); // a dropped connection is asked again
    }
    return part as Promise<T>;
  }

  private numbered<T>(root: Root, kind: "terms" | "words" | "titles", n: number): Promise<T> {
    return this.part<T>(`${kind}-${n}`, root.hash[kind].slice(6 * n, 6 * n + 6));
  }

  /** What a typed word stands for: itself and what it begins, the words that it is a compound of, or what it was probably meant to be. */
  private async word(root: Root, text: string, prefix: boolean): Promise<Reading> {
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
    const none: Terms = new Map();
    const joined = await Promise.all(read.slice(1).map((word, i) =>
      word.glue || read[i]!.glue ? none : this.terms(root, read[i]!.text + word.text, open && i === read.length - 2)));
    joined.forEach((terms, i) => {
      for (const [term, entry] of terms) if (!term.includes("-")) for (const word of read.slice(i, i + 2)) word.terms.set(term, entry);
    });
  }

  /** The term of the index nearest to text by edits, among those that begin as it does. A short word is no slip in the beginning of a longer one. */
  private async nearest(root: Root, text: string, prefix: boolean): Promise<string> {
    const most = text.length < 8 ? 1 : 2, short = text.length < 5;
    let best = "", least = most + 1;
    for (const term of await this.spelled(root, short ? [text[0]!] : [text[0]!, text[1]!])) {
      const joined = key(term);
      if (!beginsLike(joined, text, short)) continue;
      // One above the least: what is as near as the best so far must not be mistaken for what is further away.
      let d = edits(text, joined, least + 1);
      if (prefix && !short) d = Math.min(d, edits(text, joined.slice(0, text.length), least + 1));
      if (d < least || (d === least && d <= most && Math.abs(term.length - text.length) < Math.abs(best.length - text.length))) {
        best = term;
        least = d;
      }
    }
    return best;
  }

  /** The terms of those parts that hold some with one of these first letters. */
  private async spelled(root: Root, letters: string[]): Promise<string[]> {
    const parts = new Set<number>();
    for (const letter of letters) {
      for (let n = Math.max(0, lastAtMost(root.words, letter)); n < root.words.length; n++) {
        if (root.words[n]!.slice(0, letter.length) > letter) break;
        parts.add(n);
      }
    }
    return (await Promise.all([...parts].map((n) => this.numbered<string[]>(root, "words", n)))).flat();
  }

  /** A page that may be a hit: moved up where it says the words in order. */
  private async page(root: Root, page: number, score: number, match: Match): Promise<Candidate> {
    const [address, title, number, hash, keywords] = (await this.numbered<Title[]>(root, "titles", Math.floor(page / root.perTitle)))[page % root.perTitle]!;
    const text = (await this.part<Section[][]>(`texts-${Math.floor(page / root.perText)}`, hash))[page % root.perText]!;
    const titles = [title, ...(keywords?.split("\n") ?? [])];
    const place = address.startsWith(aside) ? behind : 1;
    return { address, number, title, titles, text, score: place * score * (1 + inOrder(titles, text, match)) };
  }
}

/** A word that is not looked up: it stands for itself where a text says all that was typed. */
function glueWord(root: Root, text: string): Reading {
  return { text, spelled: false, words: [{ text, terms: new Map([[root.stem ? singular(text) : text, { list: "", share: 1 }]]), glue: true }] };
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
  const called = text[0] !== undefined && titles.some((name) => match.named(name) === 1); // the page is what was asked for, not a part of it
  const [id, heading, words] = called ? text[0]! : bestSection(text, match);
  return { address: encodePath(address) + (id ? "#" + encodeURIComponent(id) : ""), number, title, heading, passage: passage(words, match), score };
}

/** Whether a term may be what text was meant to be: its first letter is text's, or in a longer text its first two are swapped. */
function beginsLike(term: string, text: string, short: boolean): boolean {
  return term[0] === text[0] || (!short && term[0] === text[1] && term[1] === text[0]);
}

/**
 * Scores pages for a query. A word counts for as much as the page that is most about it gets for it, a short one for less:
 * what is said everywhere, or only in passing, is hardly missed where it is missing. Glue counts for nothing.
 */
function rank(pages: number, typed: Word[]): { scores: Map<number, number>; partly: boolean } {
  const read = typed.filter((word) => !word.glue);
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
