/** The port, asked for before anything is started, so that a taken one is told at once and not after the data were loaded. */
import { createServer } from 'node:net';
import { StartRefused } from '../postgres/refusal.ts';

const codes: Readonly<Record<string, string>> = { EADDRINUSE: 'port-taken', EACCES: 'port-forbidden', EADDRNOTAVAIL: 'host-unknown', ENOTFOUND: 'host-unknown' };

/** @throws StartRefused `port-taken`, `port-forbidden`, `host-unknown` */
export async function assertPortFree(port: number, host: string): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host, exclusive: true }, resolve);
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? codes[String(error.code)] : undefined;
    if (code === undefined) throw error;
    throw new StartRefused(code, { port, host });
  }
  await new Promise<void>((resolve) => { server.close(() => resolve()); });
}
