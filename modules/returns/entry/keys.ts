/** What a key means in a box of the grid. Pure: the screen hands over the key, this says what to do. */
export type Pressed = { readonly key: string; readonly ctrl: boolean; readonly shift: boolean; readonly alt: boolean; /** A Telex or VNI letter is being composed: the key is not ours. */ readonly composing: boolean };
export type GridCommand =
  | { readonly do: 'move'; readonly by: 1 | -1 } | { readonly do: 'section'; readonly by: 1 | -1 }
  | { readonly do: 'last-month' } | { readonly do: 'undo' } | { readonly do: 'redo' } | { readonly do: 'review' } | { readonly do: 'revert' };

/** Tab is left to the browser: it also reaches the links of a row, so nobody is trapped in the grid. */
export function commandOf({ key, ctrl, shift, alt, composing }: Pressed): GridCommand | undefined {
  if (composing || alt) return undefined;
  if (ctrl) {
    const letter = key.toLowerCase();
    if (key === 'Enter') return { do: 'review' };
    if (letter === 'z') return { do: shift ? 'redo' : 'undo' };
    return letter === 'y' && !shift ? { do: 'redo' } : undefined;
  }
  switch (key) {
    case 'Enter': return { do: 'move', by: shift ? -1 : 1 };
    case 'ArrowDown': return { do: 'move', by: 1 };
    case 'ArrowUp': return { do: 'move', by: -1 };
    case 'PageDown': return { do: 'section', by: 1 };
    case 'PageUp': return { do: 'section', by: -1 };
    case '=': return { do: 'last-month' };
    case 'Escape': return { do: 'revert' };
    default: return undefined;
  }
}

/** The box to go to, kept inside the grid. */
export const boxAfter = (count: number, at: number, by: number): number => Math.max(0, Math.min(count - 1, at + by));
