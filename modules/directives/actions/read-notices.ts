/** Marks notices as read by the reader; the office's other people still see them as new. */
import { officesWith } from '../rules/standing.ts';
import { countNotices, markRead } from '../store/notices.ts';
import { log, type UseCase } from './use-case.ts';

export async function readNotices(use: UseCase, notices: readonly string[]): Promise<{ unread: number }> {
  const { tx, actor, now } = use;
  const offices = officesWith(actor.grants, 'tasks.act');
  const marked = await markRead(tx, { account: actor.account, offices, notices, at: now.at });
  if (marked > 0) await log(use, { province: '00', action: 'directives.notices-read', target: { type: 'inbox', id: actor.session }, facts: { notices: marked } });
  return { unread: (await countNotices(tx, actor.account, offices)).unread };
}
