import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What comes back in the place of the node's answer. */
export type Instead =
  | { readonly result: unknown }
  | { readonly error: { readonly code: number; readonly message: string } }
  /** Refused before JSON-RPC is looked at. */
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** The connection breaks. */
  | "lost";

export interface ProxyHooks {
  /** Before the node is asked: an answer in its place, or undefined to ask it. */
  before?(call: RpcCall): Promise<Instead | undefined> | Instead | undefined;
  /** After the node was asked: another answer, or undefined for the node's. */
  after?(call: RpcCall, answer: unknown): Promise<Instead | undefined> | Instead | undefined;
}

/** A node in front of a node, on loopback, that can be told to behave as public nodes and broken wires do. */
export interface NodeProxy {
  readonly url: string;
  /** What is done to requests from now on. */
  hooks: ProxyHooks;
  /** Methods in the order in which they came. */
  readonly methods: string[];
  close(): Promise<void>;
}

let id = 1;

/** Asks a node itself. @throws with its words where it answers with an error */
export async function ask<T = unknown>(url: string, method: string, ...params: unknown[]): Promise<T> {
  const answer = await forward(url, { method, params });
  if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
  return answer.result as T;
}

async function forward(
  url: string,
  call: RpcCall,
): Promise<{ result?: unknown; error?: { message: string } }> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: id++, ...call });
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  return (await response.json()) as { result?: unknown; error?: { message: string } };
}

export async function startProxy(upstream: string, hooks: ProxyHooks = {}): Promise<NodeProxy> {
  const methods: string[] = [];
  const proxy = { hooks };
  const server = http.createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const { id, method, params = [] } = JSON.parse(body) as RpcCall & { id: number };
    const call = { method, params };
    methods.push(method);
    let instead = await proxy.hooks.before?.(call);
    let answer: object | undefined;
    if (instead === undefined) {
      answer = await forward(upstream, call);
      instead = await proxy.hooks.after?.(call, answer);
    }
    if (instead === "lost") {
      response.destroy();
      return;
    }
    if (instead !== undefined && "status" in instead) {
      response.writeHead(instead.status, instead.headers).end("no");
      return;
    }
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ jsonrpc: "2.0", ...answer, ...instead, id }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    methods,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  });
}
