// The grammar of what report.yaml says about privacy.

import {z} from "zod";

/** Keys of report.yaml about what may be published, and of whom. */
export const privacyKeys = {
  allow: z.array(z.string().min(3)).default([]).describe("E-mail addresses and telephone numbers that may stand in the report; * stands for anything: *@example.com")
};

/** What may be published. */
export interface PrivacySettings {
  /** E-mail addresses and telephone numbers that may stand in the report; an asterisk stands for any characters. */
  readonly allow: readonly string[];
}

type Written = z.output<z.ZodObject<typeof privacyKeys>>;

/** Returns what the settings say about privacy. */
export function privacySettings({allow}: Written): PrivacySettings {
  return {allow};
}
