// Runs before the first paint, so that nothing flashes and nothing moves: the appearance that the reader chose, and the
// mark that controls which need a script may be shown.

const root = document.documentElement;
root.setAttribute("data-script", "");
try {
  const chosen = localStorage.getItem("guide.appearance");
  if (chosen === "light" || chosen === "dark") root.setAttribute("data-theme", chosen);
} catch {
  // Storage is refused: as the system.
}

// The rest of a table that is half there would change its columns, and move what a reader looks at: it shows when it is whole or,
// on a slow line, after this many milliseconds.
const patience = 1500;
const arrived = () => root.removeAttribute("data-arriving");
root.setAttribute("data-arriving", "");
document.addEventListener("readystatechange", arrived, { once: true });
setTimeout(arrived, patience);
