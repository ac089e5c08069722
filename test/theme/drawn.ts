// What a drawing tells apart by colour alone: read from the SVG itself, as a page holds it.

import {readFileSync} from "node:fs";
import {distance, mixed, visions} from "./color.js";

/** Colours below this distance are one colour to some reader. */
const least = 10;

const tokens = readFileSync(new URL("../../src/theme/tokens.css", import.meta.url), "utf8");
const print = readFileSync(new URL("../../src/theme/print.css", import.meta.url), "utf8");
const theme = (name: string) => new RegExp(`--theme-${name}: (#[0-9a-f]{6});`).exec(print)![1]!;

/** Returns the colour of a token on paper. Throws for one that has none. */
export function printed(token: string): string {
  const [, text = ""] = new RegExp(`--${token}: ([^;]+);`).exec(tokens) ?? [];
  if (text.startsWith("#")) return text;
  const [, name] = /^var\(--(theme-)?([\w-]+)\)$/.exec(text) ? [null, text] : [];
  if (name) return text.includes("--theme-") ? theme(/--theme-([\w-]+)/.exec(text)![1]!) : printed(/--([\w-]+)/.exec(text)![1]!);
  const [, of, share, under] = /^color-mix\(in srgb, var\(--([\w-]+)\) (\d+)%, (?:var\(--theme-[\w-]+\)|(transparent))\)$/.exec(text) ?? [];
  if (of === undefined) throw new Error(`${token} has no colour that can be read: ${text}`);
  const over = of.startsWith("theme-") ? theme(of.slice(6)) : printed(of);
  return mixed(over, under ? theme("background-alt") : theme("background"), Number(share) / 100);
}

type Shape = "bar" | "line" | "dashes" | "point" | "sign";

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Mark {
  readonly shape: Shape;
  /** Token of its colour, "qd-good"; null for a pattern. */
  readonly token: string | null;
  readonly pattern: string | null;
  /** Of a bar. */
  readonly box?: Box;
}

/** Ground, lines of the plot and what says something by its place or words alone. */
const beside = new Set(["qd-ground", "qd-grid", "qd-baseline", "qd-quiet", "qd-target", "qd-part", "qd-usual", "qd-focus"]);

const inherited = (element: Element, name: string): string | null => {
  for (let at: Element | null = element; at && at.localName !== "svg"; at = at.parentElement) {
    const value = at.getAttribute(name);
    if (value !== null) return value;
  }
  return null;
};

const shift = (element: Element): [number, number] => {
  let [x, y] = [0, 0];
  for (let at: Element | null = element; at && at.localName !== "svg"; at = at.parentElement) {
    const [, dx = "0", dy = "0"] = /translate\(([-\d.]+)(?:[, ]\s*([-\d.]+))?\)/.exec(at.getAttribute("transform") ?? "") ?? [];
    [x, y] = [x + Number(dx), y + Number(dy)];
  }
  return [x, y];
};

/** The bars of an element; pages keep bars of one colour as one path of rectangles. */
function boxesOf(element: Element): Box[] {
  const [dx, dy] = shift(element);
  const number = (name: string) => Number(element.getAttribute(name) ?? 0);
  const box = (x: number, y: number, width: number, height: number): Box => ({left: x + dx, top: y + dy, right: x + dx + width, bottom: y + dy + height});
  if (element.localName === "rect") return [box(number("x"), number("y"), number("width"), number("height"))];
  const path = element.getAttribute("d") ?? "";
  const rectangles = [...path.matchAll(/M([-\d.]+),([-\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+Z/g)];
  return rectangles.map((found) => found.slice(1).map(Number)).map(([x, y, width, height]) => box(x!, y!, width!, height!));
}

function shapeOf(element: Element, filled: boolean): Shape {
  if (element.localName === "circle") return "point";
  if (!filled) return inherited(element, "stroke-dasharray") === null ? "line" : "dashes";
  return boxesOf(element).length > 0 ? "bar" : "sign";
}

/** Returns the bars, lines, points and signs that stand for numbers, with their colours. What a line ends or is dotted with is part of it. */
export function marksOf(svg: Element): Mark[] {
  return [...svg.querySelectorAll("rect, path, circle, line")].filter((element) => !element.closest("defs, [aria-hidden]")).flatMap((element): Mark[] => {
    if (["fill-opacity", "stroke-opacity"].some((name) => Number(inherited(element, name) ?? 1) === 0)) return [];
    if (element.localName === "circle" && Number(element.getAttribute("r")) < 4) return [];
    const [fill, stroke] = [inherited(element, "fill"), inherited(element, "stroke")];
    const filled = fill !== null && fill !== "none" && !fill.includes("qd-ground");
    const paint = filled ? fill : stroke;
    const token = /^var\(--([\w-]+)\)$/.exec(paint ?? "")?.[1] ?? null;
    const pattern = /^url\(/.test(paint ?? "") ? paint : null;
    if (!pattern && (!token?.startsWith("qd-") || beside.has(token))) return [];
    const shape = shapeOf(element, filled);
    return shape === "bar" ? boxesOf(element).map((box) => ({shape, token, pattern, box})) : [{shape, token, pattern}];
  });
}

interface Text {
  readonly x: number;
  readonly y: number;
  readonly fill: string | null;
}

const textsOf = (svg: Element): Text[] => [...svg.querySelectorAll("text, tspan")].filter(({textContent}) => textContent!.trim() !== "").map((text) => {
  const [x, y] = shift(text);
  // Small moves to the middle of a line are in em.
  const own = (name: string) => Number(text.getAttribute(name) ?? 0) || 0;
  return {x: x + own("x"), y: y + own("y"), fill: inherited(text, "fill")};
});

/** Whether a mark has words of its own: a line a label in its hue, a bar its value in its row. */
function isLabelled({shape, token, box}: Mark, texts: readonly Text[]): boolean {
  if (token?.startsWith("qd-series-")) return texts.some(({fill}) => fill?.includes(token.replace("series", "label")));
  return shape === "bar" && texts.some(({y}) => y >= box!.top && y <= box!.bottom);
}

/**
 * Returns the pairs of colours of a drawing that some reader cannot tell apart (in a vision of color.ts, or printed in grey),
 * and that no shape, pattern or label tells apart either.
 */
export function confused(svg: Element): string[] {
  const marks = marksOf(svg);
  const texts = textsOf(svg);
  const tokens = [...new Set(marks.flatMap(({token}) => token ?? []))].sort();
  return tokens.flatMap((a, i) => tokens.slice(i + 1).flatMap((b) => {
    const seen = ([...visions, "grey"] as const).map((vision) => [vision, distance(printed(a), printed(b), vision)] as const).filter(([, far]) => far < least);
    const bare = (token: string) => marks.filter((mark) => mark.token === token && !isLabelled(mark, texts));
    const alike = bare(a).find((one) => bare(b).some(({shape}) => shape === one.shape));
    return seen.length > 0 && alike ? [`${a} and ${b}, ${alike.shape}: ${seen.map(([vision, far]) => `${far.toFixed(1)} in ${vision}`).join(", ")}`] : [];
  }));
}
