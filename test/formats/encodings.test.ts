// Encodings: declared ones are read, undeclared ones shown for the user to choose.

import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {encodingCandidates} from "../../loaders/formats/encodings.js";
import {loaded} from "../sources/loaded.js";
import {encode} from "./encode.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "exports-"));
});
afterEach(() => rmSync(folder, {recursive: true}));

const languages: readonly (readonly [string, string, string, string])[] = [
  ["windows-1252", "Größe;Straße", "Müller GmbH;Königsallee 5 – 7", "àâçéèêñöß€"],
  ["windows-1250", "Név;Összeg", "Kőszegi Ügynökség;Árvíztűrő tükörfúrógép", "őűŐŰáéíóöúü"],
  ["windows-1250", "Nazwa;Źródło", "Żółć Spółka;Gdańsk", "ąćęłńóśźż"],
  ["windows-1251", "Имя;Сумма", "Общество Ромашка;Москва", "абвгджцЩЯё"],
  ["gb18030", "客户名称;销售阶段", "上海贸易有限公司;赢单", "客户名称销售阶段"],
  ["shift_jis", "会社名;フェーズ", "株式会社サンプル;受注ソ表", "会社名フェーズソ表十"],
  ["euc-kr", "회사;단계", "한국 주식회사;성공", "회사단계한국"],
  ["big5", "客戶;階段", "台灣有限公司;成交許功蓋", "客戶階段許功蓋"]
];

describe("an encoding that is not declared", () => {
  it.each(languages)("%s, %s: the right reading is among the three", async (encoding, header, line) => {
    for (const [index, text] of [`${header}\n${line}\n`, `id;x\n1;${line}\n`].entries()) {
      const path = join(folder, `${index}.csv`);
      writeFileSync(path, encode(text, encoding));
      const shown = await encodingCandidates(path);
      expect(shown.length).toBeLessThanOrEqual(3);
      expect(shown.filter((reading) => reading.split(": ")[0]!.split(" or ").includes(encoding))).toEqual([expect.stringMatching(new RegExp(`: (${header}|${line}|1;${line})$`))]);
    }
  });

  it("shows a line that tells the readings apart, without what a terminal would run", async () => {
    const path = join(folder, "x.csv");
    writeFileSync(path, Buffer.concat([Buffer.from("id,name\n1,caf"), Buffer.from([0xe9]), Buffer.from("\n2,\u001b[31mK"), Buffer.from([0xf5]), Buffer.from("szeg\n")]));
    const shown = await encodingCandidates(path);
    expect(shown.join("\n")).toContain("Kőszeg");
    expect(shown.join("\n")).not.toMatch(/\u001b/);
  });
});

describe("an encoding that is declared", () => {
  it.each(languages)("%s, %s: every text is read as it was", async (encoding, header, line, letters) => {
    const text = fc.string({unit: fc.constantFrom(...letters, ..."aZ,\"\n;"), minLength: 1, maxLength: 9}).filter((name) => name.trim() === name);
    const [[name, other] = ["", ""]] = [header.split(";")];
    const names = [line, ...fc.sample(text, {numRuns: 60, seed: 20260103})];
    const rows = names.map((value, index) => `${index + 100};"${value.replaceAll('"', '""')}"\n`);
    writeFileSync(join(folder, "a.csv"), encode(`${name};${other}\n${rows.join("")}`, encoding));
    writeFileSync(join(folder, "report.yaml"), `title: T\ntime_zone: UTC\ncurrency: EUR\nsources: [{id: s, type: csv, folder: ., encoding: ${encoding}, tables: {account: {file: a.csv, columns: {account_id: "${name}", name: "${other}"}}}}]\n`);
    const {rows: ask, close} = await loaded(join(folder, "report.yaml"));
    const found = await ask("select name from account order by account_id");
    close();
    expect(found.map((row) => row["name"])).toEqual(names);
  });
});
