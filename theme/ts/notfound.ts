// The one script that stands in its page: a page that answers for any address does not know how deep it is shown, so it
// finds the site's root by asking from the deepest folder upwards where the guide's own 404.html is, and mends its links.
// It refers to nothing outside itself.

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

async function find(): Promise<void> {
  const asked = document.querySelector<HTMLElement>(".asked");
  if (asked) {
    asked.querySelector("code")!.textContent = decodeURI(location.pathname);
    asked.hidden = false;
  }
  const given = page.dataset["prefix"];
  if (given) return mend(given);
  const folders = location.pathname.split("/").slice(0, -1);
  for (; folders.length > 0; folders.pop()) {
    const base = folders.join("/") + "/";
    try {
      const response = await fetch(base + "404.html");
      if (response.ok) return mend(base);
    } catch {
      // Not to be had here, as offline: the folder above may be kept.
    }
  }
}

mend(page.dataset["prefix"] || "/");
void find();
