// `?as-of=2026-08` on any page leads to that page as that month told it, or says which months there are.

/** What loaders/site/frame.ts and loaders/snapshot/place.ts write into a page of a report with frozen months. */
const mark = 'meta[name="quarterdeck-months"]';

/** Leads to the month that the address asks for; where it is not kept, says so in the line that the page has for it. */
export function openPastMonth(document: Document, location: Pick<Location, "href" | "replace">): void {
  const meta = document.querySelector<HTMLMetaElement>(mark);
  const address = new URL(location.href);
  const asked = address.searchParams.get("as-of");
  if (!meta || asked === null) return;
  const months = meta.content.split(" ");
  const others = (meta.dataset["without"] ?? "").split(" ");
  const found = newest([...months, ...others], asked);
  address.searchParams.delete("as-of");
  if (found === undefined) return say(document, meta, asked);
  const root = new URL(meta.dataset["root"] ?? "./", address);
  const page = meta.dataset["page"] ?? "index.html";
  location.replace(new URL(`snapshots/${found}/${months.includes(found) ? page : "index.html"}${address.search}${address.hash}`, root).href);
}

/** A month by its own name or by any of its days; of several revisions the last. */
function newest(ids: readonly string[], asked: string): string | undefined {
  if (ids.includes(asked) && asked.includes("-r")) return asked;
  const month = /^\d{4}-\d{2}/.exec(asked)?.[0];
  return ids.filter((id) => id === month || id.startsWith(`${month}-r`)).at(-1);
}

function say(document: Document, {dataset}: HTMLMetaElement, asked: string): void {
  const line = document.createElement("p");
  line.className = "qd-frozen";
  line.setAttribute("role", "status");
  line.append((dataset["missing"] ?? "").replace("{asked}", asked));
  document.querySelector("main")?.prepend(line);
}
