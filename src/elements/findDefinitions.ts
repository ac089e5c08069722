// The search box of the definitions page, and the entry that the address names unfolded. Without a script all entries are
// there, folded.

/** What an entry is found by: its name, definition, id, and the names of its variants. */
const named = "summary h3, .qd-lead, .qd-id, .qd-variant-name";

/** Shows the search box, filters by what is typed, and opens what the address points at, now and later. */
export function findDefinitions(document: Document, window: Pick<Window, "addEventListener" | "location">): void {
  const open = () => {
    const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    const entry = target?.closest("details.qd-definition");
    if (!target || !entry || entry.hasAttribute("open")) return;
    entry.setAttribute("open", "");
    target.scrollIntoView();
  };
  open();
  window.addEventListener("hashchange", open);
  for (const list of document.querySelectorAll(".qd-definitions")) {
    const find = list.querySelector<HTMLElement>(".qd-find");
    const input = find?.querySelector("input");
    if (!find || !input) continue;
    const stages = [...list.querySelectorAll<HTMLElement>(".qd-stage")];
    const entries = stages.map((stage) => [...stage.querySelectorAll<HTMLElement>(".qd-definition")].map((entry) => ({entry, text: plain([...entry.querySelectorAll(named)].map(({textContent}) => textContent).join(" "))})));
    find.hidden = false;
    input.addEventListener("input", () => {
      const words = plain(input.value).split(/\s+/).filter((word) => word !== "");
      for (const one of entries.flat()) one.entry.hidden = !words.every((word) => one.text.includes(word));
      for (const [k, stage] of stages.entries()) stage.hidden = entries[k]!.every(({entry}) => entry.hidden);
      const found = entries.flat().filter(({entry}) => !entry.hidden).length;
      find.querySelector("output")!.textContent = words.length > 0 ? `${found} / ${entries.flat().length}` : "";
    });
  }
}

/** Lower case without accents: "ugyfel" finds "ügyfél". */
const plain = (text: string | null): string => (text ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
