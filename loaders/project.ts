// Where the project itself stands.

import {fileURLToPath} from "node:url";

/** The project's own folder, wherever the command was started. */
export const projectFolder = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
