import { t } from '#web/i18n/words.ts';
import { sayOccupancy } from './words.ts';

/** The mark stands at 100 %; what is above it is drawn beyond the mark, never cut. */
export function OccupancyBar({ ratio }: { readonly ratio: number | null }) {
  if (ratio === null) return null;
  const most = Math.max(1.25, ratio);
  return (
    <span className="occ" role="img" aria-label={t('facilities.occupancy-is', { share: sayOccupancy(ratio) })}>
      <i className={ratio > 1 ? 'over' : undefined} style={{ width: `${(ratio / most) * 100}%` }} /><b style={{ left: `${100 / most}%` }} />
    </span>
  );
}
