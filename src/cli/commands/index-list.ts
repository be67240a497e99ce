import type { Command } from "commander";
import { indexNumbers, loadIndex, type StoredIndex } from "../../workspace/index-files.ts";
import { type Registry, readRegistry } from "../../workspace/registry.ts";
import { type Workspace, workspaceAt } from "../../workspace/workspace.ts";
import { addCommand } from "../command.ts";
import { table } from "../output.ts";
import { wholeNumber } from "../row-options.ts";

/** What of an index may be shown to anybody: not Φ, not its digest, by which a guess could be confirmed, not its seed. */
function summary({ number, digest, manifest }: StoredIndex, registry: Registry | null) {
  const { tier, assigned, positions, rows, datanet, method } = manifest;
  return {
    index: number,
    /** What the chain called it when it was registered; no chain is asked. */
    indexId: registry?.indexes[number]?.indexId ?? null,
    tier,
    assigned,
    positions,
    rows,
    version: datanet.version,
    method: method.name,
    digest,
  };
}

function line({ index, indexId, tier, assigned, rows, version, method }: ReturnType<typeof summary>) {
  const registered = indexId === null ? "not registered" : `registered as ${indexId}`;
  const what = `tier ${tier}, ${method}, ${rows} rows of version ${version}, ${assigned} positions, ${registered}`;
  return [String(index), what] as const;
}

function show(stored: StoredIndex, registry: Registry | null): string {
  const { commitment, manifest, digest } = stored;
  const { tier, assigned, positions, rows, version, indexId } = summary(stored, registry);
  const { method, adapters } = manifest;
  return table([
    ["index", `${stored.number}, tier ${tier}, ${assigned} of ${positions} positions`],
    ["rows", `${rows} of version ${version}`],
    ["members", adapters.length],
    ["method", `${method.name}, λ ${method.ridge}, ${method.rank} of ${method.columns} columns`],
    ["commitment", `0x${commitment.x.toString(16).padStart(64, "0")} (x)`],
    ["manifest", digest],
    ["registered", indexId === null ? "no" : `as index ${indexId}`],
  ]);
}

/** `tributary index list` and `show`: what was built, and what the chain calls it. */
export function registerIndexList(index: Command): void {
  const open = (dir: string): { workspace: Workspace; registry: Registry | null } => {
    const workspace = workspaceAt(dir);
    return { workspace, registry: readRegistry(workspace) };
  };

  addCommand(index, {
    usage: "list",
    summary: "list the workspace's indexes, and what the chain calls them",
    example: "tributary index list\ntributary index list --json",
    run: async ({ dir, onProgress }) => {
      const { workspace, registry } = open(dir);
      const numbers = indexNumbers(workspace);
      const indexes = numbers.map((number, i) => {
        onProgress({ stage: "read indexes", done: i, total: numbers.length });
        return summary(loadIndex(workspace, number), registry);
      });
      const text = indexes.length === 0 ? "No indexes yet: tributary index build" : table(indexes.map(line));
      return { ok: true, data: { indexes }, text };
    },
  });

  addCommand(index, {
    usage: "show [number]",
    summary:
      "show an index (default: the newest): commitment, manifest, registration; nothing that is secret",
    example: "tributary index show\ntributary index show 1 --json",
    run: async ({ dir }, _options, [asked]) => {
      const { workspace, registry } = open(dir);
      const number = asked === undefined ? undefined : wholeNumber(1, 1e6)(asked);
      const stored = loadIndex(workspace, number);
      const { phi: _secret, ...manifest } = stored.manifest;
      const { commitment } = stored;
      const data = { ...summary(stored, registry), commitment, manifest };
      return { ok: true, data, text: show(stored, registry) };
    },
  });
}
