/** Small helpers of drawings made as SVG: words broken into lines, looks of lines, and the picture file made from what is on the screen. */
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Words broken into lines of about `most` letters; nothing is cut off, a longer word stands on a line of its own. */
export function wrapWords(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const colours = ['--accent', '--warn', '--ok', '--bad', '--ink-3', '--seq-4'] as const;
const dashes = ['', '7 3', '2 3', '9 3 2 3'] as const;
/** A line is told by colour, dash and the number at its end. */
export const lookOf = (at: number): { readonly stroke: string; readonly dash: string } => ({ stroke: `var(${colours[at % colours.length] ?? '--accent'})`, dash: dashes[Math.floor(at / colours.length) % dashes.length] ?? '' });

/** Width of a box in CSS pixels, followed while it changes. */
export function useWidth(first = 720): readonly [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const take = (): void => setWidth((before) => { const now = Math.floor(element.clientWidth); return now > 0 && Math.abs(now - before) > 1 ? now : before; });
    take();
    if (typeof ResizeObserver === 'undefined') return undefined;
    const watch = new ResizeObserver(take);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [box, Math.max(240, width)];
}

const copied = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'opacity'] as const;

function withLooks(from: Element, to: Element): void {
  const looks = getComputedStyle(from);
  for (const name of copied) {
    const value = looks.getPropertyValue(name);
    if (value !== '') to.setAttribute(name, value);
  }
  to.removeAttribute('class');
  to.removeAttribute('style');
  [...from.children].forEach((child, at) => { const twin = to.children[at]; if (twin) withLooks(child, twin); });
}

const svgName = 'http://www.w3.org/2000/svg';
/** The drawing with its title and source lines as one SVG that needs nothing else, in the colours of the screen. */
export function pictureOf(svg: SVGSVGElement, lines: readonly string[]): { readonly text: string; readonly width: number; readonly height: number } {
  const box = svg.getBoundingClientRect();
  const [width, drawn] = [Math.ceil(box.width), Math.ceil(box.height)];
  const body = getComputedStyle(document.body);
  const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim() || '#ffffff';
  const wrapped = lines.flatMap((line, at) => wrapWords(line, Math.floor((width - 24) / (at === 0 ? 8.4 : 6.8))).map((text) => ({ text, first: at === 0 })));
  const head = 16 + wrapped.length * 19;
  const root = document.createElementNS(svgName, 'svg');
  const height = head + drawn + 12;
  for (const [name, value] of [['xmlns', svgName], ['width', width], ['height', height], ['viewBox', `0 0 ${width} ${height}`]] as const) root.setAttribute(name, String(value));
  const ground = root.appendChild(document.createElementNS(svgName, 'rect'));
  for (const [name, value] of [['width', width], ['height', height], ['fill', paper]] as const) ground.setAttribute(name, String(value));
  wrapped.forEach(({ text, first }, at) => {
    const line = root.appendChild(document.createElementNS(svgName, 'text'));
    for (const [name, value] of [['x', 12], ['y', 20 + at * 19], ['font-family', body.fontFamily], ['font-size', first ? 16 : 13], ['font-weight', first ? 600 : 400], ['fill', body.color]] as const) line.setAttribute(name, String(value));
    line.textContent = text;
  });
  const twin = svg.cloneNode(true);
  if (twin instanceof SVGSVGElement) {
    withLooks(svg, twin);
    for (const [name, value] of [['x', 0], ['y', head], ['width', width], ['height', drawn]] as const) twin.setAttribute(name, String(value));
    root.appendChild(twin);
  }
  return { text: new XMLSerializer().serializeToString(root), width, height };
}

function hand(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export const saveSvg = (svg: SVGSVGElement, lines: readonly string[], name: string): void => hand(new Blob([pictureOf(svg, lines).text], { type: 'image/svg+xml' }), `${name}.svg`);

/** The same as PNG, two dots a pixel. @returns false when this browser could not draw it */
export async function savePng(svg: SVGSVGElement, lines: readonly string[], name: string): Promise<boolean> {
  const { text, width, height } = pictureOf(svg, lines);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  try {
    await image.decode();
  } catch {
    return false;
  }
  const canvas = document.createElement('canvas');
  const scale = Math.min(2, Math.sqrt(60_000_000 / (width * height)));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob === null) return false;
  hand(blob, `${name}.png`);
  return true;
}
