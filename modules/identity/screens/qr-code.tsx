import { useEffect, useState } from 'react';

type Matrix = { readonly size: number; readonly dark: (row: number, column: number) => boolean };

/** A QR code drawn as SVG squares from the library's matrix (no HTML text is ever set). The library is fetched only then. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const [matrix, setMatrix] = useState<Matrix>();
  useEffect(() => {
    let gone = false;
    void import('qrcode').then(({ default: qrcode }) => {
      const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
      if (!gone) setMatrix({ size: modules.size, dark: (row, column) => modules.get(row, column) === 1 });
    });
    return () => { gone = true; };
  }, [text]);
  if (!matrix) return null;
  const cells = Array.from({ length: matrix.size }, (_, i) => i);
  const path = cells.map((row) => cells.map((column) => (matrix.dark(row, column) ? `M${column + 4} ${row + 4}h1v1h-1z` : '')).join('')).join('');
  const whole = matrix.size + 8;
  return <svg role="img" aria-label={label} width="216" height="216" viewBox={`0 0 ${whole} ${whole}`} shapeRendering="crispEdges"><path d={`M0 0h${whole}v${whole}H0z`} fill="#fff" /><path d={path} fill="#000" /></svg>;
}
