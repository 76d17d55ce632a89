/** One mail a day to each holder with what their offices were told and nobody has mailed yet. Counts only: no text leaves by mail. */
import type { Now } from '#kernel/clock.ts';
import { displayDay } from '#kernel/day.ts';
import { createMailer } from '#platform/mail/mailer.ts';
import { mailSettingsOf } from '#platform/mail/settings.ts';
import type { Services } from '#platform/services.ts';
import { findClock, listMailTargets, setClock } from '../store/personal.ts';
import { listUnmailed, markMailed } from '../store/notices.ts';
import { derivedId } from './use-case.ts';
import { say } from './words.ts';

/** Digests go out from seven in the morning in Việt Nam, so that they are read before the working day. */
const fromHour = 7;

export async function sendDigests(services: Services, now: Now): Promise<void> {
  const hour = (new Date(now.at).getUTCHours() + 7) % 24;
  if (hour < fromHour) return;
  const waiting = await services.db.write('system', async (tx) => {
    if ((await findClock(tx, 'digest'))?.doneThrough === now.today) return undefined;
    const unmailed = await listUnmailed(tx, now.at);
    return { unmailed, targets: await listMailTargets(tx, [...new Set(unmailed.map((row) => row.office))], now.today) };
  });
  if (waiting === undefined) return;
  const mailer = createMailer(mailSettingsOf(process.env, services.dataDir, services.publicUrl));
  try {
    for (const [account, held] of Map.groupBy(waiting.targets, (target) => target.account)) {
      const offices = new Set(held.map((one) => one.office));
      const counts = new Map<string, number>();
      for (const row of waiting.unmailed.filter((one) => offices.has(one.office))) counts.set(row.kind, (counts.get(row.kind) ?? 0) + row.tasks);
      const [first] = held;
      if (first === undefined || counts.size === 0) continue;
      const language = first.language === 'en' ? 'en' : 'vi';
      const lines = [...counts].map(([kind, tasks]) => say(language, 'directives.mail.line', { what: say(language, `notice-kind.${kind}`), tasks }));
      const text = [say(language, 'directives.mail.opening', { day: displayDay(now.today) }), '', ...lines, '', say(language, 'directives.mail.closing', { url: `${services.publicUrl}/viec` })].join('\n');
      await mailer.send({
        to: { name: first.name, address: first.email }, subject: say(language, 'directives.mail.subject', { day: displayDay(now.today), count: [...counts.values()].reduce((a, b) => a + b, 0) }), text,
        messageId: `${derivedId('directives.digest', account, now.today)}@sauro`,
      });
    }
  } finally {
    mailer.close();
  }
  await services.db.write('system', async (tx) => {
    await markMailed(tx, [...new Set(waiting.unmailed.map((row) => row.office))], now.at, now.at);
    await setClock(tx, 'digest', now.today);
  });
}
