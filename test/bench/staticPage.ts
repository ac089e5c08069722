// The limit for a first paint: one hand-made HTML file, styles inline, no script, with the numbers of a report's page.

import {JSDOM} from "jsdom";

const style = "body{font:16px/1.5 system-ui;margin:2rem auto;max-width:70rem}.cards{display:grid;grid-template-columns:repeat(4,1fr);gap:1rem}.value{font-size:2rem;font-weight:700}td{text-align:right}";

/** Selectors of numbers and charts, in reports and in static pages alike. */
export const landmarks = {number: ".qd-value", chart: "main figure svg, main svg.chart, article svg"};

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function bars(values: readonly number[]): string {
  const most = Math.max(...values, 1);
  const rects = values.map((value, i) => `<rect x="${i * 24}" y="${Math.round(120 - (120 * value) / most)}" width="20" height="${Math.round((120 * value) / most)}"/>`);
  return `<figure><svg class="chart" viewBox="0 0 ${values.length * 24} 120" width="640" height="120">${rects.join("")}</svg></figure>`;
}

/**
 * Returns a static page with the title, the cards and the first table of a report's page, and a bar chart over the
 * table's first column of numbers. Throws when the page has no card.
 */
export function staticPage(html: string): string {
  const {document} = new JSDOM(html).window;
  const text = (element: Element | null | undefined) => element?.textContent?.trim() ?? "";
  const cards = [...document.querySelectorAll("main .qd-card, main article")].filter((card) => card.querySelector(landmarks.number));
  if (cards.length === 0) throw new Error(`the page has no ${landmarks.number}: nothing to compare with`);
  const values = cards.map((card) => `<section><h2>${escaped(text(card.querySelector("h2,h3,h4")))}</h2><p class="value qd-value">${escaped(text(card.querySelector(landmarks.number)))}</p></section>`);
  const rows = [...(document.querySelector<HTMLTableElement>("main table")?.rows ?? [])].map(({cells}) => [...cells].map(text));
  const numbers = rows.map((row) => Number(row.slice(1).map((cell) => cell.replace(/[^\d.-]/g, "")).find((cell) => cell !== "") ?? NaN)).filter((value) => value >= 0);
  const table = rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`).join("");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(text(document.querySelector("title")))}</title><link rel="icon" href="data:,"><style>${style}</style><main><h1>${escaped(text(document.querySelector("h1")))}</h1><div class="cards">${values.join("")}</div>${bars(numbers)}<table>${table}</table></main></html>`;
}
