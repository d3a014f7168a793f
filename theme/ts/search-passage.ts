// What a text says of a query: the words in order, the section that says most, the passage to show.
import { spans } from "./search-terms";

export type Section = [id: string, title: string, text: string];

/** A word of the query and the terms of the index that it stands for. */
export interface Word {
  text: string;
  terms: Terms;
}

export type Terms = Map<string, { list: string; share: number }>; // share: how far the term is what was typed, 0 to 1

/** A piece of a passage; marked pieces are what the reader typed. */
export interface Piece {
  text: string;
  marked: boolean;
}

export interface Match {
  /** Where a text says what the reader typed. */
  marks(text: string): { start: number; end: number; word: number }[];
  /** The longest run of typed words that a text says one after the other, as a share of all; whole: it says nothing else. */
  run(text: string): { share: number; whole: boolean };
}

export function matcher(read: Word[], stem: boolean): Match {
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
export function inOrder(titles: string[], sections: Section[], match: Match): number {
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

export function bestSection(sections: Section[], match: Match): Section {
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
