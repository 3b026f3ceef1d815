// Buttons in the corner of the drawing, for what wheel and fingers do, and for placing all anew.

interface Props {
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly layOutAnew: () => void;
}

const NEARER = 1.5;

export function DrawingControls({ zoom, fit, layOutAnew }: Props) {
  return (
    <div class="drawing-controls" role="group" aria-label="View">
      <Control label="Zoom in" path="M8 3v10M3 8h10" onClick={() => zoom(NEARER)} />
      <Control label="Zoom out" path="M3 8h10" onClick={() => zoom(1 / NEARER)} />
      <Control label="Show all" path="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" onClick={fit} />
      <Control label="Lay out anew" path="M13 5a6 6 0 1 0 1 4M14 2v4h-4" onClick={layOutAnew} />
    </div>
  );
}

function Control({ label, path, onClick }: { label: string; path: string; onClick: () => void }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onClick}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={path} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
      </svg>
    </button>
  );
}
