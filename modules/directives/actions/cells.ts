/** Keeps the vectors equal to the tasks, in the transaction of each change. */
import { asMachinery } from '#platform/db/as-machinery.ts';
import type { Tx } from '#platform/db/tx.ts';
import { cellBytes, mostPressing, packCell } from '../rules/cell.ts';
import { communeStandings, communeTasks, type TaskStored } from '../store/tasks.ts';
import { listSeats, replaceVector, setCell } from '../store/vectors.ts';

/** The cell of a commune's task, told again from all its tasks of that line. Nothing to do for agencies and provinces. */
export async function keepCell(tx: Tx, task: Pick<TaskStored, 'province' | 'directive' | 'assignment' | 'commune'>): Promise<void> {
  const { province, directive, assignment, commune } = task;
  if (commune === null) return;
  await asMachinery(tx, async () => {
    const shown = mostPressing(await communeStandings(tx, province, assignment, commune));
    if (shown !== undefined) await setCell(tx, { province, directive, assignment, commune, bytes: packCell(shown) });
  });
}

/** All vectors of a directive in a province, recomputed from its tasks: after a change of many, and as the reference in tests. */
export async function recomputeCells(tx: Tx, province: string, directive: string): Promise<void> {
  const seats = new Map((await listSeats(tx, province)).map(({ commune, seat }) => [commune, seat]));
  const lines = Map.groupBy(await communeTasks(tx, province, directive), (task) => task.assignment);
  for (const [assignment, tasks] of lines) {
    const cells = new Uint8Array(seats.size * cellBytes);
    for (const [commune, own] of Map.groupBy(tasks, (task) => task.commune)) {
      const [seat, shown] = [seats.get(commune), mostPressing(own)];
      if (seat !== undefined && shown !== undefined) cells.set(packCell(shown), seat * cellBytes);
    }
    await replaceVector(tx, { province, directive, assignment, root: tasks[0]?.root ?? assignment, cells });
  }
}
