import { useEffect, useRef, type ReactNode } from 'react';
import type { Problem } from '../api.ts';
import { moment } from '../i18n/format.ts';
import { sayKey, t } from '../i18n/words.ts';
import type { Remote } from '../query.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'info' | 'ok' | 'warn' | 'bad';
const iconOf: Record<Tone, IconName> = { info: 'info', ok: 'ok', warn: 'warn', bad: 'bad' };

/** A word beside the work. `live` says it aloud when it appears. */
export const Notice = ({ tone = 'info', live = false, children }: { readonly tone?: Tone; readonly live?: boolean; readonly children: ReactNode }) => (
  <div className={`note ${tone}`} {...(live ? { role: tone === 'bad' ? 'alert' : 'status' } : {})}><Icon name={iconOf[tone]} size={18} /><div>{children}</div></div>
);

/** What would be here, why it is not, and the one thing to do. */
export const EmptyState = ({ title, children, action, icon = 'list' }: { readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode; readonly icon?: IconName }) => (
  <div className="empty"><Icon name={icon} size={28} /><h3>{title}</h3>{children !== undefined && <p>{children}</p>}{action}</div>
);

const widths = ['92%', '78%', '86%', '64%', '90%', '70%'];
/** Grey lines in place of what is being fetched. */
export const Skeleton = ({ lines = 4 }: { readonly lines?: number }) => (
  <div aria-busy="true"><span className="vh" role="status">{t('kit.loading')}</span>
    {Array.from({ length: lines }, (_, index) => <span key={index} className="sk" style={{ width: widths[index % widths.length] }} aria-hidden="true" />)}
  </div>
);

const factsOf = (problem: Problem): Record<string, string | number> =>
  Object.fromEntries(Object.entries(problem).filter((entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number'));

/** The sentence of a refusal: the module's words, else the server's. */
export const sayProblem = (problem: Problem): string => sayKey(`problem.${problem.code}`, factsOf(problem), problem.title ?? problem.code);

export const ProblemNotice = ({ problem, onRetry }: { readonly problem: Problem | undefined; readonly onRetry?: () => void }) => (problem === undefined || problem.code === 'stopped' ? null : (
  <Notice tone={problem.code === 'offline' ? 'warn' : 'bad'} live>
    <p>{sayProblem(problem)}</p>
    {onRetry && <p><button type="button" className="linkish" onClick={onRetry}>{t('kit.try-again')}</button></p>}
  </Notice>
));

export type FormError = { readonly field: string; readonly text: string };

/**
 * At the top of a form after a refused send: takes the focus when its lines change (or at each `attempt`); each line goes
 * to its field, in the field's own words.
 */
export function ErrorSummary({ errors, attempt = 0 }: { readonly errors: readonly FormError[]; readonly attempt?: number }) {
  const box = useRef<HTMLDivElement>(null);
  const lines = errors.map((error) => `${error.field} ${error.text}`).join('\n'); // the words, not the array: typing must not move the focus
  useEffect(() => { if (lines !== '') box.current?.focus(); }, [lines, attempt]);
  if (errors.length === 0) return null;
  return (
    <div className="errs" role="alert" tabIndex={-1} ref={box} data-quiet-focus>
      <h2>{t('kit.errors-count', { count: errors.length })}</h2>
      <ul>{errors.map((error) => (
        <li key={error.field + error.text}><a href={`#${error.field}`} onClick={(event) => { event.preventDefault(); document.getElementById(error.field)?.focus(); }}>{error.text}</a></li>
      ))}</ul>
    </div>
  );
}

type RemoteViewProps<T> = { readonly of: Remote<T>; readonly children: (value: T) => ReactNode; readonly lines?: number; readonly empty?: ReactNode; readonly isEmpty?: (value: T) => boolean };

/** Draws every state of a thing asked for: loading, refused, offline, a dated copy, empty, there. */
export function RemoteView<T>({ of, children, lines, empty, isEmpty }: RemoteViewProps<T>) {
  if (of.value === undefined && of.problem !== undefined) {
    return (
      <EmptyState icon={of.problem.code === 'offline' ? 'cloudOff' : 'lock'} title={sayProblem(of.problem)} action={<Button onClick={of.reload}>{t('kit.try-again')}</Button>}>
        {of.problem.code === 'offline' ? t('kit.offline-why') : undefined}
      </EmptyState>
    );
  }
  if (of.value === undefined) return <Skeleton {...(lines === undefined ? {} : { lines })} />;
  return (
    <>
      {of.copiedAt !== undefined && <Notice tone="warn"><p>{t('kit.copy-of', { at: moment(of.copiedAt) })} <button type="button" className="linkish" onClick={of.reload}>{t('kit.try-again')}</button></p></Notice>}
      {of.copiedAt === undefined && of.problem !== undefined && <ProblemNotice problem={of.problem} onRetry={of.reload} />}
      {empty !== undefined && isEmpty?.(of.value) === true ? empty : children(of.value)}
    </>
  );
}
