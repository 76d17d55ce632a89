import { useCallback, useEffect, useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { moment } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Pairs } from '#web/kit/card.tsx';
import { Drawer } from '#web/kit/dialog.tsx';
import { Notice, RemoteView } from '#web/kit/notice.tsx';
import { useQuery } from '#web/query.ts';
import { CannotVerify, judgeInclusion, type InclusionVerdict, type Keys } from '../rules/judge.ts';
import { listCheckpoints, readEntry, type PlacedEntry } from '../schema.ts';
import { browserCrypto } from './browser-crypto.ts';
import { sayAction, sayRole, sayTarget, type Names } from './names.ts';

type Opened = ReplyOf<typeof readEntry>;
export type EntryAddress = { readonly log: string; readonly id: string };

const toneOf = (verdict: InclusionVerdict) => (verdict === 'included' ? 'ok' : verdict === 'waiting' || verdict === 'unsupported' ? 'warn' : 'bad');

/** The verdict on one entry, computed by this browser when the entry is opened and again on demand. */
function InclusionNotice({ opened, keys }: { readonly opened: Opened; readonly keys: Keys }) {
  const [verdict, setVerdict] = useState<InclusionVerdict>();
  const judge = useCallback(() => {
    setVerdict(undefined);
    judgeInclusion(opened.placed, opened.inclusion, keys, browserCrypto)
      .catch((error: unknown) => {
        if (error instanceof CannotVerify) return 'unsupported' as const;
        throw error;
      })
      .then(setVerdict);
  }, [opened, keys]);
  useEffect(judge, [judge]);
  if (verdict === undefined) return <p role="status">{t('audit.verify.running')}</p>;
  return (
    <Notice tone={toneOf(verdict)} live>
      <p>{sayKey(`audit.verdict.${verdict}`, { index: opened.inclusion?.index ?? null, size: opened.inclusion?.size ?? null })}</p>
      <p><button type="button" className="linkish" onClick={judge}>{t('audit.verify.again')}</button></p>
    </Notice>
  );
}

const factsText = (facts: PlacedEntry['entry']['facts']): string => Object.entries(facts).filter(([, fact]) => fact !== null).map(([name, fact]) => `${name}: ${String(fact)}`).join(' · ');

function EntryPairs({ placed, names }: { readonly placed: PlacedEntry; readonly names: Names }) {
  const { entry, hash, position } = placed;
  const pairs: (readonly [string, string])[] = [
    [t('audit.column.at'), moment(entry.at)],
    [t('audit.column.kind'), sayKey(`audit.kind.${entry.kind}`)],
    [t('audit.column.action'), sayAction(entry.action)],
    [t('audit.column.target'), `${sayTarget(entry.targetType)} ${entry.target}`],
    [t('audit.column.unit'), names.unit(entry.unit)],
    [t('audit.column.role'), sayRole(entry.role)],
    [t('audit.column.actor'), entry.actor ?? t('audit.by-machine')],
    [t('audit.entry.facts'), factsText(entry.facts)],
    [t('audit.entry.before'), entry.before ?? ''],
    [t('audit.entry.after'), entry.after ?? ''],
    [t('audit.column.log'), names.log(entry.log)],
    [t('audit.column.place'), position === null ? t('audit.waiting') : t('audit.place', { index: String(position) })],
    [t('audit.entry.hash'), hash],
  ];
  return <Pairs pairs={pairs.filter(([, value]) => value !== '').map(([label, value]) => [label, <span className="brk" key={label}>{value}</span>])} />;
}

/** One entry with everything the log holds of it, and whether it is really in the signed tree. */
export function EntryDrawer({ address, names, onClose }: { readonly address: EntryAddress; readonly names: Names; readonly onClose: () => void }) {
  const opened = useQuery(readEntry, { params: address });
  const published = useQuery(listCheckpoints, { params: { log: address.log }, query: {} });
  return (
    <Drawer open title={t('audit.entry.title')} onClose={onClose} footer={<Button onClick={onClose}>{t('audit.entry.close')}</Button>}>
      <RemoteView of={opened}>{(value) => (
        <div className="stack">
          <RemoteView of={published} lines={2}>{({ keys }) => <InclusionNotice opened={value} keys={keys} />}</RemoteView>
          <EntryPairs placed={value.placed} names={names} />
        </div>
      )}</RemoteView>
    </Drawer>
  );
}
