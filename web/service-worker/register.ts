type ScriptUrl = string | URL;
type TrustedTypes = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): ScriptUrl } };

const path = '/service-worker.js';

/** The one address a script may be started from: trusted types ask that it be said (SECURITY R49). */
function scriptUrl(): ScriptUrl {
  const types: unknown = 'trustedTypes' in window ? window.trustedTypes : undefined;
  if (typeof types !== 'object' || types === null || !('createPolicy' in types)) return path;
  const policy = (types as TrustedTypes).createPolicy('sauro-service-worker', { // the browser's own object, found by its method
    createScriptURL(url) {
      if (url !== path) throw new TypeError('only our service worker is started');
      return url;
    },
  });
  return policy.createScriptURL(path);
}

/** @param onUpdate called with what changes over to a new build that waits; @returns how to stop listening */
export function startServiceWorker(onUpdate: (apply: () => void) => void): () => void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return () => undefined;
  let stopped = false;
  let wanted = false;
  const start = (): void => { if (!stopped) register(offer); };
  const offer = (waiting: ServiceWorker | null): void => {
    if (!stopped && waiting && navigator.serviceWorker.controller) onUpdate(() => { wanted = true; waiting.postMessage('change-over'); });
  };
  const reloaded = (): void => { if (wanted) window.location.reload(); };
  navigator.serviceWorker.addEventListener('controllerchange', reloaded);
  const timer = setTimeout(start, afterMs); // the page itself comes first
  return () => { stopped = true; clearTimeout(timer); navigator.serviceWorker.removeEventListener('controllerchange', reloaded); };
}

const afterMs = 2500;

function register(offer: (waiting: ServiceWorker | null) => void): void {
  void navigator.serviceWorker.register(scriptUrl() as string, { updateViaCache: 'none' }).then((registration) => { // TrustedScriptURL is not in the DOM types yet
    offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const coming = registration.installing;
      coming?.addEventListener('statechange', () => { if (coming.state === 'installed') offer(coming); });
    });
  }, () => undefined);
}
