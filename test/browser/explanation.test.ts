import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { renderExplanation } from "../../src/report/explanation/page.ts";
import { chromiumPath, launchChromium } from "../helpers/chromium.ts";
import { sampleExplanation } from "../helpers/explanation-sample.ts";
import { poorTexts } from "./contrast.ts";

const executable = chromiumPath();
const skip = executable === undefined && "no chromium is installed (apt-get install chromium)";

const BOOKS = {
  asked: true,
  earned: 1_234_567_123_456_789n,
  claimed: 1_000_000_000_000_000n,
  claimable: 234_567_123_456_789n,
  waiting: 5n,
} as const;
const PAGES = {
  settled: () => sampleExplanation(BOOKS),
  offline: () => sampleExplanation({ asked: false, why: "The chain cannot be reached." }),
  hostile: () => sampleExplanation(BOOKS, `<img src=x onerror="document.title='owned'">${"w".repeat(3000)}`),
} as const;
const VIEWPORTS = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
] as const;

describe("the explanation in a browser", { skip }, () => {
  let browser: Browser;
  let folder: string;
  let page: Page;

  before(async () => {
    browser = await launchChromium(executable!);
    folder = await mkdtemp(join(tmpdir(), "tributary-explanation-"));
    for (const [name, make] of Object.entries(PAGES)) {
      await writeFile(join(folder, `${name}.html`), renderExplanation(make()));
    }
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });
  afterEach(() => page.context().close());

  async function open(name: keyof typeof PAGES, viewport: (typeof VIEWPORTS)[number]): Promise<void> {
    page = await (await browser.newContext({ viewport })).newPage();
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
  }

  /** Amounts that are not whole inside the window, or inside the box that would cut them; none where all can be read. */
  const cutAmounts = (): Promise<string[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll("h1, .figure, .money, .amount")].flatMap((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const box = range.getBoundingClientRect();
        const frame = element.closest(".scroller")?.getBoundingClientRect();
        const [left, right] = [
          Math.max(0, frame?.left ?? 0),
          Math.min(innerWidth, frame?.right ?? innerWidth),
        ];
        const whole = box.width > 0 && box.left >= left && box.right <= right;
        return whole ? [] : [`${element.textContent}: ${box.left} to ${box.right}`];
      }),
    );

  for (const viewport of VIEWPORTS) {
    for (const name of Object.keys(PAGES) as (keyof typeof PAGES)[]) {
      test(`${name}: at ${viewport.width} pixels every amount is whole, and the page never scrolls sideways`, async () => {
        await open(name, viewport);
        assert.ok((await page.locator(".scroller .money").count()) > 10);
        assert.deepEqual(await cutAmounts(), []);
        const overflow = () =>
          page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(await overflow(), 0);
        assert.equal(await page.title(), "Why was I paid this? · Tributary");
      });
    }

    test(`at ${viewport.width} pixels the money is the first thing, before any scrolling`, async () => {
      await open("settled", viewport);
      const heading = page.locator("h1");
      assert.equal(await heading.textContent(), "1,234,567.123456789 OPEN for wheels-aboard");
      const { y, height } = (await heading.boundingBox())!;
      assert.ok(y + height < viewport.height / 3);
    });
  }

  test("the chain's word is on the page, or that no chain was asked", async () => {
    await open("settled", VIEWPORTS[1]);
    const words = await page.locator(".tile dt").allTextContents();
    assert.deepEqual(words, ["Explained here", "Sure", "Settled", "Claimed", "To be claimed", "Waiting"]);
    assert.equal(await page.locator(`.tile data[value="${BOOKS.claimable}"]`).count(), 1);
    await page.context().close();
    await open("offline", VIEWPORTS[1]);
    assert.match((await page.locator(".tiles").textContent())!, /not known.*The chain cannot be reached/s);
  });

  for (const viewport of VIEWPORTS) {
    test(`at ${viewport.width} pixels no table hides a column behind an edge`, async () => {
      await open("settled", viewport);
      const hidden = await page
        .locator(".scroller")
        .evaluateAll((boxes) => boxes.map((box) => box.scrollWidth - box.clientWidth));
      assert.ok(hidden.length > 3);
      assert.deepEqual(new Set(hidden), new Set([0]));
    });
  }

  test("texts have enough contrast", async () => {
    await open("settled", VIEWPORTS[0]);
    assert.deepEqual(await page.evaluate(poorTexts), []);
  });
});
