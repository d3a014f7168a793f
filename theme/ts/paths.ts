/** A path from the site's root as it stands in an address: a name may hold what an address gives a meaning of its own. */
export function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
