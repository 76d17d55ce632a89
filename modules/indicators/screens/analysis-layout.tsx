import { t } from '#web/i18n/words.ts';
import { Button, IconButton } from '#web/kit/button.tsx';
import type { Dimension } from '../schema.ts';
import { codeOf, sidesOf } from './analysis-cube.ts';
import { sayDimension } from './analysis-book.ts';
import type { DrawingShape } from './analysis-state.ts';

type Side = 'rows' | 'columns';
type LayoutProps = { readonly dimensions: readonly Dimension[]; readonly drawing: DrawingShape; readonly onDrawing: (drawing: DrawingShape) => void };

/** Which dimension stands on rows and which on columns, by buttons: up, down, to the other side. */
export function LayoutControls({ dimensions, drawing, onDrawing }: LayoutProps) {
  const sides = sidesOf(dimensions, drawing);
  const codes: Readonly<Record<Side, string[]>> = { rows: coded(dimensions, sides.rows), columns: coded(dimensions, sides.columns) };
  const put = (next: Readonly<Record<Side, string[]>>): void => onDrawing({ ...drawing, rows: next.rows, columns: next.columns, sort: null });
  const move = (side: Side, code: string, step: number): void => {
    const list = [...codes[side]];
    const at = list.indexOf(code);
    list.splice(at, 1);
    list.splice(at + step, 0, code);
    put({ ...codes, [side]: list });
  };
  const over = (side: Side, code: string): void => {
    const other: Side = side === 'rows' ? 'columns' : 'rows';
    put({ [side]: codes[side].filter((one) => one !== code), [other]: [...codes[other], code] } as Readonly<Record<Side, string[]>>); // both sides are named
  };
  return (
    <div className="sides">
      {(['rows', 'columns'] as const).map((side) => (
        <fieldset key={side}>
          <legend>{t(side === 'rows' ? 'indicators.on-rows' : 'indicators.on-columns')}</legend>
          {codes[side].length === 0 && <p className="muted small">{t('indicators.side-empty')}</p>}
          <ol>{codes[side].map((code, at) => {
            const dimension = dimensions.find((one) => codeOf(one) === code);
            const name = dimension === undefined ? code : sayDimension(dimension);
            return (
              <li key={code}>
                <span>{name} <span className="muted small">({dimension?.keys.length ?? 0})</span></span>
                <IconButton icon="up" label={t('indicators.move-up', { name })} disabled={at === 0} onClick={() => move(side, code, -1)} />
                <IconButton icon="down" label={t('indicators.move-down', { name })} disabled={at === codes[side].length - 1} onClick={() => move(side, code, 1)} />
                <Button size="small" onClick={() => over(side, code)}>{t(side === 'rows' ? 'indicators.to-columns' : 'indicators.to-rows')}<span className="vh">: {name}</span></Button>
              </li>
            );
          })}</ol>
        </fieldset>
      ))}
    </div>
  );
}

const coded = (dimensions: readonly Dimension[], side: readonly number[]): string[] => side.flatMap((at) => { const one = dimensions[at]; return one === undefined ? [] : [codeOf(one)]; });
