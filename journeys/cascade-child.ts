/**
 * A worker process that only brings directives down: started by `cascade-kills.ts`. It delivers what waits, says `idle` and waits for a
 * number on its input: then it delivers again, and kills itself with -9 when it has sent as many statements (half of the time before
 * the statement leaves, half of the time while it is under way); 0 means never.
 */
import { createInterface } from 'node:readline';
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
const db = openDatabase(url, { max: 4, name: 'sauro-cascade-child' });
const keys = await loadLogKeys(keysDir);
useLogKeys(keys);
const services: Services = {
  db, dataDir, filesDir: dataDir, keysDir, publicUrl: 'http://localhost', mode: 'demonstration', synthetic: true, logger: pino({ level: 'silent' }), wake: () => undefined,
};
const signing = { db, keys, witness: fileWitness(keys, keysDir), logs: provinceCodes(), clock };
let [sent, diesAt] = [0, 0];
countStatements();
await db.read('system', (tx) => getTree(tx, '2026-11-18')); // units are in memory before the counting begins
await goOn();
for await (const line of createInterface(process.stdin)) {
  [sent, diesAt] = [0, Number(line)];
  await goOn();
}

async function goOn(): Promise<void> {
  await deliverEvents(services, directives.consumers ?? [], clock);
  const length = sent; // of the cascade; placing and signing its entries comes after
  await sequenceAll(db, clock, async () => { await signDue(signing); });
  await signDue(signing, true);
  process.stdout.write(`idle ${length}\n`);
}

function countStatements(): void {
  const send: (...what: unknown[]) => unknown = pg.Client.prototype.query;
  const counting = function (this: pg.Client, ...what: unknown[]): unknown {
    sent += 1;
    const mine = sent === diesAt;
    if (mine && diesAt % 2 === 0) process.kill(process.pid, 'SIGKILL');
    const answer = send.apply(this, what);
    if (mine) setImmediate(() => process.kill(process.pid, 'SIGKILL'));
    return answer;
  };
  Object.assign(pg.Client.prototype, { query: counting });
}
