import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How the server answers one request. */
export interface Manner {
  /** Whether it knows ranges; then it answers 206 and from where it was asked. */
  readonly ranges?: boolean;
  /** Breaks the connection when so many bytes of the body went out. */
  readonly cutAfter?: number;
  readonly status?: number;
  readonly redirect?: string;
  /** Sends no length, and no end. */
  readonly endless?: boolean;
}

export interface FileServer {
  readonly url: URL;
  /** What was asked for: the range header of each request. */
  readonly asked: (string | undefined)[];
  /** Changes how the next requests are answered. */
  manner: Manner;
  content: Buffer;
  close(): Promise<void>;
}

function answer(server: FileServer, request: IncomingMessage, response: ServerResponse): void {
  const { ranges = true, cutAfter, status, redirect, endless } = server.manner;
  const { range } = request.headers;
  server.asked.push(range);
  if (redirect !== undefined) {
    response.writeHead(302, { location: redirect }).end();
    return;
  }
  if (status !== undefined) {
    response.writeHead(status).end();
    return;
  }
  if (endless === true) {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write(server.content));
    };
    response.on("drain", more);
    more();
    return;
  }
  const from = ranges && range !== undefined ? Number(/^bytes=(\d+)-$/.exec(range)![1]) : 0;
  const { length } = server.content;
  if (from >= length) {
    response.writeHead(416).end();
    return;
  }
  const body = server.content.subarray(from);
  const headers = { "content-length": body.length };
  if (from > 0)
    response.writeHead(206, { ...headers, "content-range": `bytes ${from}-${length - 1}/${length}` });
  else response.writeHead(200, headers);
  if (cutAfter === undefined) response.end(body);
  else {
    response.write(body.subarray(0, cutAfter));
    // Closed when that is sent, before the announced length: a reset would take what is on its way with it.
    response.socket!.destroySoon();
  }
}

/** A server of one file on loopback. */
export async function serveFile(content: Buffer): Promise<FileServer> {
  const http = createServer((request, response) => answer(server, request, response)).listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  const server: FileServer = {
    url: new URL(`http://127.0.0.1:${port}/powers.ptau`),
    asked: [],
    manner: {},
    content,
    close: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, "close");
    },
  };
  return server;
}
