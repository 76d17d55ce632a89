/** Verdicts of an import in both languages, for a command line or a reply. */
import { join } from 'node:path';
import { readMessages } from '#platform/messages.ts';
import type { GroupWarning } from './group-sets.ts';
import type { TreeRefusal, TreeRowProblem } from './foreign.ts';

const fill = (text: string, facts: Readonly<Record<string, unknown>>): string => text.replace(/\{(\w+)\}/gu, (whole, name: string) => String(facts[name] ?? whole));

function both(key: string, facts: object): { vi: string; en: string } {
  const messages = readMessages([join(import.meta.dirname, '..')]);
  return { vi: fill(messages.vi[key] ?? key, { ...facts }), en: fill(messages.en[key] ?? key, { ...facts }) };
}

/** Why a row of a tree was not taken. */
export const sayTreeRow = (problem: TreeRowProblem): { vi: string; en: string } => both(`org-units.tree-row.${problem.code}`, problem);
/** What of a group set was not taken. */
export const sayGroupWarning = (warning: GroupWarning): { vi: string; en: string } => both(`org-units.group-warning.${warning.code}`, warning);
/** Why a tree was not taken at all. */
export const sayTreeRefusal = (problem: TreeRefusal): { vi: string; en: string } => both(`problem.${problem.code}`, problem);
