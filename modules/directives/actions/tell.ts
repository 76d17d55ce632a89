/** Who is told of a step in the life of a task; consumer of `directives.task-moved`. */
import type { Now } from '#kernel/clock.ts';
import type { StoredEvent } from '#platform/events/publish.ts';
import type { Tx } from '#platform/db/tx.ts';
import { partyOf } from '../rules/life.ts';
import { taskMoves, type NoticeKind, type TaskMove } from '../schema.ts';
import { insertNotices } from '../store/notices.ts';
import { derivedId } from './use-case.ts';

const noticeOf: Partial<Record<TaskMove, NoticeKind>> = {
  'ask-clarification': 'clarification-asked', 'answer-clarification': 'clarification-answered', 'decline-authority': 'authority-declined', uphold: 'upheld', 'submit-evidence': 'evidence-submitted',
  verify: 'verified', return: 'returned', accept: 'accepted', 'ask-extension': 'extension-asked', 'grant-extension': 'extension-granted', 'refuse-extension': 'extension-refused', amend: 'amended',
  withdraw: 'withdrawn',
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const isMove = (move: string): move is TaskMove => taskMoves.some((one) => one === move);

/** What the holder does is told to who assigned the task, and the other way round; each step once, whatever is delivered twice. */
export async function tellOfMove(tx: Tx, event: StoredEvent, now: Now): Promise<void> {
  const { payload } = event;
  const move = text(payload['move']);
  const kind = isMove(move) ? noticeOf[move] : undefined;
  if (kind === undefined || !isMove(move)) return;
  const [task, directive, holder, assigner] = [text(payload['task']), text(payload['directive']), text(payload['holderOffice']), text(payload['assignedBy'])];
  const office = partyOf[move] === 'holder' ? assigner : holder;
  const key = `${kind}:${task}:${Number(payload['seq'] ?? 0)}`;
  await insertNotices(tx, now.at, [{
    province: event.province, id: derivedId('directives.notice', office, key), office, key, kind, directive, task, tasks: 1, dueOn: text(payload['dueOn']) === '' ? null : text(payload['dueOn']), note: null,
  }]);
}
