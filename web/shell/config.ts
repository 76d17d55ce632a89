import type { ComponentType } from 'react';
import type { PlainDate } from '#kernel/day.ts';
import type { LoadWords, MessageKey } from '../i18n/catalogue.ts';
import type { IconName } from '../kit/icon.tsx';
import type { Sender } from '../offline/senders.ts';

export const navGroups = ['mine', 'direct', 'figures', 'places', 'people', 'papers', 'system'] as const;
export type NavGroup = (typeof navGroups)[number];

/** One screen: its address, what it needs, and how its code is fetched when it is first opened. */
export type Screen = {
  /** Below the language: `/chi-dao/:ma`; parameters by wouter's `useParams`. */
  readonly path: string;
  readonly titleKey: MessageKey;
  /** 'anyone' needs no session; 'signed-in' any session; else the permission (held anywhere). */
  readonly permission: string;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
  /** Given: the screen stands in the side menu under this group, and on phones in the tab of this place (1-3). */
  readonly nav?: { readonly labelKey: MessageKey; readonly icon: IconName; readonly group: NavGroup; readonly tab?: 1 | 2 | 3; readonly tabKey?: MessageKey };
};

/** What a module shows of a thing on another module's screen: the screen names the place, this module brings the part. */
export type Panel = {
  /** The place: `unit` is the side of an administrative unit's page, `unit-top` its whole width below the name. */
  readonly at: 'unit' | 'unit-top';
  readonly permission: string;
  readonly load: () => Promise<{ readonly default: ComponentType<PanelFacts> }>;
};
/** A unit by its code on a day; `province` is the shard it lies in. */
export type PanelFacts = { readonly code: string; readonly level: string; readonly province: string };

export type WebModule = {
  readonly name: string;
  readonly panels?: readonly Panel[];
  /** Kinds of command that may wait on the device, each with its sender (`web/offline/senders.ts`). */
  readonly sends?: Readonly<Record<string, () => Promise<{ readonly default: Sender }>>>;
  readonly words: LoadWords;
  /** Modules whose words its screens use too. */
  readonly uses?: readonly string[];
  readonly screens: readonly Screen[];
};

export type Hit = { readonly key: string; readonly label: string; readonly hint?: string; readonly to: string; readonly icon?: IconName };
/** One kind of thing Ctrl K finds. Never people (SECURITY E6). */
export type SearchSource = { readonly key: string; readonly labelKey: MessageKey; readonly permission: string; readonly search: (typed: string, signal: AbortSignal) => Promise<readonly Hit[]> };

export type UnitChoice = { readonly province: string; readonly commune?: string; readonly name: string; readonly hint?: string };
/** Where the scope switcher gets units from; `app/` makes it from org-units' contracts. */
export type ScopeSource = {
  readonly provinces: (asOf: PlainDate | undefined) => Promise<readonly UnitChoice[]>;
  readonly communes: (province: string, asOf: PlainDate | undefined) => Promise<readonly UnitChoice[]>;
  readonly search: (typed: string, asOf: PlainDate | undefined, signal: AbortSignal) => Promise<readonly UnitChoice[]>;
  readonly nameOf: (code: string, asOf: PlainDate | undefined) => Promise<string | undefined>;
};

export type ShellConfig = {
  readonly modules: readonly WebModule[];
  readonly scopes: ScopeSource;
  readonly searches: readonly SearchSource[];
  /** Where the brand leads and where signing in ends. */
  readonly home: string;
  readonly signIn: () => Promise<{ readonly default: ComponentType }>;
  readonly accountPath: string;
  readonly demonstration: boolean;
  /** Of another programme than the delivered one, its name. */
  readonly programme: { readonly vi: string; readonly en: string } | null;
  /** Words of a role or post under the person's name. */
  readonly roleLine: string;
};
