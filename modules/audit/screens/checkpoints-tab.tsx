import { useEffect, useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { moment } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Card, Pairs } from '#web/kit/card.tsx';
import { CopyText } from '#web/kit/copy-link.tsx';
import { Notice, RemoteView } from '#web/kit/notice.tsx';
import { Table } from '#web/kit/table.tsx';
import { Timeline } from '#web/kit/timeline.tsx';
import { useQuery } from '#web/query.ts';
import type { CheckpointVerdict } from '../rules/judge.ts';
import { readState } from '../schema.ts';
import { judgeLatest } from './kept.ts';
import type { Names } from './names.ts';

type State = ReplyOf<typeof readState>;

/** The newest checkpoint against the one this browser kept from the last visit. */
function LatestVerdict({ note, keys }: { readonly note: string; readonly keys: State['keys'] }) {
  const [verdict, setVerdict] = useState<CheckpointVerdict>();
  useEffect(() => {
    let left = false;
    void judgeLatest({ note, keys }).then((found) => { if (!left) setVerdict(found); });
    return () => { left = true; };
  }, [note, keys]);
  if (verdict === undefined) return <p role="status">{t('audit.verify.running')}</p>;
  const sound = verdict.code === 'first-pin' || verdict.code === 'continues';
  return <Notice tone={sound ? 'ok' : verdict.code === 'unsupported' ? 'warn' : 'bad'} live><p>{sayKey(`audit.verdict.${verdict.code}`, { earlier: verdict.earlier, size: verdict.size })}</p></Notice>;
}

function Latest({ state }: { readonly state: State }) {
  const { latest, keys } = state;
  if (latest === null) return <p>{t('audit.state.none')}</p>;
  return (
    <div className="stack">
      <LatestVerdict note={latest.note} keys={keys} />
      <Pairs pairs={[[t('audit.column.signed-at'), moment(latest.signedAt)]]} />
      <p className="doc brk" style={{ whiteSpace: 'pre-wrap' }}>{latest.note}</p>
      <div className="row"><CopyText text={`${latest.note}\n${keys.log}\n${keys.witness}\n`} label={t('audit.state.copy')} /></div>
    </div>
  );
}

const sum = (state: State, part: 'size' | 'signed'): number => state.logs.reduce((total, log) => total + log[part], 0);

/** What is signed, what the browser makes of it, and what went wrong. */
export function CheckpointsTab({ names }: { readonly names: Names }) {
  const state = useQuery(readState, {});
  return (
    <RemoteView of={state} lines={8}>{(value) => (
      <div className="stack">
        <Card title={t('audit.state.latest')} say={t('audit.state.logs', { logs: value.logs.length, entries: sum(value, 'size'), signed: sum(value, 'signed') })}><Latest state={value} /></Card>
        <Card title={t('audit.alarm.title')}>
          {value.alarms.length === 0
            ? <Notice tone="ok"><p>{t('audit.alarm.none')}</p></Notice>
            : <Timeline entries={value.alarms.map((alarm, at) => ({ key: `${alarm.at}${at}`, at: alarm.at, tone: 'bad' as const, what: sayKey(`audit.alarm.${alarm.code}`, { log: names.log(alarm.log) }) }))} />}
        </Card>
        <Card title={t('audit.state.title')}>
          <Table
            caption={t('audit.state.title')} hideCaption rows={value.logs} rowKey={(log) => log.log}
            columns={[
              { key: 'log', header: t('audit.column.log'), cell: (log) => names.log(log.log), rowHeader: true },
              { key: 'size', header: t('audit.column.size'), cell: (log) => log.size, numeric: true, compare: (a, b) => a.size - b.size },
              { key: 'signed', header: t('audit.column.signed'), cell: (log) => log.signed, numeric: true, compare: (a, b) => a.signed - b.signed },
            ]}
          />
        </Card>
      </div>
    )}</RemoteView>
  );
}
