/** Papers of the procedure in the form of Decree 30/2020/NĐ-CP: the council's file of one case, and the draft decision with its list. */
import { hash } from 'node:crypto';
import { displayDay } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Block, OfficialDocument } from '#platform/documents/official-document.ts';
import { printPdf } from '#platform/documents/print.ts';
import type { Download } from '#platform/http/bind.ts';
import { findOffices, getUnit } from '#modules/org-units/index.ts';
import { numberIn, type Figure } from '#modules/indicators/schema.ts';
import type { CaseView, CriterionNoted } from '../schema.ts';
import { listCases } from '../store/cases.ts';
import { withinOf } from './case-lists.ts';
import { readCase } from './case-view.ts';
import type { UseCase } from './scene.ts';
import { say } from './words.ts';

/** What posts are called, by office and post; a post the register does not name keeps its code. */
type Posts = (office: string, post: string) => string;
async function postsOf({ tx, now, language }: UseCase, view: CaseView): Promise<Posts> {
  const offices = await findOffices(tx, [...view.council, ...view.opinions, ...view.decisions.flatMap((one) => one.signatures)].map((one) => one.office), now.today);
  return (office, post) => { const found = offices.get(office)?.posts.find((one) => one.id === post); return found === undefined ? post : language === 'vi' ? found.nameVi : found.nameEn; };
}

type Words = (key: string, facts?: Readonly<Record<string, string | number>>) => string;
/** Statuses are called what the screens call them. */
const wordsFor = ({ language }: Pick<UseCase, 'language'>): Words => (key, facts = {}) => say(language, key.startsWith('status.') ? `classification.outcome.${key.slice('status.'.length)}` : `classification.print.${key}`, facts);

const pdf = async (document: OfficialDocument, name: string): Promise<Download> =>
  ({ bytes: await printPdf(document), fileName: `${name.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80)}.pdf`, contentType: 'application/pdf' });

const figureText = (figure: Figure, language: 'vi' | 'en', words: Words): string => {
  const value = numberIn(figure);
  if (value !== null) return new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 4 }).format(value);
  return 'suppressed' in figure ? words('hidden') : words('missing');
};

function placeAndDate(place: string, day: string, words: Words): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return words('placeAndDate', { place: place.replace(/^(Tỉnh|Thành phố|Phường|Xã|Đặc khu)\s+/u, ''), day: date, month, year });
}

const lines = (marker: string, texts: readonly string[]): Block[] => texts.map((text) => ({ kind: 'item', marker, text }));
const heading = (text: string): Block => ({ kind: 'heading', text });
const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

function assessmentPart(view: CaseView, words: Words): Block[] {
  const { assessment } = view;
  if (assessment === null) return [heading(words('partAssessment')), paragraph(words('noAssessment'))];
  const differing = assessment.answers.filter((one) => !one.agrees || one.note !== '').map((one) => words('answer', { criterion: one.criterion, agrees: words(one.agrees ? 'agrees' : 'disagrees'), note: one.note }));
  return [heading(words('partAssessment')), paragraph(words('assessed', { status: words(`status.${assessment.status}`) })), ...(assessment.statement === '' ? [] : [paragraph(assessment.statement)]), ...lines('-', differing)];
}

function councilPart(view: CaseView, words: Words, posts: Posts): Block[] {
  const said = view.opinions.map((one) => words('opinion', { post: posts(one.office, one.post), office: one.officeNameVi, status: words(`status.${one.status}`), round: one.round, note: one.note }));
  const { conclusion } = view;
  return [
    heading(words('partCouncil')), paragraph(words('quorum', { given: view.row.opinions, seats: view.council.length, quorum: view.quorum })), ...lines('-', said), heading(words('partConclusion')),
    ...(conclusion === null ? [paragraph(words('noConclusion'))] : [
      paragraph(words('concluded', { status: words(`status.${conclusion.status}`), minutes: conclusion.minutes, day: displayDay(conclusion.by.at.slice(0, 10)) })),
      ...(conclusion.againstProposal ? [paragraph(words('against', { proposed: words(`status.${conclusion.proposal.status}`) }))] : []), ...(conclusion.reason === '' ? [] : [paragraph(words('reason', { reason: conclusion.reason }))]),
    ]),
  ];
}

function decisionPart(view: CaseView, words: Words, posts: Posts): Block[] {
  const made = view.decisions.flatMap((one) => [
    words('decision', { number: one.number, day: displayDay(one.decidedOn), status: words(`status.${one.status}`) }) + (one.setAside === null ? '' : ` ${words('setAside')}`),
    ...one.signatures.map((signed) => words('signature', { part: words(`part.${signed.order}`), post: posts(signed.office, signed.post), office: signed.officeNameVi, day: displayDay(signed.at.slice(0, 10)) })),
  ]);
  const objections = view.objections.map((one) => words('objection', { office: one.by.officeNameVi, reference: one.reference, text: one.text, answer: one.answer === null ? words('unanswered') : `${words(one.answer.upheld ? 'upheld' : 'dismissed')} ${one.answer.text}` }));
  return [...(made.length === 0 ? [] : [heading(words('partDecision')), ...lines('-', made)]), ...(objections.length === 0 ? [] : [heading(words('partObjections')), ...lines('-', objections)])];
}

/** "4.1" is clause 1 of Article 4. */
function articleIn(article: string, language: 'vi' | 'en'): string {
  const [number = '', clause] = article.split('.');
  if (language === 'en') return `Art. ${article}`;
  return clause === undefined ? `Điều ${number}` : `khoản ${clause} Điều ${number}`;
}
const criteriaRows = (criteria: readonly CriterionNoted[], language: 'vi' | 'en', words: Words): string[][] =>
  criteria.map((one) => [`${say(language, `classification.criterion.${one.id}`)} (${words(`quantity.${one.quantity}`)})`, articleIn(one.article, language), figureText(one.value, language, words), one.threshold, words(`verdict.${one.verdict}`)]);

function fileOf(use: UseCase, view: CaseView, posts: Posts): OfficialDocument {
  const words = wordsFor(use);
  const { row, days } = view;
  const proposal = view.conclusion?.proposal ?? view.proposalNow;
  const kindWords = { unit: row.unit.nameVi, province: row.unit.provinceNameVi, period: row.period };
  return {
    superior: row.unit.level === 'commune' ? words('committee', { place: row.unit.provinceNameVi }) : words('ministry'), issuer: words('council'), number: view.conclusion?.minutes ?? '', placeAndDate: placeAndDate(row.unit.provinceNameVi, use.now.today, words),
    kind: words('fileKind'), abstract: words(row.kind === 'yearly' ? 'fileAbstract' : 'reviewAbstract', kindWords), legalBasis: [words('basis28')],
    body: [
      heading(words('partArea')), paragraph(words('area', { ...kindWords, first: displayDay(days.periodFirst), last: displayDay(days.periodLast) })), ...(view.causeText === '' ? [] : [paragraph(words('cause', { cause: view.causeText }))]),
      ...assessmentPart(view, words), heading(words('partProposal')), paragraph(words('proposed', { status: words(`status.${proposal.status}`), standing: words(`standing.${proposal.standing}`) })),
      ...(view.evidenceChanged.length === 0 ? [] : [paragraph(words('evidenceChanged', { count: view.evidenceChanged.length }))]), ...councilPart(view, words, posts), ...decisionPart(view, words, posts),
    ],
    table: {
      caption: words('criteriaCaption'), columns: [{ title: words('criterion') }, { title: words('article'), widthMm: 20 }, { title: words('value'), widthMm: 22, align: 'right' }, { title: words('threshold'), widthMm: 24 }, { title: words('verdictTitle'), widthMm: 26 }],
      rows: criteriaRows(proposal.criteria, use.language, words),
    },
    signer: { onBehalf: words('onBehalfCouncil'), post: words('chair') }, recipients: [words('recipientUnit', kindWords), words('recipientMembers'), words('archive')], synthetic: use.services.synthetic, language: use.language,
    printedAt: use.now.at, hash: hash('sha256', JSON.stringify([row.id, row.version, proposal])).slice(0, 12),
  };
}

export async function caseFile(use: UseCase, key: { readonly province: string; readonly case: string }): Promise<Result<Download, Refusal>> {
  const found = await readCase(use, key);
  if (!found.ok) return found;
  const { row } = found.value;
  return ok(await pdf(fileOf(use, found.value, await postsOf(use, found.value)), `${wordsFor(use)('fileName')}-${row.unit.code}-${row.period}`));
}

const concludedStates = ['concluded', 'signed-once', 'decided', 'published', 'in-force'];

/** The decision a province (or, for provinces, the ministry) signs: its concluded communes as an annex, by status. Number and day stay open until they are signed. */
export async function decisionFile(use: UseCase, { province, period }: { readonly province: string; readonly period: string }, number?: string): Promise<Result<Download, Refusal>> {
  const words = wordsFor(use);
  const place = await getUnit(use.tx, province, use.now.today);
  const listed = (await listCases(use.tx, { province, unit: null, period, kind: null, state: null, against: null, states: concludedStates, containing: null, offset: 0, limit: 500, within: withinOf(use) }))
    .filter((row) => row.level === 'commune' && row.conclusion !== null && (number === undefined || number === '' || row.conclusion.number === number));
  if (!place.ok || listed.length === 0) return refuse({ code: 'nothing-to-print' });
  const orderOf = ['drug-free', 'III', 'II', 'I', 'not-classified'];
  const rows = [...listed].sort((a, b) => orderOf.indexOf(a.conclusion?.status ?? '') - orderOf.indexOf(b.conclusion?.status ?? '') || (a.unitName < b.unitName ? -1 : 1));
  const minutes = [...new Set(rows.flatMap((row) => row.conclusion?.minutes ?? []))].slice(0, 3).join(', ');
  const signed = rows.find((row) => row.conclusion?.decidedOn != null)?.conclusion;
  const title = words('decisionAbstract', { province: place.value.nameVi, period });
  const document: OfficialDocument = {
    issuer: words('committee', { place: place.value.nameVi }), number: signed?.number ?? '', placeAndDate: placeAndDate(place.value.nameVi, signed?.decidedOn ?? use.now.today, words), kind: words('decisionKind'), abstract: title,
    legalBasis: [words('basis28'), words('basisCouncil', { minutes })],
    body: [1, 2, 3].map((article) => paragraph(words(`decisionArticle${article}`, { count: rows.length, period, province: place.value.nameVi }))),
    annex: {
      label: words('annex'), title: words('annexTitle', { period }), reference: words('reference', { number: signed?.number ?? '…' }),
      table: {
        columns: [{ title: words('ordinal'), widthMm: 12, align: 'center' }, { title: words('unitTitle') }, { title: words('statusTitle'), widthMm: 52 }, { title: words('noteTitle'), widthMm: 40 }],
        rows: rows.map((row, at) => [String(at + 1), row.unitName, words(`status.${row.conclusion?.status ?? 'not-classified'}`), row.against ? words('noteAgainst') : '']),
      },
    },
    signer: { onBehalf: words('onBehalfCommittee'), post: words('head') }, recipients: [words('recipientMinistry'), words('recipientCommunes'), words('archive')], synthetic: use.services.synthetic, language: use.language, printedAt: use.now.at,
    hash: hash('sha256', JSON.stringify(rows.map((row) => [row.id, row.conclusion?.status]))).slice(0, 12),
  };
  return ok(await pdf(document, `${words('decisionName')}-${province}-${period}`));
}
