import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {generateSample} from "../../loaders/sample/generate.js";
import {badQuarter, decayOf, hiringWave, newProduct, priceRise, ramp, serviceDesk} from "../../loaders/sample/story.js";
import {dateText, day} from "../../loaders/sample/days.js";
import {emptyReference, sampleFiles, scratchFolder, share, silent, type Row} from "./sampleFiles.js";

const {folder, drop} = scratchFolder();
const read = sampleFiles(folder);
beforeAll(() => generateSample({out: folder, scale: 1}, silent), 120_000);
afterAll(drop);

const between = (text: string, from: number, to: number) => text >= dateText(from) && text < dateText(to);

describe("the story", () => {
  it("lets Paid Search wear out, and no other source", () => {
    const conversion = (source: string, year: string) => share(read("salesforce/Lead").filter((lead) => lead["LeadSource"] === source && lead["CreatedDate"]!.startsWith(year)), (lead) => lead["IsConverted"] === "1");
    expect(conversion("Paid Search", "2026")).toBeLessThan(0.5 * conversion("Paid Search", "2024"));
    expect(conversion("Web", "2026")).toBeGreaterThan(0.7 * conversion("Web", "2024"));
    expect([decayOf("Paid Search", day("2024-12-31")), decayOf("Paid Search", day("2026-10-01")), decayOf("Web", day("2026-10-01"))]).toEqual([0, 1, 0]);
  });

  it("sells no Sextant Edge before its launch and much of it a year later", () => {
    const id = read("salesforce/Product2").find((product) => product["ProductCode"] === newProduct.code)!["Id"];
    const before = read("salesforce/Opportunity").filter((row) => row["CreatedDate"]! < dateText(newProduct.from));
    const later = read("salesforce/Opportunity").filter((row) => row["CreatedDate"]! >= "2026-04-01");
    expect(share(before, (row) => row["Product__c"] === id)).toBe(0);
    expect(share(later, (row) => row["Product__c"] === id)).toBeGreaterThan(0.18);
  });

  it("has a bad quarter in the Nordics, lost to the price of one rival", () => {
    const regions = new Map(read("salesforce/Account").map((account) => [account["Id"], account["Region__c"]]));
    const closed = read("salesforce/Opportunity").filter((row) => row["IsClosed"] === "1" && between(row["CloseDate"]!, badQuarter.from, badQuarter.to));
    const winRate = (test: (region: string | undefined) => boolean) => share(closed.filter((row) => test(regions.get(row["AccountId"]))), (row) => row["IsWon"] === "1");
    expect(winRate((region) => region === badQuarter.region)).toBeLessThan(0.6 * winRate((region) => region !== badQuarter.region));
    const lost = closed.filter((row) => row["IsWon"] === "0" && regions.get(row["AccountId"]) === badQuarter.region);
    expect(share(lost, (row) => row["Competitor__c"] === badQuarter.competitor)).toBeGreaterThan(0.5);
  });

  it("answers tickets in half the time from the day on which the service desk works in the CRM", () => {
    const hours = (after: boolean) => read("salesforce/Case").filter((row) => row["First_Reply__c"] && (row["CreatedDate"]! >= dateText(serviceDesk.from)) === after)
      .map((row) => (Date.parse(`${row["First_Reply__c"]!.replace(" ", "T")}Z`) - Date.parse(`${row["CreatedDate"]!.replace(" ", "T")}Z`)) / 3_600_000).sort((a, b) => a - b);
    const median = (list: readonly number[]) => list[list.length >> 1]!;
    expect(median(hours(true)) / median(hours(false))).toBeLessThan(0.6);
  });

  it("starts eight owners on one day, who take half a year to sell like the others", () => {
    expect(read("salesforce/User").filter((user) => user["Hired_On__c"]!.startsWith(dateText(hiringWave.on)))).toHaveLength(hiringWave.count);
    expect([ramp(0), ramp(183), ramp(4000)]).toEqual([0.35, 1, 1]);
  });

  it("loses small customers on the Basic plan after the price rise", () => {
    const segments = new Map(read("salesforce/Account").map((account) => [account["Id"], account["Segment__c"]]));
    const basic = read("other/subscriptions").filter((row) => row["plan"] === priceRise.plan && row["started_on"]! < dateText(priceRise.at) && (!row["cancelled_at"] || row["cancelled_at"] >= dateText(priceRise.at)));
    const gone = (rows: readonly Row[]) => share(rows, (row) => row["cancelled_at"] !== "" && row["cancelled_at"]! < "2026-03-10");
    expect(gone(basic.filter((row) => segments.get(row["account_id"]) === priceRise.segment))).toBeGreaterThan(0.25);
    expect(gone(basic.filter((row) => segments.get(row["account_id"]) !== priceRise.segment))).toBeLessThan(0.2);
    expect(read("other/subscription_events").filter((row) => row["type"] === "price_change").every((row) => row["at"]!.startsWith("2025-10-01"))).toBe(true);
  });

  it("sets goals of which some are met and some missed", () => {
    const targets = read("other/targets").filter((row) => row["metric"] === "new_leads" && row["level"] === "company" && /^\d{4}-\d\d$/.test(row["period"]!) && row["period"]! <= "2026-10");
    const met = targets.filter((row) => read("salesforce/Lead").filter((lead) => lead["CreatedDate"]!.startsWith(row["period"]!)).length >= +row["value"]!);
    expect(met.length).toBeGreaterThan(targets.length * 0.15);
    expect(met.length).toBeLessThan(targets.length * 0.85);
    expect(new Set(read("other/targets").map((row) => row["metric"]))).toEqual(new Set(["revenue_won", "opportunities_won", "new_leads", "win_rate"]));
    expect(new Set(read("other/targets").map((row) => row["level"]))).toEqual(new Set(["company", "region", "team", "owner"]));
  });
});

describe("the dirt", () => {
  const opportunities = () => read("salesforce/Opportunity");

  it("holds exact double rows, and records twice with an older stamp", () => {
    const byId = new Map<string, Row[]>();
    for (const row of opportunities()) byId.set(row["Id"]!, [...(byId.get(row["Id"]!) ?? []), row]);
    const twice = [...byId.values()].filter((rows) => rows.length > 1);
    const same = twice.filter(([a, b]) => JSON.stringify(a) === JSON.stringify(b));
    expect(same.length).toBeGreaterThan(0);
    expect(twice.length - same.length).toBeGreaterThan(0);
    for (const [a, b] of twice.filter((rows) => !same.includes(rows))) expect(a!["SystemModstamp"]! < b!["SystemModstamp"]!).toBe(true);
  });

  it("holds merged, deleted and test records", () => {
    for (const name of ["Lead", "Account"]) {
      expect(read(`salesforce/${name}`).some((row) => row["MasterRecordId"] !== emptyReference && row["IsDeleted"] === "1"), name).toBe(true);
      expect(read(`salesforce/${name}`).some((row) => row["Is_Test__c"] === "1"), name).toBe(true);
    }
    const merged = new Set(read("salesforce/Account").filter((row) => row["MasterRecordId"] !== emptyReference).map((row) => row["Id"]));
    expect(opportunities().some((row) => merged.has(row["AccountId"]))).toBe(true);
  });

  it("holds won opportunities that were opened again", () => {
    const reopened = read("salesforce/OpportunityHistory").filter((row) => row["FromOpportunityStageName"] === "Closed Won");
    expect(reopened.length).toBeGreaterThan(8);
    const ends = new Set(opportunities().filter((row) => reopened.some((one) => one["OpportunityId"] === row["Id"])).map((row) => row["IsWon"]));
    expect(ends).toEqual(new Set(["0", "1"]));
  });

  it("holds wrong dates, but few enough to build", () => {
    expect(opportunities().filter((row) => row["IsClosed"] === "1" && row["CloseDate"]!.slice(0, 10) < row["CreatedDate"]!.slice(0, 10)).length).toBeGreaterThanOrEqual(8);
    const impossible = opportunities().filter((row) => row["CloseDate"] === "2025-02-30 00:00:00").length;
    expect(impossible).toBeGreaterThanOrEqual(3);
    expect(impossible / opportunities().length).toBeLessThan(0.01);
  });

  it("holds missing amounts, sources and owners, and foreign money", () => {
    expect(share(opportunities(), (row) => row["Amount"] === "")).toBeGreaterThan(0.01);
    expect(share(read("salesforce/Lead"), (row) => row["LeadSource"] === "")).toBeGreaterThan(0.01);
    expect(share(read("salesforce/Lead"), (row) => !row["OwnerId"]!.startsWith("005"))).toBeGreaterThan(0.005);
    expect(new Set(opportunities().map((row) => row["CurrencyIsoCode"]))).toEqual(new Set(["EUR", "USD", "HUF", "CHF"]));
    expect(new Set(read("other/fx_rates").map((row) => row["currency"]))).toEqual(new Set(["USD", "HUF"]));
  });
});
