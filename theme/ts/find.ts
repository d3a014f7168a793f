// Opens the search sheet: by its button, by / or by Control K. The sheet and the index are fetched when first wanted.
import { all, fact, flash, near } from "./dom";
import { loadScript } from "./trusted";

let loading: Promise<void> | undefined;

/** What search.ts leaves on the window. */
interface Sheet {
  guideSearchOpen?: (query: string) => void;
}

async function open(query = ""): Promise<void> {
  const shared = window as unknown as Sheet;
  try {
    loading ??= shared.guideSearchOpen ? Promise.resolve() : loadScript(fact("search-script"));
    await loading;
    shared.guideSearchOpen?.(query);
  } catch {
    loading = undefined; // a dropped connection is tried again at the next press
    for (const b of all("[data-find] span")) flash(b, "Search cannot be loaded");
  }
}

export function find(): void {
  if (!fact("search-script")) {
    for (const b of all("[data-find]")) b.hidden = true;
    return;
  }
  for (const b of all("[data-find]")) {
    b.addEventListener("click", () => void open());
    b.addEventListener("pointerenter", () => (loading ??= loadScript(fact("search-script")).catch(() => void (loading = undefined))), { once: true });
  }
  document.addEventListener("keydown", (e) => {
    const typing = near(e, "input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable]") !== null;
    const slash = e.key === "/" && !typing && !e.ctrlKey && !e.metaKey && !e.altKey;
    const k = (e.ctrlKey || e.metaKey) && !e.shiftKey && !e.altKey && e.key.toLowerCase() === "k";
    if (!slash && !k) return;
    e.preventDefault();
    void open();
  });
}
