import {element} from "./element.js";

/** Returns the button below a list that hands the reader all of it as a file. */
export function saveButton(words: string, save: () => void, document: Document): HTMLElement {
  const button = element(document, "button", {type: "button", class: "qd-clear"}, words);
  button.addEventListener("click", save);
  return element(document, "p", {class: "qd-save"}, button);
}
