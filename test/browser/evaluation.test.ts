import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { memoryStore } from "../../src/evaluation/outcome-store.ts";
import type { Evaluation } from "../../src/evaluation/results.ts";
import { evaluateModel } from "../../src/evaluation/run.ts";
import { PART_NAMES } from "../../src/evaluation/types.ts";
import { renderEvaluations } from "../../src/report/evaluation/html.ts";
import { chromiumPath, launchChromium } from "../helpers/chromium.ts";
import { TOY_OPTIONS, toyEvaluation } from "../helpers/toy-evaluation.ts";
import { poorTexts } from "./contrast.ts";

const executable = chromiumPath();
const skip = executable === undefined && "no chromium is installed (apt-get install chromium)";
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };

describe("the evaluation's page in a browser", { skip }, () => {
  let browser: Browser;
  let folder: string;
  let page: Page;
  let evaluation: Evaluation;
  let trouble: string[];

  before(async () => {
    browser = await launchChromium(executable!);
    folder = await mkdtemp(join(tmpdir(), "tributary-evaluation-"));
    const toy = await toyEvaluation();
    const options = { ...TOY_OPTIONS, parts: PART_NAMES };
    evaluation = await evaluateModel({ ...toy, options, store: memoryStore() }, () => {});
    const hostile: Evaluation = {
      ...evaluation,
      data: { ...evaluation.data, name: `<script>document.title='owned'</script>${"w".repeat(500)}` },
      gates: evaluation.gates.map((gate) => ({ ...gate, value: null, interval: null, passed: null })),
      parts: {},
    };
    await writeFile(
      join(folder, "toy.html"),
      renderEvaluations([evaluation], new Map([["<b>λ</b>", [evaluation, evaluation]]])),
    );
    await writeFile(join(folder, "hostile.html"), renderEvaluations([evaluation, hostile]));
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });
  afterEach(() => page.context().close());

  async function open(name: "toy" | "hostile", options: object = {}): Promise<void> {
    page = await (await browser.newContext({ viewport: DESK, ...options })).newPage();
    trouble = [];
    page.on("console", (message) => trouble.push(message.text()));
    page.on("pageerror", (error) => trouble.push(error.message));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) trouble.push(`request of ${request.url()}`);
    });
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
  }

  for (const name of ["toy", "hostile"] as const) {
    test(`${name}: nothing is logged or loaded, and no name becomes markup`, async () => {
      await open(name);
      assert.deepEqual(trouble, []);
      assert.equal(await page.title(), "Do the scores predict retraining? · Tributary");
      assert.equal(await page.locator("script, img, iframe").count(), 0);
    });

    test(`${name}: a phone of 360 pixels never scrolls sideways`, async () => {
      await open(name, { viewport: PHONE });
      assert.equal(
        await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
        0,
      );
    });
  }

  test("the table has every gate with its value, and says which are missed and which were not measured", async () => {
    await open("hostile");
    const rows = page.locator("#evaluation-1 table").first().locator("tbody tr");
    assert.equal(await rows.count(), evaluation.gates.length);
    for (const [i, { name, passed }] of evaluation.gates.entries()) {
      const text = ((await rows.nth(i).textContent()) ?? "").replace(/\s+/g, " ");
      assert.ok(text.includes(name) && text.includes(passed ? "met" : "missed"), text);
    }
    const others = page.locator("#evaluation-2 table").first().locator("tbody tr");
    for (const text of await others.allTextContents()) assert.match(text, /not measured/);
  });

  test("every picture is drawn, inside of its box and with a name for those who do not see it", async () => {
    await open("toy", { viewport: PHONE });
    const plots = page.locator("svg.plot");
    assert.equal(await plots.count(), 5);
    for (const plot of await plots.all()) {
      assert.match((await plot.getAttribute("aria-label"))!, /LDS/);
      const outside = await plot.evaluate((svg) => {
        const box = svg.getBoundingClientRect();
        return [...svg.querySelectorAll("text, rect, circle, path")].filter((part) => {
          const { left, right, top, bottom } = part.getBoundingClientRect();
          return left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1;
        }).length;
      });
      assert.equal(outside, 0);
    }
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`${colorScheme}: every text has enough contrast`, async () => {
      await open("toy", { colorScheme });
      assert.deepEqual(await page.evaluate(poorTexts), []);
    });
  }
});
