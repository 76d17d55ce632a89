/** Sending goes on wherever the person is in the product; fetched only when something waits. */
import { watchContact, lastContact } from '#web/api.ts';
import { listEntries, nextTryOf } from '#web/offline/outbox.ts';
import { sendNow } from '#web/offline/outbox-here.ts';
import { hereStore } from '#web/offline/store.ts';
import './sender.ts';

const longestMs = 5 * 60_000;

export function keepSending(who: string): void {
  let online = lastContact().online;
  watchContact(() => {
    const now = lastContact().online;
    if (now && !online) void sendNow(who, true);
    online = now;
  });
  const round = async (): Promise<void> => {
    await sendNow(who);
    const due = nextTryOf(await listEntries(hereStore, who), Date.now());
    if (due !== undefined) setTimeout(() => void round(), Math.max(5000, Math.min(longestMs, due - Date.now())));
  };
  void round();
}
