import type { Module } from '#platform/module.ts';
import { audit } from '#modules/audit/module.ts';
import { classification } from '#modules/classification/module.ts';
import { coverage } from '#modules/coverage/module.ts';
import { definitions } from '#modules/definitions/module.ts';
import { directives } from '#modules/directives/module.ts';
import { facilities } from '#modules/facilities/module.ts';
import { hotspots } from '#modules/hotspots/module.ts';
import { identity } from '#modules/identity/module.ts';
import { indicators } from '#modules/indicators/module.ts';
import { instruments } from '#modules/instruments/module.ts';
import { orgUnits } from '#modules/org-units/module.ts';
import { prevention } from '#modules/prevention/module.ts';
import { returns } from '#modules/returns/module.ts';

/** Every module of the server, one line each. */
export const serverModules: readonly Module[] = [
  orgUnits,
  identity,
  audit,
  definitions,
  directives,
  hotspots,
  returns,
  indicators,
  classification,
  coverage,
  prevention,
  instruments,
  facilities,
];
