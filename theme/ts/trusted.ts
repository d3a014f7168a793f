// The one place where text becomes something that a browser runs or draws: the Trusted Types policy named guide. A page
// may create a policy of that name only once and several scripts run on it, so the first one leaves it on the window.

interface Policy {
  createHTML(text: string): string;
  createScriptURL(address: string): string;
}

interface Factory {
  createPolicy(name: string, rules: Policy): Policy;
}

declare const trustedTypes: Factory | undefined;

const key = "guidePolicy";

const rules: Policy = {
  /** Only what the calculator's escaping writer printed, or a page of this site, comes this way. */
  createHTML: (text) => text,
  createScriptURL: (address) => {
    const url = new URL(address, document.baseURI);
    const own = url.protocol === "blob:" || (url.origin === location.origin && url.protocol === location.protocol);
    if (!own) throw new TypeError("not a script of this site: " + url.href);
    return address;
  },
};

function policy(): Policy {
  const shared = window as unknown as Record<string, Policy | undefined>;
  return (shared[key] ??= typeof trustedTypes === "undefined" ? rules : trustedTypes.createPolicy("guide", rules));
}

/** Parses HTML that this site printed, without running or loading anything of it. */
export function parse(html: string): DocumentFragment {
  const holder = document.createElement("template");
  holder.innerHTML = policy().createHTML(html);
  return holder.content;
}

/** Parses a whole page of this site. */
export function parsePage(html: string): Document {
  return new DOMParser().parseFromString(policy().createHTML(html), "text/html");
}

/** An address of a script of this site, as the sinks of the browser want it. */
export function scriptAddress(address: string): string {
  return policy().createScriptURL(address);
}

/** Loads a classic script of this site and waits until it has run. */
export function loadScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = scriptAddress(address);
    script.onload = () => {
      script.remove();
      resolve();
    };
    script.onerror = () => {
      script.remove();
      reject(new Error("cannot be loaded: " + address));
    };
    document.head.append(script);
  });
}
