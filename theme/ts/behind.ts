// The band over a report that is not of the answers in the form: it says so when the new report takes its time.
import { el, speak } from "./dom";

const soon = 500; // milliseconds in which a report comes without a word

export class Behind {
  words = ""; // that the band now says, empty where the report is of the answers
  told: () => void = () => undefined; // called when the words are others
  private timer = 0;

  constructor(private head: Element, private report: Element) {}

  /** Waits for a report: when it does not come soon the band says what words then gives, if anything. */
  expect(words: () => string): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.say(words());
      if (this.words) speak(this.words);
    }, soon);
  }

  /** The report is there, or will not come. */
  over(): void {
    clearTimeout(this.timer);
    this.say("");
  }

  private say(words: string): void {
    if (words === this.words) return;
    this.words = words;
    this.head.querySelector(":scope > .behind")?.remove();
    if (words) {
      this.head.prepend(el("p", { class: "behind", "data-own": "" }, words));
      this.report.setAttribute("aria-busy", "true");
    } else this.report.removeAttribute("aria-busy");
    this.told();
  }
}
