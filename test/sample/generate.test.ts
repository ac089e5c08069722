import {readFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {generateSample, type SampleLedger} from "../../loaders/sample/generate.js";
import {csvTable, createFiles} from "../../loaders/sample/csvTable.js";
import {emptyReference, sampleFiles, scratchFolder, share, silent} from "./sampleFiles.js";

const {folder, drop} = scratchFolder();
const read = sampleFiles(folder);
let ledger: SampleLedger;
beforeAll(async () => {
  ledger = await generateSample({out: folder, scale: 1}, silent);
}, 120_000);
afterAll(drop);

describe("generateSample", () => {
  it("makes the same bytes of the same seed, others of another", async () => {
    const [a, b, c] = [scratchFolder(), scratchFolder(), scratchFolder()];
    const first = await generateSample({out: a.folder, scale: 0.02}, silent);
    const again = await generateSample({out: b.folder, scale: 0.02}, silent);
    const other = await generateSample({out: c.folder, scale: 0.02, seed: "another"}, silent);
    expect(again).toEqual(first);
    expect(readFileSync(join(a.folder, "salesforce/Lead.csv")).equals(readFileSync(join(b.folder, "salesforce/Lead.csv")))).toBe(true);
    expect(other.files["salesforce/Lead.csv"]!.sha256).not.toBe(first.files["salesforce/Lead.csv"]!.sha256);
    for (const {drop} of [a, b, c]) drop();
  }, 60_000);

  it.each([
    ["salesforce/Lead", 12000, 0.02], ["salesforce/Account", 900, 0.05], ["salesforce/Opportunity", 4000, 0.01], ["salesforce/OpportunityHistory", 17000, 0.1],
    ["salesforce/Case", 3200, 0.01], ["salesforce/Order", 4500, 0.15], ["other/subscriptions", 480, 0.15]
  ])("%s has about %i rows", (file, rows, tolerance) => {
    expect(Math.abs(ledger.files[`${file}.csv`]!.rows / rows - 1)).toBeLessThan(tolerance);
  });

  it("has about 60,000 activities, 40 owners in 6 teams of 4 regions, and 8 sources", () => {
    expect(Math.abs((ledger.files["salesforce/Task.csv"]!.rows + ledger.files["salesforce/Event.csv"]!.rows) / 60000 - 1)).toBeLessThan(0.05);
    const owners = read("salesforce/User").filter((user) => user["Title"] === "Account Executive");
    expect(owners).toHaveLength(40);
    expect(new Set(owners.map((owner) => owner["Department"])).size).toBe(6);
    expect(new Set(owners.map((owner) => owner["Division"])).size).toBe(4);
    expect(owners.filter((owner) => owner["Left_On__c"]).length).toBeGreaterThan(5);
    expect(new Set(read("salesforce/Lead").map((lead) => lead["LeadSource"])).size).toBe(8 + 1);
  });

  it("counts rows and bytes as they are on disk", () => {
    const bytes = readFileSync(join(folder, "salesforce/Lead.csv"));
    expect(ledger.files["salesforce/Lead.csv"]).toMatchObject({rows: read("salesforce/Lead").length, bytes: bytes.length});
  });

  it("looks like a middle-sized company: win rate, deal size, cycle", () => {
    const closed = read("salesforce/Opportunity").filter((row) => row["IsClosed"] === "1");
    expect(share(closed, (row) => row["IsWon"] === "1")).toBeGreaterThan(0.25);
    expect(share(closed, (row) => row["IsWon"] === "1")).toBeLessThan(0.35);
    const amounts = closed.filter((row) => row["IsWon"] === "1" && row["Amount"] && row["CurrencyIsoCode"] === "EUR").map((row) => +row["Amount"]!).sort((a, b) => a - b);
    const median = amounts[amounts.length >> 1]!;
    expect(median).toBeGreaterThan(9000);
    expect(median).toBeLessThan(16000);
    expect(amounts.at(-1)! / median).toBeGreaterThan(10);
  });

  it("ends on 2026-11-03: no stamp is later, and one is on that day", () => {
    for (const name of ["Lead", "Account", "Contact", "Opportunity", "Task", "Event", "Case", "Quote", "Order", "Contract", "User", "Campaign"]) {
      const stamps = read(`salesforce/${name}`).map((row) => row["SystemModstamp"]!).sort();
      expect(stamps.at(-1)! <= "2026-11-03 17:42:11", `${name} ${stamps.at(-1)}`).toBe(true);
    }
    expect(read("salesforce/OpportunityHistory").some((row) => row["CreatedDate"]!.startsWith("2026-11-03"))).toBe(true);
  });

  it("refuses a scale of nothing, and one above 250", async () => {
    for (const scale of [0, -1, 251, NaN]) await expect(generateSample({out: folder, scale}, silent)).rejects.toThrow(/scale/);
  });
});

describe("references", () => {
  it.each([
    ["salesforce/Contact", "AccountId", "salesforce/Account"], ["salesforce/Opportunity", "AccountId", "salesforce/Account"],
    ["salesforce/Opportunity", "OwnerId", "salesforce/User"], ["salesforce/Opportunity", "CampaignId", "salesforce/Campaign"],
    ["salesforce/Opportunity", "Product__c", "salesforce/Product2"], ["salesforce/Lead", "ConvertedAccountId", "salesforce/Account"],
    ["salesforce/Lead", "ConvertedContactId", "salesforce/Contact"], ["salesforce/Lead", "ConvertedOpportunityId", "salesforce/Opportunity"],
    ["salesforce/OpportunityHistory", "OpportunityId", "salesforce/Opportunity"], ["salesforce/OpportunityLineItem", "OpportunityId", "salesforce/Opportunity"],
    ["salesforce/Task", "OwnerId", "salesforce/User", 0.003], ["salesforce/Order", "OpportunityId", "salesforce/Opportunity"], ["salesforce/Order", "QuoteId", "salesforce/Quote"],
    ["salesforce/OrderItem", "OrderId", "salesforce/Order"], ["salesforce/CaseHistory", "CaseId", "salesforce/Case"], ["salesforce/Contract", "Renewed_By__c", "salesforce/Contract"],
    ["other/invoices", "order_id", "salesforce/Order"], ["other/subscriptions", "account_id", "salesforce/Account"], ["other/product_usage", "product_id", "salesforce/Product2"],
    ["other/surveys", "ticket_id", "salesforce/Case"], ["other/email_clicks", "contact_id", "salesforce/Contact"], ["other/crm_usage", "user_id", "salesforce/User"]
  ] as [string, string, string, number?][])("%s.%s names a record of %s", (file, column, target, allowed = 0) => {
    const known = new Set(read(target).map((row) => row["Id"]));
    const named = read(file).map((row) => row[column]!).filter((id) => id && id !== emptyReference);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((id) => !known.has(id)).length / named.length).toBeLessThanOrEqual(allowed);
  });

  it("begins each stage history with the record, ends it in the record's stage, and keeps its order", () => {
    const newest = new Map(read("salesforce/Opportunity").map((row) => [row["Id"]!, row]));
    const histories = new Map<string, string[][]>();
    for (const row of read("salesforce/OpportunityHistory")) histories.set(row["OpportunityId"]!, [...(histories.get(row["OpportunityId"]!) ?? []), [row["CreatedDate"]!, row["StageName"]!]]);
    for (const [id, entries] of histories) {
      expect(entries[0]![0]).toBe(newest.get(id)!["CreatedDate"]);
      expect(entries.at(-1)![1]).toBe(newest.get(id)!["StageName"]);
      expect(entries.map(([at]) => at)).toEqual(entries.map(([at]) => at).sort());
    }
  });

  it("adds the lines of an opportunity up to its amount", () => {
    const sums = new Map<string, number>();
    for (const row of read("salesforce/OpportunityLineItem")) sums.set(row["OpportunityId"]!, (sums.get(row["OpportunityId"]!) ?? 0) + +row["TotalPrice"]!);
    const newest = new Map(read("salesforce/Opportunity").map((row) => [row["Id"]!, row]));
    for (const [id, sum] of sums) expect(Math.abs(sum - +newest.get(id)!["Amount"]!)).toBeLessThan(0.01);
  });
});

describe("createFiles", () => {
  it("waits for the disk between chunks instead of taking all rows at once", async () => {
    const scratch = scratchFolder();
    let turns = 0;
    const seen: number[] = [];
    const clock = setInterval(() => ++turns, 0);
    const table = csvTable<number>("rows.csv", {n: (n) => n, text: () => "x".repeat(1000)});
    const files = createFiles(scratch.folder);
    await files.write(table, (function* () {
      for (let n = 0; n < 4000; ++n) {
        seen.push(turns);
        yield n;
      }
    })());
    clearInterval(clock);
    expect((await files.close())["rows.csv"]!.rows).toBe(4000);
    expect(new Set(seen).size).toBeGreaterThan(2);
    scratch.drop();
  });

  it("doubles quotes and quotes every cell", async () => {
    const table = csvTable<string>("a.csv", {"A": (text) => text, "B": () => 1});
    expect(table.line('x "y", <z>')).toBe('"x ""y"", <z>","1"\n');
    expect(table.line("two\nlines")).toBe('"two\nlines","1"\n');
  });
});
