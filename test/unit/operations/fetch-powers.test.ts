import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, test } from "node:test";
import { type FetchOptions, fetchPowersOfTau } from "../../../src/operations/keys/fetch-powers.ts";
import { serveFile } from "../../helpers/file-server.ts";
import { temporaryFolder } from "../../helpers/srs.ts";

const CONTENT = randomBytes(2_000_000);
const digestOf = (bytes: Buffer): string => createHash("blake2b512").update(bytes).digest("hex");
const FILE = { power: 11, name: "powers.ptau", blake2b: digestOf(CONTENT) };

const folder = await temporaryFolder();
const server = await serveFile(CONTENT);
after(async () => {
  await server.close();
  await folder.remove();
});
afterEach(() => {
  server.manner = {};
  server.content = CONTENT;
  server.asked.length = 0;
});

let runs = 0;
/** A folder of its own for each case, so that what a case leaves behind is seen. */
function place(): { dir: string; out: string; part: string } {
  const dir = join(folder.path, String(runs++));
  return { dir, out: join(dir, FILE.name), part: join(dir, `${FILE.name}.part`) };
}

const fetchTo = (out: string, change: Partial<FetchOptions> = {}) =>
  fetchPowersOfTau(FILE, { url: server.url, out, force: false, onProgress: () => {}, ...change });

test("a good file is kept under its name, and nothing beside it", async () => {
  const { dir, out } = place();
  const seen: number[] = [];
  const fetched = await fetchTo(out, { onProgress: ({ done }) => seen.push(done) });
  assert.deepEqual(fetched, { bytes: CONTENT.length, resumedFrom: 0 });
  assert.deepEqual(await readFile(out), CONTENT);
  assert.deepEqual(await readdir(dir), [FILE.name]);
  assert.equal(seen.at(-1), CONTENT.length);
});

test("a file with another digest is not kept, neither under its name nor as a part", async () => {
  const { dir, out } = place();
  server.content = Buffer.from(CONTENT);
  server.content[100_000]! ^= 1;
  await assert.rejects(fetchTo(out), { code: "TRB_FETCH_DIGEST" });
  assert.deepEqual(await readdir(dir), []);
});

test("a connection that is cut leaves what arrived, and the next run asks for the rest only", async () => {
  const { dir, out, part } = place();
  server.manner = { cutAfter: 1_200_000 };
  await assert.rejects(fetchTo(out), { code: "TRB_FETCH_CUT" });
  assert.deepEqual(await readdir(dir), [`${FILE.name}.part`]);
  const arrived = (await readFile(part)).length;
  assert.ok(arrived > 0 && arrived <= 1_200_000);
  server.manner = {};
  const { resumedFrom } = await fetchTo(out);
  assert.equal(resumedFrom, arrived);
  assert.deepEqual(server.asked, [undefined, `bytes=${arrived}-`]);
  assert.deepEqual(await readFile(out), CONTENT);
  assert.deepEqual(await readdir(dir), [FILE.name]);
});

test("a server that knows no ranges is begun again with", async () => {
  const { out } = place();
  server.manner = { cutAfter: 500_000 };
  await assert.rejects(fetchTo(out), { code: "TRB_FETCH_CUT" });
  server.manner = { ranges: false };
  assert.deepEqual(await fetchTo(out), { bytes: CONTENT.length, resumedFrom: 0 });
  assert.deepEqual(await readFile(out), CONTENT);
});

test("a part that is of another file is found out by the digest, and gone the next time", async () => {
  const { dir, out, part } = place();
  server.manner = { cutAfter: 500_000 };
  await assert.rejects(fetchTo(out), { code: "TRB_FETCH_CUT" });
  server.manner = {};
  await writeFile(part, randomBytes(600_000));
  await assert.rejects(fetchTo(out), { code: "TRB_FETCH_DIGEST" });
  assert.deepEqual(await readdir(dir), []);
  await fetchTo(out);
});

test("a part that is whole already needs nothing more", async () => {
  const { out, part } = place();
  server.manner = { cutAfter: 10 };
  await assert.rejects(fetchTo(out), { code: "TRB_FETCH_CUT" });
  server.manner = {};
  await writeFile(part, CONTENT);
  assert.deepEqual(await fetchTo(out), { bytes: CONTENT.length, resumedFrom: CONTENT.length });
});

test("a file that is there is not replaced without being asked to", async () => {
  const { dir, out } = place();
  await fetchTo(out);
  await writeFile(out, "mine");
  await assert.rejects(fetchTo(out), { code: "TRB_FILE_EXISTS" });
  assert.equal(await readFile(out, "utf8"), "mine");
  await fetchTo(out, { force: true });
  assert.deepEqual(await readFile(out), CONTENT);
  assert.deepEqual(await readdir(dir), [FILE.name]);
});

test("a server that sends without end is stopped at the file's size", async () => {
  const { out } = place();
  server.manner = { endless: true };
  const small = { ...FILE, power: 0 };
  const sent = fetchPowersOfTau(small, { url: server.url, out, force: false, onProgress: () => {} });
  await assert.rejects(sent, { code: "TRB_FETCH_SIZE" });
});

test("a redirect is followed, to https or loopback only, and not for ever", async () => {
  const { out } = place();
  const target = await serveFile(CONTENT);
  server.manner = { redirect: target.url.href };
  await fetchTo(out);
  assert.equal(target.asked.length, 1);
  await target.close();
  server.manner = { redirect: "http://example.org/powers.ptau" };
  await assert.rejects(fetchTo(place().out), { code: "TRB_FETCH_URL" });
  server.manner = { redirect: server.url.href };
  server.asked.length = 0;
  await assert.rejects(fetchTo(place().out), { code: "TRB_FETCH_STATUS" });
  assert.equal(server.asked.length, 6);
});

test("a server that is not there, or has not the file, says so; http is for this machine", async () => {
  const closed = await serveFile(CONTENT);
  await closed.close();
  await assert.rejects(fetchTo(place().out, { url: closed.url }), { code: "TRB_FETCH_OFFLINE" });
  server.manner = { status: 404 };
  await assert.rejects(fetchTo(place().out), { code: "TRB_FETCH_STATUS" });
  for (const url of [
    "http://example.org/p",
    "http://127.0.0.1.example.org/p",
    "ftp://localhost/p",
    "file:///etc/p",
  ]) {
    await assert.rejects(fetchTo(place().out, { url: new URL(url) }), { code: "TRB_FETCH_URL" });
  }
});

test("no room: nothing is asked for and nothing is written", async () => {
  const { dir, out } = place();
  // Twice the largest file of the ceremony, 2^28: more than any disk here has free.
  const huge = { ...FILE, power: 60 };
  const refused = fetchPowersOfTau(huge, { url: server.url, out, force: false, onProgress: () => {} });
  await assert.rejects(refused, { code: "TRB_FILE_DISK_FULL" });
  assert.deepEqual([await readdir(dir), server.asked], [[], []]);
});

test("a download that is cancelled keeps what arrived and can be gone on with", async () => {
  const { dir, out } = place();
  const controller = new AbortController();
  server.manner = { endless: true };
  const stopped = fetchTo(out, { signal: controller.signal, onProgress: () => controller.abort() });
  await assert.rejects(stopped, { code: "TRB_CANCELLED" });
  assert.deepEqual(await readdir(dir), [`${FILE.name}.part`]);
});
