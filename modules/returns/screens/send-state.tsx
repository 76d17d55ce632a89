import { EntryState as StateOf } from '#web/kit/outbox.tsx';
import type { Entry } from '#web/offline/outbox.ts';

export { OutboxCard } from '#web/kit/outbox.tsx';
/** As everywhere, but a return is received by the province. */
export const EntryState = ({ entry }: { readonly entry: Entry }) => <StateOf entry={entry} receivedKey="returns.received" />;
