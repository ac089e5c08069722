// New content in the place of old, without taking from readers what they have opened or stand on.

/** Puts other content into an element; what a reader has unfolded stays so. */
export function replaceContent(host: HTMLElement, content: Node): void {
  const unfolded = [...host.querySelectorAll("details[open]")].map(({className}) => className);
  const {activeElement} = globalThis.document;
  const focused = host.contains(activeElement) ? activeElement?.getAttribute("name") : undefined;
  host.replaceChildren(content);
  if (focused != null) [...host.querySelectorAll<HTMLElement>("[name]")].find((one) => one.getAttribute("name") === focused)?.focus();
  if (unfolded.length > 0) for (const details of host.querySelectorAll("details")) {
    if (!unfolded.includes(details.className)) continue;
    details.open = true;
    // What is made when it is unfolded is made before the next paint: the page would jump.
    if (details.matches(".qd-twin, .qd-all")) details.dispatchEvent(new Event("toggle"));
  }
}

/** Puts the live bar in the place of the baked one, with the menu that a reader has already opened. */
export function replaceBar(host: HTMLElement, bar: Node): void {
  const {document} = globalThis;
  const opened = host.querySelector("details[open]")?.getAttribute("data-dimension");
  const focused = host.contains(document.activeElement) ? document.activeElement?.closest("details")?.getAttribute("data-dimension") : undefined;
  host.replaceChildren(bar);
  const menu = (id: string) => [...host.querySelectorAll<HTMLDetailsElement>("details[data-dimension]")].find((details) => details.dataset.dimension === id);
  if (opened != null) menu(opened)?.setAttribute("open", "");
  if (focused != null) menu(focused)?.querySelector("summary")?.focus();
}
