// Menus of the navigation close as readers expect of menus; they open, and lead on, without this.

/** Closes an open menu on Escape, with the focus back on its name, and when something else is pressed. */
export function closeMenus(document: Document): void {
  const open = () => document.querySelector<HTMLDetailsElement>(".site-nav details[open]");
  document.addEventListener("keydown", (event) => {
    const menu = open();
    if (event.key !== "Escape" || !menu) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }, {capture: true});
  document.addEventListener("pointerdown", ({target}) => {
    const menu = open();
    if (menu && !menu.contains(target as Node)) menu.open = false;
  });
}
