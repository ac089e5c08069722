// npm run digest: a frozen month as a mail, plain text, JSON and a feed. All that touches the world is in `effects`.

import {relative} from "node:path";
import {Command} from "commander";
import {reportFormatter} from "../../src/elements/report.js";
import {loadMessages} from "../../src/format/messages.js";
import {catalogueOf} from "../../src/query/catalogue.js";
import {QuestionError} from "../../src/query/questionError.js";
import {writeFiles} from "../build/writeFiles.js";
import {quietly, usageExit} from "../cli/usage.js";
import {sampleSettings} from "../sampleSource.js";
import {declareSettings, SettingsError} from "../settings.js";
import {SnapshotError} from "../snapshot/fault.js";
import {isRevisionId, lastDayOf} from "../snapshot/month.js";
import {readStore, standing} from "../snapshot/store.js";
import {digestHtml} from "./html.js";
import {makeDigest, manifestOf} from "./makeDigest.js";
import {makeFeed} from "./makeFeed.js";
import {digestText} from "./text.js";
import {postDigest, webhookDefaults, WebhookError, webhookFault, type WebhookEffects} from "./webhook.js";

/** 0 told, 1 settings or options, 2 a store that cannot be read, 3 posted nowhere. */
export type DigestExit = 0 | 1 | 2 | 3;

export interface DigestEffects {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly webhook?: WebhookEffects;
}

interface Options {
  readonly config: string;
  readonly month?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly webhook?: string;
}

/** Tells the frozen month that the arguments name and returns the exit code. */
export async function digest(argv: readonly string[], effects: DigestEffects): Promise<DigestExit> {
  try {
    const {config, month, out, json, webhook} = digestCommand(effects).parse([...argv], {from: "user"}).opts<Options>();
    const fault = webhook === undefined ? undefined : webhookFault(webhook);
    if (fault !== undefined) throw new SnapshotError(fault, 1);
    const settings = declareSettings(config, {}, effects.environment);
    const snapshots = await readStore(settings.snapshots.store);
    const snapshot = chosen(snapshots, month, show(settings.snapshots.store));
    const told = await makeDigest(snapshot, settings);
    const manifest = await manifestOf(settings.snapshots.store, snapshot);
    const format = reportFormatter(manifest, catalogueOf(manifest), await loadMessages(manifest.locale));
    const document = `${JSON.stringify(told, null, 1)}\n`;
    const text = digestText(told, format);
    if (out !== undefined) await writeFiles(out, {"digest.html": digestHtml(told, format), "digest.txt": text, "digest.json": document, "feed.xml": await makeFeed(snapshots, settings)});
    effects.out(json ? document : text);
    const notes = [
      ...(out === undefined ? [] : [`written   ${show(out)}: digest.html, digest.txt, digest.json, feed.xml`]),
      ...(webhook === undefined ? [] : [`posted    ${new URL(webhook).host}, at the ${ordinal(await postDigest(webhook, {json: document, key: `${told.title}/${told.snapshot}`.replace(/[^\x20-\x7e]/g, "")}, effects.webhook ?? webhookDefaults))} try`])
    ];
    // What is said about the files is not in them, nor in JSON.
    if (notes.length > 0) effects.err(`${notes.join("\n")}\n`);
    return 0;
  } catch (error) {
    const usage = usageExit(error);
    if (usage !== undefined) return usage;
    effects.err(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof WebhookError) return 3;
    return error instanceof SettingsError || error instanceof QuestionError || (error instanceof SnapshotError && error.exitCode === 1) ? 1 : 2;
  }
}

/** Returns the month that is asked for, or the one that was frozen for the newest. Throws a SnapshotError. */
function chosen(snapshots: Awaited<ReturnType<typeof readStore>>, asked: string | undefined, store: string) {
  const ofMonths = standing(snapshots);
  if (ofMonths.length === 0) throw new SnapshotError(`${store} keeps no month yet: npm run snapshot freezes the first.`, 1);
  if (asked === undefined) return ofMonths.at(-1)!;
  if (!isRevisionId(asked)) lastDayOf(asked);
  const found = ofMonths.find(({month}) => month === asked) ?? snapshots.find(({id}) => id === asked);
  if (!found) throw new SnapshotError(`${asked} is not frozen. In ${store}: ${ofMonths.map(({id}) => id).join(", ")}.`, 1);
  return found;
}

const ordinal = (tries: number): string => ["first", "second", "third"][tries - 1] ?? `${tries}th`;

const show = (path: string): string => (relative(process.cwd(), path).startsWith("..") ? path : relative(process.cwd(), path) || ".");

const digestCommand = (effects: DigestEffects): Command => quietly(new Command("digest"), effects)
  .description("tell a frozen month as a mail (HTML and plain text), as JSON and in a feed")
  .option("--config <path>", "settings of the report, which name the store", sampleSettings)
  .option("--month <month>", "2026-10, or 2026-10-r2; the newest where absent")
  .option("--out <dir>", "folder for digest.html, digest.txt, digest.json and feed.xml")
  .option("--json", "print digest.json in place of the text")
  .option("--webhook <address>", "post digest.json there")
  .addHelpText("after", "\nExit codes: 0 told, 1 settings or options, 2 a store that cannot be read, 3 the address did not take the digest.");
