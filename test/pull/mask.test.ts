import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {createMask, isSecretName, masked, plainLines} from "../../loaders/pull/mask.js";

describe("createMask(secrets, environment)", () => {
  it("hides a secret however it is written", () => {
    const secret = 'pä"ss w/rd+1';
    const mask = createMask([secret]);
    for (const written of [secret, encodeURIComponent(secret), encodeURIComponent(secret).toLowerCase(), JSON.stringify(secret), Buffer.from(secret).toString("base64"), new URLSearchParams({a: secret}).toString().slice(2)]) {
      expect(mask(`before ${written} after`)).toMatch(new RegExp(`^before "?${masked}"? after$`));
    }
  });

  it("hides what the environment calls a secret, though the settings do not name it", () => {
    const environment = {CRM_PASSWORD: "hunter2hunter2", HOME: "/home/me", PWD: "/srv/report", SSH_AUTH_SOCK: "/run/agent", DB_PWD: "hunter3hunter3"};
    expect(createMask([], environment)("hunter2hunter2 of /home/me in /srv/report, /run/agent, hunter3hunter3")).toBe(`${masked} of /home/me in /srv/report, /run/agent, ${masked}`);
  });

  it("hides the longer of two secrets whole where one begins the other", () => {
    expect(createMask(["abcd", "abcdefgh"])("abcdefgh abcd")).toBe(`${masked} ${masked}`);
  });

  it("leaves no secret in any text", () => {
    fc.assert(fc.property(fc.string({minLength: 4}).filter((text) => text.trim().length >= 4 && !masked.includes(text.trim())), fc.string(), fc.string(), (secret, before, after) => {
      expect(createMask([secret])(`${before}${secret}${after}`)).not.toContain(secret);
    }));
  });
});

it("names of secrets are told from others", () => {
  expect(["Authorization", "X-Api-Key", "access_token", "api_key", "Cookie", "client_secret", "sig", "apikey", "hapikey", "accessToken", "Proxy-Authorization"].filter((name) => !isSecretName(name))).toEqual([]);
  expect(["Accept", "format", "from", "Content-Type", "page", "design", "author", "keyword", "monkey"].filter(isSecretName)).toEqual([]);
});

it("text from outside cannot steer a terminal", () => {
  expect(plainLines("a\u001b[2Jb\r\n\u0007\n\u001b]0;title\u0007c\u202ed")).toEqual(["ab", "c d"]);
});
