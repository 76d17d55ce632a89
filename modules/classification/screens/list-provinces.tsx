import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useQueryState, useScope, withQuery } from '#web/place.ts';
import { Card } from '#web/kit/card.tsx';
import { A } from '#web/kit/link.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import type { Compact } from '#modules/indicators/schema.ts';
import type { ProvinceRow, VerdictList } from '../schema/verdict.ts';
import { CompactText, unitSuffix } from './figures.tsx';
import { shareText } from './share-card.tsx';
import { outcomeKind, outcomeWord, textOf, unitWord } from './words.ts';

const least = Number.NEGATIVE_INFINITY;
const rank = (value: Compact | undefined): number => (typeof value === 'number' ? value : value === '<' ? 5 : least);

/** Provinces with their communes by outcome, and in the same row the figures of rights and care. */
export function ProvincesCard({ list }: { readonly list: VerdictList }) {
  const { choose } = useScope();
  const [, setQuery] = useQueryState();
  const open = (row: ProvinceRow): void => { choose({ province: row.code }); setQuery({ the: 'xa' }); };
  const columns: Column<ProvinceRow>[] = [
    { key: 'name', header: t('classification.province'), rowHeader: true, cell: (row) => <A to={withQuery(`/tinh/${row.code}`, { ky: list.period.id })}>{unitWord(row)}</A>, compare: (a, b) => a.nameVi.localeCompare(b.nameVi, 'vi') },
    { key: 'outcome', header: t('classification.of-province'), cell: (row) => <StatusBadge bare kind={outcomeKind(row.decided?.status ?? row.outcome)}>{outcomeWord(row.decided?.status ?? row.outcome)}</StatusBadge> },
    { key: 'free', header: t('classification.free-of-all'), numeric: true, cell: (row) => <><b>{shareText(row.share.proposed)}</b><small>{number(row.tally.drugFree)}/{number(row.tally.total)}</small></>, compare: (a, b) => (a.share.proposed ?? least) - (b.share.proposed ?? least) },
    ...list.besideOf.map((one, at): Column<ProvinceRow> => ({ key: `beside-${one.id}`, header: textOf(one.name), numeric: true, cell: (row) => <CompactText value={row.share.beside[at] ?? null} decimals={one.decimals} suffix={unitSuffix(one.unit)} />, compare: (a, b) => rank(a.share.beside[at]) - rank(b.share.beside[at]) })),
    { key: 'classes', header: t('classification.classes-short'), numeric: true, className: 'only-l', cell: (row) => `${number(row.tally.I)} · ${number(row.tally.II)} · ${number(row.tally.III)}` },
    { key: 'unknown', header: outcomeWord('cannot-judge'), numeric: true, cell: (row) => number(row.tally.cannotJudge), compare: (a, b) => a.tally.cannotJudge - b.tally.cannotJudge },
    { key: 'decided', header: t('classification.decided-free'), numeric: true, cell: (row) => (row.decidedTally === null ? <span className="muted">–</span> : number(row.decidedTally.drugFree)), compare: (a, b) => (a.decidedTally?.drugFree ?? least) - (b.decidedTally?.drugFree ?? least) },
  ];
  return <Card title={t('classification.provinces')} say={t('classification.provinces-say')} flush><Table caption={t('classification.provinces')} hideCaption columns={columns} rows={list.provinces} rowKey={(row) => row.code} sort={{ key: 'free', down: false }} onOpen={open} /></Card>;
}
