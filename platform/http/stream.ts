/** Server-sent events: one open answer to which messages are added until either side ends it. */
import type { Server } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What a streaming handler answers with. `subscribe` is given the pipe; what it returns is called once, when the stream ends. */
export type Stream<M = unknown> = { readonly subscribe: (send: (message: M) => void) => () => void };

/** Rights are decided when a stream opens, so none lives long: the browser opens the next by itself and is asked again who it is. */
const longestMs = 300_000;
/** Keeps intermediaries from closing what looks idle, and notices a client that is gone. */
const beatMs = 20_000;
/** A client this far behind is cut off; it comes back and asks anew. */
const mostWaitingBytes = 262_144;

const open = new WeakMap<Server, Set<() => void>>();

/** Ends every stream of a server that is closing. */
export function endStreams(server: Server): void {
  for (const end of [...(open.get(server) ?? [])]) end();
}

/** @param cut checks each message against the contract */
export function openStream(request: FastifyRequest, reply: FastifyReply, stream: Stream, cut: (message: unknown) => unknown): void {
  reply.hijack();
  const { raw } = reply;
  const headers = Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined)) as Record<string, string>; // our own headers are texts
  raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  raw.write('retry: 2000\n\n');
  const ends = open.get(request.server.server) ?? new Set();
  open.set(request.server.server, ends);
  let leave = (): void => undefined;
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    clearInterval(beat);
    clearTimeout(last);
    ends.delete(end);
    leave();
    raw.end();
  };
  const write = (text: string): void => {
    if (ended) return;
    raw.write(text);
    if (raw.writableLength > mostWaitingBytes) raw.destroy();
  };
  const beat = setInterval(() => write(': \n\n'), beatMs).unref();
  const last = setTimeout(end, longestMs).unref();
  ends.add(end);
  raw.on('close', end);
  raw.on('error', end);
  leave = stream.subscribe((message) => write(`data: ${JSON.stringify(cut(message))}\n\n`));
}
