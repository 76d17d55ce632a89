import { t } from '../i18n/words.ts';
import { Button } from './button.tsx';

/** Page `page` (from 1) of `pages`; says how many rows there are. Nothing while one page holds all. */
export const Pagination = ({ page, pages, total, onPage }: { readonly page: number; readonly pages: number; readonly total: number; readonly onPage: (page: number) => void }) => (pages <= 1 && page <= 1 ? null : (
  <nav className="pager" aria-label={t('kit.pages')}>
    <Button size="small" icon="left" disabled={page <= 1} onClick={() => onPage(page - 1)}>{t('kit.previous')}</Button>
    <span>{t('kit.page-of', { page, pages, total })}</span>
    <Button size="small" disabled={page >= pages} onClick={() => onPage(page + 1)}>{t('kit.next')}</Button>
  </nav>
));

/** For lists read by a cursor: how many are shown and a button for more. */
export const ShowMore = ({ shown, total, busy = false, onMore }: { readonly shown: number; readonly total?: number; readonly busy?: boolean; readonly onMore?: (() => void) | undefined }) => (
  <div className="pager">
    <span>{total === undefined ? t('kit.shown', { shown }) : t('kit.shown-of', { shown, total })}</span>
    {onMore && <Button size="small" busy={busy} onClick={onMore}>{t('kit.more')}</Button>}
  </div>
);
