/** A sequencer in a process of its own, for tests that kill it: places entries of one log without a pause. */
import { openDatabase } from '../db/database.ts';
import { sequence } from './sequencer.ts';

const [url = '', province = ''] = process.argv.slice(2);
const db = openDatabase(url, { max: 1 });
await db.read('system', async () => undefined);
process.send?.('ready');
for (;;) {
  if ((await sequence(db, province, new Date().toISOString())) === 0) await new Promise((resolve) => { setTimeout(resolve, 1); });
}
