// Places nodes and measures how central they are, off the main thread; sends positions as it goes.
import { Arrangement } from "./drawing/arrangement";
import type { Asked } from "./drawing/columns";
import { measured, type MeasuresAsked } from "./drawing/measures";

let arrangement: Arrangement | null = null;

self.addEventListener("message", ({ data }: MessageEvent<Asked | MeasuresAsked>) => {
  if (data.kind === "measures") return postMessage(measured(data));
  arrangement?.stop();
  arrangement = new Arrangement(data, (found) => postMessage(found, { transfer: [found.points.buffer] }));
  return undefined;
});
