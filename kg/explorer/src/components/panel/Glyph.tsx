// Signs, drawn as strokes in the colour of the text around them. Beside a sign there is always a word.

const SIGNS = {
  cross: "M2.5 2.5l9 9m0-9l-9 9",
  back: "M12 7H2.5M7 2.5 2.5 7 7 11.5",
  size: "M8 2h4v4m0-4L8 6M6 12H2V8m0 4l4-4",
  twice: "M4.5 4.5h7.5V12H4.5zM2 9V2h7",
  asserted: "M2.5 7.5l3 3 6-7",
  planned: "M2 3.5h10V12H2zM2 6.5h10M4.7 1.5v3m4.6-3v3",
  possible: "M4.2 4.6a2.8 2.8 0 1 1 4.3 2.4C7.3 7.7 7 8.1 7 9m0 3v.1",
  requested: "M2 2.5h10v7H7L4 12V9.5H2z",
  negated: "M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0zM3.5 3.5l7 7",
} as const;

export type Sign = keyof typeof SIGNS;

export const isSign = (name: string): name is Sign => name in SIGNS;

export function Glyph({ sign }: { sign: Sign }) {
  return (
    <svg class={`glyph ${sign}`} viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      <path d={SIGNS[sign]} />
    </svg>
  );
}
