// The page's own icons: strokes on a grid of 16, in the colour of the text beside them.

const PATHS = {
  search: "M7 12.5a5.5 5.5 0 1 1 0-11 5.5 5.5 0 0 1 0 11zM11 11l3.5 3.5",
  undo: "M6 3 2.5 6.5 6 10M2.5 6.5H10a3.5 3.5 0 0 1 0 7H6.5",
  redo: "M10 3l3.5 3.5L10 10M13.5 6.5H6a3.5 3.5 0 0 0 0 7h3.5",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  layout: "M13.5 8A5.5 5.5 0 1 1 11.6 3.8M13.5 2v3h-3",
  link: "M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2A2.6 2.6 0 0 0 9 3.3l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.8-.8",
  anew: "M9.5 2H4v12h8V4.5zM9.5 2v2.5H12",
  help: "M6 6.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4M8 11.7v.1M8 14.5a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13z",
  light: "M8 10.8a2.8 2.8 0 1 1 0-5.6 2.8 2.8 0 0 1 0 5.6zM8 1.2v1.5M8 13.3v1.5M1.2 8h1.5M13.3 8h1.5M3.2 3.2l1 1M11.8 11.8l1 1M12.8 3.2l-1 1M4.2 11.8l-1 1",
  dark: "M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1z",
  system: "M2 3h12v8.5H2zM6 14h4M8 11.5V14",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  drawing: "M4 5.5a1.5 1.5 0 1 1 0-3 1.5 1.5 0 0 1 0 3zM12.5 8A1.5 1.5 0 1 1 12.5 5a1.5 1.5 0 0 1 0 3zM5.5 13.5a1.5 1.5 0 1 1 0-3 1.5 1.5 0 0 1 0 3zM5.4 4.5 11 6M4.2 5.5l1 5M6.8 11.3l4.4-3.7",
  table: "M2 3h12v10H2zM2 6.3h12M2 9.7h12M6.5 3v10",
  left: "M10 3.5 5.5 8l4.5 4.5",
  right: "M6 3.5 10.5 8 6 12.5",
  down: "M3.5 6 8 10.5 12.5 6",
  up: "M3.5 10 8 5.5l4.5 4.5",
  alert: "M8 2 1.8 13.5h12.4zM8 6.5v3.2M8 11.7v.1",
} as const;

export type IconName = keyof typeof PATHS;

/** An icon; what it means is said by the label of what it stands in. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
