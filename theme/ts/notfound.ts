// The one script that stands in its page: a page that answers for any address does not know how deep it is shown, so it
// mends its links when it has found the site's root: the one that it was built for, the one where this browser has read
// before, or else the folder, from the host's root downwards, in which this very page lies. It refers to nothing outside.

const page = document.documentElement;
try {
  const chosen = localStorage.getItem("guide.appearance");
  if (chosen) page.setAttribute("data-theme", chosen);
} catch {
  // Storage is refused: as the system.
}

function mend(base: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-to]")) link.setAttribute("href", base + link.dataset["to"]);
}

function show(): void {
  const asked = document.querySelector<HTMLElement>(".asked");
  if (asked) {
    asked.querySelector("code")!.textContent = decodeURI(location.pathname);
    asked.hidden = false;
  }
}

/** Looks for the root, once a reader is about to follow a link: until then the host is asked nothing. */
async function find(): Promise<void> {
  let base = "";
  for (const folder of location.pathname.split("/").slice(0, -1)) {
    base += folder + "/";
    try {
      const response = await fetch(base + "404.html");
      if (response.ok && (await response.text()).includes("<title>" + document.title.replace(/&/g, "&amp;") + "</title>")) return mend(base);
    } catch {
      // Not to be had here, as offline: the folder below may be kept.
    }
  }
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

show();
const given = page.dataset["prefix"] || remembered();
mend(given || "/");
if (!given) {
  const look = new AbortController();
  for (const sign of ["pointerover", "pointerdown", "focusin"]) {
    addEventListener(sign, () => { look.abort(); void find(); }, { signal: look.signal });
  }
}
