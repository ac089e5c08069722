// Why a file cannot be read at all, as data; the words for it stand in loaders/settings/problems.ts.

export type FileProblem =
  | "empty_file"
  | "unreadable_header"
  | "binary_file"
  | "no_permission"
  | "not_a_file"
  | "not_a_folder"
  | "missing_file"
  | "too_large"
  | "broken_file"
  | "archive_bomb"
  | "archive_of_many"
  | "unknown_sheet"
  | "encoding";

/** Thrown where a file cannot be read. */
export class FormatError extends Error {
  constructor(
    readonly problem: FileProblem,
    /** What there is to say beyond the name of the file. */
    readonly detail?: string,
    readonly allowed?: readonly string[]
  ) {
    super(detail ?? problem);
    this.name = "FormatError";
  }
}

/** The fault behind an error of the file system; other errors as they are. */
export function fileFault(error: unknown): unknown {
  const {code} = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM") return new FormatError("no_permission");
  if (code === "ENOENT") return new FormatError("missing_file");
  return code === "EISDIR" ? new FormatError("not_a_file") : error;
}

/** The first line of what the engine says, without the path of the file. */
export const readably = (message: string): string => (message.split("\n")[0] ?? "").replace(/^[A-Z][A-Za-z ]+ Error: /, "").replace(/\s*(in|of|from) file "[^"]*"|(?:\s+["']?|["'])\/[^\s"']*["']?/g, "");
