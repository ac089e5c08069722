// Names that carry a hash of what is in the file: what has such a name never changes, whoever asks for it when.

/** Whether the path's last part has eight or more hex digits before its extension: "define.0a1b2c3d.js". */
export const hasContentName = (path: string): boolean => /\.[0-9a-f]{8,64}\.\w+$/.test(path);
