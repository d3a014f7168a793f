// The one script that stands in its page: a page that answers for any address does not know how deep it is shown, so it
// mends its links when it has found the site's root: the one that it was built for, the one where this browser has read
// before, or else, when a reader reaches for a link, the folder in which this very page lies. Then it proposes pages whose
// addresses are like the one asked for. It refers to nothing outside.
import { likely, pagesOf, text } from "./likely";

const page = document.documentElement;
try {
  const chosen = localStorage.getItem("guide.appearance");
  if (chosen) page.setAttribute("data-theme", chosen);
} catch {
  // Storage is refused: as the system.
}

const built = page.dataset["prefix"] ?? "";
const place = document.querySelector<HTMLElement>(".likely ul");
let known = built && location.pathname.startsWith(built) ? built : remembered() || (/^\/[^/]*$/.test(location.pathname) ? "/" : "");

function mend(base: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-to]")) link.setAttribute("href", base + link.dataset["to"]);
}

/** Shows the pages that may have been meant, in the room that is kept for them. */
async function propose(base: string): Promise<void> {
  const asked = location.pathname.slice(base.length);
  const pages = likely(asked, await pagesOf(base, built).catch(() => []));
  place?.replaceChildren(...pages.map(({ address, title }) => {
    const link = element("a", title);
    link.href = base + address;
    const row = element("li", "");
    row.append(link, " ", element("small", text(address)));
    return row;
  }));
  if (pages.length === 0) place?.replaceChildren(element("li", "No address here is like it."));
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, says: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = says;
  return made;
}

/** The root of the site where this browser last read it, if this address lies under it. */
function remembered(): string {
  try {
    const root = localStorage.getItem("guide.root") ?? "";
    return root && location.pathname.startsWith(root) ? root : "";
  } catch {
    return "";
  }
}

/** Asks the host, from its root downwards, in which folder this very page lies. */
async function find(): Promise<void> {
  let base = "";
  for (const folder of location.pathname.split("/").slice(0, -1)) {
    base += folder + "/";
    try {
      const response = await fetch(base + "404.html");
      if (response.ok && (await response.text()).includes("<title>" + document.title.replace(/&/g, "&amp;") + "</title>")) {
        known = base;
        mend(base);
        return void propose(base);
      }
    } catch {
      // Not to be had here, as offline: the folder below may be kept.
    }
  }
}

let finding: Promise<void> | undefined;
const begin = () => (finding ??= find());

mend(known || "/");
const asked = document.querySelector<HTMLElement>(".asked");
if (asked) {
  asked.querySelector("code")!.textContent = text(location.pathname);
  asked.hidden = false;
}
if (place) place.parentElement!.hidden = false;
if (known) void propose(known);
else {
  const look = element("button", "Look for them");
  look.addEventListener("click", begin);
  place?.append(look);
  for (const sign of ["pointerover", "focusin"]) document.addEventListener(sign, begin, { once: true });
  document.addEventListener("click", (e) => {
    const link = e.target instanceof Element ? e.target.closest<HTMLAnchorElement>("a[data-to]") : null;
    if (!link || known || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    void begin().then(() => location.assign(link.href));
  });
}
