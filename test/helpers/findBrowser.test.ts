import {describe, expect, it} from "vitest";
import {findBrowser, type Surroundings} from "../../loaders/browser/findBrowser.js";

const machine = (platform: NodeJS.Platform, env: Surroundings["env"], files: string[], downloaded?: string): Surroundings =>
  ({platform, env, exists: (path) => files.includes(path), downloaded});

describe("findBrowser", () => {
  it("takes the browser that CHROMIUM_PATH names before any other", () => {
    const linux = machine("linux", {PATH: "/usr/bin", CHROMIUM_PATH: "/opt/mine"}, ["/opt/mine", "/usr/bin/chromium"]);
    expect(findBrowser(linux)).toBe("/opt/mine");
  });

  it("refuses a CHROMIUM_PATH without a file instead of taking another browser", () => {
    const linux = machine("linux", {PATH: "/usr/bin", CHROMIUM_PATH: "/opt/gone"}, ["/usr/bin/chromium"]);
    expect(() => findBrowser(linux)).toThrow("CHROMIUM_PATH is /opt/gone, and there is no such file");
  });

  it("finds Chromium, Chrome and Edge in the search path on Linux", () => {
    for (const path of ["/usr/bin/chromium", "/usr/local/bin/google-chrome", "/usr/bin/microsoft-edge"]) {
      expect(findBrowser(machine("linux", {PATH: "/usr/local/bin:/usr/bin"}, [path]))).toBe(path);
    }
  });

  it("finds an application on macOS, also in the home folder", () => {
    const path = "/Users/a/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    expect(findBrowser(machine("darwin", {PATH: "/usr/bin", HOME: "/Users/a"}, [path]))).toBe(path);
  });

  it("finds a program on Windows under each of the program folders", () => {
    const env = {PROGRAMFILES: "C:\\Program Files", "PROGRAMFILES(X86)": "C:\\Program Files (x86)", LOCALAPPDATA: "C:\\Users\\a\\AppData\\Local"};
    const path = "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe";
    expect(findBrowser(machine("win32", env, [path]))).toBe(path);
  });

  it("falls back on Playwright's download, and on nothing where that is missing too", () => {
    expect(findBrowser(machine("linux", {PATH: "/usr/bin"}, ["/cache/chrome"], "/cache/chrome"))).toBe("/cache/chrome");
    expect(findBrowser(machine("linux", {PATH: "/usr/bin"}, [], "/cache/chrome"))).toBeUndefined();
  });
});
