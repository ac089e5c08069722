import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {memberColors, mutedColor, sequential, series, tones} from "../../src/theme/palette.js";
import {contrast, distance, visions} from "./color.js";

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
