// A digest as a mail: one HTML document, styles written into every element, no script, no picture, nothing fetched. Readers of
// mail drop most of a style sheet; what they keep of it turns the colours where the reader's screen is dark.

import {JSDOM} from "jsdom";
import {element, type Child} from "../../src/components/element.js";
import type {Formatter} from "../../src/format/formatter.js";
import type {Digest, DigestKpi} from "./digest.js";
import {alertsShown, digestLine, restatedMore, subjectOf} from "./words.js";

const sans = "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/** Inline styles by class; colours are those of the pages. */
const looks = {
  page: `margin:0;padding:16px 8px;background:#f6f6f4;color:#1b1e23;font:15px/1.5 ${sans}`,
  sheet: "width:100%;max-width:640px;margin:0 auto;border-collapse:collapse;background:#ffffff",
  inner: "padding:24px 20px",
  title: "margin:0 0 4px;font-size:21px;line-height:1.3;font-weight:600",
  quiet: "margin:8px 0 16px;color:#5c626b;font-size:13px;line-height:1.45",
  text: "margin:0 0 12px",
  heading: "margin:24px 0 8px;font-size:16px;line-height:1.3;font-weight:600",
  table: "width:100%;border-collapse:collapse",
  cell: "padding:8px 0;border-top:1px solid #e2e3e1;vertical-align:top;text-align:left;font-weight:400",
  number: "padding:8px 0 8px 12px;border-top:1px solid #e2e3e1;vertical-align:top;text-align:right;white-space:nowrap;font-weight:600;font-size:18px",
  small: "display:block;color:#5c626b;font-size:13px;line-height:1.45",
  good: "display:block;color:#0072b2;font-size:13px;line-height:1.45",
  bad: "display:block;color:#b84c00;font-size:13px;line-height:1.45",
  list: "margin:0 0 12px;padding:0 0 0 20px",
  item: "margin:0 0 8px",
  link: "color:#1f5fa8"
} as const;
type Look = keyof typeof looks;

const dark = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #14161a !important; color: #e8e9ea !important; }
  .sheet { background: #1c1f24 !important; }
  .cell, .number { border-top-color: #363a41 !important; }
  .quiet, .small { color: #a3a9b2 !important; }
  .good { color: #56b4e9 !important; }
  .bad { color: #f0803c !important; }
  .link { color: #86b7f0 !important; }
}
@media print { .page { background: #ffffff !important; padding: 0 !important; } }`;

/** Returns the mail. Names from the CRM are text in it, never markup. */
export function digestHtml(digest: Digest, format: Formatter): string {
  const dom = new JSDOM(`<!doctype html><html><head><meta charset="utf-8"></head><body></body></html>`);
  const {document} = dom.window;
  const styled = (name: keyof HTMLElementTagNameMap, look: Look, ...children: Child[]): HTMLElement => {
    const made = element(document, name, {class: look}, ...children) as HTMLElement;
    made.setAttribute("style", looks[look]);
    return made;
  };
  const heading = (key: string) => styled("h2", "heading", format.message(key));
  const table = (label: string, rows: readonly Node[]) => {
    const made = styled("table", "table", element(document, "tbody", {}, rows));
    made.setAttribute("aria-label", label);
    return made;
  };
  const kpi = ({label, shown, note, changes, caveats}: DigestKpi) => {
    const name = styled("th", "cell", label, styled("span", "small", note), changes.map(({tone, text}) => styled("span", tone === "good" || tone === "bad" ? tone : "small", text)), caveats && styled("span", "small", caveats));
    name.setAttribute("scope", "row");
    return element(document, "tr", {}, name, styled("td", "number", shown));
  };
  const list = (items: readonly Child[]) => styled("ul", "list", items.map((item) => styled("li", "item", item)));

  const alerts = alertsShown(digest, format);
  document.documentElement.lang = digest.language;
  document.head.append(
    element(document, "meta", {name: "viewport", content: "width=device-width, initial-scale=1"}), element(document, "meta", {name: "color-scheme", content: "light dark"}),
    element(document, "title", {}, subjectOf(digest, format)), element(document, "style", {}, dark)
  );
  document.body.className = "page";
  document.body.setAttribute("style", looks.page);
  const content: Child[] = [
    styled("h1", "title", digest.headline),
    styled("p", "quiet", digestLine(digest, format)),
    digest.sentences && styled("p", "text", digest.sentences),
    digest.kpis.length > 0 && [heading("digest.numbers"), table(format.message("digest.numbers"), digest.kpis.map(kpi))],
    digest.attention.length > 0 && [
      heading("digest.attention"),
      list(digest.attention.map(({text, why, lines}) => [element(document, "strong", {}, text), styled("span", "bad", why), lines.map(({label, text: said}) => styled("span", "small", `${label}: ${said}`))]))
    ],
    digest.attentionNote && styled("p", "quiet", digest.attentionNote),
    digest.alerts.length > 0 && [heading("digest.alerts"), list(alerts.named.map(({state, text, task}) => [element(document, "strong", {}, format.message(`alerts.state.${state}`)), ` ${text}`, task && styled("span", "small", task)])), alerts.more && styled("p", "quiet", alerts.more)],
    digest.restatedCount > 0 && [heading("digest.restatements"), digest.restated.length > 0 && list(digest.restated.slice(0, shownRestated).map(({text}) => text)), styled("p", "quiet", restatedMore(digest, shownRestated, format))],
    digest.url !== null && link(digest.url)
  ];
  document.body.append(outlined(styled("table", "sheet", element(document, "tbody", {}, element(document, "tr", {}, styled("td", "inner", ...content))))));
  return `${dom.serialize()}\n`;

  function link(url: string): HTMLElement {
    const made = styled("a", "link", format.message("digest.open"));
    made.setAttribute("href", url);
    return styled("p", "text", made);
  }
}

/** Restated numbers that a mail names. */
export const shownRestated = 10;

function outlined(table: HTMLElement): HTMLElement {
  table.setAttribute("role", "presentation");
  return table;
}
