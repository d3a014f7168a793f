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
