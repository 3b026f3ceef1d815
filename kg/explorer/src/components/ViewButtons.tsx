// Zooms, fits and lays out the drawing.
import { handle } from "../drawing/handle";
import { IconButton } from "./IconButton";

const STEP = 1.5;

export function ViewButtons() {
  return (
    <div class="view-buttons" role="group" aria-label="View">
      <IconButton icon="plus" label="Zoom in" onClick={() => handle.current?.zoom(1 / STEP)} />
      <IconButton icon="minus" label="Zoom out" onClick={() => handle.current?.zoom(STEP)} />
      <IconButton icon="fit" label="Fit" hint="all into view" onClick={() => handle.current?.fit()} />
      <IconButton icon="layout" label="Lay out" hint="anew" onClick={() => handle.current?.layOut()} />
    </div>
  );
}
