import { scanXml, type XmlFault } from './xml.ts';

type Style = { basedOn: string | undefined; font: string | undefined; numId: string | undefined; level: number };

/** What a paragraph has from its style when it does not say it itself. */
export type Styles = {
  readonly fontOf: (styleId: string | undefined) => string | undefined;
  readonly numberingOf: (styleId: string | undefined) => { readonly numId: string; readonly level: number } | undefined;
};

/** Reads `word/styles.xml`; a chain of styles is followed at most 20 steps, so a circle ends. */
export function readStyles(xml: string | undefined): { readonly styles: Styles } | { readonly fault: XmlFault } {
  const byId = new Map<string, Style>();
  const defaults: Style = { basedOn: undefined, font: undefined, numId: undefined, level: 0 };
  let normal: string | undefined;
  let current: Style | undefined;
  const fault =
    xml === undefined
      ? undefined
      : scanXml(xml, {
          open(name, attribute) {
            if (name === 'w:docDefaults') current = defaults;
            else if (name === 'w:style') {
              current = { basedOn: undefined, font: undefined, numId: undefined, level: 0 };
              const id = attribute('w:styleId') ?? '';
              byId.set(id, current);
              if (attribute('w:type') === 'paragraph' && attribute('w:default') === '1') normal = id;
            } else if (current === undefined) return;
            else if (name === 'w:basedOn') current.basedOn = attribute('w:val');
            else if (name === 'w:rFonts') current.font = attribute('w:ascii') ?? attribute('w:hAnsi');
            else if (name === 'w:numId') current.numId = attribute('w:val');
            else if (name === 'w:ilvl') current.level = Math.min(8, Math.max(0, Number(attribute('w:val')) || 0));
          },
          text() {},
          close(name) {
            if (name === 'w:style' || name === 'w:docDefaults') current = undefined;
          },
        });
  if (fault !== undefined) return { fault };
  const chain = (styleId: string | undefined): Style[] => {
    const found: Style[] = [];
    let id = styleId ?? normal;
    for (let step = 0; id !== undefined && step < 20; step += 1) {
      const style = byId.get(id);
      if (style === undefined) break;
      found.push(style);
      id = style.basedOn;
    }
    return [...found, defaults];
  };
  const fonts = new Map<string | undefined, string | undefined>();
  return {
    styles: {
      fontOf(styleId) {
        if (!fonts.has(styleId)) fonts.set(styleId, chain(styleId).find((style) => style.font !== undefined)?.font);
        return fonts.get(styleId);
      },
      numberingOf(styleId) {
        const style = chain(styleId).find((candidate) => candidate.numId !== undefined);
        return style?.numId === undefined ? undefined : { numId: style.numId, level: style.level };
      },
    },
  };
}
