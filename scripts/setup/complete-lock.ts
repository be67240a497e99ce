/**
 * Completes package-lock.json after `npm install`: run it by hand when a dependency changed.
 *
 * npm leaves an optional package out of the lock file when the registry at hand does not carry it (other platforms' binaries on a partial mirror), and then
 * `npm ci` of npm 11 refuses the lock file. The missing entries are written here with the platform that their names say, so that they are skipped everywhere else.
 * Download addresses are removed: the lock file holds for any registry.
 */
import { readFileSync, writeFileSync } from "node:fs";

interface LockEntry {
  version?: string;
  resolved?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const PATH = "package-lock.json";
const NAME =
  /(android|darwin|linux|win32|freebsd|openharmony)-(x64|arm64|ia32|arm|riscv64|ppc64|s390x|loong64)(?:-(gnu|musl|msvc|eabi|gnueabihf))?$/;
const LIBC: Record<string, string> = { gnu: "glibc", musl: "musl" };

const lock = JSON.parse(readFileSync(PATH, "utf8")) as { packages: Record<string, LockEntry> };
for (const entry of Object.values(lock.packages)) {
  delete entry.resolved;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const platform = name.match(NAME);
    const place = `node_modules/${name}`;
    if (platform === null || lock.packages[place] !== undefined) continue;
    const libc = LIBC[platform[3] ?? ""];
    lock.packages[place] = {
      version,
      cpu: [platform[2]!],
      ...(entry.dev ? { dev: true } : {}),
      ...(libc === undefined ? {} : { libc: [libc] }),
      optional: true,
      os: [platform[1]!],
    };
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(PATH, `${JSON.stringify(lock, null, 2)}\n`);
