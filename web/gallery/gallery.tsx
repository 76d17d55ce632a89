import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import en from '../messages.en.json';
import vi from '../messages.vi.json';
import { raiseFloor } from '../floor.ts';
import { addWords, setLanguage } from '../i18n/words.ts';
import { KeyHelp } from '../kit/key-help.tsx';
import { ToastHost } from '../kit/toast.tsx';
import { setTheme, startTheme } from '../theme/theme.ts';
import '../theme/index.css';
import { ChartsPart } from './charts-part.tsx';
import { FormsPart } from './forms-part.tsx';
import { TablesPart } from './tables-part.tsx';

/** Every part of the kit on one page, with invented data; for engineers and for the accessibility check, not in the release. */
const query = new URLSearchParams(window.location.search);
raiseFloor();
startTheme();
if (query.get('theme') === 'dark' || query.get('theme') === 'light') setTheme(query.get('theme') === 'dark' ? 'dark' : 'light');
const language = query.get('lang') === 'en' ? 'en' : 'vi';
setLanguage(language, { pseudo: query.has('pseudo') });
addWords(language === 'en' ? en : vi);

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <Router base="/web/gallery.html">
      <main className="stack"><FormsPart /><TablesPart /><ChartsPart /></main>
      <KeyHelp />
      <ToastHost />
    </Router>,
  );
}
