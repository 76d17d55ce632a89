import { defineConfig, type Plugin } from 'vite';
import { fileURLToPath } from 'node:url';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The text font is asked for with the page, so that it is there when the first words are drawn (it is never swapped in later). */
const fontsFirst: Plugin = {
  name: 'sauro-fonts-first',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) => Object.keys(bundle ?? {}).filter((name) => /source-sans-3-.*\.woff2$/.test(name)).map((name) => ({
      tag: 'link', injectTo: 'head' as const, attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${name}` },
    })),
  },
};

/**
 * The React API on Preact (docs/decisions/0004-preact.md); `typebox` in the browser is our few builders, because a
 * contract is only data there (web/schema-builders.ts). Engine floor: Chromium/WebView 87.
 */
export default defineConfig({
  root: here('.'),
  publicDir: here('web/public'),
  appType: 'spa',
  resolve: {
    alias: [
      { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
      { find: /^react-dom$/, replacement: 'preact/compat' },
      { find: /^react\/jsx-(dev-)?runtime$/, replacement: 'preact/jsx-runtime' },
      { find: /^react$/, replacement: 'preact/compat' },
      { find: /^use-sync-external-store\/shim.*$/, replacement: here('web/use-sync-external-store.ts') },
      { find: /^typebox$/, replacement: here('web/schema-builders.ts') },
    ],
  },
  plugins: [fontsFirst],
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  build: {
    outDir: here('dist/web'),
    emptyOutDir: true,
    target: 'chrome87',
    cssTarget: 'chrome87',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: here('index.html') },
      output: {
        // Few requests on the first load: the kit with its library, and one file of words a language.
        codeSplitting: {
          groups: [
            { name: 'words-returns-vi', priority: 40, test: /modules[\\/]returns[\\/].*messages\.vi\.json$/ },
            { name: 'words-returns-en', priority: 40, test: /modules[\\/]returns[\\/].*messages\.en\.json$/ },
            { name: 'words-figures-vi', priority: 40, test: /modules[\\/](indicators|definitions)[\\/].*messages\.vi\.json$/ },
            { name: 'words-figures-en', priority: 40, test: /modules[\\/](indicators|definitions)[\\/].*messages\.en\.json$/ },
            { name: 'words-classification-vi', priority: 40, test: /modules[\\/]classification[\\/].*messages\.vi\.json$/ },
            { name: 'words-classification-en', priority: 40, test: /modules[\\/]classification[\\/].*messages\.en\.json$/ },
            { name: 'words-places-vi', priority: 40, test: /modules[\\/](hotspots|facilities|prevention|coverage|instruments)[\\/].*messages\.vi\.json$/ },
            { name: 'words-places-en', priority: 40, test: /modules[\\/](hotspots|facilities|prevention|coverage|instruments)[\\/].*messages\.en\.json$/ },
            { name: 'words-vi', priority: 30, test: /messages\.vi\.json$/ },
            { name: 'words-en', priority: 30, test: /messages\.en\.json$/ },
            { name: 'app', priority: 20, test: /preload-helper|[\\/]node_modules[\\/](preact|wouter|regexparam)[\\/]|[\\/](app[\\/]web|kernel[\\/]|web[\\/](?!.*(scope-panel|search-palette|gallery|geo-map|topo|outbox|kept-form|sha256)))/ },
            { name: 'my-work', priority: 10, test: /directives[\\/](schema|rules|screens[\\/](my-work|words|parts|task-table|calendar-feed)\.)/ },
            { name: 'classification', priority: 10, test: /classification[\\/](schema|rules|screens[\\/](words|figures|share-card|list-place|classification)\.)/ },
            { name: 'sign-in', priority: 10, test: /identity[\\/]screens[\\/](sign-in|second-factor|enrol-factor|webauthn|qr-code|recover)/ },
          ],
        },
      },
    },
  },
});
