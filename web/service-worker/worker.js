/*
 * Service worker, by hand. It keeps the shell of one build whole (all files or none) and never keeps an answer of the
 * API, unless the server marked it as holding nothing of any person (`x-sauro-personal: none`); SECURITY R52.
 */
'use strict';
const build = 'BUILD';
const shell = [/* SHELL */];
const shellCache = `shell-${build}`;
const copyCache = 'copies-1';
const copiesAtMost = 120;

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(shellCache);
    try {
      await cache.addAll(shell.map((path) => new Request(path, { cache: path.startsWith('/assets/') ? 'default' : 'reload' })));
    } catch (error) {
      await caches.delete(shellCache); // half a build is worse than the old one
      throw error;
    }
  })());
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== shellCache && name !== copyCache) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener('message', (event) => {
  if (event.data === 'change-over') self.skipWaiting();
  if (event.data === 'forget') event.waitUntil(caches.delete(copyCache));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/api/')) event.respondWith(answerOrCopy(request, url));
  else if (request.mode === 'navigate') event.respondWith(page());
  else if (shell.includes(url.pathname)) event.respondWith(kept(request));
});

/** Every address is the one page; it is this build's own, so page and scripts never mix builds. */
const page = async () => (await caches.match('/', { cacheName: shellCache })) ?? fetch('/');

const kept = async (request) => (await caches.match(request, { cacheName: shellCache })) ?? fetch(request);

async function answerOrCopy(request, url) {
  const key = `${url.pathname}${url.search}#${request.headers.get('x-sauro-language') ?? ''}`;
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.headers.get('x-sauro-personal') === 'none') await keepCopy(key, answer.clone());
    return answer;
  } catch (error) {
    const copy = await caches.match(key.replace('#', url.search === '' ? '?~' : '&~'), { cacheName: copyCache });
    if (copy) return copy;
    throw error;
  }
}

/** The copy carries the time it was made; the screen says it. */
async function keepCopy(key, answer) {
  const cache = await caches.open(copyCache);
  const headers = new Headers(answer.headers);
  headers.set('x-sauro-copied-at', new Date().toISOString());
  await cache.put(key.replace('#', key.includes('?') ? '&~' : '?~'), new Response(await answer.blob(), { status: 200, headers }));
  const all = await cache.keys();
  for (const old of all.slice(0, Math.max(0, all.length - copiesAtMost))) await cache.delete(old);
}
