// What a reader may keep of a chart or a table: the numbers as CSV, the drawing as SVG and PNG. Made in the browser.

import {element, svgElement} from "../components/element.js";
import {csvText, type CsvValue} from "../format/csv.js";
import type {Formatter} from "../format/formatter.js";
import {download} from "./download.js";

interface SaveOptions {
  readonly format: Formatter;
  /** Told why something could not be saved. */
  readonly failed: (words: string) => void;
}

/** Adds the ways to save below a table that a reader has unfolded; once, however often it is unfolded. */
export function offerSaves(twin: Element, {format, failed}: SaveOptions): void {
  if (twin.querySelector(":scope > .qd-save") || !twin.querySelector("table")) return;
  const document = twin.ownerDocument;
  const figure = twin.closest("figure");
  const button = (key: string, save: () => Promise<void> | void) => {
    const made = element(document, "button", {type: "button", class: "qd-clear"}, format.message(key));
    made.addEventListener("click", () => void Promise.resolve(save()).catch((error: Error) => failed(format.message("chart.save_failed", {why: error.message}))));
    return made;
  };
  const name = fileName(figure?.querySelector(".qd-finding")?.textContent ?? twin.querySelector("caption")?.textContent ?? "table");
  const drawing = () => [...(figure?.querySelectorAll<SVGSVGElement>("svg.qd-plot") ?? [])].find((svg) => svg.getClientRects().length > 0);
  twin.append(
    element(
      document,
      "p",
      {class: "qd-save"},
      element(document, "span", {}, `${format.message("chart.save")}: `),
      button("chart.save_csv", () => download(document, `${name}.csv`, new Blob([tableCsv(twin.querySelector("table")!)], {type: "text/csv"}))),
      drawing() && button("chart.save_svg", () => download(document, `${name}.svg`, new Blob([drawingText(drawing()!)], {type: "image/svg+xml"}))),
      drawing() && button("chart.save_png", async () => download(document, `${name}.png`, await drawingPng(drawing()!)))
    )
  );
}

/** Returns a table as CSV: numbers as they sort, unrounded where the table holds them; nothing that a spreadsheet would run. */
export function tableCsv(table: HTMLTableElement): string {
  const words = (cell: Element) => [...cell.childNodes].filter((node) => !(node as Element).classList?.contains("qd-sr")).map(({textContent}) => textContent).join("").trim();
  const value = (cell: Element): CsvValue => {
    const sort = cell.getAttribute("data-sort");
    if (cell.localName === "th" || sort === null) return words(cell);
    return sort === "" ? null : Number.isNaN(Number(sort)) ? words(cell) : Number(sort);
  };
  const [header, ...rows] = [...table.rows].map(({cells}) => [...cells]);
  return csvText((header ?? []).map(words), rows.map((cells) => cells.map(value)));
}

const looks = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin", "font-family", "font-size", "font-weight", "font-variant-numeric", "text-anchor", "dominant-baseline", "paint-order", "opacity"];
const margin = 16;

/** Returns a drawing as a file of its own: colours and letters as they are seen, its title above it. */
export function drawingText(svg: SVGSVGElement): string {
  const document = svg.ownerDocument;
  const view = document.defaultView!;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [seen, made] = [[svg, ...svg.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  seen.forEach((from, i) => {
    const style = view.getComputedStyle(from);
    for (const look of looks) made[i]!.setAttribute(look, style.getPropertyValue(look));
    for (const {name} of [...made[i]!.attributes]) if (/^(class|role|tabindex|data-.*|aria-.*)$/.test(name)) made[i]!.removeAttribute(name);
  });
  const {width, height} = svg.viewBox.baseVal;
  const figure = svg.closest("figure");
  const [finding, subtitle] = [figure?.querySelector(".qd-finding")?.textContent ?? "", figure?.querySelector(".qd-subtitle")?.textContent ?? ""];
  const style = view.getComputedStyle(figure ?? svg);
  const ground = view.getComputedStyle(document.body).backgroundColor;
  const line = (text: string, y: number, attributes: Readonly<Record<string, string | number>>) => svgElement(document, "text", {x: margin, y, fill: style.color, "font-family": style.fontFamily, ...attributes}, text);
  copy.setAttribute("x", String(margin));
  copy.setAttribute("y", "64");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const whole = svgElement(
    document,
    "svg",
    {viewBox: `0 0 ${width + 2 * margin} ${height + 64 + margin}`, width: width + 2 * margin, height: height + 64 + margin},
    svgElement(document, "rect", {width: "100%", height: "100%", fill: ground}),
    line(finding, 26, {"font-size": 15, "font-weight": 600}),
    line(subtitle, 46, {"font-size": 11, "fill-opacity": 0.75}),
    copy
  );
  return new view.XMLSerializer().serializeToString(whole);
}

/** Twice the size that it is drawn in: sharp on a slide. */
async function drawingPng(svg: SVGSVGElement): Promise<Blob> {
  const document = svg.ownerDocument;
  const image = element(document, "img");
  // The pages' policy knows data: addresses for images, and no blob: ones.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawingText(svg))}`;
  await image.decode();
  const canvas = element(document, "canvas", {width: image.naturalWidth * 2, height: image.naturalHeight * 2});
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("PNG")))));
}

const fileName = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, " ").trim().slice(0, 80) || "quarterdeck";
