import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {dateText, day, dayDraw, isWeekday, monthsBetween, monthStart, officeSecond, stampText, toWeekday} from "../../loaders/sample/days.js";
import {createRandom} from "../../loaders/sample/random.js";
import {recordId} from "../../loaders/sample/recordId.js";

const days = fc.integer({min: day("2019-01-01"), max: day("2026-12-31")});

describe("days", () => {
  it("writes what it read", () => {
    fc.assert(fc.property(days, (of) => day(dateText(of)) === of));
  });

  it("knows the weekend and moves it to Monday", () => {
    expect(isWeekday(day("2026-10-30"))).toBe(true);
    expect(isWeekday(day("2026-10-31"))).toBe(false);
    expect(dateText(toWeekday(day("2026-10-31")))).toBe("2026-11-02");
    expect(dateText(toWeekday(day("2026-11-01")))).toBe("2026-11-02");
  });

  it("writes a stamp as the weekly export does", () => {
    expect(stampText(day("2024-02-29") * 86400 + 3661)).toBe("2024-02-29 01:01:01");
  });

  it("counts months over the end of a year", () => {
    expect(dateText(monthStart(day("2025-11-30"), 3))).toBe("2026-02-01");
    expect(monthsBetween(day("2025-11-02"), day("2026-02-01")).map(dateText)).toEqual(["2025-12-01", "2026-01-01", "2026-02-01"]);
  });

  it("draws days within both bounds and none of weight zero", () => {
    const draw = dayDraw(day("2026-03-02"), day("2026-03-08"), (of) => (isWeekday(of) ? 1 : 0));
    const random = createRandom("draw");
    const drawn = new Set(Array.from({length: 300}, () => dateText(draw(random))));
    expect([...drawn].sort()).toEqual(["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"]);
  });

  it("never goes past the second of the export", () => {
    const random = createRandom("office");
    for (let i = 0; i < 300; ++i) expect(stampText(officeSecond(day("2026-11-03"), random)) <= "2026-11-03 17:42:11").toBe(true);
  });
});

describe("recordId", () => {
  it("has 18 characters that tell records apart without case", () => {
    const ids = Array.from({length: 5000}, (_, n) => recordId("lead", n + 1));
    expect(ids.every((id) => /^00Q[0-9A-Za-z]{15}$/.test(id))).toBe(true);
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
  });

  it("guards the case as Salesforce does", () => {
    expect(recordId("user", 1)).toBe("005Qd0000000001IAA");
  });
});
