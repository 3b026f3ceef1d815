// Which renderer a machine gets: WebGL where a graphics processor draws it, else a canvas, which software draws quicker.
import { canvasPainter } from "./canvas";
import type { Painter } from "./painter";
import { isSoftware } from "./software";
import { webglPainter } from "./webgl";

/** Behind `?` in the address: a renderer that is wanted whatever the machine, for tests and for doubtful drivers. */
const WANTED = "renderer";

export function painterFor(container: HTMLElement): Painter {
  const wanted = new URLSearchParams(location.search).get(WANTED);
  const hasProcessor = wanted === "webgl" || (wanted !== "canvas" && drawsInHardware());
  if (!hasProcessor) return canvasPainter(container);
  try {
    return webglPainter(container);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    container.querySelector(".drawing-bulk")?.remove(); // a driver that promises what it cannot do
    return canvasPainter(container);
  }
}

function drawsInHardware(): boolean {
  const context = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  if (context === null) return false;
  const about = context.getExtension("WEBGL_debug_renderer_info");
  const name = String(context.getParameter(about === null ? context.RENDERER : about.UNMASKED_RENDERER_WEBGL));
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return !isSoftware(name);
}
