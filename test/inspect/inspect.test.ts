import {gzipSync} from "node:zlib";
import {readFileSync, writeFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {inspectCommand} from "../../loaders/inspect/command.js";
import {readSettings} from "../../loaders/settings.js";
import {exportFiles, inspectFiles, lines} from "./inspected.js";

const german = {
  "Verkaufschancen 2025.csv": lines(
    "Verkaufschance-Nr.;Bezeichnung;Kunde;Vertriebsmitarbeiter;Phase;Auftragswert (EUR);Erstellt am;Abschlussdatum;Letzte Änderung",
    "VC-1;Halle 1;Weiß KG;Anna Groß;Gewonnen;1.200,50;03.01.2025;17.02.2025;17.02.2025 10:15",
    "VC-2;Halle 2;Nord AG;Jörg Klein;Verloren;800,00;13.01.2025;27.02.2025;27.02.2025 11:15",
    "VC-3;Halle 3;nord ag;Anna Groß;Angebot erstellt;12.000,00;05.02.2025;30.06.2025;28.02.2025 09:00",
    "VC-4;Halle 4;Weiß KG;Jörg Klein;Erstkontakt;n/a;06.02.2025;30.06.2025;28.02.2025 09:30"
  ),
  "Kunden.csv": lines("Kundennummer;Kunde;Branche;Vertriebsgebiet", "K1;Weiß KG;Bau;Süd", "K2;Nord AG;Handel;Nord")
};

const chinese = {
  "商机列表.csv": lines(
    "商机编号,商机名称,客户名称,负责人,销售阶段,商机金额,创建时间,预计成交日期,成交日期,输单原因",
    'S1,项目一,甲公司,张伟,赢单,"12,000.00",2025年1月3日,2025年3月1日,2025年3月5日,',
    'S2,项目二,乙公司,李娜,输单,"8,500.00",2025年1月13日,2025年3月9日,2025年3月20日,价格',
    'S3,项目三,甲公司,李娜,方案报价,"30,000.00",2025年2月3日,2025年5月1日,,',
    'S4,项目四,乙公司,张伟,初步接洽,"2,000.00",2025年2月7日,2025年6月1日,,'
  )
};

const hungarian = {
  "erdeklodok.csv": lines(
    "Azonosító;Név;E-mail;Státusz;Forrás;Létrehozva;Felelős",
    "1;Szabó Éva;eva.szabo@pelda.hu;Konvertált;Web;2025.01.03.;Kiss Pál",
    "2;Tóth Ádám;adam@pelda.hu;Elutasított;Kiállítás;2025.01.13.;Kiss Pál",
    "3;Kis Ottó;otto@pelda.hu;Új;Web;2025.02.28.;Nagy Edit"
  )
};

const ambiguous = (...more: string[]) => ({"deals.csv": lines("Deal ID,Deal stage,Deal value,Created,Closed", "1,Won,100,1/2/2026,3/4/2026", "2,Lost,200,5/6/2026,7/8/2026", "3,New,300,2/2/2026,", ...more)});

describe("an export in another language", () => {
  it("is mapped by the words of the trade, in German", async () => {
    const {settings, config} = await inspectFiles(exportFiles(german));
    expect(settings).toMatch(/^ {10}opportunity_id: Verkaufschance-Nr\.$/m);
    expect(settings).toMatch(/^ {10}owner_id: Vertriebsmitarbeiter$/m);
    expect(settings).toMatch(/^ {10}amount: Auftragswert \(EUR\)$/m);
    expect(settings).toContain("account_id: {column: Kunde, map: {nord ag: Nord AG}}");
    expect(settings).toMatch(/open: \[Erstkontakt, Angebot erstellt\]/);
    expect(settings).toMatch(/won: \[Gewonnen\][^]*lost: \[Verloren\]/);
    const [source] = (await readSettings(config)).sources;
    expect(source).toMatchObject({type: "csv", decimal: ",", group: ".", dates: ["DD.MM.YYYY", "DD.MM.YYYY hh:mm"]});
    expect(source!.nulls).toContain("n/a");
  });

  it("takes the currency that a header names, and the key by which others refer", async () => {
    const {settings} = await inspectFiles(exportFiles(german));
    expect(settings).toMatch(/^currency: EUR +# CHECK: the header Auftragswert \(EUR\) says so$/m);
    expect(settings).toMatch(/account_id: Kunde +# CHECK: Verkaufschancen 2025\.csv refers to these by Kunde, not by Kundennummer/);
  });

  it("is mapped in Chinese", async () => {
    const {settings, config} = await inspectFiles(exportFiles(chinese));
    for (const line of ["opportunity_id: 商机编号", "account_id: 客户名称", "owner_id: 负责人", "closed_at: 成交日期", "expected_close_date: 预计成交日期", "won: [赢单]", "lost: [输单]", "open: [初步接洽, 方案报价]"]) expect(settings).toContain(line);
    expect((await readSettings(config)).sources[0]).toMatchObject({dates: ["YYYY年MM月DD日"], group: ","});
  });

  it("is mapped in Hungarian, leads by their status", async () => {
    const {settings, config} = await inspectFiles(exportFiles(hungarian));
    expect(settings).toContain("state: {column: Státusz, map: {Konvertált: won, Elutasított: lost}, else: open}");
    expect((await readSettings(config)).sources[0]!.dates).toEqual(["YYYY.MM.DD."]);
  });
});

describe("what the cells do not settle", () => {
  it("is a question with both choices, never guessed", async () => {
    const {settings, said, config} = await inspectFiles(exportFiles(ambiguous()));
    expect(settings).toMatch(/# QUESTION: day or month first\? Every cell of Created, Closed \(deals\.csv\) reads both ways; 1\/2\/2026 is …/);
    expect(settings).toMatch(/# dates: \[DD\/MM\/YYYY\] +# 2026-02-01/);
    expect(settings).toMatch(/# dates: \[MM\/DD\/YYYY\] +# 2026-01-02/);
    expect(settings).not.toMatch(/^ +dates:/m);
    expect(said).toContain("2026-02-01  →  dates: [DD/MM/YYYY]");
    expect((await readSettings(config)).sources[0]!.dates).toEqual([]);
  });

  it("is no question where one cell tells, in any column of the source", async () => {
    const {settings} = await inspectFiles(exportFiles(ambiguous("4,New,400,3/3/2026,3/31/2026")));
    expect(settings).toContain("dates: [MM/DD/YYYY]");
    expect(settings).not.toContain("day or month first");
  });

  it("asks which mark is the decimal one where 1,234 is all there is", async () => {
    const files = {"deals.csv": lines("Deal ID;Deal stage;Deal value;Created", "1;Won;1,234;2026-01-02", "2;Lost;5,678;2026-01-03", "3;New;9,012;2026-01-04")};
    const {settings} = await inspectFiles(exportFiles(files));
    expect(settings).toContain("# QUESTION: which mark is the decimal one? Every number of Deal value (deals.csv) reads both ways");
  });

  it("leaves a stage that is closed, but neither won nor lost by any word, to the user", async () => {
    const files = {"deals.csv": lines("Deal ID,Deal stage,Amount,Created,Close date", "1,Won,1,2026-01-02,2026-02-02", "2,Zulu,1,2026-01-02,2026-02-03", "3,New,1,2026-01-02,")};
    const {settings} = await inspectFiles(exportFiles(files));
    expect(settings).toContain("# QUESTION: closed, but won or lost? Add each to one of the lists: [Zulu]");
  });
});

describe("several files", () => {
  it("of one shape are one table", async () => {
    const head = "Deal ID,Deal stage,Amount,Created,Close date";
    const {settings, config} = await inspectFiles(exportFiles({"deals 01.csv": lines(head, "1,Won,5,2026-01-02,2026-02-02"), "deals 02.csv.gz": gzipSync(lines(head, "2,Lost,5,2026-01-02,2026-02-02"))}));
    expect(settings).toMatch(/file: "?\{deals 01\.csv,deals 02\.csv\.gz\}"? +# 2 rows/);
    expect((await readSettings(config)).sources[0]!.mappings).toHaveLength(1);
  });

  it("are joined where one only says more about the records of the other", async () => {
    const {settings, config} = await inspectFiles(exportFiles({"leads.csv": lines("lead_id,created,source", "a1,2026-01-02,web", "a2,2026-01-03,fair", "a3,2026-01-04,web"), "conversions.csv": lines("lead_id,converted date", "a2,2026-02-01")}));
    expect(settings).toContain("join: [{file: conversions.csv, on: lead_id}]");
    expect(settings).toContain("converted_at: converted date");
    expect((await readSettings(config)).sources[0]!.mappings[0]!.join).toHaveLength(1);
  });
});

describe("what is printed", () => {
  it("holds no value of a person", async () => {
    const {settings, said} = await inspectFiles(exportFiles({...german, ...hungarian}));
    for (const person of ["Groß", "Klein", "Szabó", "eva.szabo", "pelda.hu", "Tóth", "Nagy"]) expect(settings + said).not.toContain(person);
  });

  it("is the same in any order of the files", async () => {
    const paths = exportFiles({...german, ...hungarian});
    const [one, other] = [await inspectFiles(paths), await inspectFiles([...paths].reverse())];
    expect(other.settings.replace(/^ +folder:.*$/m, "")).toBe(one.settings.replace(/^ +folder:.*$/m, ""));
  });

  it("says which KPIs can be fed, and what the others want for", async () => {
    const {settings} = await inspectFiles(exportFiles(hungarian));
    expect(settings).toMatch(/^# KPIs that this can feed: (?:\S+, )*new_leads\b/m);
    expect(settings).toMatch(/^# Not (?:\S+, )*lead_conversion_rate(?:, \S+)*: for want of lead\.converted_at\.$/m);
  });

  it("keeps hostile headers on their line, and the settings readable", async () => {
    const {settings, config} = await inspectFiles(exportFiles({"deals.csv": lines('Deal ID,Deal stage,Amount,Created,"x\ntitle: hacked","# {y}: ""z""",Close date', "1,Won,5,2026-01-02,a,b,2026-02-02", "2,Lost,5,2026-01-02,c,d,2026-02-03")}));
    expect(settings).not.toMatch(/^title: hacked/m);
    expect((await readSettings(config)).title).toBe("Sales report");
  });
});

async function again(paths: readonly string[], config: string, ...more: string[]): Promise<{code: number; err: string}> {
  let err = "";
  const code = await inspectCommand([...paths, "--out", config, ...more], {out: () => {}, err: (text) => (err += text)});
  return {code, err};
}

describe("the command", () => {
  it("replaces no file unless told to", async () => {
    const paths = exportFiles(hungarian);
    const {config, settings} = await inspectFiles(paths);
    writeFileSync(config, "kept");
    const {code, err} = await again(paths, config);
    expect({code, err}).toEqual({code: 1, err: expect.stringContaining("--force replaces it")});
    expect(readFileSync(config, "utf8")).toBe("kept");
    expect((await again(paths, config, "--force")).code).toBe(0);
    expect(readFileSync(config, "utf8")).toBe(settings);
  });

  it("counts rows with a cell more than the header as malformed, also where it is empty", async () => {
    const {said} = await inspectFiles(exportFiles({"deals.csv": lines("id,amount", "1,10,", "2,20", '3,30,""')}));
    expect(said).toContain("1 rows, 2 malformed lines");
  });

  it("shows a file that is no UTF-8 in the encodings it may be in", async () => {
    const [path] = exportFiles({"kunden.csv": Buffer.from("Kundennummer;Firma\nK1;M\xfcller\n", "latin1")});
    const {code, err} = await inspectFiles([path!]);
    expect(code).toBe(2);
    expect(err).toMatch(/is not UTF-8[^]*windows-1252/);
    expect((await inspectFiles([path!], "--encoding", "windows-1252")).settings).toContain("encoding: windows-1252");
  });
});

it("a folder that holds a folder a day stands for the newest, and the settings say that it is dated", async () => {
  const deal = (amount: string): string => lines("Deal ID,Amount,Created,Updated,State", `1,${amount},2025-01-03,2025-01-09T10:00:00Z,won`, "2,20,2025-01-04,2025-01-09T10:00:00Z,lost");
  const [file = ""] = exportFiles({"2026-08-01/deals.csv": deal("10"), "2026-08-08/deals.csv": deal("11"), "2026-08-08/pull.json": "{}"});
  const {code, settings, config} = await inspectFiles([file.replace(/\/2026-08-01\/deals\.csv$/, "")]);
  expect(code).toBe(0);
  expect(settings).toMatch(/^    folder: \S*quarterdeck-exports-\w+\n    dated: true +# /m);
  expect((await readSettings(config)).sources[0]).toMatchObject({dated: {vanished: "deleted"}});
});

describe("months that are named", () => {
  const deals = (...days: readonly string[]) => ({"deals.csv": lines("Deal ID;Deal stage;Deal value;Created", ...days.map((day, index) => `${index + 1};${index % 2 ? "Won" : "Lost"};100;${day}`))});

  it.each<[string, readonly string[], string, readonly string[]]>([
    ["fr", ["5 janv. 2025", "15 avr. 2025", "5 juin 2025"], "fr", ["DD MMM YYYY", "DD MMM. YYYY"]],
    ["es", ["5 de enero de 2025", "15 de abril de 2025", "5 de junio de 2025"], "es", ["DD [de] MMM [de] YYYY"]],
    ["hu, with a time of day", ["2025. ápr. 15. 10:20", "2025. máj. 5. 00:10", "2025. okt. 5. 09:00"], "hu", ["YYYY. MMM. DD. hh:mm"]],
    ["ru", ["5 янв. 2025 г.", "15 апреля 2025 г.", "5 мая 2025 г."], "ru", ["DD MMM 2025 г."]],
    ["el", ["5 Ιαν 2025", "15 Απρ 2025", "5 Ιουν 2025"], "el", ["DD MMM YYYY"]]
  ])("are proposed in their language: %s", async (_, days, months, formats) => {
    const {settings, config} = await inspectFiles(exportFiles(deals(...days)));
    const [source] = (await readSettings(config)).sources;
    expect(source, settings).toMatchObject({months});
    if (months !== "ru") expect([...source!.dates].sort()).toEqual([...formats].sort());
    expect(settings).toMatch(/created_at: Created/);
  });

  it("say which other languages read these months alike", async () => {
    expect((await inspectFiles(exportFiles(deals("5 ledna 2025", "6 února 2025")))).settings).toMatch(/^ {4}months: cs$/m);
    expect((await inspectFiles(exportFiles(deals("5 april 2025", "6 mei 2025")))).settings).toMatch(/^ {4}months: nl( +# CHECK: id reads these months alike)?$/m);
  });

  it("are a question where they are other months in another language", async () => {
    const {settings} = await inspectFiles(exportFiles(deals("5 listopad 2025", "6 listopad 2025")));
    expect(settings).toContain("# QUESTION: in which language are months named?");
    expect(settings).toMatch(/# months: pl +# 2025-11-05/);
    expect(settings).toMatch(/# months: hr +# 2025-10-05/);
    expect(settings).not.toMatch(/^ +months:/m);
  });

  it("need no language where they are English, unless some are shortened and some not", async () => {
    const {settings} = await inspectFiles(exportFiles(deals("5 Jan 2025", "15 Apr 2025", "5 May 2025")));
    expect(settings).not.toMatch(/^ +months:/m);
    expect(settings).toContain("dates: [DD MMM YYYY]");
    expect((await inspectFiles(exportFiles(deals("5 Jan 2025", "15 April 2025")))).settings).toMatch(/dates: \[DD MMM YYYY\]\n {4}months: en/);
  });
});
