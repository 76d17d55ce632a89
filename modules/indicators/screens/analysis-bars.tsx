import type { Ref } from 'react';
import { t } from '#web/i18n/words.ts';
import { roundUp, valueIn, type Line } from './analysis-cube.ts';
import { sayValue } from './analysis-book.ts';
import { useWidth, wrapWords } from './analysis-svg.ts';
import { factsAt, mostOf, sayRow, type View } from './analysis-view.ts';

type BarsProps = { readonly view: View; readonly rows: readonly Line[]; readonly column: Line; readonly label: string; readonly picture: Ref<SVGSVGElement> };

/** One bar a row for the chosen column; each measure on its own scale from zero. Hidden and missing values have looks of their own. */
export function Bars({ view, rows, column, label, picture }: BarsProps) {
  const [box, width] = useWidth();
  const narrow = width < 520;
  const words = narrow ? width - 8 : Math.min(280, Math.round(width * 0.34));
  const from = narrow ? 4 : words + 10;
  const room = width - from - 84;
  const most = mostOf(view, view.laid.rows, [column]);
  const lines = rows.map((row) => ({ row, said: wrapWords(sayRow(view, row), Math.floor(words / 6.9)) }));
  const heights = lines.map(({ said }) => (narrow ? said.length * 17 + 24 : Math.max(26, said.length * 17 + 6)));
  const tops = heights.map((_, at) => heights.slice(0, at).reduce((sum, one) => sum + one, 6));
  const height = heights.reduce((sum, one) => sum + one, 12);
  return (
    <div ref={box} className="drawing">
      <svg ref={picture} role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <Hatch />
        {lines.map(({ row, said }, at) => {
          const value = valueIn(view.laid, row, column);
          const facts = factsAt(view, row, column);
          const top = tops[at] ?? 0;
          const y = narrow ? top + said.length * 17 + 2 : top + ((heights[at] ?? 26) - 16) / 2;
          const long = typeof value === 'number' ? Math.max(0, (value / roundUp(most.get(facts?.key ?? '') ?? 0)) * room) : 0;
          return (
            <g key={row.key}>
              <title>{`${sayRow(view, row)}: ${value === null ? t('indicators.missing') : value === '<' ? t('indicators.suppressed') : sayValue(value, facts)}`}</title>
              {said.map((line, number) => <text key={line + String(number)} x={narrow ? 4 : words} y={narrow ? top + 13 + number * 17 : top + (heights[at] ?? 26) / 2 + 4.5 + (number - (said.length - 1) / 2) * 17} textAnchor={narrow ? 'start' : 'end'}>{line}</text>)}
              {value === null ? <rect x={from} y={y} width={Math.min(room, 72)} height={16} className="miss" fill="url(#hatch)" /> : value === '<' ? <rect x={from} y={y} width={18} height={16} className="hid" /> : <rect x={from} y={y} width={Math.max(1, long)} height={16} className="bar-fill" />}
              <text x={value === null ? from + 80 : value === '<' ? from + 24 : from + long + 6} y={y + 12.5} className="fig">{value === null ? '–' : sayValue(value, facts)}</text>
            </g>
          );
        })}
        <path d={`M${from} 2V${height - 2}`} className="axis" />
      </svg>
    </div>
  );
}

export const Hatch = () => (
  <defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" stroke="var(--line-strong)" strokeWidth="3" /></pattern></defs>
);
