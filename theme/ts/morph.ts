// Makes one tree like another with as few changes as can be, so that focus, selection, scrolling and what is open stay.

export interface Rules {
  /** Says whether an element is the page's own business and must be left as it is. */
  keep?(old: Element): boolean;
}

/** What scripts put into the page themselves: places for buttons, and elements marked data-own. */
export const scripted: Rules = { keep: (old) => old.matches("[data-slot], [data-own]") };

/** Attributes that belong to the reader or to a script, not to who printed the page. */
const own = new Set(["open", "data-open", "data-settled"]);

const keys = ["id", "data-chart", "data-field", "data-slot"];

/** Makes old like fresh, of which parts move into old: its attributes and all that it holds. */
export function morph(old: Element, fresh: Element, rules: Rules = {}): void {
  if (rules.keep?.(old) || old.isEqualNode(fresh)) return;
  attributes(old, fresh);
  children(old, fresh, rules);
}

function attributes(old: Element, fresh: Element): void {
  for (const name of old.getAttributeNames()) {
    if (!own.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const name of fresh.getAttributeNames()) {
    const value = fresh.getAttribute(name)!;
    if (!own.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

/** What tells an element from its siblings, apart from its kind. */
function key(node: Element): string {
  for (const name of keys) {
    const value = node.getAttribute(name);
    if (value) return value;
  }
  return (node.hasAttribute("data-state") && node.getAttribute("data-report")) || "";
}

function alike(a: Node, b: Node): boolean {
  if (a.nodeType !== b.nodeType || a.nodeName !== b.nodeName) return false;
  return !(a instanceof Element && b instanceof Element) || key(a) === key(b);
}

function children(old: Element, fresh: Element, rules: Rules): void {
  let at = old.firstChild;
  for (let next = fresh.firstChild, after: ChildNode | null; next; next = after) {
    after = next.nextSibling;
    const match = find(at, next, fresh, rules);
    if (!match) {
      old.insertBefore(next, at);
      continue;
    }
    while (at && at !== match) at = drop(at, rules);
    if (match instanceof Element) morph(match, next as Element, rules);
    else if (match.nodeValue !== next.nodeValue) match.nodeValue = next.nodeValue;
    at = match.nextSibling;
  }
  while (at) at = drop(at, rules);
}

/** The first node from at on that can become next, but not one that a later sibling of next has a better claim to. */
function find(at: ChildNode | null, next: ChildNode, fresh: Element, rules: Rules): ChildNode | null {
  for (let old = at; old; old = old.nextSibling) {
    if (old instanceof Element && !key(old) && rules.keep?.(old)) continue;
    if (alike(old, next)) return old;
    if (old instanceof Element && key(old) && holds(fresh, key(old))) return null;
  }
  return null;
}

function holds(fresh: Element, wanted: string): boolean {
  for (const child of fresh.children) if (key(child) === wanted) return true;
  return false;
}

function drop(node: ChildNode, rules: Rules): ChildNode | null {
  const after = node.nextSibling;
  if (!(node instanceof Element && rules.keep?.(node))) node.remove();
  return after;
}
