import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where the system's browser is: TRIBUTARY_CHROMIUM, or one of the usual places; undefined where none is installed. */
export const chromiumPath = (): string | undefined =>
  [process.env.TRIBUTARY_CHROMIUM, ...PLACES].find((path) => path !== undefined && existsSync(path));

/** A browser of its own, with a fresh profile, that calls nobody. */
export const launchChromium = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
