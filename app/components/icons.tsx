/** Drawn on a 16-unit grid with 1.5-unit strokes in the text's colour; decoration only, so hidden from readers. */
const PATHS = {
  overview: 'M2.5 13.5v-5m3.7 5v-9m3.6 9v-6m3.7 6v-11',
  enterprises: 'M3 13.5V3.5l6-1.5v11.5M9 6.5l4 1v6M1.5 13.5h13M5.5 5.5h1m-1 2.5h1m-1 2.5h1',
  candidates: 'M2.5 4h6m-6 4h6m-6 4h4m4.5-1.5 1.8 1.8L14 9',
  batches: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6 9.5h4',
  funnel: 'M2 3h12L9.5 8.5V13l-3 1V8.5z',
  indicators: 'M2.5 11a5.5 5.5 0 0 1 11 0M8 11l2.5-3.5M2.5 13.5h11',
  reviews: 'M3 2.5h7l3 3v8H3zM10 2.5v3h3M5.5 8h5m-5 2.5h5',
  rules:
    'M8 2v11.5M4 13.5h8M3 4.5l5-1 5 1M1.5 9.5 3 4.5l1.5 5a1.7 1.7 0 0 1-3 0Zm10 0L13 4.5l1.5 5a1.7 1.7 0 0 1-3 0Z',
  machines: 'M2 6h4v4H2zM10 2h4v4h-4zM10 10h4v4h-4zM6 8h2V4h2M8 8v4h2',
  import: 'M8 2v8m-3-3 3 3 3-3M2.5 11v2.5h11V11',
  parks: 'M8 2v3m0 0H3.5v3M8 5h4.5v3M2 8h3v3H2zM6.5 8h3v3h-3zM11 8h3v3h-3zM2 13.5h12',
  users:
    'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-4 6c0-2.5 1.8-4 4-4s4 1.5 4 4M10.5 2.8a2.5 2.5 0 0 1 0 4.4M12 9.9c1.3.6 2 1.9 2 3.6',
  help: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6.3 6.3a1.7 1.7 0 1 1 2.4 1.6c-.5.2-.7.5-.7 1.1M8 11.3v.1',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1.2 1.5H2.8ZM6.5 14h3',
  calendar: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3m5-3v3M5 9h1m2 0h1m2 0h.5M5 11.2h1m2 0h1',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm3.3-1.2L14 14',
  download: 'M8 2v8m-3-3 3 3 3-3M2.5 13.5h11',
  plus: 'M8 3v10M3 8h10',
  up: 'M4 10l4-4 4 4',
  down: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  warn: 'M8 2.5 14.5 13.5h-13ZM8 6.5v3M8 11.5v.1',
  met: 'M3.5 8.5l3 3 6-7',
  unmet: 'M4.5 4.5l7 7m0-7-7 7',
  unknown: 'M5.8 6a2.2 2.2 0 1 1 3.1 2.1c-.6.3-.9.7-.9 1.5M8 12.2v.1',
  manual: 'M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-4.5 6c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4',
  waived: 'M3 8h10M8 13.5A5.5 5.5 0 1 0 8 2.5a5.5 5.5 0 0 0 0 11Z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, className = 'mark' }: { name: IconName; className?: string }) {
  return (
    <svg
      className={className}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The program's sign: four steps in the hues of the four tiers. */
export function Logo({ className = 'size-6' }: { className?: string }) {
  return (
    <svg className={className} viewBox="0 0 24 24" aria-hidden="true">
      <rect x="2" y="16" width="4" height="6" rx="1" className="fill-hnte" />
      <rect x="7.5" y="11.5" width="4" height="10.5" rx="1" className="fill-srdi" />
      <rect x="13" y="7" width="4" height="15" rx="1" className="fill-giant" />
      <rect x="18.5" y="2" width="4" height="20" rx="1" className="fill-unicorn" />
    </svg>
  );
}
