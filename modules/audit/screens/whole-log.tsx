import { useState } from 'react';
import { download, fetchFile, type Problem } from '#web/api.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { CannotVerify } from '../rules/judge.ts';
import { readLine } from '../rules/lines.ts';
import type { Verdict } from '../rules/verdict.ts';
import { verifyExport } from '../rules/verify-export.ts';
import { isOmitted, type View } from '../rules/view.ts';
import { exportEntries, type TimelineFilter } from '../schema.ts';
import { browserCrypto } from './browser-crypto.ts';
import type { TimelineState } from './use-timeline.ts';

type Outcome = { readonly verdict: Verdict; readonly omitted: number } | 'unsupported';

const viewOf = (filter: TimelineFilter, { entries, next, askedAt }: TimelineState): View => ({
  filter, askedAt, shown: new Set(entries.map(({ entry }) => entry.id)), reachesBackTo: next === null ? null : (entries.at(-1)?.entry.at ?? askedAt),
});

/** Every entry of the export against the signed roots, then every entry the list should have shown against the list. */
async function verifyWhole(text: string, log: string, view: View): Promise<Outcome> {
  const lines = text.split('\n');
  try {
    const verdict = await verifyExport(lines, { crypto: browserCrypto, logs: [log] });
    const omitted = lines.filter((line) => {
      const read = readLine(line);
      return read?.type === 'entry' && isOmitted(read.entry, view);
    });
    return { verdict, omitted: omitted.length };
  } catch (error) {
    if (error instanceof CannotVerify) return 'unsupported';
    throw error;
  }
}

function OutcomeNotice({ outcome, name }: { readonly outcome: Outcome; readonly name: string }) {
  if (outcome === 'unsupported') return <Notice tone="warn" live><p>{t('audit.verdict.unsupported')}</p></Notice>;
  const { verdict, omitted } = outcome;
  const [log] = verdict.logs;
  return (
    <Notice tone={verdict.ok && omitted === 0 ? 'ok' : 'bad'} live>
      <p>{verdict.ok ? t('audit.verdict.whole', { log: name, entries: log?.entries ?? 0, signed: log?.signed ?? 0 }) : t('audit.verdict.whole-wrong', { log: name })}</p>
      {verdict.findings.slice(0, 5).map((each) => <p key={`${each.code}${each.index ?? ''}${each.detail ?? ''}`}>{sayKey(`audit.finding.${each.code}`, { ...each, index: each.index === null ? '' : String(each.index), lastIndex: each.lastIndex === null ? '' : String(each.lastIndex), log: name })}</p>)}
      <p>{omitted === 0 ? t('audit.verdict.none-omitted') : t('audit.verdict.omitted', { count: omitted })}</p>
    </Notice>
  );
}

type WholeLogProps = { readonly log: string; readonly name: string; readonly filter: TimelineFilter; readonly timeline: TimelineState };

/** A whole log verified in this browser, or taken away to be verified where no server can interfere. */
export function WholeLog({ log, name, filter, timeline }: WholeLogProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [held, setHeld] = useState<{ readonly of: string; readonly outcome: Outcome }>();
  const of = JSON.stringify([log, filter]);
  const run = async (): Promise<void> => {
    setBusy(true);
    setHeld(undefined);
    const fetched = await fetchFile(exportEntries, { params: { log } });
    setProblem(fetched.ok ? undefined : fetched.problem);
    if (fetched.ok) setHeld({ of, outcome: await verifyWhole(await fetched.value.file.text(), log, viewOf(filter, timeline)) });
    setBusy(false);
  };
  const take = async (): Promise<void> => {
    const saved = await download(exportEntries, { params: { log } });
    setProblem(saved.ok ? undefined : saved.problem);
  };
  return (
    <Card title={t('audit.whole.title')} say={t('audit.log-of', { log: name })} level={2}>
      <div className="stack">
        <ProblemNotice problem={problem} />
        {busy && <p role="status">{t('audit.verify.running')}</p>}
        {held?.of === of && <OutcomeNotice outcome={held.outcome} name={name} />}
        <div className="row">
          <Button look="primary" icon="shield" busy={busy} onClick={() => void run()}>{t('audit.whole.run')}</Button>
          <Button icon="download" onClick={() => void take()}>{t('audit.whole.download')}</Button>
        </div>
        <p className="small muted">{t('audit.whole.hint', { log })}</p>
      </div>
    </Card>
  );
}
