import { fetchFile } from '#web/api.ts';
import { t } from '#web/i18n/words.ts';
import { GeoMap, type GeoPlace } from '#web/kit/geo-map.tsx';
import { EmptyState } from '#web/kit/notice.tsx';
import { archipelagos, getBoundaries } from '#modules/org-units/schema.ts';

/** The proposed share on the provinces as their imported boundaries draw them. Fetched only when asked for. */
export default function GeoProvinces({ places, onChoose }: { readonly places: readonly GeoPlace[]; readonly onChoose: (code: string) => void }) {
  return (
    <GeoMap title={t('classification.map')} headings={[t('classification.province'), t('classification.share-proposed')]} places={places} onChoose={onChoose}
      load={(signal) => fetchFile(getBoundaries, { params: { level: 'province' } }, { signal })}
      marks={archipelagos.map((one) => ({ key: one.key, at: one.at, name: t(one.key) }))}
      missing={<EmptyState icon="pin" title={t('classification.no-boundaries')}>{t('classification.no-boundaries-say')}</EmptyState>} />
  );
}
