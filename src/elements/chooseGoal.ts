// The chooser of the goals page: the goal that the address names is shown alone. Without a script all goals stand there, and
// the same links lead to each.

/** Shows the goal of the address, now and whenever it changes; where it names none, the report's focus, else all. */
export function chooseGoal(document: Document, window: Pick<Window, "addEventListener" | "location">): void {
  for (const list of document.querySelectorAll(".qd-goals")) {
    const sections = [...list.querySelectorAll<HTMLElement>(".qd-goal")];
    const links = [...list.querySelectorAll<HTMLElement>("[data-goal]")];
    const focus = sections.find((section) => section.hasAttribute("data-focus"))?.id ?? "all";
    const show = () => {
      const named = decodeURIComponent(window.location.hash.slice(1));
      const chosen = named === "all" || sections.some(({id}) => id === named) ? named : focus;
      for (const section of sections) section.hidden = chosen !== "all" && section.id !== chosen;
      for (const link of links) {
        if (link.dataset["goal"] === chosen) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    show();
    window.addEventListener("hashchange", show);
  }
}
