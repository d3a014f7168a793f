// The switch between light, dark and what the system asks for, kept in this browser and told to its other pages.
import { all, keep, kept, root } from "./dom";

function apply(chosen: string): void {
  if (chosen) root.setAttribute("data-theme", chosen);
  else root.removeAttribute("data-theme");
  for (const input of all<HTMLInputElement>("[data-appearance] input")) input.checked = input.value === chosen;
}

export function appearance(): void {
  const known = (value: string | null) => (value === "light" || value === "dark" ? value : "");
  apply(known(kept("appearance")));
  document.querySelector("[data-appearance]")?.addEventListener("change", (e) => {
    const chosen = known((e.target as HTMLInputElement).value);
    keep("appearance", chosen || null);
    apply(chosen);
  });
  addEventListener("storage", (e) => {
    if (e.key === "guide.appearance") apply(known(e.newValue));
  });
}
