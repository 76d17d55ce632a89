import type { Policy } from '#kernel/policy.ts';
import type { Module } from './module.ts';

/** All modules' permissions as one policy. @throws when two modules name the same permission, or one names another's */
export function policyOf(modules: readonly Module[]): Policy {
  const policy: Record<string, readonly string[]> = {};
  for (const module of modules) {
    for (const [permission, roles] of Object.entries(module.permissions)) {
      if (policy[permission] !== undefined) throw new Error(`the permission ${permission} is named by two modules`);
      policy[permission] = roles;
    }
  }
  return policy;
}

/** Modules with each after what it needs: the order of migrations. @throws when a need is missing or makes a cycle */
export function inOrderOfNeeds(modules: readonly Module[]): Module[] {
  const ordered: Module[] = [];
  const visiting = new Set<string>();
  const visit = (name: string): void => {
    if (ordered.some((module) => module.name === name)) return;
    const module = modules.find((candidate) => candidate.name === name);
    if (module === undefined) throw new Error(`the module ${name} is needed but not in the list`);
    if (visiting.has(name)) throw new Error(`the module ${name} needs itself in a circle`);
    visiting.add(name);
    module.needs.forEach(visit);
    ordered.push(module);
  };
  for (const module of modules) visit(module.name);
  return ordered;
}
