import { Fragment, memo } from 'react';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { toast } from '#web/kit/toast.tsx';
import type { Box, Heading, Section } from '../entry/boxes.ts';
import { GridRow } from './grid-row.tsx';
import type { GridStore } from './grid-store.ts';
import { periodShort, say } from './words.ts';

export const sectionId = (section: string): string => `bang-${section}`;

type SectionProps = { readonly store: GridStore; readonly section: Section; readonly readOnly: boolean; readonly current: boolean; readonly onHelp: (box: Box) => void };

/** One section of the form as a table. All are drawn once and one is shown, so that Enter crosses sections within the same key; on a phone each row is a card with its box at the right hand. */
export const GridSection = memo(function GridSection({ store, section, readOnly, current, onHelp }: SectionProps) {
  const { form } = store;
  const last = form.previous === null ? t('returns.last-period') : periodShort(form.previous.period);
  const zeros = (): void => {
    const changed = store.nothing(section.id);
    toast(t('returns.zeros-filled', { count: changed.length }), { undo: () => void store.undo() });
  };
  return (
    <section className="card" id={sectionId(section.id)} hidden={!current} aria-labelledby={`phan-${section.id}`}>
      <header>
        <h2 id={`phan-${section.id}`}>{section.number}. {say(section.name)}</h2>
        {section.nothingToReport && !readOnly && <Button look="quiet" onClick={zeros}>{t('returns.nothing-to-report')}</Button>}
      </header>
      <table className="gridt">
        <caption className="vh">{say(section.name)}</caption>
        <thead><tr>
          <th scope="col" className="c-no">{t('returns.col-number')}</th><th scope="col">{t('returns.col-element')}</th><th scope="col" className="w-un">{t('returns.col-unit')}</th><th scope="col" className="num w-fig">{last}{form.previous?.before && <small className="muted"> {t('returns.folded')}</small>}</th>
          <th scope="col" className="num c-in">{periodShort(form.key.period)}</th><th scope="col" className="num w-fig">{t('returns.year-to-date')}</th>
        </tr></thead>
        <tbody>
          {section.lines.map((line) => ('box' in line
            ? <GridRow key={line.box.slot} store={store} box={line.box} readOnly={readOnly} lastLabel={last} onHelp={onHelp} />
            : <Fragment key={line.heading.element.id}><HeadingRow heading={line.heading} /></Fragment>))}
        </tbody>
      </table>
      {!readOnly && <footer className="hide-s entry-keys">
        <kbd>Enter</kbd> {t('returns.key-next')} · <kbd>↑</kbd> <kbd>↓</kbd> {t('returns.key-move')} · <kbd>=</kbd> {t('returns.key-last')} · <kbd>k</kbd> {t('returns.no-data-short')} · <kbd>Ctrl V</kbd> {t('returns.key-paste')} · <kbd>Ctrl Z</kbd> {t('kit.undo')} · <kbd>Ctrl Enter</kbd> {t('returns.review-and-send')}
      </footer>}
    </section>
  );
});

const HeadingRow = ({ heading }: { readonly heading: Heading }) => (
  <tr className="tt"><td className="c-no">{heading.number}</td><th scope="rowgroup" colSpan={5} className="c-nm">{say(heading.element.name)}{heading.elsewhere && <span className="muted"> · {t('returns.elsewhere')}</span>}</th></tr>
);
