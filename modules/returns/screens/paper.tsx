import { useCallback, useEffect } from 'react';
import { vietnamDay } from '#kernel/day.ts';
import { day, moment } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import type { Entry } from '#web/offline/outbox.ts';
import type { GridStore } from './grid-store.ts';
import { periodName, say, shown, totalOf } from './words.ts';

/** While the screen is open, printing prints the paper. @param now as soon as it is drawn */
export function usePaper(now: boolean): () => void {
  useEffect(() => {
    document.documentElement.classList.add('printing');
    return () => document.documentElement.classList.remove('printing');
  }, []);
  useEffect(() => { if (now) setTimeout(() => window.print(), 300); }, [now]);
  return useCallback(() => window.print(), []);
}

/**
 * The form a head signs: A4 in the form of Decree 30/2020/NĐ-CP (national title and motto, issuing body, place and day, table with its
 * header repeated, signature). The place of the signer's name is left to the pen: a return holds no person.
 */
export function Paper({ store, entry }: { readonly store: GridStore; readonly entry: Entry | undefined }) {
  const { form } = store;
  const [year = '', month = '', date = ''] = vietnamDay(new Date()).split('-');
  const body = t('returns.paper-body', { unit: form.unit.nameVi });
  return (
    <div className="paper" aria-hidden="true">
      <div className="top2">
        <div>{body}<b>{form.unit.nameVi.toUpperCase()}</b><span className="line" />{t('returns.paper-number')}</div>
        <div><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><b>Độc lập - Tự do - Hạnh phúc</b><span className="line" /><i>{t('returns.paper-day', { place: form.unit.nameVi.replace(/^(Xã|Phường|Tỉnh|Thành phố|Đặc khu)\s+/u, ''), date, month, year })}</i></div>
      </div>
      <h2>{t('returns.paper-title')}</h2>
      <p className="mid"><b>{say(form.dataSet)}, {periodName(form.key.period).toLowerCase()}</b></p>
      <p>{t('returns.paper-opening', { first: day(form.first), last: day(form.last) })}</p>
      <table>
        <thead><tr><th>TT</th><th>{t('returns.col-element')}</th><th>{t('returns.col-unit')}</th><th className="num">{t('returns.last-period')}</th><th className="num">{t('returns.this-period')}</th><th className="num">{t('returns.year-to-date')}</th></tr></thead>
        {store.outline.sections.map((section) => (
          <tbody key={section.id}>
            <tr><th>{section.number}</th><th colSpan={5}>{say(section.name)}</th></tr>
            {section.boxes.map((box) => <tr key={box.slot}><td>{box.number}</td><td>{box.part ? `${say(box.element.name)}: ${say(box.name)}` : say(box.name)}</td><td>{say(box.element.unit)}</td><td className="num">{shown(box.last)}</td><td className="num"><b>{shown(store.valueOf(box.slot))}</b></td><td className="num">{shown(totalOf(box))}</td></tr>)}
          </tbody>
        ))}
      </table>
      <div className="signs">
        <div><ul><li><b><i>{t('returns.paper-to')}</i></b></li><li>- {t('returns.paper-to-province')}</li><li>- {t('returns.paper-to-file')}</li></ul></div>
        <div><b>{t('returns.paper-head')}</b><br /><i>{t('returns.paper-sign')}</i><div className="room" /></div>
      </div>
      <p className="foot">{t('returns.paper-foot', { at: moment(Date.now()), rev: form.rev, receipt: entry?.receipt ?? form.receipt?.receiptCode ?? t('returns.paper-not-sent') })}</p>
    </div>
  );
}
