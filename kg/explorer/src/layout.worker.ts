// Places nodes by ForceAtlas2 (Jacomy et al., 2014), off the main thread; sends positions as it goes.
import { Arrangement, type Asked } from "./drawing/arrangement";

let arrangement: Arrangement | null = null;

self.addEventListener("message", (event: MessageEvent<Asked | "stop">) => {
  arrangement?.stop();
  arrangement = event.data === "stop" ? null : new Arrangement(event.data, (found) => postMessage(found));
});
