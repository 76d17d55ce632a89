/** The library's own function in place of the shim for old React: one file less on the first load. */
export { useSyncExternalStore } from 'react';
