import { fetchFile } from '#web/api.ts';
import { t } from '#web/i18n/words.ts';
import { GeoMap as Drawn, type GeoPlace } from '#web/kit/geo-map.tsx';
import { EmptyState } from '#web/kit/notice.tsx';
import { archipelagos, getBoundaries } from '../schema.ts';

/** The provinces as their imported boundaries draw them. Fetched only when asked for. */
export default function GeoMap({ places, onChoose }: { readonly places: readonly GeoPlace[]; readonly onChoose: (code: string) => void }) {
  return (
    <Drawn title={t('org-units.map-title')} headings={[t('org-units.province'), t('org-units.count.communal')]} places={places} onChoose={onChoose}
      load={(signal) => fetchFile(getBoundaries, { params: { level: 'province' } }, { signal })}
      marks={archipelagos.map((one) => ({ key: one.key, at: one.at, name: t(one.key) }))}
      missing={<EmptyState icon="pin" title={t('org-units.no-boundaries')}>{t('org-units.no-boundaries-say')}</EmptyState>} />
  );
}
