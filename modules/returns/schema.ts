/** The door of returns for browsers and other modules. Browser-safe. */
export * from './schema/key.ts';
export * from './schema/submission.ts';
export * from './schema/violations.ts';
export * from './schema/approvals.ts';
export * from './schema/attachments.ts';
export * from './schema/form.ts';
export * from './schema/history.ts';
export * from './schema/exchange.ts';
export * from './schema/overview.ts';
export * from './schema/vector.ts';
