import { useMemo } from 'react';
import { isPlainDate } from '#kernel/day.ts';
import { day, today } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { Segmented, Tabs } from '#web/kit/tabs.tsx';
import { getDictionary, type Dictionary } from '../schema.ts';
import { DataSetList } from './data-sets.tsx';
import { ElementTable } from './elements.tsx';
import { IndicatorCards, IndicatorTable } from './indicators.tsx';
import { ItemDrawer } from './item-drawer.tsx';
import { inReadingOrder, inWords, matches } from './words.ts';

const views = ['chi-tieu', 'du-lieu', 'bieu'] as const;
type View = (typeof views)[number];

/** The dictionary: what every figure of the programme means, on any day. */
export default function DictionaryScreen() {
  const [query] = useQueryState();
  const asked = query.get('ngay-dinh-nghia') ?? '';
  const on = isPlainDate(asked) ? asked : today();
  const dictionary = useQuery(getDictionary, { query: { on } });
  return (
    <>
      <PageHead title={t('definitions.dictionary')} say={dictionary.value === undefined ? t('definitions.dictionary-say') : t('definitions.dictionary-on', { on: day(dictionary.value.on), edition: dictionary.value.edition })}
        tools={<><Button icon="print" onClick={() => globalThis.print()}>{t('definitions.print')}</Button><LinkButton to="/so-lieu-cong-bo">{t('definitions.published')}</LinkButton><LinkButton to="/dinh-nghia">{t('definitions.editions')}</LinkButton><CopyLink /></>} />
      <RemoteView of={dictionary} lines={12}>{(value) => <Loaded dictionary={inReadingOrder(value)} />}</RemoteView>
    </>
  );
}

function Loaded({ dictionary }: { readonly dictionary: Dictionary }) {
  const [query, setQuery] = useQueryState();
  const view: View = views.find((one) => one === query.get('xem')) ?? 'chi-tieu';
  const counts: Readonly<Record<View, number>> = { 'chi-tieu': dictionary.indicators.length, 'du-lieu': dictionary.elements.length, bieu: dictionary.dataSets.length };
  return (
    <>
      <Tabs<View> label={t('definitions.dictionary')} value={view} onChoose={(next) => setQuery({ xem: next === 'chi-tieu' ? undefined : next, nhom: undefined, muc: undefined })}
        tabs={views.map((value) => ({ value, label: sayKey(`definitions.view.${value}`, { count: counts[value] }) }))}>
        <Filters view={view} dictionary={dictionary} />
        {view === 'chi-tieu' && <Indicators dictionary={dictionary} />}
        {view === 'du-lieu' && <Elements dictionary={dictionary} />}
        {view === 'bieu' && <DataSetList dictionary={dictionary} />}
      </Tabs>
      <ItemDrawer dictionary={dictionary} />
    </>
  );
}

function Filters({ view, dictionary }: { readonly view: View; readonly dictionary: Dictionary }) {
  const [query, setQuery] = useQueryState();
  const groups = view === 'chi-tieu'
    ? [...new Set(dictionary.indicators.map((one) => one.group))].map((value) => ({ value, label: sayKey(`definitions.group.${value}`, {}, value) }))
    : dictionary.dataSets.map((one) => ({ value: one.id, label: inWords(one.name) }));
  return (
    <div className="row noprint">
      {view !== 'bieu' && <TextInput type="search" label={t('definitions.find')} value={query.get('tim') ?? ''} onText={(text) => setQuery({ tim: text })} width="mid" />}
      {view !== 'bieu' && <Select label={view === 'chi-tieu' ? t('definitions.group') : t('definitions.form')} value={query.get('nhom') ?? ''} onChoose={(value) => setQuery({ nhom: value === '' ? undefined : value })}
        choices={[{ value: '', label: t('definitions.all') }, ...groups]} />}
      <DateInput label={t('definitions.in-force-on')} value={dictionary.on} onDay={(next) => setQuery({ 'ngay-dinh-nghia': next })} />
      {view === 'chi-tieu' && <Segmented label={t('definitions.layout')} value={query.get('kieu') === 'day-du' ? 'day-du' : 'bang'} onChoose={(value) => setQuery({ kieu: value === 'bang' ? undefined : value })}
        choices={[{ value: 'bang', label: t('definitions.layout-table') }, { value: 'day-du', label: t('definitions.layout-full') }]} />}
    </div>
  );
}

function Indicators({ dictionary }: { readonly dictionary: Dictionary }) {
  const [query] = useQueryState();
  const typed = query.get('tim') ?? '';
  const group = query.get('nhom') ?? '';
  const rows = useMemo(() => dictionary.indicators.filter((one) => (group === '' || one.group === group) && matches(typed, one.id, one.name.vi, one.name.en, one.definition.vi, one.definition.en)), [dictionary, typed, group]);
  return query.get('kieu') === 'day-du' ? <IndicatorCards dictionary={dictionary} rows={rows} /> : <Card title={t('definitions.found', { count: rows.length })}><IndicatorTable dictionary={dictionary} rows={rows} /></Card>;
}

function Elements({ dictionary }: { readonly dictionary: Dictionary }) {
  const [query] = useQueryState();
  const typed = query.get('tim') ?? '';
  const form = query.get('nhom') ?? '';
  const rows = useMemo(() => {
    const inForm = form === '' ? undefined : new Set(dictionary.dataSets.find((one) => one.id === form)?.sections.flatMap((section) => section.elements));
    return dictionary.elements.filter((one) => (inForm === undefined || inForm.has(one.id)) && matches(typed, one.id, one.name.vi, one.name.en, one.definition.vi, one.definition.en));
  }, [dictionary, typed, form]);
  return <Card title={t('definitions.found', { count: rows.length })}><ElementTable dictionary={dictionary} rows={rows} /></Card>;
}
