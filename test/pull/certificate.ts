// A certificate that nobody trusts, made afresh: no key stands in the repository.

import {generateKeyPairSync, sign} from "node:crypto";

function der(tag: number, ...parts: readonly (Buffer | number[])[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const {length} = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly (Buffer | number[])[]): Buffer => der(0x30, ...parts);
const text = (tag: number, value: string): Buffer => der(tag, Buffer.from(value));
const ecdsaWithSha256 = sequence(der(0x06, [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));
const localhost = sequence(der(0x31, sequence(der(0x06, [0x55, 0x04, 0x03]), text(0x0c, "localhost"))));

/** Returns a key and its self-signed certificate for localhost, in PEM. */
export function selfSigned(): {key: string; cert: string} {
  const {publicKey, privateKey} = generateKeyPairSync("ec", {namedCurve: "prime256v1"});
  const valid = sequence(text(0x17, "200101000000Z"), text(0x17, "491231235959Z"));
  const body = sequence(der(0x02, [1]), ecdsaWithSha256, localhost, valid, localhost, publicKey.export({type: "spki", format: "der"}));
  const certificate = sequence(body, ecdsaWithSha256, der(0x03, [0], sign("sha256", body, privateKey)));
  const lines = certificate.toString("base64").replace(/.{64}/g, "$&\n");
  return {key: privateKey.export({type: "pkcs8", format: "pem"}).toString(), cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`};
}
