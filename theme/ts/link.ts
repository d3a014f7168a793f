// Answers as a link holds them: #v1&monthly_calls=3M&method=lora_sft. They stand in the fragment, which no browser sends.

export type Answers = Map<string, string>;

const version = "v1";

/** Reads name=value pairs joined by &, as in a link or in data-preset. Some programs escape these signs; a name alone has an empty answer. */
export function readPairs(text: string): Answers {
  const answers: Answers = new Map();
  for (const part of text.split("&").filter(Boolean)) {
    const pair = part.includes("=") ? part : decode(part), at = pair.indexOf("=");
    if (at < 0) answers.set(pair, "");
    else if (at > 0) answers.set(decode(pair.slice(0, at)), decode(pair.slice(at + 1)));
  }
  return answers;
}

/** Whether two words are one to the calculator: without regard to case, and to the spaces and hyphens between their parts. */
export function alike(a: string, b: string): boolean {
  return ["_", ""].some((between) => {
    const [one, other] = [a, b].map((text) => text.trim().toLowerCase().replace(/[\s-]/g, between));
    return one === other;
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads the fragment of an address, or null where it holds no answers. Some programs escape the signs of a link that they pass on. */
export function readLink(hash: string): Answers | null {
  const told = hash.replace(/^#/, ""), body = told.startsWith(version + "%26") ? decode(told) : told;
  if (body !== version && !body.startsWith(version + "&")) return null;
  return readPairs(body.slice(version.length + 1));
}

/** Why the fragment of an address that begins as answers do cannot be read; empty where it can, or holds something else. */
export function linkFault(hash: string): string {
  const begins = /^#(v\d+)/.exec(hash)?.[1];
  if (!begins || readLink(hash)) return "";
  const why = begins === version ? `This link cannot be read: what follows #${version} is not written as answers are.` : "This link is of another version of the calculator.";
  return why + " Its answers are not in the form.";
}

/** Writes answers as a fragment, as the calculator's own links do; empty where there are none. */
export function writeLink(answers: Answers): string {
  const pairs = [...answers].map(([name, value]) => name + "=" + encode(value));
  return pairs.length > 0 ? "#" + [version, ...pairs].join("&") : "";
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/%(2C|3A|40|2F)/g, decodeURIComponent).replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());
}

/** Answers of a saved file: one flat object of inputs, or such an object under "inputs" or "answers". */
export function readFile(text: string): Answers {
  const whole: unknown = JSON.parse(text);
  if (!isObject(whole)) throw new TypeError("it holds no object");
  if (isObject(whole["verdict"])) throw new TypeError("it is a report, and a report does not hold the answers that it is of");
  const inner = [whole["inputs"], whole["answers"]].find(isObject) ?? whole;
  return new Map(Object.entries(inner).map(([name, value]) => [name, written(value)]));
}

/** A value of a file as a field would hold it. What no answer can be stays as it is: the calculator says what is wrong with it. */
function written(value: unknown): string {
  if (value === null) return ""; // the default
  if (isObject(value) && Object.keys(value).length === 3) {
    const ends = ["low", "likely", "high"].map((end) => value[end]);
    if (ends.every((end) => typeof end === "number" || (typeof end === "string" && end))) return ends.join("..");
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Writes answers as the file that the terminal reads and readFile opens. */
export function writeFile(answers: Answers): string {
  return JSON.stringify(Object.fromEntries(answers), null, 2) + "\n";
}
