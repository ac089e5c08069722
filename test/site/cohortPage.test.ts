// The cohort page of the sample company as built: what stands in it and what its file of answers holds is what the engine says.

import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {JSDOM} from "jsdom";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {askCohort, askCohortMembers, shownCohorts} from "../../src/query/cohort/askCohort.js";
import {leadOf} from "../../src/query/cohort/reading.js";
import type {CohortQuestion} from "../../src/query/cohort/question.js";
import {askStudies, studyKey, toldOf, unpackStudies, type StudyAnswer, type StudyQuestion} from "../../src/query/studies.js";
import type {PackedAnswers} from "../../src/query/pack.js";
import {sampleSite} from "../helpers/sharedSite.js";
import {sampleWorld} from "../metrics/worlds.js";

let site: string;
let built: BuiltReport;
beforeAll(async () => {
  site = await sampleSite();
  built = await openBuilt((await runPipeline(await readSettings(sampleWorld.settings))).folder, {threads: 1});
}, 300_000);
afterAll(() => built?.close());

/** What the page's own file tells, or that of the choices which `kind` names. */
function answersOf(kind: string): Map<string, StudyAnswer> {
  const folder = join(site, "_file/data/answers");
  const name = readdirSync(folder).find((one) => one.startsWith(`cohorts.${kind}`) && /^[0-9a-f]+\.json$/.test(one.slice(`cohorts.${kind}`.length)))!;
  return unpackStudies((JSON.parse(readFileSync(join(folder, name), "utf8")) as PackedAnswers).studies!);
}

describe("the cohort page as built", () => {
  it("shows each cell of the first cohort that is fed, as the engine has it", async () => {
    const {document} = new JSDOM(readFileSync(join(site, "cohorts.html"), "utf8")).window;
    const [cohort] = shownCohorts(built.manifest);
    const {lines} = await askCohort(cohort!.id, {}, built);
    const rows = [...document.querySelectorAll("kpi-cohort tbody tr")];
    expect(rows.map((row) => row.getAttribute("data-line"))).toEqual(lines.map(({key}) => key));
    expect(rows.length).toBeGreaterThan(5);
    rows.forEach((row, i) => expect([...row.children].slice(2).map((cell) => cell.hasAttribute("data-pick"))).toEqual(lines[i]!.cells.map(({value}) => value !== null)));
    for (const name of ["curves", "segments", "compare", "members", "switches"]) expect(document.querySelector(`kpi-cohort-${name}`)!.textContent!.length, name).toBeGreaterThan(40);
  });

  it("has its default answers in its file, the customers of the cell of the title among them", async () => {
    const told = toldOf("cohort", [...answersOf("").values()]).find(({members}) => members)!;
    const lead = leadOf(told, built.manifest.calendar)!;
    const list = await askCohortMembers(told.cohort.id, {line: lead.line.key, period: lead.cell.period}, {}, built, {limit: 10});
    expect(told.members).toEqual(JSON.parse(JSON.stringify({line: lead.line.key, period: lead.cell.period, ...list})));
    expect(list.count).toBe(lead.cell.active);
  });

  it("has the answers of single choices in files beside it, equal to the engine's", async () => {
    const [{id} = {id: ""}, other] = shownCohorts(built.manifest);
    const chosen: Record<string, CohortQuestion> = {
      "cohort-measure": {id, choices: {measure: "bracketed"}}, "cohort-grain": {id, choices: {grain: "quarter"}}, "cohort-key": {id, choices: {key: "region"}}, "cohort-form": {id, choices: {form: "absolute"}},
      "cohort-span": {id, choices: {span: "rolling"}}, "cohort-of": {id: other!.id, choices: {}}, year: {id, choices: {range: "2025"}}, region: {id, choices: {filters: [{dimension: "region", values: ["West"]}]}}
    };
    const asked = Object.values(chosen).map((question): StudyQuestion => ({study: "cohort", question}));
    const told = await askStudies(asked, built);
    Object.keys(chosen).forEach((kind, i) => expect(answersOf(`${kind}.`).get(studyKey(asked[i]!)), kind).toEqual(told[i]));
    const [listed] = await askStudies([{study: "cohort", question: {...chosen["region"]!, members: {limit: 10}}}], built);
    expect([...answersOf("region.").values()]).toContainEqual(JSON.parse(JSON.stringify(listed)));
  });
});
