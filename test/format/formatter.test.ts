import {describe, expect, it} from "vitest";
import {createFormatter} from "../../src/format/formatter.js";
import {loadMessages} from "../../src/format/messages.js";
import {formatterOf} from "../components/world.js";

const en = await formatterOf("en");
const hu = await formatterOf("hu");
const up = {unit: "currency", direction: "up"} as const;

describe("message(key, values)", () => {
  it("throws on a key that no file has, and names the nearest", () => expect(() => en.message("chart.tabel")).toThrow("no message “chart.tabel” in language en; the nearest key is “chart.table”"));
  it("throws on a message that is not ICU, and shows it", () => expect(() => createFormatter({locale: "en", currency: "EUR", messages: {a: "{x, plural}"}}).message("a")).toThrow("message “a” in language en is not valid ICU: {x, plural}"));
  it("throws on a value that was not given", () => expect(() => en.message("n")).toThrow(/"n" was not provided/));
  it("takes < and > as text", () => expect(createFormatter({locale: "en", currency: "EUR", messages: {a: "<b>{x}</b>"}}).message("a", {x: "<i>"})).toBe("<b><i></b>"));
  it("refuses a language without messages", async () => {
    await expect(loadMessages("tlh")).rejects.toThrow("no messages in language “tlh” (there are en, hu)");
    expect(() => createFormatter({locale: "constructor", currency: "EUR", messages: {}})).toThrow("no messages in language");
  });
  it("a full tag finds its language", async () => expect(await loadMessages("hu-HU")).toBe(await loadMessages("hu")));
});

describe("value(value, unit)", () => {
  it("null and what is not a number are a dash, never 0", () => expect([en.value(null, "count"), en.value(NaN, "percent"), en.value(Infinity, "ratio")]).toEqual(["–", "–", "–"]));
  it("days are counted", () => expect([en.value(1, "days"), en.value(57, "days"), hu.value(57, "days")]).toEqual(["1 day", "57 days", "57 nap"]));
  it("hours are counted", () => expect([en.value(1, "hours"), en.value(0.0833, "hours"), hu.value(3.5, "hours")]).toEqual(["1 hour", "0.0833 hours", "3,5 óra"]));
  it("seconds are counted", () => expect([en.value(1, "seconds"), en.value(0.37, "seconds"), hu.value(2.5, "seconds")]).toEqual(["1 second", "0.37 seconds", "2,5 mp"]));
  it("says why there is none", () => expect([en.reason("zero_denominator"), en.reason(undefined)]).toEqual(["nothing to divide by", ""]));
});

describe("change(current, reference, metric)", () => {
  it("of money is relative, with its absolute beside it", () => expect(en.change({value: 1_240_000}, {value: 1_000_000}, up)).toMatchObject({text: "+24.0%", absolute: "+€240K", arrow: "▲", tone: "good", verdict: "better", note: ""}));
  it("of a rate is in points", () => expect(en.change({value: 0.296}, {value: 0.31}, {unit: "percent", direction: "up"})).toMatchObject({text: "−1.4 pp", arrow: "▼", tone: "bad", verdict: "worse"}));
  it("keeps a second decimal where one would show zero", () => expect(en.change({value: 0.3007}, {value: 0.3}, {unit: "percent", direction: "up"}).text).toBe("+0.07 pp"));
  it("against zero is absolute, and says why", () => expect(en.change({value: 12}, {value: 0}, {unit: "count", direction: "up"})).toMatchObject({text: "+12", note: "% n/m: was 0"}));
  it("that is none is ±0 and level", () => expect(en.change({value: 12}, {value: 12}, up)).toMatchObject({text: "±0", absolute: "±0", arrow: "●", verdict: "level", tone: "neutral"}));
  it("more than tenfold is a factor", () => expect(en.change({value: 240}, {value: 10}, up).text).toBe("24×"));
  it("without a value is a dash", () => expect(en.change({value: null}, {value: 10}, up)).toMatchObject({text: "–", arrow: "–", verdict: "unknown"}));
  it("where neither way is good says higher or lower", () => expect(en.change({value: 2}, {value: 1}, {unit: "count", direction: "context"}).verdict).toBe("higher"));
});

describe("attainment(share)", () => {
  it("does not round a miss up to 100 %", () => expect([en.attainment(0.96), en.attainment(0.997), en.attainment(1), en.attainment(1.003)]).toEqual(["96%", "99.7%", "100%", "100.3%"]));
});

describe("names", () => {
  it("no member is a word, a blank one too", () => expect([en.member("region", null), en.member("region", "  ")]).toEqual(["none", "(blank)"]));
  it("labels of the settings are text, not ICU", () => {
    const format = createFormatter({locale: "en", currency: "EUR", messages: {}, labels: {"dimension.partner": "Partner {x}"}});
    expect(format.dimension("partner")).toBe("Partner {x}");
  });
  it("a metric starts small inside a sentence", () => expect(en.metric("win_rate", "sentence")).toBe("win rate"));
  it("lists read as language", () => expect([en.list(["a", "b", "c"]), en.list(["a", "b"], "or"), hu.list(["a", "b"], "or")]).toEqual(["a, b and c", "a or b", "a vagy b"]));
});
