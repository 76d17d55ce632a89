/** Look of the page on this device: light or dark, and how close rows stand. Kept here only; it is not a fact about the account. */
export type Theme = 'auto' | 'light' | 'dark';
export type Density = 'thoang' | 'vua' | 'day';

const stored = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // private mode: the choice lasts as long as the page
  }
};
const store = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value);
  } catch { /* as above */ }
};

const dark = typeof matchMedia === 'undefined' ? undefined : matchMedia('(prefers-color-scheme: dark)');
let theme: Theme = 'auto';
let density: Density = 'vua';

export const themeNow = (): Theme => theme;
export const densityNow = (): Density => density;

function apply(): void {
  const root = document.documentElement;
  root.dataset['theme'] = theme === 'auto' ? (dark?.matches === true ? 'dark' : 'light') : theme;
  root.dataset['density'] = density;
}

export function startTheme(): void {
  const savedTheme = stored('sauro.theme');
  if (savedTheme === 'light' || savedTheme === 'dark') theme = savedTheme;
  const savedDensity = stored('sauro.density');
  if (savedDensity === 'thoang' || savedDensity === 'day') density = savedDensity;
  dark?.addEventListener('change', apply);
  apply();
}

export function setTheme(next: Theme): void {
  theme = next;
  store('sauro.theme', next);
  apply();
}

export function setDensity(next: Density): void {
  density = next;
  store('sauro.density', next);
  apply();
}
