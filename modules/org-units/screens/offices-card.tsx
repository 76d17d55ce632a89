import { named, t } from '#web/i18n/words.ts';
import { Card } from '#web/kit/card.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import type { Office } from '../schema.ts';

/** Offices that can hold a task here, with their posts; the head first. Never people. */
export function OfficesCard({ offices }: { readonly offices: readonly Office[] }) {
  return (
    <Card title={t('org-units.offices')} say={offices.length === 0 ? undefined : t('org-units.offices-say', { count: offices.length })}>
      {offices.length === 0 ? <p className="muted">{t('org-units.offices-none')}</p> : <Table caption={t('org-units.offices')} hideCaption columns={columns()} rows={offices} rowKey={(office) => office.id} />}
    </Card>
  );
}

const columns = (): Column<Office>[] => [
  { key: 'name', header: t('org-units.office'), rowHeader: true, cell: (office) => named(office) },
  { key: 'head', header: t('org-units.head-post'), cell: (office) => office.posts.filter((post) => post.head).map(named).join(', ') },
  { key: 'posts', header: t('org-units.other-posts'), cell: (office) => office.posts.filter((post) => !post.head).map(named).join(', ') },
  { key: 'id', header: t('org-units.code'), cell: (office) => <code>{office.id}</code> },
];
