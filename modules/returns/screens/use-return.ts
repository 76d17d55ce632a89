import { useEffect, useMemo, useRef, useState } from 'react';
import { useParams } from 'wouter';
import type { Problem } from '#web/api.ts';
import { language } from '#web/i18n/words.ts';
import { type Entry, isOpen } from '#web/offline/outbox.ts';
import { useOutbox } from '#web/offline/outbox-here.ts';
import { readForm } from '#web/offline/kept-form.ts';
import { hereStore } from '#web/offline/store.ts';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { useSession } from '#web/session.tsx';
import { getReturnForm, type ReturnForm, type ReturnKey } from '../schema.ts';
import { subjectOf } from '../entry/answers.ts';
import { FieldWriter } from '#web/offline/field-writer.ts';
import { GridStore } from './grid-store.ts';
import { isSubmission } from './sender.ts';

export { cellPath, pathOf } from './addresses.ts';

/** The return an address names: `/bao-cao/:province/:unit/:period/:dataSet?nguon=`. */
export function useReturnKey(): ReturnKey {
  const { province = '', unit = '', period = '', dataSet = '' } = useParams<{ province: string; unit: string; period: string; dataSet: string }>();
  const [query] = useQueryState();
  const attribute = query.get('nguon') ?? query.get('thuoc-tinh') ?? ''; // figures link with the second
  return useMemo(() => ({ province, unit, period, dataSet, attribute }), [province, unit, period, dataSet, attribute]);
}
type Copy = { readonly at: number; readonly form: ReturnForm };
const isCopy = (value: unknown): value is Copy => typeof value === 'object' && value !== null && 'at' in value && 'form' in value;

export type FormHere = { readonly form: ReturnForm | undefined; readonly copiedAt: number | undefined; readonly problem: Problem | undefined; readonly reload: () => void };

/** The form from the server, else this device's own dated copy: thirty days without a line are worked from it. */
function useForm(key: ReturnKey, who: string): FormHere {
  const { attribute, ...params } = key;
  const asked = useQuery(getReturnForm, { params, query: attribute === '' ? {} : { attribute } });
  const [copy, setCopy] = useState<Copy>();
  const row = `${who}/copy/${subjectOf(key)}`;
  const fresh = asked.copiedAt === undefined ? asked.value : undefined;
  useEffect(() => {
    if (fresh) void hereStore.change([], () => new Map([[row, { at: Date.now(), form: fresh } satisfies Copy]]));
  }, [fresh, row]);
  const lost = asked.value === undefined && asked.problem?.code === 'offline';
  useEffect(() => {
    if (!lost) return undefined;
    let gone = false;
    void hereStore.list(row).then((rows) => { const found = rows[0]?.[1]; if (!gone && isCopy(found)) setCopy(found); });
    return () => { gone = true; };
  }, [lost, row]);
  const own = lost ? copy : undefined;
  const copiedAt = asked.copiedAt !== undefined ? Date.parse(asked.copiedAt) : own?.at;
  return { form: asked.value ?? own?.form, copiedAt, problem: own ? undefined : asked.problem, reload: asked.reload };
}

/** Submissions of this return that the form does not show yet: still open, or received after the form was read. */
const newer = (entry: Entry, rev: number): boolean =>
  isOpen(entry) || (entry.state === 'received' && typeof entry.answer === 'object' && entry.answer !== null && 'rev' in entry.answer && typeof entry.answer.rev === 'number' && entry.answer.rev > rev);

export type ReturnHere = FormHere & {
  readonly key: ReturnKey; readonly who: string; readonly subject: string; readonly store: GridStore | undefined; readonly writer: FieldWriter;
  readonly entries: readonly Entry[]; readonly readAgain: () => void;
};

/** One return as this device has it: the server's form, what waits in the outbox over it, what is typed over that. */
export function useReturn(): ReturnHere {
  const key = useReturnKey();
  const who = useSession().account;
  const subject = subjectOf(key);
  const here = useForm(key, who);
  const outbox = useOutbox(who);
  const writer = useMemo(() => new FieldWriter({ who, subject }), [who, subject]);
  const [round, setRound] = useState(0);
  const entries = useMemo(() => (outbox ?? []).filter((entry) => entry.subject === subject), [outbox, subject]);
  const rev = here.form?.rev ?? 0;
  const over = entries.filter((entry) => newer(entry, rev));
  const shape = outbox === undefined ? '' : `${round}|${over.map((entry) => entry.id).join()}`;
  const queued = useRef(over);
  queued.current = over;
  const [store, setStore] = useState<GridStore>();
  const { form } = here;
  useEffect(() => {
    if (form === undefined || shape === '') return undefined;
    let gone = false;
    void writer.done().then(() => writer.takeWord()).then(() => readForm(hereStore, who, subject)).then((kept) => {
      if (gone) return;
      if (kept.at > 0) writer.tell({ savedAt: kept.at, failed: false });
      const fields = Object.fromEntries(Object.entries(kept.fields).map(([name, field]) => [name, field.value]));
      const bodies = queued.current.map((entry) => entry.body).filter(isSubmission);
      setStore(new GridStore({ form, queued: bodies, fields, write: (changed) => writer.write(changed), decimalMark: language() === 'vi' ? ',' : '.' }));
    });
    return () => { gone = true; };
  }, [form, shape, who, subject, writer]);
  useEffect(() => {
    const leave = (): void => writer.lastWord();
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, [writer]);
  useReloadOnReceipt(entries, here.reload);
  return { ...here, key, who, subject, store: store !== undefined && subjectOf(store.form.key) === subject ? store : undefined, writer, entries, readAgain: () => setRound((n) => n + 1) };
}

/** Once the other side has it, its form is asked again: receipt, state and violations come from there. */
function useReloadOnReceipt(entries: readonly Entry[], reload: () => void): void {
  const received = entries.filter((entry) => entry.state === 'received').length;
  const last = useRef<number>(undefined);
  useEffect(() => {
    if (last.current !== undefined && received > last.current) reload();
    last.current = received;
  }, [received, reload]);
}
