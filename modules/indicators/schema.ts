/** The door of the module on both sides: what a figure can be, and every question about figures. */
export * from './schema/figure.ts';
export * from './schema/overview.ts';
export * from './schema/indicator-page.ts';
export * from './schema/pivot.ts';
export * from './schema/explain.ts';
export * from './schema/quality.ts';
