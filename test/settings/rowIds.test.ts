import {describe, expect, it} from "vitest";
import {validateSettings} from "../../loaders/settings/validate.js";
import {checkRowIds} from "../../loaders/settings/rowIds.js";
import {describeProblem, type SettingsProblem} from "../../loaders/settings/problems.js";
import {csvMappings} from "../../loaders/sources/csv.js";
import type {CsvSourceSettings} from "../../loaders/settings/schema.js";

/** What is said of the tables of a source, written as YAML in flow style. */
function told(tables: string, dated = false): string[] {
  const text = `title: Log\ntime_zone: UTC\ncurrency: USD\nsources: [{id: log, type: csv, folder: ".", tables: ${tables}}]\n`;
  const {document, lineOf} = validateSettings(text, "report.yaml");
  const found: SettingsProblem[] = [];
  checkRowIds(csvMappings(document!.sources[0] as CsvSourceSettings, ["sources", 0], lineOf), {file: "report.yaml", dated, found});
  return found.map((problem) => describeProblem(problem));
}

const orders = "sales_order: {file: log.csv, columns: {order_id: {row: true}, order_date: date, net_amount: value}}";

describe("checkRowIds(mappings, place)", () => {
  it("lets rows be ids of their own records, and of what is made of the same rows", () => {
    expect(told(`{${orders}, order_line: {file: log.csv, columns: {line_id: {row: true}, order_id: {first: [order, {row: true}]}, net_amount: value}}}`)).toEqual([]);
    expect(told(`{${orders}}`, true)).toEqual([]);
  });
  it("refuses rows of another file, and of a table that has its ids from elsewhere", () => {
    const line = (file: string) => `order_line: {file: ${file}, columns: {line_id: id, order_id: {row: true}, net_amount: value}}`;
    expect(told(`{${orders}, ${line("lines.csv")}}`)).toEqual(["report.yaml:4: settings contradict each other: sales_order does not have its id from the rows of lines.csv (tables.order_line.order_id)"]);
    expect(told(`{${orders.replace("{row: true}", "number")}, ${line("log.csv")}}`)).toHaveLength(1);
  });
  it("refuses rows as values, and where records are compared from export to export", () => {
    expect(told(`{${orders.replace("net_amount: value", "net_amount: {row: true}")}}`)).toEqual(["report.yaml:4: wrong value: row: true (tables.sales_order.net_amount); expected a column: a row is the id of a record, no value"]);
    const deals = "{opportunity: {file: deals.csv, columns: {opportunity_id: {row: true}, state: state}}}";
    expect(told(deals)).toEqual([]);
    expect(told(deals, true)[0]).toContain("rows of opportunity move from export to export");
  });
});
