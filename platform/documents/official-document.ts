import type { Instant } from '#kernel/day.ts';
import { cleanText } from './decode-text.ts';

export type DocumentLanguage = 'vi' | 'en';

/** A piece of the body. `item` is a list item whose marker is written as given ("1.", "a)", "-"). */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly bold?: boolean; readonly italic?: boolean }
  | { readonly kind: 'item'; readonly marker: string; readonly text: string; readonly level?: number };

/** @property widthMm millimetres; columns without one share what is left */
export type TableColumn = { readonly title: string; readonly widthMm?: number; readonly align?: 'left' | 'center' | 'right' };

/** @property filters what the rows were chosen by, printed over the table, so that a paper says what it leaves out */
export type DocumentTable = {
  readonly caption?: string;
  readonly filters?: readonly string[];
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
};

/** An annex begins on a page of its own: label ("PHỤ LỤC I"), title and the document it belongs to. */
export type Annex = {
  readonly label: string;
  readonly title: string;
  readonly reference: string;
  readonly orientation?: 'portrait' | 'landscape';
  readonly table: DocumentTable;
};

/**
 * An administrative document in the parts and order of Decree 30/2020/NĐ-CP, Article 8 and Annex I.
 *
 * @property superior the body above the issuer, when the issuer has one to name
 * @property signer an empty post and no name: nobody signs, and no block is printed
 * @property number number and symbol, "564/TB-VPCP"; empty while the document is a draft
 * @property kind kind of document, "THÔNG BÁO"; empty for an official dispatch (công văn)
 * @property synthetic demonstration data: a label is printed on every page
 * @property printedAt instant of printing, shown in Vietnam's time
 * @property hash checksum of what was printed, by which a paper is found again
 */
export type OfficialDocument = {
  readonly issuer: string;
  readonly superior?: string;
  readonly number: string;
  readonly placeAndDate: string;
  readonly kind: string;
  readonly abstract: string;
  readonly legalBasis?: readonly string[];
  readonly body: readonly Block[];
  readonly table?: DocumentTable;
  readonly annex?: Annex;
  readonly signer: { readonly onBehalf?: string; readonly post: string; readonly name?: string };
  readonly recipients: readonly string[];
  readonly synthetic: boolean;
  readonly language: DocumentLanguage;
  readonly orientation?: 'portrait' | 'landscape';
  readonly printedAt: Instant;
  readonly hash?: string;
};

/** Distances of the page in millimetres; Decree 30/2020, Annex I, part I: top and bottom 20-25, left 30-35, right 15-20. */
export const pageMm = { width: 210, height: 297, top: 22, bottom: 22, left: 30, right: 17, numberFromTop: 11 } as const;

/** Sizes in points; Decree 30/2020, Annex I, section II: title 12-13, motto 13-14, text 13-14, recipients 12 and 11, page number 13-14. */
export const typePt = { title: 12, motto: 13, issuer: 12, number: 13, date: 13, kind: 14, abstract: 14, text: 13.5, table: 11, post: 13, recipientsTitle: 12, recipients: 11, page: 13, small: 8.5 } as const;

export type Wording = {
  readonly nation: string;
  readonly motto: string;
  readonly number: string;
  readonly recipients: string;
  readonly synthetic: string;
  readonly printed: string;
  readonly hash: string;
  readonly filters: string;
};

const wordings: Readonly<Record<DocumentLanguage, Wording>> = {
  vi: {
    nation: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    motto: 'Độc lập - Tự do - Hạnh phúc',
    number: 'Số:',
    recipients: 'Nơi nhận:',
    synthetic: 'DỮ LIỆU GIẢ LẬP - KHÔNG PHẢI VĂN BẢN THẬT',
    printed: 'In từ Sáu Rõ lúc',
    hash: 'Mã kiểm tra:',
    filters: 'Điều kiện lọc:',
  },
  en: {
    nation: 'SOCIALIST REPUBLIC OF VIET NAM',
    motto: 'Independence - Freedom - Happiness',
    number: 'No.',
    recipients: 'Recipients:',
    synthetic: 'SYNTHETIC DATA - NOT A REAL DOCUMENT',
    printed: 'Printed from Sáu Rõ at',
    hash: 'Checksum:',
    filters: 'Filters:',
  },
};

export const wordingOf = (language: DocumentLanguage): Wording => wordings[language];

/** Text as it may be printed: composed letters, nothing invisible, tabs as spaces. */
export const printable = (text: string): string => cleanText(text).text.normalize('NFC').replace(/\t/g, '   ');

/** hh:mm dd/mm/yyyy in Vietnam (UTC+7). */
export function printedMoment(instant: Instant): string {
  const local = new Date(new Date(instant).getTime() + 7 * 3_600_000).toISOString();
  return `${local.slice(11, 16)} ${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)}`;
}

/** The line at the foot of each page. */
export function footLine(document: OfficialDocument): string {
  const words = wordingOf(document.language);
  const hash = document.hash === undefined ? '' : `  |  ${words.hash} ${document.hash}`;
  return `${words.printed} ${printedMoment(document.printedAt)}${hash}`;
}

/** Number and symbol with its word; blanks to fill in by hand while there is no number. */
export const numberLine = (document: OfficialDocument): string =>
  `${wordingOf(document.language).number} ${document.number.trim() === '' ? '.........../...........' : printable(document.number)}`;

/** Recipients as the decree punctuates them: a dash before, a semicolon after, a full stop after the last. */
export const recipientLines = (recipients: readonly string[]): string[] =>
  recipients.map((recipient, i) => `- ${printable(recipient).replace(/[;.]$/, '')}${i === recipients.length - 1 ? '.' : ';'}`);
