// What the fuzz run found, each as a test of its own.

import {gzipSync} from "node:zlib";
import {zipSync} from "fflate";
import {describe, expect, it} from "vitest";
import {readWorld} from "./reading.js";
import {fixture, type World} from "./world.js";

const deals = (content: string | Uint8Array, {source = "", mapping = ""} = {}): World => ({
  name: "found",
  settings: `title: T\ntime_zone: UTC\ncurrency: EUR\nreject_limit: 100%\nsources:\n  - id: shop\n    type: csv\n    folder: exports\n${source}    tables:\n      opportunity: {file: deals.csv, columns: {opportunity_id: id, name: name, amount: amount, state: {value: open}}${mapping}}\n`,
  files: new Map([["exports/deals.csv", Buffer.from(content)]]),
  layered: false
});

const read = (world: World) => readWorld(world, "400MB");
const said = (world: World): Promise<string> => read(world).then(() => "nothing", (error: Error) => error.message);

describe("what the fuzz run found", () => {
  it.each([
    ["a cell with quotes that are not doubled", '"Hotel "Ősz" Kft"'],
    ["a blank that is none in ASCII, behind a quote", '"x"\u00a0'],
    ["a quote within a bare cell", 'x"ő']
  ])("a letter beyond ASCII behind a quote does not end the engine: %s", async (_, cell) => {
    const {ledger} = await read(deals(`id,name,amount,more\n1,a,1,b\n2,${cell},2,b\n3,"Ő ""Ő""",3,"é"\n4,a,4,b\n`));
    const rejected = cell.startsWith('"') ? 1 : 0;
    expect(ledger).toMatchObject([{rows: 4, kept: 4 - rejected, rejected}]);
  });

  it("one file of several that is packed is read like the others", async () => {
    const plain = fixture("hubspot");
    const path = "exports/hubspot-crm-exports-all-deals-2024-06-01.csv";
    const packed = {...plain, files: new Map([...plain.files].map(([name, bytes]) => (name === path ? [`${name}.gz`, gzipSync(bytes)] : [name, bytes])))};
    expect((await read(packed)).marts).toEqual((await read(plain)).marts);
  });

  it("a file that is packed twice is read", async () => {
    const text = Buffer.from("id,name,amount\n1,a,1\n");
    for (const twice of [gzipSync(gzipSync(text)), zipSync({"deals.csv.gz": gzipSync(text)})]) expect((await read(deals(twice))).ledger).toMatchObject([{rows: 1, kept: 1}]);
    expect(await said(deals(gzipSync(gzipSync(Buffer.alloc(64 << 20, "1,2\n")))))).toContain("unpacks to far too much");
  });

  it("a folder with none of a CRM's files is called by its own name", async () => {
    const message = await said({...fixture("redmine"), files: new Map([["exports/other.txt", Buffer.from("")]])});
    expect(message).toContain("no such file: exports holds none of the files of redmine");
    expect(message.match(/issues\*\.csv/g)).toHaveLength(1);
  });

  it("a header read in the wrong encoding is not printed whole", async () => {
    const message = await said(deals(`id,${"word ".repeat(9000)}\n1,2\n`));
    expect(message).toContain("no such column");
    expect(message.length).toBeLessThan(2000);
  });

  it("a cell of a hundred thousand letters is not printed whole", async () => {
    const world = deals(`id,name,amount\n1,a,${"word ".repeat(20_000)}\n`);
    const message = await said({...world, settings: world.settings.replace("100%", "1%")});
    expect(message).toContain("deals.csv row 2, amount");
    expect(message.length).toBeLessThan(2000);
  });

  it("a list in a cell of a file with line ends of two kinds is found", async () => {
    const whole = fixture("format-each");
    const text = Buffer.from(whole.files.get("exports/deals.csv")!).toString("utf8");
    const mixed = text.replace("\n", "\r\n").replace(/\n(?=[^\n]*$)/, "\r");
    expect((await read({...whole, files: new Map([...whole.files, ["exports/deals.csv", Buffer.from(mixed)]])})).marts).toEqual((await read(whole)).marts);
  });

  it("an as-of day centuries ahead is counted to as soon as any other", async () => {
    const plain = deals("id,name,amount\n1,a,1\n");
    expect((await read({...plain, settings: `${plain.settings}as_of: 2999-12-31\n`})).ledger).toMatchObject([{rows: 1, kept: 1}]);
  }, 20_000);
});
