import { getDefinition, getDictionary, itemKinds, itemShapes, type ItemKind, type ItemPage } from '../schema.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Card } from '#web/kit/card.tsx';
import { Combobox, type Option } from '#web/kit/combobox.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { sayField, sayValue } from './field-table.tsx';
import { inWords, matches, sayKind, sayValidity } from './words.ts';

const isKind = (text: string): text is ItemKind => itemKinds.some((kind) => kind === text);

/** Finds an item by its name or code. */
export function ItemFinder() {
  const [, setQuery] = useQueryState();
  const dictionary = useQuery(getDictionary, { query: {} });
  const all = dictionary.value;
  const options = all === undefined ? [] : [
    ...all.indicators.map((one) => ({ kind: 'indicator', id: one.id, name: one.name })), ...all.elements.map((one) => ({ kind: 'data-element', id: one.id, name: one.name })),
    ...all.dataSets.map((one) => ({ kind: 'data-set', id: one.id, name: one.name })), ...all.rules.map((one) => ({ kind: 'rule', id: one.id, name: one.name })), ...all.targets.map((one) => ({ kind: 'target', id: one.id, name: one.name })),
  ];
  const load = async (typed: string): Promise<readonly Option[]> => options.filter((one) => matches(typed, one.id, inWords(one.name))).slice(0, 20)
    .map((one) => ({ value: `${one.kind}/${one.id}`, label: inWords(one.name), hint: `${sayKind(one.kind)}, ${one.id}` }));
  return (
    <div className="noprint narrow">
      <Combobox label={t('definitions.find-item')} value={undefined} clearOnPick load={load} onPick={(option) => { const [kind, id] = option?.value.split('/') ?? []; if (id !== undefined) setQuery({ loai: kind, ma: id }, { push: true }); }} />
    </div>
  );
}

export function ItemHistory({ kind, id }: { readonly kind: string; readonly id: string }) {
  const known = isKind(kind);
  const page = useQuery(getDefinition, known ? { params: { kind, id } } : undefined);
  if (!known) return null;
  return (
    <Card title={t('definitions.history-of', { id })} say={sayKind(kind)}>
      <RemoteView of={page} lines={8}>{(value) => <SideBySide page={value} />}</RemoteView>
    </Card>
  );
}

const bodyOf = (body: unknown): Readonly<Record<string, unknown>> => (typeof body === 'object' && body !== null ? { ...body } : {});

/** One column a version, the newest first; a row whose texts differ is marked in words and colour. */
function SideBySide({ page }: { readonly page: ItemPage }) {
  const [, setQuery] = useQueryState();
  const bodies = page.versions.map((one) => bodyOf(one.body));
  const present = new Set(bodies.flatMap((one) => Object.keys(one)));
  const fields = Object.keys(itemShapes[page.kind].properties).filter((field) => field !== 'id' && present.has(field));
  const differs = (field: string): boolean => new Set(bodies.map((one) => JSON.stringify(one[field] ?? null))).size > 1;
  return (
    <div className="stack">
      <div className="scroll" role="region" aria-label={t('definitions.side-by-side')} tabIndex={0}>
        <table className="tbl">
          <caption className="vh">{t('definitions.history-of', { id: page.id })}</caption>
          <thead><tr><th scope="col">{t('definitions.fields')}</th>{page.versions.map((one) => <th scope="col" key={one.validFrom}>{sayValidity(one)}<br /><span className="small muted">{t('definitions.edition-number', { number: one.edition })}</span></th>)}</tr></thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field}>
                <th scope="row">{sayField(field)}{differs(field) && <><br /><span className="small c-warn">{t('definitions.differs')}</span></>}</th>
                {bodies.map((one, at) => <td key={page.versions[at]?.validFrom ?? at}>{sayValue(one[field], field)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3>{t('definitions.used-by')}</h3>
      {page.usedBy.length === 0 ? <p className="muted">{t('definitions.used-by-none')}</p> : (
        <ul>{page.usedBy.map((one) => <li key={`${one.kind}/${one.id}`}>{sayKey(`definitions.kind.${one.kind}`)}: <button type="button" className="linkish" onClick={() => setQuery({ loai: one.kind, ma: one.id }, { push: true })}>{one.id}</button></li>)}</ul>
      )}
    </div>
  );
}
