import { useState } from 'react';
import { day, moment, number, today } from '#web/i18n/format.ts';
import { named, t } from '#web/i18n/words.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { useMay } from '#web/session.tsx';
import { Button } from '#web/kit/button.tsx';
import { Pairs } from '#web/kit/card.tsx';
import { EmptyState, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { toast } from '#web/kit/toast.tsx';
import { getUnitTree } from '#modules/org-units/schema.ts';
import { drawSample, listSamples, type Quality, type Sample } from '../schema.ts';
import { FigureText, sayOffice, sayPeriod, sayUnit } from './figure.tsx';
import type { QualityNames } from './quality-names.ts';
import { AnnounceDialog, CountDialog, notCounted } from './quality-sample-forms.tsx';

type SampleUnit = Sample['units'][number];
const provinceOf = (unit: string): string | undefined => (unit === '00' ? undefined : unit.length === 2 ? unit : undefined);

/** Random verification of a data set in a period: announced before anyone knows the units, drawn on the day, counted anew. */
export function Samples({ quality, names }: { readonly quality: Quality; readonly names: QualityNames }) {
  const province = provinceOf(quality.unit.code);
  const samples = useQuery(listSamples, { query: { ...(province === undefined ? {} : { province }), period: quality.period.id, dataSet: quality.dataSet } });
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const tree = useQuery(getUnitTree, province === undefined ? { query: {} } : undefined);
  const nameOf = (code: string): string => { const found = tree.value?.provinces.find((one) => one.code === code); return code === quality.unit.code ? sayUnit(quality.unit) : found === undefined ? code : named(found); };
  return (
    <div className="pad-x stack">
      <p className="small muted">{t('indicators.samples-say')}</p>
      {may('indicators.verify', province === undefined ? undefined : { province }) && <p><Button icon="plus" onClick={() => setAsking(true)}>{t('indicators.announce')}</Button></p>}
      {asking && <AnnounceDialog quality={quality} names={names} province={province} onClose={() => setAsking(false)} onDone={() => { setAsking(false); samples.reload(); toast(t('indicators.announced')); }} />}
      <RemoteView of={samples} lines={4} isEmpty={(value) => value.rows.length === 0} empty={<EmptyState icon="shield" title={t('indicators.samples-none')}>{t('indicators.samples-none-why')}</EmptyState>}>
        {(value) => value.rows.map((sample) => <OneSample key={sample.id} sample={sample} nameOf={nameOf} names={names} onChanged={samples.reload} />)}
      </RemoteView>
    </div>
  );
}

function OneSample({ sample, nameOf, names, onChanged }: { readonly sample: Sample; readonly nameOf: (code: string) => string; readonly names: QualityNames; readonly onChanged: () => void }) {
  const may = useMay()('indicators.verify', { province: sample.province });
  const draw = useCommand(drawSample);
  const [counting, setCounting] = useState<SampleUnit>();
  const drawn = sample.drawnAt !== null;
  return (
    <section className="callout">
      <h3>{t('indicators.sample-of', { province: nameOf(sample.province), size: sample.size, frame: sample.frame })} <StatusBadge kind={drawn ? 'done' : 'half'} bare>{t(drawn ? 'indicators.sample-drawn' : 'indicators.sample-announced')}</StatusBadge></h3>
      <Pairs pairs={[
        [t('indicators.dim.measure'), sample.elements.map((one) => names.element(one, '')).join(' · ')], [t('indicators.period'), sayPeriod(sample.period)], [t('indicators.visit-from'), day(sample.visitFrom)],
        [t('indicators.announced-at'), `${moment(sample.announcedAt)}, ${sayOffice(sample.office, nameOf)}`], [t('indicators.seed-digest'), <code key="d" className="hash">{sample.seedDigest}</code>],
        ...(sample.seed === null ? [] : [[t('indicators.seed'), <code key="s" className="hash">{sample.seed}</code>] as const]),
      ]} />
      <ProblemNotice problem={draw.problem} />
      {!drawn && may && (sample.visitFrom <= today()
        ? <p><Button look="primary" busy={draw.busy} onClick={() => { void draw.run({ params: { id: sample.id }, body: {} }).then((answer) => { if (answer.ok) onChanged(); }); }}>{t('indicators.draw-units')}</Button></p>
        : <p className="small muted">{t('indicators.draw-from', { day: day(sample.visitFrom) })}</p>)}
      {drawn && (
        <>
          <p>{sample.factors.map((one) => <span key={one.element} className="block">{names.element(one.element, '')}: <b>{one.factor === null ? '–' : number(one.factor, 3)}</b> <span className="muted small">{t('indicators.factor-units', { count: one.units })}</span></span>)}</p>
          <div className="scroll"><table className="tbl">
            <caption className="vh">{t('indicators.sample-units')}</caption>
            <thead><tr><th scope="col">{t('indicators.place')}</th><th scope="col">{t('indicators.reported-counted')}</th><th scope="col"><span className="vh">{t('indicators.record-count')}</span></th></tr></thead>
            <tbody>{sample.units.map((one) => (
              <tr key={one.unit.code}>
                <th scope="row">{sayUnit(one.unit)}</th>
                <td>{one.counts.length === 0 ? <span className="muted">{t('indicators.not-counted')}</span> : one.counts.map((count) => <span key={count.element + count.cell} className="block">{names.element(count.element, count.cell)}: <FigureText figure={count.reported} decimals={0} /> → <b><FigureText figure={count.counted} decimals={0} /></b></span>)}</td>
                <td>{may && notCounted(sample, one).length > 0 && <Button size="small" onClick={() => setCounting(one)}>{t('indicators.record-count')}<span className="vh">: {sayUnit(one.unit)}</span></Button>}</td>
              </tr>
            ))}</tbody>
          </table></div>
        </>
      )}
      {counting !== undefined && <CountDialog sample={sample} unit={counting} names={names} onClose={() => setCounting(undefined)} onDone={() => { setCounting(undefined); onChanged(); toast(t('indicators.counted')); }} />}
    </section>
  );
}
