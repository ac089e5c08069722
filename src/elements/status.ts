// One line that says what the page is doing or could not do. Read out by assistive tools, gone when there is nothing to say.

import {element} from "../components/element.js";

export interface Status {
  /** Shows a passing state, after a moment: what is quick is not announced. */
  working(text: string): void;
  /** Shows sentences that stay until the next call. */
  say(sentences: readonly string[]): void;
  clear(): void;
}

/** Milliseconds before a wait is worth a word. */
const patience = 150;

/** Puts an empty line above the page's content. */
export function createStatus(document: Document): Status {
  const line = element(document, "div", {class: "site-status", role: "status", "aria-live": "polite"});
  document.querySelector("main")?.prepend(line);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (sentences: readonly string[]) => {
    clearTimeout(timer);
    line.replaceChildren(...sentences.map((text) => element(document, "p", {}, text)));
  };
  return {
    working(text) {
      clearTimeout(timer);
      timer = setTimeout(() => show([text]), patience);
    },
    say: show,
    clear: () => show([])
  };
}
