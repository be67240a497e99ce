import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, Locator, Page } from "playwright-core";
import { renderReport } from "../../src/report/html.ts";
import type { Report } from "../../src/report/schema.ts";
import { chromiumPath, launchChromium } from "../helpers/chromium.ts";
import { sampleReport } from "../helpers/report-sample.ts";
import { poorTexts } from "./contrast.ts";

const executable = chromiumPath();
const skip = executable === undefined && "no chromium is installed (apt-get install chromium)";

const SECTIONS = [
  "journey",
  "paid",
  "contributors",
  "answers",
  "pattern",
  "money",
  "batches",
  "claims",
  "model",
  "trust",
];
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };

/** Names and requests that try to leave their place: markup, one endless word, directions, controls, piles of marks. */
function hostileReport(): Report {
  const texts = [
    `<img src=x onerror="document.title='owned'">`,
    "<script>document.title='owned'</script>",
    "w".repeat(5000),
    "\u202eright to left \u0000\u0007",
    `Z${"\u0323\u030d".repeat(300)}algo`,
    "﷽".repeat(200),
  ];
  const text = (n: number): string => texts[n % texts.length]!;
  const report = sampleReport({ name: text, request: text });
  report.dataset.name = text(2);
  for (const inference of report.inferences) inference.served = text(inference.shares.length);
  for (const model of report.models) model.name = text(2);
  return report;
}

const PAGES = {
  sample: () => sampleReport(),
  large: () => sampleReport({ contributors: 64, inferences: 80, tier: "small", kind: "numeric" }),
  hostile: hostileReport,
} as const;

describe("the report in a browser", { skip }, () => {
  let browser: Browser;
  let folder: string;
  let page: Page;
  /** Everything that the page complained of or tried to load since it was opened. */
  let trouble: string[];

  before(async () => {
    browser = await launchChromium(executable!);
    folder = await mkdtemp(join(tmpdir(), "tributary-report-"));
    for (const [name, make] of Object.entries(PAGES)) {
      await writeFile(join(folder, `${name}.html`), renderReport(make()));
    }
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  afterEach(() => page.context().close());

  async function open(
    name: keyof typeof PAGES,
    options: { viewport?: typeof PHONE; colorScheme?: "light" | "dark"; javaScriptEnabled?: boolean } = {},
    hash = "",
  ): Promise<void> {
    const context = await browser.newContext({ viewport: DESK, ...options });
    page = await context.newPage();
    trouble = [];
    page.on("console", (message) => trouble.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => trouble.push(error.message));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) trouble.push(`request of ${request.url()}`);
    });
    await page.goto(`${pathToFileURL(join(folder, `${name}.html`))}${hash}`);
  }
  const openAll = (): Promise<void> =>
    page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
  const overflow = (): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  for (const name of Object.keys(PAGES) as (keyof typeof PAGES)[]) {
    test(`${name}: every section is there, nothing is logged, nothing is loaded`, async () => {
      await open(name);
      for (const id of SECTIONS) {
        assert.ok(await page.locator(`section#${id} > h2`).isVisible(), id);
        assert.ok((await page.locator(`section#${id}`).boundingBox())!.height > 100, id);
      }
      await openAll();
      assert.deepEqual(trouble, []);
      assert.equal(await page.title(), "Who was paid, and why · Tributary");
      assert.equal(await page.locator("img, iframe, object, script:not(:last-child)").count(), 0);
    });

    test(`${name}: a phone of 360 pixels never scrolls sideways, folded or unfolded`, async () => {
      await open(name, { viewport: PHONE });
      assert.equal(await overflow(), 0);
      await openAll();
      assert.equal(await overflow(), 0);
    });
  }

  for (const colorScheme of ["light", "dark"] as const) {
    test(`${colorScheme}: every text has enough contrast`, async () => {
      await open("sample", { colorScheme });
      await openAll();
      assert.deepEqual(await page.evaluate(poorTexts), []);
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(paper, colorScheme === "light" ? "rgb(251, 250, 246)" : "rgb(15, 22, 24)");
    });
  }

  test("the contrast check finds a grey on grey", async () => {
    await open("sample");
    await page.evaluate(() => document.documentElement.style.setProperty("--quiet", "#b5b2a8"));
    assert.ok((await page.evaluate(poorTexts)).length > 10);
  });

  test("the keyboard reaches every folded answer, and opens it", async () => {
    await open("sample");
    const summary = page.locator("#inference-1-1 > summary");
    const reached = new Set<string>();
    for (
      let i = 0;
      i < 400 && !(await summary.evaluate((element) => element === document.activeElement));
      i++
    ) {
      await page.keyboard.press("Tab");
      reached.add(await page.evaluate(() => document.activeElement?.localName ?? ""));
    }
    assert.ok(reached.has("a") && reached.has("summary"), [...reached].join(" "));
    assert.equal(await page.locator("#inference-1-1 .body").isVisible(), false);
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#inference-1-1 .body").isVisible(), true);
  });

  test("tables that are wider than a phone scroll in their own box, by keyboard too", async () => {
    await open("sample", { viewport: PHONE });
    const box = page.locator("#batches .scroller");
    assert.ok(await box.evaluate((element) => element.scrollWidth > element.clientWidth));
    await box.focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.querySelector("#batches .scroller")!.scrollLeft > 0);
  });

  test("a link to a folded answer or card unfolds the way to it", async () => {
    await open("large", {}, "#inference-2-3");
    assert.ok(await page.locator("#inference-2-3 .body").isVisible());
    await page.evaluate(() => {
      location.hash = "#contributor-63";
    });
    await page.locator("#contributor-63").waitFor({ state: "visible" });
  });

  test("on a phone the heat map is a list: who got most of each answer, and the others together", async () => {
    await open("sample", { viewport: PHONE });
    assert.ok(!(await page.locator(".heat").isVisible()));
    const answers = page.locator(".heat-list > li");
    const { inferences } = sampleReport();
    assert.equal(await answers.count(), inferences.length);
    for (const [i, { shares }] of inferences.entries()) {
      const units = await answers
        .nth(i)
        .locator("data")
        .evaluateAll((amounts) => amounts.map((amount) => (amount as HTMLDataElement).value));
      const sum = (amounts: readonly string[]) =>
        amounts.reduce((total, amount) => total + BigInt(amount), 0n);
      assert.equal(sum(units), sum(shares.map(({ amount }) => amount)), `answer ${i + 1}`);
    }
    await page.context().close();
    await open("sample");
    assert.ok(await page.locator(".heat").isVisible());
    assert.ok(!(await page.locator(".heat-list").isVisible()));
  });

  /** How dark the right edge of a table is in its caption's line, where no text stands: 0 black, 1 white. */
  async function edge(scroller: Locator): Promise<number> {
    const { x, y, width } = (await scroller.boundingBox())!;
    const clip = { x: x + width - 6, y: y + 6, width: 4, height: 4 };
    const picture = (await page.screenshot({ clip })).toString("base64");
    return page.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      const context = canvas.getContext("2d")!;
      context.drawImage(image, 0, 0);
      return context.getImageData(1, 1, 1, 1).data[0]! / 255;
    }, picture);
  }

  test("a table that goes on behind its edge has a shadow there, and none at its end", async () => {
    await open("sample", { viewport: PHONE });
    const scroller = page.locator("#claims .scroller");
    await scroller.scrollIntoViewIfNeeded();
    const hidden = await scroller.evaluate((box) => box.scrollWidth - box.clientWidth);
    assert.ok(hidden > 50, "it is wider than the phone");
    const more = await edge(scroller);
    await scroller.evaluate((box) => box.scrollTo({ left: box.scrollWidth, behavior: "instant" }));
    const end = await edge(scroller);
    assert.ok(end - more > 0.08, `${more} where there is more, ${end} at the end`);
  });

  test("pointing at a square of the heat map names its amount", async () => {
    await open("sample");
    const report = PAGES.sample();
    const { position, amount } = report.inferences[0]!.shares[0]!;
    const rank = [...report.contributors]
      .sort((a, b) => Number(BigInt(b.total) - BigInt(a.total)))
      .findIndex((contributor) => contributor.position === position);
    const cell = await page.locator(".heat").evaluate((heat) => ({ ...(heat as HTMLElement).dataset }));
    await page.locator(".heat").hover({
      position: {
        x: Number(cell.left) + (rank + 0.5) * Number(cell.cellWidth),
        y: Number(cell.top) + 0.5 * Number(cell.cellHeight),
      },
    });
    const open9 = `${amount.padStart(10, "0").slice(0, -9)}.${amount.padStart(10, "0").slice(-9)} OPEN`;
    const name = report.contributors.find((contributor) => contributor.position === position)!.name;
    assert.equal(await page.locator(".readout").textContent(), `answer 1, ${name}: ${open9}`);
  });

  test("without JavaScript everything is there to read", async () => {
    await open("sample", { javaScriptEnabled: false });
    for (const id of SECTIONS) assert.ok(await page.locator(`section#${id} > h2`).isVisible(), id);
    await page.locator("#inference-1-1 > summary").click();
    assert.ok(await page.locator("#inference-1-1 .body").isVisible());
    assert.equal(await page.locator(".readout").isVisible(), false);
  });

  test("no two texts of the money picture run into each other, on a desk and on a phone", async () => {
    await open("sample");
    for (const viewport of [DESK, PHONE]) {
      await page.setViewportSize(viewport);
      const crossings = await page.evaluate(() => {
        const labels = [...document.querySelectorAll(".flow text")].filter((label) =>
          label.checkVisibility(),
        );
        const boxes = labels.map((label) => label.getBoundingClientRect());
        const shown = document.querySelector("#money figure")!.getBoundingClientRect();
        const crossing = (a: DOMRect, b: DOMRect): boolean =>
          a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom;
        return {
          labels: boxes.length,
          crossing: boxes.filter((a, i) => boxes.some((b, j) => j > i && crossing(a, b))).length,
          outside: boxes.filter((box) => box.right > shown.right + 1 || box.left < shown.left - 1).length,
        };
      });
      assert.equal(crossings.labels, 16);
      assert.deepEqual([crossings.crossing, crossings.outside], [0, 0]);
    }
  });

  test("print unfolds everything on white paper", async () => {
    await open("sample", { colorScheme: "dark" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.equal(
      await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
      "rgb(255, 255, 255)",
    );
    assert.ok(await page.locator("#inference-2-3 .body").isVisible());
    const pdf = await page.pdf({ format: "A4" });
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  });
});
