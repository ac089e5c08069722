// What no message, log or file may show: values of secrets. And what no terminal should be sent: control characters.

import {stripVTControlCharacters} from "node:util";

/** Stands in place of a secret. */
export const masked = "•••";

/** Names of environment variables that hold secrets, as names go. */
const secretName = /token|key|secret|passw|pwd|auth|credential|cookie/i;
/** Where something is, not what: PWD is a folder. */
const placeName = /^(OLD)?PWD$|_(SOCK|FILE|PATH|DIR|HOME)$/i;
/** Shorter values would hide half of every message, and are no secrets. */
const [shortest, shortestByName] = [4, 8];

/** Whether a header or parameter of this name carries a secret, as names go: X-Api-Key and accessToken, but not keyword or author. */
export const isSecretName = (name: string): boolean =>
  name.replace(/([a-z])([A-Z])/g, "$1 $2").split(/[^a-zA-Z]+/).some((word) => /(apikey|token|authorization|secret|password|passwd)$|^(key|pass|pwd|auth|credentials?|cookie|sig|signature|jwt)$/i.test(word));

/** Returns a function that puts dots in place of the `secrets`, and of what the environment calls a secret, however they are written. */
export function createMask(secrets: readonly string[], environment: Readonly<Record<string, string | undefined>> = {}): (text: string) => string {
  const named = Object.entries(environment).flatMap(([name, value]) => (secretName.test(name) && !placeName.test(name) && value !== undefined && value.length >= shortestByName ? [value] : []));
  const values = [...secrets.filter(({length}) => length >= shortest), ...named].flatMap(waysToWrite);
  const longestFirst = [...new Set(values)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, value) => rest.replaceAll(value, masked), text);
}

/** As it is, without blanks around it, in an address, in a form, in JSON, in base64. */
function waysToWrite(value: string): string[] {
  const encoded = encodeURIComponent(value);
  const base64 = Buffer.from(value).toString("base64");
  return [value, value.trim(), encoded, encoded.toLowerCase(), encoded.replaceAll("%20", "+"), JSON.stringify(value).slice(1, -1), base64, base64.replace(/=+$/, "")].filter(({length}) => length >= shortest);
}

/** Returns text from outside on one line, without control characters. */
export const plainLine = (text: string): string => plainLines(text).join(" ");

/** Returns the lines of text from outside that are not empty, without control characters. */
export function plainLines(text: string): string[] {
  return stripVTControlCharacters(text)
    .split(/[\r\n]+/)
    .map((line) => line.replace(/[\p{Cc}\p{Cf}]+/gu, " ").trim())
    .filter(Boolean);
}
