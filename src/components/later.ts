// Parts of a live page that are made when somebody gets at them, and before the page is printed.

const makers = new WeakMap<Element, () => void>();
const printed = new WeakSet<Document>();

/** What such a part is marked with. */
export const laterMark = "data-later";

/** Has `make` called for the part by `makeAll`; it may be called again. */
export function makeLater(part: Element, make: () => void): void {
  const document = part.ownerDocument;
  part.setAttribute(laterMark, "");
  makers.set(part, make);
  if (printed.has(document)) return;
  printed.add(document);
  document.defaultView?.addEventListener("beforeprint", () => makeAll(document));
}

/** Makes everything below `root` that is not made yet. */
export function makeAll(root: ParentNode): void {
  for (const part of root.querySelectorAll(`[${laterMark}]`)) makers.get(part)?.();
}
