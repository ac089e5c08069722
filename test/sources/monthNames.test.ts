import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {castSql, type Dialect} from "../../loaders/canonical/cast.js";
import {dateProblem} from "../../loaders/canonical/dates.js";
import {englishMonths, monthNames} from "../../loaders/canonical/monthNames.js";
import {openNative, type Native} from "../../loaders/native.js";

let native: Native;
beforeAll(async () => {
  native = await openNative({threads: 1});
});
afterAll(() => native.close());

/** The days that cells are read as; null for one that is rejected. */
async function read(cells: readonly string[], dates: readonly string[], months?: string): Promise<unknown[]> {
  const dialect: Dialect = {dates, ...(months && {months}), decimal: ".", group: "", zone: "UTC", reportZone: "UTC"};
  const rows = await native.run({sql: `select ${castSql("x", "date", dialect, {english: "m"})}::varchar as day from (select x, ${months ? englishMonths("x", months) : "x"} as m from (select unnest(?::varchar[]) as x))`, params: [JSON.stringify(cells)]});
  return rows.map(({day}) => day);
}

/** How each language is written in an export, medium and long, and the formats of that. */
const languages: readonly (readonly [string, readonly string[]])[] = [
  ["en", ["MMM D, YYYY"]], ["fr", ["D MMM YYYY"]], ["it", ["D MMM YYYY"]], ["pl", ["D MMM YYYY"]], ["nl", ["D MMM YYYY"]], ["sv", ["D MMM YYYY"]], ["ro", ["D MMM YYYY"]], ["tr", ["D MMM YYYY"]], ["el", ["D MMM YYYY"]],
  ["hu", ["YYYY. MMM D."]], ["de", ["D. MMMM YYYY"]], ["cs", ["D. MMMM YYYY"]], ["sk", ["D. MMMM YYYY"]], ["fi", ["D. MMMM YYYY"]], ["nb", ["D. MMM YYYY"]], ["da", ["D. MMM YYYY"]], ["hr", ["D. MMM YYYY."]],
  ["es", ["D MMM YYYY", "D [de] MMMM [de] YYYY"]], ["pt", ["D [de] MMM [de] YYYY"]], ["uk", ["D MMM YYYY р."]], ["ru", ["D MMM YYYY г."]]
];
const numbered = new Set(["de", "cs", "sk", "fi"]);

describe("dates with the names of months in the export's language", () => {
  it.each(languages)("are read in %s, medium and long, every month", async (language, dates) => {
    for (const dateStyle of ["medium", "long"] as const) {
      if (dateStyle === "medium" && numbered.has(language)) continue;
      const days = Array.from({length: 12}, (_, month) => new Date(Date.UTC(2021, month, 5 + month)));
      const format = new Intl.DateTimeFormat(language, {dateStyle, timeZone: "UTC"});
      const cells = days.map((day) => format.format(day).replaceAll(/[\u00a0\u202f]/g, " "));
      expect(await read(cells, dates, language), cells.join(" | ")).toEqual(days.map((day) => day.toISOString().slice(0, 10)));
    }
  });

  it("take abbreviations of other lengths, with or without a point, in any case", async () => {
    expect(await read(["15 AVR 2021", "15 avri. 2021", "5 Févr 2021", "5 fév. 2021", "5 juin 2021", "5 juil. 2021"], ["D MMM YYYY"], "fr")).toEqual(["2021-04-15", "2021-04-15", "2021-02-05", "2021-02-05", "2021-06-05", "2021-07-05"]);
    expect(await read(["15. Apr. 2021", "15. Apr 2021", "15. April 2021"], ["D. MMM. YYYY"], "de")).toEqual(Array(3).fill("2021-04-15"));
    expect(await read(["15.avr.2021", "15-avr-21"], ["DD.MMM.YYYY", "DD-MMM-YY"], "fr")).toEqual(["2021-04-15", "2021-04-15"]);
  });

  it("are rejected where the word may be two months, none, or one of another language", async () => {
    expect(await read(["5 jui 2021", "5 ma 2021", "5 xyz 2021", "5 Mai 2021"], ["D MMM YYYY"], "fr")).toEqual([null, null, null, "2021-05-05"]);
    expect(await read(["5 avr 2021", "5 kwi 2021"], ["D MMM YYYY"])).toEqual([null, null]);
    expect(await read(["15 aprile 2021", "15 lis 2021"], ["D MMM YYYY"], "pl")).toEqual([null, "2021-11-15"]);
  });

  it("are never taken for days of a format of numbers, which stands beside", async () => {
    expect(await read(["05 avr 2021", "05 06 2021"], ["MM DD YYYY", "DD MMM YYYY"], "fr")).toEqual(["2021-04-05", "2021-05-06"]);
  });

  it("may hold a time, and words in brackets", async () => {
    expect(await read(["15 de abr. de 2021 às 23:45", "15 de abril de 2021"], ["D [de] MMM [de] YYYY [às] hh:mm", "D [de] MMM [de] YYYY"], "pt-BR")).toEqual(["2021-04-15", "2021-04-15"]);
    expect(dateProblem("D [de] MMMM [de] YYYY")).toBeUndefined();
    expect(dateProblem("[D] MMMM [de] YYYY")).toContain("year, month and day");
  });
});

describe("monthNames(language)", () => {
  it("knows no language that numbers its months, and no other word", () => {
    for (const language of ["ja", "vi", "zh", "xx-unknown", "not a language", ""]) expect(monthNames(language), language).toBeUndefined();
  });

  it("tells apart what begins alike", () => {
    const czech = monthNames("cs")!;
    expect(["červen", "června", "červenec", "července", "červ"].map((word) => czech.get(word))).toEqual([6, 6, 7, 7, undefined]);
    expect(monthNames("fr")!.get("mar")).toBe(3);
  });
});

describe("days with a time of day beside them", () => {
  it("are read at midnight in ISO and in a declared format alike", async () => {
    expect(await read(["2023-11-01 00:00:00", "01.11.2023 00:00:00", "02.11.2023 10:30:00", "2023-02-30 00:00:00", "31.02.2023 00:00:00"], ["DD.MM.YYYY hh:mm:ss"])).toEqual(["2023-11-01", "2023-11-01", "2023-11-02", null, null]);
  });
});
