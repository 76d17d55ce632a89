import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#platform/config.ts';
import type { Io } from './cli.ts';
import { loadDemonstration } from './demo.ts';
import { helpText } from './help.ts';
import { openBase, type Say } from './start.ts';

/** `sauro demo load|reset`. Reset removes the whole data directory of a demonstration; it never touches production or a server of yours. */
export async function demoCommand(args: readonly string[], config: Config, io: Io): Promise<number> {
  const [verb] = args;
  const say: Say = ({ vi, en }) => io.stderr(`${vi} · ${en}\n`);
  if (verb !== 'load' && verb !== 'reset') {
    io.stderr(helpText('demo'));
    return 2;
  }
  if (config.mode === 'production' || (verb === 'reset' && config.databaseUrl !== undefined)) {
    io.stderr('Từ chối: đây là hệ thống thật hoặc máy chủ cơ sở dữ liệu riêng. · Refused: this is a production system or a database server of yours.\n');
    return 1;
  }
  if (verb === 'reset') await removeDemonstration(config);
  const base = await openBase(config, say);
  try {
    const loaded = await loadDemonstration(base.services, say);
    io.stdout(loaded ? 'Đã nạp dữ liệu trình diễn. · The demonstration data is loaded.\n' : 'Dữ liệu trình diễn đã có sẵn. · The demonstration data is there already.\n');
    return 0;
  } finally {
    await base.stop();
  }
}

/** Opening the base first takes the directory's lock, so a running server is never emptied under its feet. */
async function removeDemonstration(config: Config): Promise<void> {
  const base = await openBase(config, () => undefined);
  await base.stop();
  for (const name of ['postgres', 'files', 'mail', 'keys']) await rm(join(config.dataDir, name), { recursive: true, force: true });
}
