// Why a file could not be pulled, as data, and the words for it.

export type PullCode =
  | "status"
  | "redirects"
  | "redirect_refused"
  | "web_page"
  | "empty"
  | "too_large"
  | "too_slow"
  | "silent"
  | "cut_off"
  | "network"
  | "certificate"
  | "unknown_encoding"
  | "come_back_later"
  | "command_missing"
  | "command_failed"
  | "disk";

export interface PullDetail {
  readonly status?: number;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter?: number;
  /** Bytes, or milliseconds. */
  readonly limit?: number;
  /** Where a redirect led. */
  readonly to?: string;
  /** What was said: by the server, the system or the command. */
  readonly said?: string;
  /** Exit code or signal of a command. */
  readonly exit?: string;
  /** Last lines that a command wrote to its standard error. */
  readonly lines?: readonly string[];
}

/** Thrown where a file cannot be pulled. Its message may hold what a server said: mask it before it is shown. */
export class PullFault extends Error {
  override readonly name = "PullFault";

  constructor(
    readonly code: PullCode,
    readonly detail: PullDetail = {}
  ) {
    super(what(code, detail));
  }

  /** Whether the same may succeed a little later. */
  get passing(): boolean {
    const {status = 0} = this.detail;
    if (this.code === "status") return status === 408 || status === 429 || status >= 500;
    return this.code === "silent" || this.code === "cut_off" || this.code === "network";
  }
}

function what(code: PullCode, {status, limit = 0, to, said, exit, retryAfter = 0, lines = []}: PullDetail): string {
  const because = said ? `: ${said}` : "";
  const reached = to ? ` after a redirect to ${to}` : "";
  switch (code) {
    case "status": return `answered ${status}${reached}${because}`;
    case "redirects": return `redirects without end, last to ${to}`;
    case "redirect_refused": return `redirects to ${to}, which is not followed: ${said}`;
    case "web_page": return `answered a web page${reached}, where an export is expected; most likely that of a login`;
    case "empty": return "gave nothing: 0 bytes";
    case "too_large": return `is larger than size_limit (${bytes(limit)})`;
    case "too_slow": return `was not complete within time_limit (${duration(limit)})`;
    case "silent": return `sent nothing for ${duration(limit)} (silence_limit)`;
    case "cut_off": return `broke off, or sent more or less than it announced${because}`;
    case "network": return `cannot be reached${because}`;
    case "certificate": return `has a certificate that is not trusted${because}`;
    case "unknown_encoding": return `is packed as ${said}, which nobody asked for`;
    case "come_back_later": return `answered ${status} and asks to wait ${duration(retryAfter)}, longer than time_limit allows`;
    case "command_missing": return `there is no command ${said}`;
    case "command_failed": return [`ended with ${exit}${lines.length ? "; the last it said:" : " and said nothing"}`, ...lines.map((line) => `    ${line}`)].join("\n");
    case "disk": return `could not be written: ${said}`;
  }
}

/** Returns how to mend it, one sentence; `variables` are those of the environment that the address and its headers take. */
export function remedy({code, detail}: PullFault, variables: readonly string[]): string {
  const secrets = variables.length ? variables.join(", ") : "headers";
  switch (code) {
    case "status": return statusRemedy(detail.status ?? 0, secrets, detail.to !== undefined);
    case "redirects":
    case "redirect_refused": return "Put the address that is meant in the settings.";
    case "web_page": return `Look at ${secrets}, and whether the address is that of a download and not of a page.`;
    case "empty": return "Look at whether the export has been made, and whether its filter leaves anything.";
    case "too_large": return "Export less, or raise size_limit.";
    case "too_slow": return "Export less, or raise time_limit.";
    case "silent": return "Run again later; raise silence_limit where the CRM takes its time before it answers.";
    case "cut_off": return "Run again later; where it stays so, ask who runs the server or the proxy before it.";
    case "network": return "Look at the address, and whether this machine reaches it.";
    case "certificate": return "Where it is one of your own, name its authority in NODE_EXTRA_CA_CERTS.";
    case "unknown_encoding": return "Ask who runs the server to send it as it is, or gzipped.";
    case "come_back_later": return "Run again then, or pull less often.";
    case "command_missing": return "Install it, or write its whole path; there is no shell in between.";
    case "command_failed": return "Run it by hand in the folder of the settings.";
    case "disk": return "Look at the space on the disk and at the permissions of the folder.";
  }
}

function statusRemedy(status: number, secrets: string, redirected: boolean): string {
  if (status === 401) return redirected ? "Headers are not sent to another host; put the address that is meant in the settings." : `The key or token is missing, wrong or expired: look at ${secrets}.`;
  if (status === 403) return `The key or token (${secrets}) may not read this: give it the right to export, or look at whether this machine's address is allowed.`;
  if (status === 404 || status === 410) return "Nothing stands at this address: look at url.";
  if (status === 429) return "The CRM limits how often it is asked: run again later, or pull less often.";
  if (status === 408 || status >= 500) return "The server is in trouble: run again later.";
  return status < 300 ? "Only an answer of 200 is an export; where it is made first and fetched later, write a command that waits for it." : "Look at url and headers.";
}

const unit = (value: number, digits: number, name: string): string => `${Number(value.toFixed(digits))} ${name}`;

/** 90_000 → "1.5 min". */
export function duration(milliseconds: number): string {
  if (milliseconds < 60_000) return unit(milliseconds / 1000, 1, "s");
  return milliseconds < 3_600_000 ? unit(milliseconds / 60_000, 1, "min") : unit(milliseconds / 3_600_000, 1, "h");
}

/** 1_234_567 → "1.2 MB". */
export function bytes(count: number): string {
  if (count < 1000) return `${count} bytes`;
  const [size, name] = count < 1e6 ? [1e3, "kB"] : count < 1e9 ? [1e6, "MB"] : [1e9, "GB"];
  return unit(count / size, 1, name);
}

const certificates = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY))/;

/** Returns the fault behind an error of the network, of unpacking or of the disk. */
export function faultOf(error: unknown): PullFault {
  if (error instanceof PullFault) return error;
  const {code = "", message} = error as NodeJS.ErrnoException;
  if (certificates.test(code)) return new PullFault("certificate", {said: code});
  if (["ENOSPC", "EDQUOT", "EACCES", "EROFS", "EPERM", "EIO"].includes(code)) return new PullFault("disk", {said: code});
  if (code.startsWith("HPE_") || code.startsWith("Z_") || code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE") return new PullFault("cut_off", {said: code});
  return new PullFault("network", {said: code || message});
}
