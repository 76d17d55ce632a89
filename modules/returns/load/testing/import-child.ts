/** An import in a process of its own, so that a test can kill it in the middle: says each bucket it has committed. */
import { openDatabase } from '#platform/db/database.ts';
import { newLogKeys } from '#platform/log/keys.ts';
import { useLogKeys } from '#platform/log/record.ts';
import { importDhis2 } from '../import-dhis2.ts';

const [url = '', units = '', metadata = '', values = ''] = process.argv.slice(2);
useLogKeys(newLogKeys());
const db = openDatabase(url, { max: 4 });
await importDhis2(db, { units: [units], metadata: [metadata], values: [values], dryRun: false, report: undefined, progress: (done) => { process.stdout.write(`${done}\n`); } });
await db.close();
