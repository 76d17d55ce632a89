/** Icons of our own, 16 units wide. The status shapes carry meaning without colour: see `StatusBadge`. */
const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 } as const;
const paper = 'var(--paper)';

const shapes = {
  ok: <><circle cx="8" cy="8" r="7" fill="currentColor" /><path d="M4.6 8.2l2.3 2.3 4.5-4.7" stroke={paper} strokeWidth="1.8" fill="none" /></>,
  fair: <><circle cx="8" cy="8" r="6.2" {...line} strokeWidth={1.8} /><path d="M4.9 8.2l2.1 2.1 4.1-4.3" {...line} strokeWidth={1.8} /></>,
  warn: <><path d="M8 1.2l7.2 13H.8z" fill="currentColor" /><path d="M8 6v4M8 11.4v1.4" stroke={paper} strokeWidth="1.7" /></>,
  bad: <><rect x="2.6" y="2.6" width="10.8" height="10.8" transform="rotate(45 8 8)" fill="currentColor" /><path d="M8 4.4v4.4M8 10v1.6" stroke={paper} strokeWidth="1.7" /></>,
  done: <><rect x="1" y="1" width="14" height="14" rx="3" fill="currentColor" /><path d="M4.4 8.2l2.4 2.4 4.8-5" stroke={paper} strokeWidth="1.8" fill="none" /></>,
  idle: <circle cx="8" cy="8" r="6.2" {...line} strokeWidth={1.8} strokeDasharray="3 2.2" />,
  half: <><circle cx="8" cy="8" r="6.2" {...line} strokeWidth={1.8} /><path d="M8 1.8a6.2 6.2 0 010 12.4z" fill="currentColor" /></>,
  info: <><circle cx="8" cy="8" r="7" {...line} strokeWidth={1.6} /><path d="M8 7v5M8 3.8v1.6" stroke="currentColor" strokeWidth="1.8" /></>,
  home: <path d="M2 8l6-5.4L14 8M4 7v6.4h8V7" {...line} />,
  list: <path d="M5.5 3.5H14M5.5 8H14M5.5 12.5H14M2 3.5h1M2 8h1M2 12.5h1" {...line} strokeWidth={1.6} />,
  grid: <path d="M2 2h5v5H2zM9 2h5v5H9zM2 9h5v5H2zM9 9h5v5H9z" {...line} />,
  pin: <><path d="M8 14.5S3 9.7 3 6.3a5 5 0 0110 0c0 3.4-5 8.2-5 8.2z" {...line} /><circle cx="8" cy="6.3" r="1.7" fill="currentColor" /></>,
  chart: <path d="M2 14V2M2 14h12M5 11V8M8.3 11V5M11.6 11V7" {...line} strokeWidth={1.6} />,
  mail: <path d="M1.8 3.5h12.4v9H1.8zM2 4l6 4.6L14 4" {...line} />,
  print: <path d="M4.5 6V2h7v4M4.5 11.5H2V6h12v5.5h-2.5M4.5 9.5h7V14h-7z" {...line} />,
  link: <path d="M6.5 9.5l3-3M7 4.8L8.8 3a3 3 0 014.2 4.2L11.2 9M9 11.2L7.2 13A3 3 0 013 8.8L4.8 7" {...line} />,
  download: <path d="M8 2v8M4.5 7L8 10.5 11.5 7M2.5 13.5h11" {...line} strokeWidth={1.6} />,
  upload: <path d="M8 11V2.5M4.5 6L8 2.5 11.5 6M2.5 13.5h11" {...line} strokeWidth={1.6} />,
  search: <><circle cx="7" cy="7" r="4.6" {...line} strokeWidth={1.6} /><path d="M10.5 10.5L14.5 14.5" {...line} strokeWidth={1.8} /></>,
  paste: <path d="M5.5 3H3v11.5h10V3h-2.5M5.5 1.8h5v2.6h-5z" {...line} />,
  cloud: <path d="M4.5 12.5a3 3 0 01.3-6 3.7 3.7 0 017-.6 3.3 3.3 0 01-.4 6.6z" {...line} />,
  cloudOff: <path d="M4.5 12.5a3 3 0 01.3-6 3.7 3.7 0 017-.6 3.3 3.3 0 01-.4 6.6zM2 2l12 12.5" {...line} />,
  flag: <path d="M3.5 14.5V2h8.8l-2 3.2 2 3.2H3.5" {...line} />,
  chat: <path d="M2 2.5h12v8.5H7.5L4 14v-3H2z" {...line} />,
  lock: <path d="M3 7h10v7H3zM5.2 7V5a2.8 2.8 0 015.6 0v2" {...line} />,
  key: <path d="M10.2 9.4a4 4 0 10-3.6-3.6L1.8 10.6v3.6h3.4v-2h2v-2z M11 5h.1" {...line} />,
  people: <path d="M6 7.6a2.6 2.6 0 100-5.2 2.6 2.6 0 000 5.2zM1.4 13.6c0-2.8 2-4.4 4.6-4.4s4.6 1.6 4.6 4.4M10.6 2.7a2.5 2.5 0 010 4.7M12 9.6c1.6.6 2.6 2 2.6 4" {...line} />,
  person: <path d="M8 7.8a3 3 0 100-6 3 3 0 000 6zM2.4 14.4c0-3.2 2.4-5 5.6-5s5.6 1.8 5.6 5" {...line} />,
  shield: <path d="M8 1.4l5.6 2v4.2c0 3.6-2.4 5.8-5.6 7-3.2-1.2-5.6-3.4-5.6-7V3.4zM5.4 8l2 2 3.4-3.8" {...line} />,
  clock: <><circle cx="8" cy="8" r="6.4" {...line} /><path d="M8 4v4.2l2.8 1.8" {...line} /></>,
  calendar: <path d="M2 3.4h12v10.8H2zM2 6.8h12M5 1.6v3.2M11 1.6v3.2" {...line} />,
  file: <path d="M3.4 1.6h6l3.4 3.4v9.4H3.4zM9 1.8v3.6h3.6" {...line} />,
  plus: <path d="M8 2.6v10.8M2.6 8h10.8" {...line} strokeWidth={1.8} />,
  close: <path d="M3.4 3.4l9.2 9.2M12.6 3.4l-9.2 9.2" {...line} strokeWidth={1.8} />,
  more: <path d="M3 8h.1M8 8h.1M13 8h.1" {...line} strokeWidth={2.6} strokeLinecap="round" />,
  menu: <path d="M2 3.6h12M2 8h12M2 12.4h12" {...line} strokeWidth={1.7} />,
  down: <path d="M3.6 6l4.4 4.4L12.4 6" {...line} strokeWidth={1.7} />,
  up: <path d="M3.6 10L8 5.6l4.4 4.4" {...line} strokeWidth={1.7} />,
  right: <path d="M6 3.6L10.4 8 6 12.4" {...line} strokeWidth={1.7} />,
  left: <path d="M10 3.6L5.6 8l4.4 4.4" {...line} strokeWidth={1.7} />,
  sort: <path d="M5 6l3-3.4L11 6M5 10l3 3.4L11 10" {...line} strokeWidth={1.6} />,
  edit: <path d="M10.6 2.4l3 3L5.4 13.6l-3.6.6.6-3.6z" {...line} />,
  bell: <path d="M3 12h10l-1.3-2V7a3.7 3.7 0 00-7.4 0v3zM6.6 14h2.8" {...line} />,
  star: <path d="M8 1.8l1.9 4 4.3.6-3.1 3 .8 4.4L8 11.7l-3.9 2.1.8-4.4-3.1-3 4.3-.6z" {...line} />,
  sun: <><circle cx="8" cy="8" r="3" {...line} /><path d="M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8L13 13M13 3l-1.2 1.2M4.2 11.8L3 13" {...line} /></>,
  moon: <path d="M13.4 9.8A5.8 5.8 0 016.2 2.6a5.8 5.8 0 107.2 7.2z" {...line} />,
  exit: <path d="M6.4 2H2.6v12h3.8M6.6 8h7M10.4 4.6L13.8 8l-3.4 3.4" {...line} />,
  split: <path d="M8 1.8v3.6M3 14.2v-3.6h10v3.6M8 5.4v5.2M3 10.6" {...line} />,
  history: <path d="M2.4 8a5.6 5.6 0 105.6-5.6c-2 0-3.6.9-4.7 2.3M3 1.8v3h3M8 5v3.2l2.2 1.4" {...line} />,
} as const;

export type IconName = keyof typeof shapes;

/** Decorative unless `label` is given. */
export const Icon = ({ name, size = 16, label }: { readonly name: IconName; readonly size?: number; readonly label?: string }) => (
  <svg width={size} height={size} viewBox="0 0 16 16" focusable="false" {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}>
    {shapes[name]}
  </svg>
);

/** The brand: six clears around a table, the first in gold. */
export const BrandMark = ({ size = 30 }: { readonly size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 30 30" aria-hidden="true" focusable="false">
    {[0, 1, 2, 3, 4, 5].map((i) => {
      const angle = (Math.PI / 3) * i - Math.PI / 2;
      return <circle key={i} cx={(15 + 10 * Math.cos(angle)).toFixed(1)} cy={(15 + 10 * Math.sin(angle)).toFixed(1)} r="3.7" fill={i === 0 ? '#f0b429' : '#fff'} />;
    })}
  </svg>
);
