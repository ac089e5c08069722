import {readFileSync} from "node:fs";
import {JSDOM} from "jsdom";
import {describe, expect, it} from "vitest";
import {memberColors, mutedColor, sequential, series, tones} from "../../src/theme/palette.js";
import {contrast, distance, visions} from "./color.js";
import {confused, marksOf, printed} from "./drawn.js";

const grounds = {light: "#f6f6f6", dark: "#161616"} as const;
const themes = ["light", "dark"] as const;

describe.each(themes)("colours of the %s theme", (theme) => {
  it.each([...series[theme]])("%s keeps 3 : 1 on a card", (color) => expect(contrast(color, grounds[theme])).toBeGreaterThanOrEqual(3));
  it.each(Object.values(tones[theme]))("%s keeps 4.5 : 1 on a card, as text must", (color) => expect(contrast(color, grounds[theme])).toBeGreaterThanOrEqual(4.5));
  it.each(visions)("no two series fall together in %s vision", (vision) => {
    const colors = series[theme];
    for (const [i, a] of colors.entries()) for (const b of colors.slice(i + 1)) expect(distance(a, b, vision), `${a} ${b}`).toBeGreaterThanOrEqual(10);
  });
  it.each(visions)("good and bad stay far apart in %s vision", (vision) => expect(distance(tones[theme].good, tones[theme].bad, vision)).toBeGreaterThanOrEqual(40));
});

describe("tokens.css", () => {
  const css = readFileSync(new URL("../../src/theme/tokens.css", import.meta.url), "utf8");
  const [light, dark] = css.split("@media screen and (prefers-color-scheme: dark)") as [string, string];
  it.each(themes)("carries the %s colours of palette.ts", (theme) => {
    const part = theme === "light" ? light : dark;
    series[theme].forEach((color, i) => expect(part).toContain(`--qd-series-${i + 1}: ${color};`));
    expect(part).toContain(`--qd-good: ${tones[theme].good};`);
    expect(part).toContain(`--qd-bad: ${tones[theme].bad};`);
  });
});

describe("sequential", () => {
  it("grows darker at every step, also without colour", () => {
    const steps = sequential.map((color) => contrast(color, "#ffffff"));
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });
});

describe("memberColors(shown, domain)", () => {
  const regions = ["East", "North", "South", "West"];
  it("gives a member the colour of its place among all, however few are shown", () => {
    expect(memberColors(["West"], regions).get("West")).toBe(memberColors(regions, regions).get("West"));
    expect(memberColors(["West", "East"], regions).get("East")).toBe("var(--qd-series-1)");
  });
  it("gives no colour twice while there are colours", () => {
    const owners = Array.from({length: 40}, (_, i) => `Owner ${i}`);
    const shown = ["Owner 1", "Owner 8", "Owner 15", "Owner 22"];
    expect(new Set(memberColors(shown, owners).values()).size).toBe(4);
  });
  it("mutes what is beyond the colours", () => expect(memberColors([..."abcdefgh"]).get("h")).toBe(mutedColor));
  it("takes records without a member, and members unknown to the domain", () => expect(memberColors([null, "new"], ["old", null]).size).toBe(2));
});

describe("confused(svg)", () => {
  const {document} = new JSDOM().window;
  const svg = (content: string) => {
    const element = document.createElement("div");
    element.innerHTML = `<svg>${content}</svg>`;
    return element.firstElementChild!;
  };
  const bar = (token: string, y: number) => `<rect x="0" y="${y}" width="50" height="20" fill="var(--${token})"></rect>`;
  it("finds two colours that grey print makes one", () => expect(confused(svg(bar("qd-good", 0) + bar("qd-bad", 60)))).toEqual([expect.stringMatching(/^qd-bad and qd-good, bar: \d\.\d in grey$/)]));
  it("takes colours that differ for everybody", () => expect(confused(svg(bar("qd-actual", 0) + bar("qd-last-year", 60)))).toEqual([]));
  it("takes a bar with words in its row, a line with a label in its hue, and a pattern", () => {
    expect(confused(svg(`${bar("qd-good", 0)}${bar("qd-bad", 60)}<text transform="translate(60,70)">−€2M</text>`))).toEqual([]);
    const line = (k: number) => `<g fill="none" stroke="var(--qd-series-${k})"><path d="M0,0L9,9"></path></g>`;
    expect(confused(svg(line(1) + line(3)))).toHaveLength(1);
    expect(confused(svg(`${line(1)}${line(3)}<g fill="var(--qd-label-3)"><text>West</text></g>`))).toEqual([]);
    expect(confused(svg(`${bar("qd-good", 0)}<rect fill="url(#qd-lost)"></rect>`))).toEqual([]);
  });
  it("takes marks of another shape, and dashes beside a line", () => {
    const stroke = (token: string, more = "") => `<g fill="none" stroke="var(--${token})" ${more}><path d="M0,0L9,9"></path></g>`;
    const dot = (token: string) => `<g fill="var(--${token})"><circle cx="1" cy="1" r="5"></circle></g>`;
    expect(confused(svg(dot("qd-good") + dot("qd-bad")))).toEqual([expect.stringContaining("point")]);
    expect(confused(svg(`${dot("qd-good")}<g fill="var(--qd-bad)"><path d="M0,-5L3,0L0,5L-3,0Z"></path></g>`))).toEqual([]);
    expect(confused(svg(stroke("qd-actual") + stroke("qd-signal", 'stroke-dasharray="5,3"')))).toEqual([]);
  });
  it("reads bars that a page keeps as one path", () => expect(marksOf(svg('<path fill="var(--qd-good)" d="M1,4h5v18h-5ZM9,40h1v18h-1Z"></path>')).map(({box}) => box!.top)).toEqual([4, 40]));
  it("reads every token that charts use from the style sheets", () => {
    for (const token of ["qd-actual", "qd-last-year", "qd-small", "qd-context", "qd-good", "qd-bad", "qd-signal", "qd-series-7"]) expect(printed(token)).toMatch(/^#[0-9a-f]{6}$/);
  });
});
