// Links between the pages of the report carry the reader's choice along.

/** Gives every link to a page of this site the query of the current address; other links and their queries stay. */
export function keepState(document: Document, {href}: Pick<Location, "href">): void {
  const home = document.querySelector<HTMLAnchorElement>("a.site-title");
  if (!home) return;
  const root = new URL(".", home.href).href;
  const {search} = new URL(href);
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    if (link.search === search || !link.href.startsWith(root) || link.hasAttribute("download") || link.getAttribute("href")!.startsWith("#")) continue;
    if (/\.\w+$/.test(link.pathname) && !link.pathname.endsWith(".html")) continue;
    link.search = search;
  }
}
