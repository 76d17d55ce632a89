import { useEffect } from 'react';
import { day, moment, today } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import type { CaseView } from '../schema/procedure.ts';
import { FigureText } from './figures.tsx';
import { articleWord, criterionWord, criterionVerdict, statusWord, thresholdText } from './words.ts';

/**
 * The self-assessment as a head signs it: A4 in the form of Decree 30/2020/NĐ-CP (national title and motto, issuing body, place and day,
 * table, place of signature). Seen in print only. The signer's name is left to the pen: a case holds no person.
 */
export function Sheet({ view }: { readonly view: CaseView }) {
  const { row, assessment } = view;
  useEffect(() => {
    document.documentElement.classList.add('printing-sheet');
    return () => document.documentElement.classList.remove('printing-sheet');
  }, []);
  const [year = '', month = '', date = ''] = today().split('-');
  const place = row.unit.nameVi.replace(/^(Xã|Phường|Tỉnh|Thành phố|Đặc khu)\s+/u, '');
  const answers = new Map(assessment?.answers.map((one) => [one.criterion, one] as const));
  return (
    <div className="sheet" aria-hidden="true">
      <div className="two">
        <div>{t('classification.sheet-body')}<b>{row.unit.nameVi.toUpperCase()}</b><span className="line" />{t('classification.sheet-number')}</div>
        <div><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><b>Độc lập - Tự do - Hạnh phúc</b><span className="line" /><i>{t('classification.sheet-day', { place, date, month, year })}</i></div>
      </div>
      <h2>{t('classification.sheet-title')}</h2>
      <p className="mid"><b>{t('classification.sheet-period', { first: day(view.days.periodFirst), last: day(view.days.periodLast) })}</b></p>
      <p>{t('classification.sheet-basis')}</p>
      <p>{t('classification.treated-first')}</p>
      <table>
        <thead><tr><th>TT</th><th>{t('classification.criterion')}</th><th>{t('classification.article')}</th><th className="num">{t('classification.value')}</th><th>{t('classification.threshold')}</th><th>{t('classification.verdict')}</th><th>{t('classification.note')}</th></tr></thead>
        <tbody>{view.proposalReported.criteria.map((one, at) => {
          const answer = answers.get(one.id);
          return <tr key={one.id}><td>{at + 1}</td><td>{criterionWord(one.id)}</td><td>{articleWord(one.article)}</td><td className="num"><FigureText figure={one.value} decimals={4} /></td><td>{thresholdText(one.threshold)}</td><td>{criterionVerdict(one.id, one.verdict)}</td><td>{answer === undefined ? '' : `${answer.agrees ? '' : `${t('classification.disagrees')}. `}${answer.note}`}</td></tr>;
        })}</tbody>
      </table>
      <p><b>{t('classification.we-assess')}: {assessment === null ? '……………………' : statusWord(assessment.status)}.</b> {t('classification.proposed-is', { status: statusWord(view.proposalReported.status) })}</p>
      {assessment !== null && assessment.statement !== '' && <p>{assessment.statement}</p>}
      <div className="two signs"><div><i>{t('classification.sheet-to')}</i></div><div><b>{t('classification.sheet-head')}</b><br /><i>{t('classification.sheet-sign')}</i></div></div>
      <p className="foot">{t('classification.sheet-foot', { at: moment(Date.now()), digest: view.proposalReported.digest.slice(0, 16), version: row.version })}</p>
    </div>
  );
}
