/** The module's decisions, shared by server and screens. */
export * from './rules/password.ts';
export * from './rules/delay.ts';
export * from './rules/session-life.ts';
export * from './rules/second-factor.ts';
export * from './rules/granting.ts';
export * from './rules/delegation.ts';
export * from './rules/oversight.ts';
