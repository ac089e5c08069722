// The grammar of what report.yaml says about publishing.

import {z} from "zod";

/** Keys of report.yaml about releases. */
export const publishKeys = {
  releases: z
    .strictObject({
      author: z.string().regex(/^[^<>]+<[^<>\s]+>$/, "a name and an address: Reports <reports@example.com>").optional().describe("Who commits releases to a branch; git's own settings where absent"),
      keep: z.int().min(2).max(1000).optional().describe("Releases that are kept at a target, the present one too; default 24")
    })
    .default({})
    .describe("What npm run publish keeps")
};

export const defaultKeep = 24;
