// The words of the report, one module per language. Modules rather than JSON files: Framework serves .ts as .js to the
// browser, but refuses import attributes and leaves a plain JSON import to a browser that cannot read it.

/** ICU messages by flat key, "change.previous.better". */
export type Messages = Readonly<Record<string, string>>;

/** Languages a report may be written in; English dates are day first, but its months are Sep on an axis, not Sept. */
export const languages = {
  en: {name: "English", dates: "en-GB", ticks: "en"},
  hu: {name: "magyar", dates: "hu", ticks: "hu"}
} as const;

export type Language = keyof typeof languages;

/** Returns the language of a locale tag: "hu-HU" is hu. Throws for a language without messages. */
export function languageOf(locale: string): Language {
  const language = locale.split("-")[0]!.toLowerCase();
  if (Object.hasOwn(languages, language)) return language as Language;
  throw new Error(`no messages in language “${locale}” (there are ${Object.keys(languages).join(", ")})`);
}

/** Loads one language only; works in Node and, as its own module, in the browser. Throws for an unknown language. */
export async function loadMessages(locale: string): Promise<Messages> {
  switch (languageOf(locale)) {
    case "en":
      return (await import("./locales/en.js")).default;
    case "hu":
      return (await import("./locales/hu.js")).default;
  }
}
