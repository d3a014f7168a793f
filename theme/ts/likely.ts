// Which pages an address that leads nowhere may have meant. The list of pages is llms.txt, which every site has at its root.
import { edits } from "./edits";

export interface Page {
  address: string; // from the site's root
  title: string;
}

const enough = 3; // pages to propose
const tooFar = 0.4; // share of an address that may differ

/** The pages of the site whose root is base and which was built for prefix; none where the list cannot be had. */
export async function pagesOf(base: string, prefix: string): Promise<Page[]> {
  const response = await fetch(base + "llms.txt");
  if (!response.ok) return [];
  const pages: Page[] = [];
  for (const [, title, twin] of (await response.text()).matchAll(/^- \[(.*?)\]\((.*?)\.md\)/gm)) {
    const address = twin!.includes("://") ? new URL(twin!).pathname.slice(prefix.length) : twin!;
    pages.push({ address: address + ".html", title: title! });
  }
  return pages;
}

/**
 * The pages that asked, an address from the root, is likely to have meant, best first: those with a few letters of
 * difference, those with its name in another folder, those that share words with its name, and then the folder above it.
 */
export function likely(asked: string, pages: Page[]): Page[] {
  const want = plain(asked);
  if (want === "") return [];
  const found = pages.map((page) => ({ page, far: distance(want, plain(page.address), page.title) })).filter((f) => f.far <= tooFar);
  found.sort((a, b) => a.far - b.far || (a.page.address < b.page.address ? -1 : 1));
  const best = found.slice(0, enough).map((f) => f.page);
  for (let folder = want; best.length < enough && folder.includes("/"); ) {
    folder = folder.slice(0, folder.lastIndexOf("/"));
    const head = pages.find((p) => plain(p.address) === folder);
    if (head && !best.includes(head)) return [...best, head];
  }
  return best;
}

/** An address without what differs from host to host: its ending, index, letter case, the way words are joined. */
function plain(address: string): string {
  return text(address).toLowerCase().replace(/\.(html?|md|php|aspx?)$/, "").replace(/(^|\/)(index|readme)?\/*$/, "").replace(/[\s_+]+/g, "-").replace(/^\/+|\/{2,}/g, "");
}

/** An address as it is read, its escapes undone where they are whole. */
export function text(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** How far an address is from a page, 0 for the same to 1 for nothing in common. */
function distance(want: string, have: string, title: string): number {
  const name = last(want), its = last(have);
  const moved = 0.1 + apart(name, its);
  return Math.min(apart(want, have), moved, 0.15 + 1 - shared(name, its), 0.15 + 1 - shared(name, title));
}

const last = (address: string) => address.slice(address.lastIndexOf("/") + 1);

function apart(a: string, b: string): number {
  const longest = Math.max(a.length, b.length, 1);
  return edits(a, b, Math.ceil(longest * tooFar) + 1) / longest;
}

/** The share of the words of both that are in both. */
function shared(a: string, b: string): number {
  const mine = words(a), theirs = words(b);
  const both = [...mine].filter((w) => theirs.has(w)).length;
  return both / Math.max(1, mine.size + theirs.size - both);
}

const words = (s: string) => new Set(s.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []);
