import {appendFileSync, writeFileSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {openBuilt} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {ask} from "../../src/query/ask.js";
import {smallReport} from "../pipeline/smallReport.js";

const key = {PSEUDONYM_KEY: "a key that is long enough"};
const pseudonymous = "owners: pseudonyms\npseudonym_key: ${PSEUDONYM_KEY}\n";

/** Ana and Ben by id, a third owner that no user is, goals by id, by name and for a stranger; two columns of the source's own. */
async function build(text: string) {
  const {folder, config, cache} = smallReport({
    lines: [
      "id,agent,stage,created,closed,amount,updated,partner,signer",
      "1,u1,Won,2025-01-10T09:00:00Z,2025-02-20T12:00:00Z,100.50,2025-02-20T12:00:00Z,Alpha,Anna Kiss",
      "2,u1,Lost,2025-01-11T09:00:00Z,2025-02-21T12:00:00Z,50,2025-02-21T12:00:00Z,Beta,Ben Nagy",
      "3,u2,Won,2025-01-12T23:30:00Z,2025-03-05T12:00:00Z,200,2025-03-05T12:00:00Z,Alpha,Anna Kiss",
      "4,Carla Stray,Proposal,2025-02-01T09:00:00Z,,75,2025-03-30T22:30:00Z,,"
    ],
    edit: (settings) => `${settings}        custom:
          partner: {column: partner, label: Partner}
          signer: {column: signer, label: Signer, privacy: personal}
      crm_user:
        file: users.csv
        columns: {user_id: id, name: name, team: team}
      target:
        file: goals.csv
        columns: {metric: metric, period: period, level: level, member: member, value: value}
`
  });
  writeFileSync(join(folder, "exports/users.csv"), "id,name,team\nu1,Ana Alba,North\nu2,Ben Bruno,South\n");
  writeFileSync(join(folder, "exports/goals.csv"), "metric,period,level,member,value\nrevenue_won,2025-02,owner,u1,400\nrevenue_won,2025-03,owner,Ben Bruno,500\nrevenue_won,2025-03,owner,Dora Gone,600\nrevenue_won,2025-03,team,North,700\n");
  appendFileSync(config, text);
  const {folder: built, manifest} = await runPipeline(await readSettings(config, {}, key), {cache});
  const {run, close} = await openBuilt(built);
  try {
    const everything = [JSON.stringify(manifest)];
    for (const {name} of manifest.marts) everything.push(JSON.stringify(await run({sql: `select * from ${name} order by all`, params: []})));
    const owners = (await run({sql: "select owner, team from dim_owner order by team, owner", params: []}));
    const goals = await run({sql: "select member, value::double as value from fct_target order by value", params: []}).catch(() => []);
    const won = await ask({metrics: ["opportunities_won", "revenue_won", "win_rate", "won_value_per_owner"], period: "all", by: ["owner"]}, {manifest, run});
    const bytes = await Promise.all(manifest.marts.map(({name}) => readFile(join(built, "marts", `${name}.parquet`))));
    return {manifest, owners, goals, won, text: everything.join("\n"), bytes};
  } finally {
    close();
  }
}

const total = ({won}: Awaited<ReturnType<typeof build>>, metric: string) => won.rows.find((row) => row.metric === metric && row.total)!;
/** Which kinds of records there are is the product's own word, no cell of an export. */
const kinds = ["account", "contact", "opportunity"];
const dimensions = ({manifest}: Awaited<ReturnType<typeof build>>) => manifest.dimensions.filter(({id, members}) => id !== "type" || members.some((member) => member !== null && !kinds.includes(member))).map(({id}) => id);

describe("a report that says nothing of privacy", () => {
  it("shows names and internal columns, and no personal one", async () => {
    const built = await build("");
    expect(dimensions(built)).toEqual(expect.arrayContaining(["owner", "partner"]));
    expect(built.text).toContain("Ana Alba");
    expect(built.text).not.toMatch(/signer|Anna Kiss/);
  });
});

describe("publish", () => {
  it("lets a personal column into the marts", async () => {
    const built = await build("publish: [{column: opportunity.signer, reason: they agreed}]\n");
    expect(built.manifest.dimensions.find(({id}) => id === "signer")!.members).toEqual(["Anna Kiss", "Ben Nagy", null]);
  });
});

describe("owners: pseudonyms", () => {
  it("stand for every owner in marts, members and goals; no name is left", async () => {
    const built = await build(pseudonymous);
    const names = built.owners.map(({owner}) => owner);
    expect(names).toHaveLength(3);
    for (const name of names) expect(name).toMatch(/^Owner [0-9A-Z]{4}$/);
    expect(built.manifest.dimensions.find(({id}) => id === "owner")!.members).toEqual([...names].sort());
    const [ana, ben] = ["North", "South"].map((team) => built.owners.find((owner) => owner["team"] === team)!["owner"]);
    expect(built.goals.slice(0, 2)).toEqual([{member: ana, value: 400}, {member: ben, value: 500}]);
    expect(built.goals[2]!["member"]).toMatch(/^Owner /);
    expect(built.goals[3]).toEqual({member: "North", value: 700});
    expect(built.text.replace(/"quality":.*?\n/s, "")).not.toMatch(/Alba|Bruno|Stray|Dora/);
    expect(total(built, "revenue_won").value).toBe(300.5);
  });

  it("change no number, and come out the same in the next build", async () => {
    const [once, again, open] = [await build(pseudonymous), await build(pseudonymous), await build("")];
    expect(once.bytes).toEqual(again.bytes);
    expect(once.won.rows.map(({value}) => value).sort()).toEqual(open.won.rows.map(({value}) => value).sort());
  });
});

describe("audience: public", () => {
  it("counts, and says what it does not publish; nothing internal is left", async () => {
    const built = await build("audience: public\n");
    expect(total(built, "opportunities_won").value).toBe(2);
    expect(total(built, "win_rate").value).toBeCloseTo(2 / 3);
    expect(built.won.missing).toEqual([
      {metric: "revenue_won", columns: ["opportunity.amount"], why: "not_published"},
      {metric: "won_value_per_owner", columns: ["opportunity.amount", "opportunity.owner_id|activity.owner_id"], why: "not_published"}
    ]);
    expect(built.manifest.withheld).toEqual(expect.arrayContaining(["crm_user.name", "opportunity.amount"]));
    // How long a deal took follows from days, which are public; how large it was from its amount.
    expect(dimensions(built)).toEqual(["cycle_band"]);
    expect(built.owners).toEqual([]);
    expect(built.goals).toEqual([]);
    expect(built.text.replace(/"quality":.*?\n/s, "")).not.toMatch(/Alba|Bruno|Stray|Dora|u1|North|Alpha|Proposal|Anna|partner|"amount":\d/);
  });

  it("publishes the internal columns that are named, owners as pseudonyms where asked for", async () => {
    const built = await build(`audience: public\n${pseudonymous}publish:\n${["opportunity.amount", "crm_user.name", "opportunity.partner"].map((column) => `  - {column: ${column}, reason: agreed}\n`).join("")}`);
    expect(dimensions(built)).toEqual(["owner", "size_band", "cycle_band", "partner"]);
    expect(total(built, "revenue_won").value).toBe(300.5);
    expect(built.owners.every(({owner}) => /^Owner /.test(String(owner)))).toBe(true);
    expect(built.text.replace(/"quality":.*?\n/s, "")).not.toMatch(/Alba|Bruno|Stray|North/);
  });
});
