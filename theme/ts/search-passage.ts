// What a text says of a query: the words in order, the section that says most, the passage to show.
import { spans, unglued, type Span } from "./search-terms";

export type Section = [id: string, title: string, text: string];

/** A word of the query and the terms of the index that it stands for. */
export interface Word {
  text: string;
  terms: Terms;
  glue?: boolean; // it only makes a question of the others: it decides nothing
}

export type Terms = Map<string, { list: string; share: number }>; // share: how far the term is what was typed, 0 to 1

/** A piece of a passage; marked pieces are what the reader typed. */
export interface Piece {
  text: string;
  marked: boolean;
}

/** The longest run of typed words that a text says one after the other, as a share of all; whole: it says nothing else. */
interface Run {
  share: number;
  whole: boolean;
}

export interface Match {
  /** Where a text says what the reader typed, but for glue. */
  marks(text: string): { start: number; end: number; word: number }[];
  /** What a text says in order: told passes glue over on both sides, said takes every word. */
  runs(text: string): { told: Run; said: Run };
  /** Whether some of what was typed is glue. */
  glued: boolean;
  /** How many of the words but for glue a text says, in whatever order, as a share of them. */
  named(text: string): number;
}

export function matcher(read: Word[], stem: boolean): Match {
  const telling = read.filter((word) => !word.glue);
  const all = places(read), told = places(telling);
  const asked = new Set(read.filter((word) => word.glue).map((word) => word.text));
  const known = new Map<string, ReturnType<Match["runs"]>>();
  const marks: Match["marks"] = (text) =>
    spans(text, stem).flatMap(({ term, start, end }) => (told.get(term) ?? []).map((word) => ({ start, end, word })));
  return {
    glued: telling.length < read.length,
    marks,
    runs: (text) => {
      let runs = known.get(text);
      if (!runs) {
        const words = spans(text, stem), bare = unglued(text, words);
        runs = { told: longest(bare.spans, told, telling.length), said: longest(words, all, read.length) };
        runs.told.whole &&= bare.asks.every((word) => asked.has(word));
        known.set(text, runs);
      }
      return runs;
    },
    named: (text) => new Set(marks(text).map((m) => m.word)).size / telling.length,
  };
}

/** By a term, the places of the typed words that it stands for. */
function places(read: Word[]): Map<string, number[]> {
  const out = new Map<string, number[]>();
  read.forEach((word, i) => {
    for (const term of word.terms.keys()) out.set(term, [...(out.get(term) ?? []), i]);
  });
  return out;
}

/** The longest run of typed words in the terms of a text: at says which a term stands for. */
function longest(words: Span[], at: Map<string, number[]>, typed: number): Run {
  let most = 0, seen = 0;
  const until = new Map<number, number[]>(); // by a word of the text: how many typed words in order end there, by the last typed
  for (const { term, words: held } of words) {
    const typedAt = at.get(term);
    if (typedAt) {
      const before = until.get(seen - 1) ?? [], last = until.get(seen + held - 1) ?? [];
      until.set(seen + held - 1, last);
      const own: number[] = []; // one word of the text may stand for several typed
      for (const i of typedAt) {
        own[i] = 1 + Math.max(own[i - 1] ?? 0, before[i - 1] ?? 0);
        last[i] = Math.max(last[i] ?? 0, own[i]!);
        most = Math.max(most, own[i]!);
      }
    }
    if (held === 1) seen++;
  }
  return { share: most / typed, whole: most === typed && seen === typed };
}

/**
 * How far a page says the query in order, 0 to 10: as its title or a keyword most, as a whole heading less, within a text
 * little, half of it hardly. What also says the glue of a question in its place says it thrice.
 */
export function inOrder(titles: string[], sections: Section[], match: Match): number {
  let most = 0;
  const points = ({ share, whole }: Run, asHeading: boolean) =>
    whole && asHeading ? 3 : share === 1 ? (asHeading ? 1.5 : 1) : share * (asHeading ? 0.6 : 0.4);
  const weigh = (text: string, asHeading: boolean) => {
    const { told, said } = match.runs(text);
    most = Math.max(most, points(told, asHeading) + (match.glued && said.share === 1 ? 2 * points(said, asHeading) : 0));
    return told;
  };
  for (const title of titles) {
    const { share, whole } = weigh(title, true);
    most = Math.max(most, whole ? 4 : 1.5 * Math.max(share, 0.9 * match.named(title)) ** 2);
  }
  for (const section of sections) {
    weigh(section[1], true);
    weigh(section[2], false);
  }
  return most;
}

/** The section that says most of the query, but for its glue. */
export function bestSection(sections: Section[], match: Match): Section {
  let best: Section = sections[0] ?? ["", "", ""], most = -1;
  for (const section of sections) {
    const inTitle = new Set(match.marks(section[1]).map((m) => m.word));
    const inText = match.marks(section[2]);
    const title = match.runs(section[1]), text = match.runs(section[2]);
    const run = Math.max(1.2 * title.told.share, text.told.share);
    const whole = Math.max(title.said.share, text.said.share) === 1 ? 30 : 0; // also the glue, in its place
    const score = 150 * run + whole + 100 * new Set([...inTitle, ...inText.map((m) => m.word)]).size + 20 * inTitle.size + Math.min(inText.length, 10);
    if (score > most) {
      most = score;
      best = section;
    }
  }
  return best;
}

const passageLength = 180; // characters, about two lines

/** Cuts the stretch of text that says most of what was typed, with those words marked. */
export function passage(text: string, match: Match): Piece[] {
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
