// The environment enters: addresses, headers and arguments with their secrets, kept apart from what may be shown.

import {SettingsError} from "../settings/problems.js";
import type {SettingsProblem} from "../settings/problems.js";
import {createMask} from "./mask.js";
import {isThisMachine} from "./request.js";
import type {PullFile, SourcePull} from "./settings.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** A file with all it takes to pull it. Only `name`, `shown` and `variables` may be shown. */
export interface ReadyFile {
  readonly name: string;
  /** The address or command as the settings have it, ${NAME} included. */
  readonly shown: string;
  /** Names of the environment variables in it. */
  readonly variables: readonly string[];
  readonly url?: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
}

export interface ReadyPull extends Omit<SourcePull, "files"> {
  readonly files: readonly ReadyFile[];
  /** Returns text without secrets. */
  readonly mask: (text: string) => string;
}

/**
 * Returns the pulls with the values of the environment in them. Throws one SettingsError for every variable that is not
 * set or cannot be sent, and every address that may not be asked; `file` is how the settings file is named in it.
 */
export function preparePulls(pulls: readonly SourcePull[], environment: Environment, file: string): ReadyPull[] {
  const found: SettingsProblem[] = [];
  const ready = pulls.map((pull): ReadyPull => {
    const secrets: string[] = [];
    const files = pull.files.map((one) => prepareFile(one, pull, {environment, secrets, found, file}));
    return {...pull, files, mask: createMask(secrets, environment)};
  });
  if (found.length > 0) throw new SettingsError(distinct(found).sort((a, b) => (a.line ?? 0) - (b.line ?? 0)));
  return ready;
}

/** A variable that many files take is one fault, at the first of them. */
function distinct(problems: readonly SettingsProblem[]): SettingsProblem[] {
  const seen = new Set<string>();
  return problems.filter(({code, value, expected}) => {
    const id = JSON.stringify([code, value, expected]);
    return !seen.has(id) && Boolean(seen.add(id));
  });
}

interface Preparing {
  readonly environment: Environment;
  /** Values of all variables. */
  readonly secrets: string[];
  readonly found: SettingsProblem[];
  readonly file: string;
}

const variable = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

function prepareFile({name, url, headers, command, line}: PullFile, {source, allowHttp}: SourcePull, {environment, secrets, found, file}: Preparing): ReadyFile {
  const variables = new Set<string>();
  const at = {file, line, key: `${source}.pull.files.${name}`};
  const fill = (text: string, write: (value: string) => string = (value) => value): string =>
    text.replace(variable, (_, named: string) => {
      variables.add(named);
      const value = environment[named];
      if (value === undefined || value === "") found.push({...at, code: "missing_variable", value: named});
      else if (/\p{Cc}/u.test(value)) found.push({...at, code: "wrong_value", value: named, expected: "an environment variable on one line, without control characters"});
      secrets.push(value ?? "");
      return write(value ?? "");
    });
  const ready = {
    name,
    shown: url ?? (command ?? []).join(" "),
    headers: Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, fill(value)])),
    ...(command && {command: command.map((part) => fill(part))})
  };
  if (url === undefined) return {...ready, variables: [...variables]};
  const before = found.length;
  const [address = "", ...query] = url.split("?");
  const filled = [fill(address), ...query.map((part) => fill(part, encodeURIComponent))].join("?");
  const wrong = found.length > before ? undefined : addressFault(filled, allowHttp);
  if (wrong !== undefined) found.push({...at, code: "wrong_value", value: url, expected: wrong});
  return {...ready, variables: [...variables], ...(URL.canParse(filled) && {url: new URL(filled)})};
}

/** Returns what is expected in place of an address that may not be asked. */
function addressFault(text: string, allowHttp: boolean): string | undefined {
  if (!URL.canParse(text)) return "an address: https:// and a host";
  const url = new URL(text);
  if (url.username || url.password) return "an address without a password; send it as headers: {Authorization: \"Basic ${CRM_LOGIN}\"}";
  if (url.protocol === "https:" || (url.protocol === "http:" && (allowHttp || isThisMachine(url)))) return undefined;
  return url.protocol === "http:" ? "https; where only http is to be had, say allow_http: true, and everybody on the way can read along" : "an address that begins with https://";
}
