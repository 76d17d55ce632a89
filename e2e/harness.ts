import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The product in a process of its own, with its own data, as `npm start` runs it. */
export type RunningProduct = { readonly address: string; readonly dataDir: string; readonly output: () => string; readonly child: ChildProcess; stop(): Promise<void> };

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  await new Promise<void>((resolve) => { server.close(() => resolve()); });
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** A folder with the demonstration loaded, made once for all files of journeys by the runner. */
const preparedFolder = process.env['SAURO_E2E_PREPARED'];

/** A new folder of data: a copy of the one prepared, with its owners, where there is one. */
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sauro-e2e-'));
  if (preparedFolder !== undefined) await promisify(execFile)('cp', ['-a', `${preparedFolder}/.`, folder]);
  return folder;
}

/** @param dataDir an existing folder to start on again; a new one that is removed at the end when left out */
export async function startProduct(env: Record<string, string> = {}, dataDir?: string): Promise<RunningProduct> {
  const port = await freePort();
  const folder = dataDir ?? (await newFolder());
  const child = spawn(process.execPath, ['app/bin.js', 'serve'], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: String(port), SAURO_DATA: folder, SAURO_REQUESTS_PER_MINUTE: '0', ...env },
  });
  let output = '';
  const ready = new Promise<void>((resolve, reject) => {
    const seen = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('Ready in')) resolve();
    };
    child.stdout.on('data', seen);
    child.stderr.on('data', seen);
    child.on('exit', (status) => reject(new Error(`the product ended with ${status} before it was ready:\n${output}`)));
  });
  await ready;
  return {
    address: `http://localhost:${port}`, dataDir: folder, output: () => output, child,
    async stop() {
      const ended = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await ended;
      }
      if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  if (executablePath === undefined) throw new Error('the journeys need Chromium: install the Debian package "chromium"');
  return chromium.launch({ executablePath, args: flags, headless: true });
}

/** The product and a browser for the journeys of one file, closed when the last has ended. */
export async function openStage(): Promise<{ readonly product: RunningProduct; readonly browser: Browser }> {
  const product = await startProduct();
  let browser: Browser | undefined;
  after(async () => {
    await browser?.close();
    await product.stop();
  });
  browser = await openBrowser();
  return { product, browser };
}

export type Seat = { readonly context: BrowserContext; readonly page: Page; readonly faults: string[]; close(): Promise<void> };

export const wide = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** A person's seat at a browser of their own; every page error and broken content policy is kept in `faults`. */
export async function takeSeat(browser: Browser, viewport = wide, language = 'vi-VN'): Promise<Seat> {
  const context = await browser.newContext({ viewport, locale: language, serviceWorkers: 'allow' });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|TrustedType|Uncaught/.test(message.text())) faults.push(message.text());
  });
  page.on('response', (response) => { if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`); });
  return { context, page, faults, close: () => context.close() };
}
