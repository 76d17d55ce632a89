/** Places of a facility by design and by the norm of land, and how full it is. */
import type { Terrain } from '../schema.ts';

/** Square metres of land each place needs: 80, 100, 120 (town, countryside, mountains); the norms of the decree on rehabilitation, dossier section 5. */
export const landPerPlaceM2: Readonly<Record<Terrain, number>> = { urban: 80, rural: 100, mountain: 120 };

/**
 * Places the land of a facility carries by norm.
 *
 * @param landM2 land in square metres (0 or more)
 * @returns whole places, rounded down: a part of a place is none
 */
export const normPlaces = (landM2: number, terrain: Terrain): number => Math.floor(landM2 / landPerPlaceM2[terrain]);

/**
 * Occupancy on one day.
 *
 * @param there people on the book at the day's end, those absent for a time included
 * @param places by design or by norm
 * @returns ratio, 1 = full; above 1 is overcrowding and is kept, never clipped; null where there are no places to divide by
 */
export const occupancy = (there: number, places: number): number | null => (places > 0 ? there / places : null);
