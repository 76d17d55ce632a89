import { day } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import type { Remote } from '#web/query.ts';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { Notice, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import type { StatusHeld, UnitStanding } from '../schema/procedure.ts';
import { assessmentPath, statusKind, statusWord, unitWord } from './words.ts';
import { withQuery } from '#web/place.ts';

/** The decided statuses of an area, now and before; those of the units it was made of stand apart, because none is inherited. */
export const StandingCard = ({ of }: { readonly of: Remote<UnitStanding> }) => (
  <Card title={t('classification.standing')} say={t('classification.standing-say')}>
    <RemoteView of={of} lines={3}>{(value) => (
      <div className="stack-m">
        {value.current === null ? <p>{t(value.former.length > 0 ? 'classification.standing-none-new' : 'classification.standing-none')}</p> : <Held held={value.current} />}
        {value.formerDiffer && <Notice tone="warn"><p>{t('classification.former-differ', { count: value.former.length })}</p></Notice>}
        {value.former.length > 0 && <div><h3>{t('classification.former-units')}</h3><ul className="bal">{value.former.map((one) => <li key={`${one.unit.code} ${one.period}`}><span aria-hidden="true">·</span><Held held={one} named /></li>)}</ul></div>}
        {value.history.length > 1 && <details className="source-rows"><summary>{t('classification.standing-history', { count: value.history.length })}</summary><ul className="bal">{value.history.map((one) => <li key={`${one.period} ${one.number}`}><span aria-hidden="true">·</span><Held held={one} /></li>)}</ul></details>}
        {value.openCases.length > 0 && <ul>{value.openCases.map((one) => <li key={one.id} className="small"><A to={withQuery(assessmentPath(one.unit), { ky: one.period, 'ho-so': one.id })}>{t('classification.open-case-of', { kind: sayKey(`case-kind.${one.kind}`), period: one.period })}</A></li>)}</ul>}
      </div>
    )}</RemoteView>
  </Card>
);

const Held = ({ held, named = false }: { readonly held: StatusHeld; readonly named?: boolean }) => (
  <div>
    {named && <b className="block">{unitWord(held.unit)}</b>}
    <StatusBadge bare kind={statusKind(held.status)}>{statusWord(held.status)}</StatusBadge>
    <small className="muted block">{t('classification.period-of', { period: held.period })} · {t('classification.decision-of', { number: held.number, day: day(held.decidedOn) })}</small>
    <small className="muted block">{held.until === null ? t('classification.held-from', { from: day(held.from) }) : t('classification.held-between', { from: day(held.from), until: day(held.until) })}{held.endedBy !== null && `, ${sayKey(`classification.ended-by.${held.endedBy}`)}`}</small>
  </div>
);
