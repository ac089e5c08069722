// The grammar of `checks` in report.yaml: a grade for a check, or a grade with its limits.

import {z} from "zod";
import type {CheckRule, CheckRules} from "./define.js";
import {checks} from "./index.js";

const limit = z.union([z.number().min(0), z.string().regex(/^\d{1,3}(\.\d+)?%$/, "a number, or a share such as 10%")]);

const one = ({id, grade, limits = {}, always}: (typeof checks)[number]) => {
  const word = z.enum(always ? ["stop", "warn", "note"] : ["stop", "warn", "note", "off"]);
  const numbers = Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, limit.optional().describe(`Default ${value}`)]));
  const long = z.strictObject({
    grade: word.optional().describe(`Default ${grade}`),
    except: z.array(z.string().regex(/^[a-z_]+(\.[a-z0-9_]+)?$/, "a table or table.column")).optional().describe("Tables or columns not to look at: activity, activity.contact_id"),
    ...numbers
  });
  return [id, z.union([word, long]).optional()] as const;
};

/** What a failed check does: stop refuses the report, warn and note are told, off does not look. */
export const checksSchema = z
  .strictObject(Object.fromEntries(checks.map(one)))
  .default({})
  .describe("Grades of the data checks, and their limits; src/guide/quality.md lists them");

type Written = z.output<typeof checksSchema>;

/** Returns the rule of every check: as declared, where the settings say nothing. */
export function checkRules(written: Written): CheckRules {
  return Object.fromEntries(
    checks.map(({id, grade: declared, limits = {}}): [string, CheckRule] => {
      const own = written[id];
      const {grade = declared, except = [], ...numbers} = typeof own === "string" ? {grade: own} : (own ?? {});
      const given = Object.entries(numbers as Record<string, string | number | undefined>).flatMap(([name, value]) => (value === undefined ? [] : [[name, toNumber(value)]]));
      return [id, {grade, limits: {...limits, ...Object.fromEntries(given)}, except}];
    })
  );
}

const toNumber = (value: string | number): number => (typeof value === "number" ? value : parseFloat(value) / 100);
