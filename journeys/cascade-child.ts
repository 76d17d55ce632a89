/**
 * A worker process that only brings directives down: started by `cascade-kills.ts`, and killed by itself with -9 when it has sent
 * as many statements as it was told (half of the time before the statement leaves, half of the time while it is under way).
 */
import pg from 'pg';
import { pino } from 'pino';
import { openDatabase } from '#platform/db/database.ts';
import { deliverEvents } from '#platform/events/deliver.ts';
import { loadLogKeys } from '#platform/log/keys.ts';
import { useLogKeys } from '#platform/log/record.ts';
import { sequenceAll } from '#platform/log/sequencer.ts';
import { signDue } from '#platform/log/sign.ts';
import { fileWitness } from '#platform/log/witness.ts';
import type { Services } from '#platform/services.ts';
import { directives } from '#modules/directives/module.ts';
import { getTree, provinceCodes } from '#modules/org-units/index.ts';

const [url, keysDir, dataDir] = [process.env['CHILD_DATABASE'] ?? '', process.env['CHILD_KEYS'] ?? '', process.env['CHILD_DATA'] ?? ''];
const clock = () => new Date('2026-11-18T03:00:00.000Z');
const db = openDatabase(url, { max: 3, name: 'sauro-cascade-child' });
const keys = await loadLogKeys(keysDir);
useLogKeys(keys);
const services: Services = {
  db, dataDir, filesDir: dataDir, keysDir, publicUrl: 'http://localhost', mode: 'demonstration', logger: pino({ level: 'silent' }), wake: () => undefined,
};
const signing = { db, keys, witness: fileWitness(keys, keysDir), logs: provinceCodes(), clock };
await db.read('system', (tx) => getTree(tx, '2026-11-18')); // units are in memory before the counting begins
dieAt(Number(process.env['CHILD_DIES_AT'] ?? '0'));
process.stdout.write('ready\n');
for (;;) {
  await deliverEvents(services, directives.consumers ?? [], clock);
  await sequenceAll(db, clock, async () => { await signDue(signing); });
  await signDue(signing, true);
  process.stdout.write('idle\n');
  await new Promise((resolve) => setTimeout(resolve, 50));
}

function dieAt(statement: number): void {
  if (statement === 0) return;
  const send: (...sent: unknown[]) => unknown = pg.Client.prototype.query;
  let sent = 0;
  const counting = function (this: pg.Client, ...what: unknown[]): unknown {
    sent += 1;
    if (sent === statement && statement % 2 === 0) process.kill(process.pid, 'SIGKILL');
    const answer = send.apply(this, what);
    if (sent === statement) setImmediate(() => process.kill(process.pid, 'SIGKILL'));
    return answer;
  };
  Object.assign(pg.Client.prototype, { query: counting });
}
