import { useEffect, useMemo, useRef, useState } from 'react';
import { language, t } from '#web/i18n/words.ts';
import { useQueryState, useScope } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { homeReach, useSession } from '#web/session.tsx';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { EmptyState, Notice, RemoteView } from '#web/kit/notice.tsx';
import { getDictionary } from '#modules/definitions/schema.ts';
import { askPivot, getAnalysis, type Analysis, type PivotQuery } from '../schema.ts';
import { Answer } from './analysis-answer.tsx';
import { AskMain, AskStanding } from './analysis-ask.tsx';
import { bookOf, keyOfMeasure, type Book } from './analysis-book.ts';
import { askAbout, examplesOf } from './analysis-examples.ts';
import { AskParts } from './analysis-parts.tsx';
import { KeepButton, SavedList } from './analysis-saved.tsx';
import { isAskable, packAsked, plainDrawing, unpackAsked, type Asked } from './analysis-state.ts';
import { useLive } from './live.ts';
import './figures.css';

/** One question over any dimensions; the whole of it is in the address, so the link is the analysis. */
export default function AnalysisScreen() {
  const dictionary = useQuery(getDictionary, { query: {} });
  const book = useMemo(() => (dictionary.value === undefined ? undefined : bookOf(dictionary.value)), [dictionary.value]);
  return <>{book === undefined ? <><PageHead title={t('indicators.analysis')} /><RemoteView of={dictionary} lines={8}>{() => null}</RemoteView></> : <Analyse book={book} />}</>;
}

function Analyse({ book }: { readonly book: Book }) {
  const scope = useScope();
  const reach = homeReach(useSession());
  // Without a scope in the address a question begins where its reader works.
  const at = scope.province !== undefined ? scope : reach.level === 'nation' ? {} : reach.level === 'province' ? { province: reach.province } : { province: reach.province, commune: reach.commune };
  const home = at.commune ?? at.province ?? '00';
  const level = at.commune === undefined ? 'children' : 'self';
  const [query, setQuery] = useQueryState();
  const [listed, setListed] = useState(false);
  const start = useMemo((): PivotQuery => ({ measures: [], periods: [], units: { of: home, level }, standing: 'reported' }), [home, level]);
  const text = query.get('q');
  const kept = query.get('luu') ?? undefined;
  const saved = useQuery(getAnalysis, kept === undefined ? undefined : { params: { id: kept } });
  const measure = query.get('chi');
  const asked = useMemo((): Asked => {
    if (text !== null) return unpackAsked(text, start);
    if (saved.value !== undefined) return { query: saved.value.query, drawing: saved.value.drawing };
    return measure === null ? { query: start, drawing: plainDrawing } : askAbout(book, { kind: book.measures.has(`indicator:${measure}`) ? 'indicator' : 'element', id: measure }, { of: query.get('don-vi') ?? home, level }, query.get('ky') ?? undefined);
  }, [text, start, saved.value, measure, book, home, level, query]);
  const put = (next: Asked): void => setQuery({ q: packAsked(next), chi: undefined, ky: undefined, 'don-vi': undefined });
  const open = (analysis: Analysis): void => { setListed(false); setQuery({ q: packAsked({ query: analysis.query, drawing: analysis.drawing }), luu: analysis.id, chi: undefined }, { push: true }); };
  const before = saved.value;
  return (
    <>
      <PageHead title={before?.title ?? t('indicators.analysis')} say={before === undefined ? t('indicators.analysis-say') : `${before.note === '' ? t('indicators.analysis') : before.note} · ${before.office}`}
        tools={<><CopyLink /><Button icon="list" onClick={() => setListed(true)}>{t('indicators.saved')}</Button>{isAskable(asked.query) && <KeepButton asked={asked} before={before} onKept={(one) => setQuery({ luu: one.id, q: packAsked(asked), chi: undefined })} />}</>} />
      {listed && <SavedList onOpen={open} onClose={() => setListed(false)} />}
      {saved.problem !== undefined && <Notice tone="warn" live><p>{t('indicators.saved-gone')}</p></Notice>}
      <Question book={book} asked={asked} onAsked={put} home={start.units} />
    </>
  );
}

type QuestionProps = { readonly book: Book; readonly asked: Asked; readonly onAsked: (asked: Asked) => void; readonly home: PivotQuery['units'] };

function Question({ book, asked, onAsked, home }: QuestionProps) {
  const ready = isAskable(asked.query);
  const answer = useQuery(askPivot, ready ? { body: asked.query } : undefined);
  const last = useRef(answer.value);
  useEffect(() => { if (answer.value !== undefined) last.current = answer.value; }, [answer.value]);
  useLive(asked.query.periods, answer.reload);
  const onQuery = (query: PivotQuery): void => onAsked({ query, drawing: { ...asked.drawing, sort: null } });
  const names = useMemo(() => { const units = (answer.value ?? last.current)?.dimensions.find((one) => one.kind === 'unit'); return new Map(units?.keys.map((key, at) => [key, units.names[at]?.[language()] ?? key] as const)); }, [answer.value]);
  const props = { book, query: asked.query, onQuery, names };
  const more = (asked.query.axes ?? []).length + (asked.query.groups ?? []).length > 0 || asked.query.where !== undefined || asked.query.attribute === true;
  return (
    <div className="stack">
      {!ready && asked.query.measures.length === 0 && <Examples book={book} home={home} onAsked={onAsked} />}
      <div className="noprint"><Card title={t('indicators.question')}>
        <div className="stack-m">
          <AskMain {...props} />
          <More label={t('indicators.ask-parts')} open={more}><AskParts {...props} /></More>
          <More label={t('indicators.ask-how')} open={asked.query.standing !== 'reported' || asked.query.mapDay != null}><AskStanding {...props} /></More>
        </div>
      </Card></div>
      {!ready ? <EmptyState icon="chart" title={t('indicators.ask-first')}>{t('indicators.ask-first-why')}</EmptyState> : (
        <RemoteView of={answer} lines={10}>{(reply) => <Answer book={book} asked={asked} reply={reply} title={titleOf(book, asked)} onDrawing={(drawing) => onAsked({ ...asked, drawing })} />}</RemoteView>
      )}
    </div>
  );
}

/** A fold whose inside is made when it is first opened. */
function More({ label, open, children }: { readonly label: string; readonly open: boolean; readonly children: React.ReactNode }) {
  const [opened, setOpened] = useState(open);
  return <details className="more" open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}><summary>{label}</summary>{opened && children}</details>;
}

const titleOf = (book: Book, { query }: Asked): string => {
  const names = query.measures.map((one) => book.measures.get(keyOfMeasure(one))?.name[language()] ?? one.id);
  return names.length <= 2 ? names.join(' · ') : t('indicators.title-many', { name: names[0] ?? '', count: names.length - 1 });
};

function Examples({ book, home, onAsked }: { readonly book: Book; readonly home: PivotQuery['units']; readonly onAsked: (asked: Asked) => void }) {
  const examples = useMemo(() => examplesOf(book, home), [book, home]);
  if (examples.length === 0) return null;
  return (
    <Card title={t('indicators.examples')} say={t('indicators.examples-say')}>
      <ul className="examples">{examples.map((one) => <li key={one.key}><Button wide onClick={() => onAsked(one.asked)}>{one.sentence}</Button></li>)}</ul>
    </Card>
  );
}
