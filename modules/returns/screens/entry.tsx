import { useCallback, useEffect, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { useLocation } from 'wouter';
import { daysBetween } from '#kernel/day.ts';
import { download } from '#web/api.ts';
import { day, moment, today } from '#web/i18n/format.ts';
import { named, t } from '#web/i18n/words.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { PageHead } from '#web/kit/card.tsx';
import { Drawer } from '#web/kit/dialog.tsx';
import { EmptyState, Notice, sayProblem, Skeleton } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { isOpen } from '#web/offline/outbox.ts';
import { useQueryState } from '#web/place.ts';
import { usePageTitle } from '#web/shell/screen-view.tsx';
import { getReturnTemplate } from '../schema.ts';
import { boxAfter, commandOf } from '../entry/keys.ts';
import type { Box } from '../entry/boxes.ts';
import './entry.css';
import { ConflictCard } from './conflict-card.tsx';
import { boxId } from './grid-row.tsx';
import { GridSection, sectionId } from './grid-section.tsx';
import type { GridStore } from './grid-store.ts';
import { HelpCard } from './help-card.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import { EntryBar, EntryErrors, HelpAside, MadeOfNotice, NotKept, SectionSteps } from './entry-parts.tsx';
import { OutboxCard } from './send-state.tsx';
import { atRest } from './use-grid.ts';
import { pathOf, type ReturnHere, useReturn } from './use-return.ts';
import { periodName, say } from './words.ts';

export default function EntryScreen() {
  const here = useReturn();
  const { form, store } = here;
  usePageTitle(form && `${periodName(form.key.period)} · ${named(form.unit)}`);
  if (form === undefined) {
    return (
      <><PageHead title={t('returns.title')} crumbs={[{ label: t('returns.title'), to: '/bao-cao?xem=lich' }]} />
        {here.problem === undefined ? <Skeleton lines={8} /> : <EmptyState icon={here.problem.code === 'offline' ? 'cloudOff' : 'lock'} title={sayProblem(here.problem)} action={<Button onClick={here.reload}>{t('kit.try-again')}</Button>}>{here.problem.code === 'offline' && t('returns.not-on-device')}</EmptyState>}</>
    );
  }
  return <><EntryHead here={here} />{store === undefined ? <Skeleton lines={8} /> : <Grid here={here} store={store} />}</>;
}

export function EntryHead({ here, crumb }: { readonly here: ReturnHere; readonly crumb?: string }) {
  const { form, key } = here;
  if (form === undefined) return null;
  const template = async (): Promise<void> => {
    const { attribute, ...params } = key;
    const answer = await download(getReturnTemplate, { params, query: attribute === '' ? {} : { attribute } });
    if (!answer.ok) toast(sayProblem(answer.problem));
  };
  const left = daysBetween(today(), form.due);
  const crumbs = [{ label: t('returns.title'), to: '/bao-cao?xem=lich' }, { label: periodName(key.period), ...(crumb === undefined ? {} : { to: pathOf(key) }) }, ...(crumb === undefined ? [] : [{ label: crumb }])];
  const steps = form.approval.map((step) => t(`returns.step-${step}`)).join(', ');
  return (
    <PageHead crumbs={crumbs} title={t('returns.heading', { dataSet: say(form.dataSet), period: periodName(key.period).toLowerCase(), unit: named(form.unit) })}
      say={<>{form.formNumber !== null && `${t('returns.form-number', { number: form.formNumber })}. `}{t('returns.period-days', { first: day(form.first), last: day(form.last) })} {t('returns.due')} <b>{day(form.due)}</b>
        {form.state === 'none' && left < 0 && <>, <b className="c-bad">{t('returns.overdue-days', { count: -left })}</b></>}. {steps !== '' && t('returns.approved-by', { steps })}</>}
      tools={<><Button icon="download" onClick={() => void template()}>{t('returns.template')}</Button><LinkButton to={pathOf(key, '/lich-su')} icon="history">{t('returns.history')}</LinkButton><LinkButton to="/bao-cao/nhap" icon="paste">{t('returns.import')}</LinkButton><LinkButton to={pathOf(key, '/xem-lai')} query={{ in: '1' }} icon="print">{t('returns.print')}</LinkButton></>} />
  );
}

function Grid({ here, store }: { readonly here: ReturnHere; readonly store: GridStore }) {
  const { form } = store;
  const { outline } = store;
  const [, navigate] = useLocation();
  const [query, setQuery] = useQueryState();
  const readOnly = !form.may.enter;
  const asked = store.boxOf(Number(query.get('o') ?? 0)); // a link to one box
  const wanted = asked?.section ?? query.get('phan');
  const [section, setSection] = useState(() => (outline.sections.find((one) => one.id === wanted) ?? outline.sections[0])?.id);
  const [checked, setChecked] = useState(0);
  const [help, setHelp] = useState<Box>();
  const [pasted, setPasted] = useState<{ text: string; from: number }>();
  /** The section is shown and the box has the focus before the key is over; address and marks follow when the hand rests. */
  const show = useCallback((id: string): void => {
    for (const one of outline.sections) { const element = document.getElementById(sectionId(one.id)); if (element) element.hidden = one.id !== id; }
    const { pathname } = window.location;
    atRest(() => { if (window.location.pathname === pathname) { setSection(id); setQuery({ phan: id, o: undefined }); } }, 250); // who has gone on to the review is not called back
  }, [outline, setQuery]);
  const go = useCallback((slot: number): void => {
    const box = store.boxOf(slot);
    const element = document.getElementById(boxId(slot));
    if (!box || !element) return;
    if (element === document.activeElement) element.blur(); // Enter in the last box: its text is judged too
    if (element.closest('[hidden]')) { show(box.section); window.scrollTo({ top: 0 }); }
    element.focus(); // the browser scrolls only when it must; scroll-margin keeps bars off the box
  }, [store, show]);
  useEffect(() => {
    if (!isIdle()) return;
    if (asked !== undefined) { const element = document.getElementById(boxId(asked.slot)); element?.focus({ preventScroll: true }); element?.scrollIntoView({ block: 'center' }); }
    // A phone would open its keyboard over the page: there the person touches the first box.
    else if (!readOnly && window.matchMedia('(min-width: 761px)').matches) document.getElementById(boxId(firstOpen(store, section) ?? 0))?.focus({ preventScroll: true });
  }, [store, readOnly]); // when the form came, not when a section is chosen
  const onHelp = useCallback((box: Box) => setHelp(box), []);
  const review = (): void => navigate(pathOf(here.key, '/xem-lai'));
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    const slot = slotOf(event.target);
    if (slot === undefined || readOnly) return;
    const command = commandOf({ key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey, composing: event.nativeEvent.isComposing });
    if (command === undefined) return;
    event.preventDefault();
    const at = outline.indexOf.get(slot) ?? 0;
    const moveTo = (index: number): void => { const box = outline.boxes[index]; if (box) go(box.slot); };
    switch (command.do) {
      case 'move': moveTo(boxAfter(outline.boxes.length, at, command.by)); break;
      case 'section': { const next = outline.sections[boxAfter(outline.sections.length, outline.sections.findIndex((one) => one.id === store.boxOf(slot)?.section), command.by)]?.boxes[0]; if (next) go(next.slot); break; }
      case 'last-month': takeLast(store, slot); moveTo(boxAfter(outline.boxes.length, at, 1)); break;
      case 'undo': goTo(store.undo(), go); break;
      case 'redo': goTo(store.redo(), go); break;
      case 'revert': goTo(store.undo(), go); break;
      case 'review': review(); break;
    }
  };
  const onPaste = (event: ClipboardEvent<HTMLElement>): void => {
    const slot = slotOf(event.target);
    const text = event.clipboardData?.getData('text') ?? '';
    if (slot === undefined || readOnly || !/[\n\t]/.test(text.trim())) return;
    event.preventDefault();
    setPasted({ text, from: outline.indexOf.get(slot) ?? 0 });
  };
  const held = here.entries.find((entry) => isOpen(entry) && entry.hold === 'conflict');
  const latest = [...here.entries].reverse().find((entry) => entry.settled === null);
  return (
    <>
      <div className="entry-notes">
        {here.copiedAt !== undefined && <Notice tone="warn"><p>{t('returns.working-from-copy', { at: moment(here.copiedAt) })}</p></Notice>}
        <MadeOfNotice form={form} />
        <NotKept writer={here.writer} />
        {readOnly && <Notice><p>{t(form.state === 'none' ? 'returns.read-only' : 'returns.locked', { state: t(`returns.state-${form.state}`) })}</p></Notice>}
        {form.state === 'returned' && <ReturnedNotice here={here} />}
        {held && <ConflictCard here={here} entry={held} store={store} />}
        <EntryErrors store={store} attempt={checked} onGo={go} />
      </div>
      <div className="entry" onKeyDown={onKey} onPaste={onPaste} onSubmit={(event) => event.preventDefault()}>
        <SectionSteps store={store} current={section} onChoose={show} />
        <div>{outline.sections.map((one) => <GridSection key={one.id} store={store} section={one} readOnly={readOnly} current={one.id === section} onHelp={onHelp} />)}</div>
        <HelpAside store={store} readOnly={readOnly} />
      </div>
      <OutboxCard entries={here.entries} who={here.who} />
      <EntryBar store={store} writer={here.writer} latest={latest} onUndo={() => goTo(store.undo(), go)} onReview={review} readOnly={readOnly} onCheck={() => setChecked((n) => n + 1)} />
      {pasted && <PasteDialog store={store} {...pasted} onClose={() => { const slot = outline.boxes[pasted.from]?.slot; setPasted(undefined); if (slot !== undefined) setTimeout(() => go(slot)); }} />}
      {help && <Drawer open title={`${help.number} ${say(help.name)}`} onClose={() => setHelp(undefined)}><div className="helpcard body"><HelpCard store={store} box={help} readOnly={readOnly} /></div></Drawer>}
    </>
  );
}

const ReturnedNotice = ({ here }: { readonly here: ReturnHere }) => {
  const last = [...(here.form?.approvals ?? [])].reverse().find((approval) => approval.verdict === 'return');
  return <Notice tone="bad"><p><b>{t('returns.given-back', { office: last?.office ?? '' })}</b> {last?.reason}</p></Notice>;
};

const isIdle = (): boolean => document.activeElement === null || ['BODY', 'H1', 'MAIN'].includes(document.activeElement.tagName);
const slotOf = (target: EventTarget | null): number | undefined => (target instanceof HTMLInputElement && target.dataset['slot'] !== undefined ? Number(target.dataset['slot']) : undefined);
const firstOpen = (store: GridStore, section: string | undefined): number | undefined => {
  const boxes = store.outline.sections.find((one) => one.id === section)?.boxes ?? [];
  return (boxes.find((box) => store.valueOf(box.slot) === null) ?? boxes[0])?.slot;
};
const goTo = (slots: readonly number[], go: (slot: number) => void): void => { const [first] = slots; if (first !== undefined) go(first); };
/** Last month's figure as it stands there; a hidden or missing one leaves the box alone. */
function takeLast(store: GridStore, slot: number): void {
  const last = store.boxOf(slot)?.last;
  if (typeof last === 'number' || last === 'no-data') store.apply('last-month', [[slot, last]]);
}
