import {fileURLToPath} from "node:url";
import {defineConfig} from "vitest/config";
import {countReporter} from "./helpers/countReporter.js";
import {LongestFirst} from "./helpers/longestFirst.js";

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  cacheDir: "node_modules/.cache/vitest",
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    reporters: ["default", countReporter()],
    // The native engine and the browser each use a core: more than two files at once only wait for one another.
    pool: "forks",
    poolOptions: {forks: {minForks: 1, maxForks: 2}},
    sequence: {sequencer: LongestFirst},
    testTimeout: 60_000,
    hookTimeout: 180_000,
    teardownTimeout: 10_000,
    restoreMocks: true,
    unstubEnvs: true,
    env: {TZ: process.env.TZ ?? "UTC", OBSERVABLE_TELEMETRY_DISABLE: "true"}
  }
});
