import { actorClasses } from './classes.ts';
import { communeBodies } from './commune.ts';
import { localBodies } from './local.ts';
import { ministries } from './ministries.ts';
import { provincialPolice } from './police.ts';
import { stateBodies } from './state.ts';
import type { Agency } from './types.ts';

export { relatedParties } from './classes.ts';
export type { Agency, AgencyKind, AgencyLevel } from './types.ts';

/**
 * All agencies and actor classes a Vietnamese directive may name, present and former. Pure data, browser-safe.
 * Names only: which unit of which province is meant is decided later from the issuer's area.
 */
export const agencyRegistry: readonly Agency[] = [...ministries, ...stateBodies, ...localBodies, ...communeBodies, ...provincialPolice, ...actorClasses];

const byId = new Map(agencyRegistry.map((agency) => [agency.id, agency]));

/** The agency with this id, or undefined. */
export const findAgency = (id: string): Agency | undefined => byId.get(id);

/** Whether the agency existed on a day (YYYY-MM-DD); `from` inclusive, `until` exclusive. */
export const existedOn = (agency: Agency, day: string): boolean =>
  (agency.from === undefined || agency.from <= day) && (agency.until === undefined || day < agency.until);
