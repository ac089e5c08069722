// From the text of report.yaml to a checked document, or to problems that know their line.

import {LineCounter, parseDocument} from "yaml";
import type {Document, Node} from "yaml";
import type {z} from "zod";
import {nearest} from "./problems.js";
import type {SettingsProblem} from "./problems.js";
import {settingsJsonSchema, settingsSchema, vocabularies} from "./schema.js";
import type {SettingsDocument} from "./schema.js";

type Path = readonly (string | number)[];
type Issue = z.core.$ZodIssue;
interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Record<string, JsonSchema>;
  readonly properties?: Record<string, JsonSchema>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string;
}

export interface Validated {
  readonly document?: SettingsDocument;
  readonly problems: readonly SettingsProblem[];
  /** Line of the node at a path, or of its nearest ancestor that is written down. */
  readonly lineOf: (path: Path) => number | undefined;
}

/** Parses and checks the text of a settings file. `overrides` replace top-level keys before the check. */
export function validateSettings(text: string, file: string, overrides: Readonly<Record<string, unknown>> = {}): Validated {
  const counter = new LineCounter();
  const yaml = parseDocument(text, {lineCounter: counter, prettyErrors: false});
  const lineOf = lineFinder(yaml, counter);
  if (yaml.errors.length) {
    return {problems: syntaxErrors(yaml, text).map(({value, at}) => ({code: "syntax" as const, file, line: counter.linePos(at).line, value})), lineOf};
  }
  const written = yaml.toJS() as unknown;
  const value = written !== null && typeof written === "object" && !Array.isArray(written) ? {...written, ...overrides} : written;
  const result = settingsSchema.safeParse(value, {reportInput: true});
  if (result.success) return {document: result.data, problems: [], lineOf};
  const problems = result.error.issues.flatMap((issue) => toProblems(issue, value, file, lineOf));
  return {problems: withoutEchoes(problems).sort((a, b) => (a.line ?? 0) - (b.line ?? 0)), lineOf};
}

/** The first slip, since what the parser trips over behind it is its echo; of keys written twice, each by name. */
function syntaxErrors({errors}: Document, text: string): {value: string; at: number}[] {
  const repeated = errors.filter(({code}) => code === "DUPLICATE_KEY");
  return (repeated.length === errors.length ? repeated : errors.filter((error) => !repeated.includes(error)).slice(0, 1)).map(({code, message, pos: [at]}) => {
    const [key = ""] = /^[^:\n]*/.exec(text.slice(at)) ?? [];
    return {value: code === "DUPLICATE_KEY" ? `the key ${key.trim()} is written twice` : message, at};
  });
}

/** A misspelt key is one fault, not also the lack of the right one. */
function withoutEchoes(problems: readonly SettingsProblem[]): SettingsProblem[] {
  const parent = ({key = ""}: SettingsProblem): string => key.slice(0, Math.max(0, key.lastIndexOf(".")));
  return problems.filter((one) => one.code !== "missing_key" || !problems.some((other) => other.code === "unknown_key" && other.nearest === one.value && parent(other) === parent(one)));
}

function lineFinder(yaml: Document, counter: LineCounter) {
  return (path: Path): number | undefined => {
    for (let length = path.length; length >= 0; --length) {
      const node = length ? keyNode(yaml, path.slice(0, length)) : (yaml.contents as Node | null);
      if (node?.range) return counter.linePos(node.range[0]).line;
    }
    return undefined;
  };
}

/** The key of a pair rather than its value, so that a line is the one on which the word stands. */
function keyNode(yaml: Document, path: Path): Node | undefined {
  const parent = path.length > 1 ? yaml.getIn(path.slice(0, -1), true) : yaml.contents;
  const last = path[path.length - 1];
  const items = (parent as {items?: readonly {key?: Node & {value?: unknown}}[]} | undefined)?.items;
  if (typeof last === "number") return items?.[last] as Node | undefined;
  return items?.find(({key}) => String(key?.value) === last)?.key;
}

function toProblems(issue: Issue, document: unknown, file: string, lineOf: Validated["lineOf"]): SettingsProblem[] {
  const path = issue.path as Path;
  const value = valueAt(document, path);
  const base = {file, line: lineOf(path), key: dotted(path)};
  if (issue.code === "unrecognized_keys") {
    const allowed = keysAt(path);
    return issue.keys.map((key) => ({...base, code: "unknown_key" as const, line: lineOf([...path, key]), key: dotted([...path, key]), value: key, allowed, nearest: nearest(key, allowed)}));
  }
  if (issue.code === "invalid_union") {
    const branch = issue.errors.filter((errors) => errors.some(({path, code}) => path.length > 0 || code !== "invalid_type")).sort((a, b) => a.length - b.length)[0];
    if (branch) return branch.flatMap((inner) => toProblems({...inner, path: [...path, ...inner.path]} as Issue, document, file, lineOf));
  }
  if (value === undefined) return [{...base, code: "missing_key", value: String(path[path.length - 1] ?? "settings"), allowed: wordsAt(path), expected: expectedAt(issue)}];
  const allowed = wordsAt(path);
  const vocabulary = vocabularies[String(path[path.length - 1])];
  const meant = typeof value === "string" ? nearest(value, vocabulary ?? allowed ?? []) : undefined;
  const code = issue.code === "invalid_type" ? "wrong_type" : "wrong_value";
  return [{...base, code, value: JSON.stringify(value), allowed: vocabulary ? undefined : allowed, nearest: meant, expected: expectedAt(issue)}];
}

function expectedAt(issue: Issue): string | undefined {
  if (issue.code === "invalid_type") return issue.expected;
  if (issue.code === "custom" || issue.code === "invalid_format") return issue.message;
  if (issue.code === "too_small") return `at least ${issue.minimum}`;
  if (issue.code === "too_big") return `at most ${issue.maximum}`;
  return undefined;
}

export function dotted(path: Path): string {
  return path.reduce<string>((text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${part}` : part), "");
}

function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => (value === null || typeof value !== "object" ? undefined : (value as Record<string | number, unknown>)[part]), document);
}

let known: JsonSchema | undefined;
/** The grammar as JSON Schema, made when the first fault needs it. */
const root = (): JsonSchema => (known ??= settingsJsonSchema() as JsonSchema);

/** Every form a node at the path may take. */
function schemasAt(path: Path): JsonSchema[] {
  return path.reduce<JsonSchema[]>((schemas, part) => schemas.flatMap((schema) => expand(childOf(schema, part))), expand(root()));
}

function childOf(schema: JsonSchema, part: string | number): JsonSchema | undefined {
  if (typeof part === "number") return schema.items;
  return schema.properties?.[part] ?? (typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined);
}

function expand(schema: JsonSchema | undefined): JsonSchema[] {
  if (!schema) return [];
  const target = schema.$ref ? root().$defs?.[schema.$ref.replace("#/$defs/", "")] : undefined;
  const parts = [...(target ? [target] : []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...parts.flatMap(expand)];
}

const keysAt = (path: Path): string[] => [...new Set(schemasAt(path).flatMap(({properties}) => Object.keys(properties ?? {})))];

function wordsAt(path: Path): string[] | undefined {
  const words = schemasAt(path).flatMap((schema) => (schema.enum ?? (schema.const === undefined ? [] : [schema.const])).map(String));
  return words.length ? [...new Set(words)] : undefined;
}
