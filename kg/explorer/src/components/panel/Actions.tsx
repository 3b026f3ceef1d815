// The buttons of an entity's panel.
import { currentDrawing } from "../../drawing/handle";
import { useRef, useState } from "preact/hooks";
import type { EntityBrief } from "../../api/types";
import { collapse, expand } from "../../state/expansion";
import type { Scene } from "../../state/scene";
import { hide, pin, unpin } from "../../state/steps";
import { useShared } from "../context";
import { findPaths, isDrawn, pinOf, showBeside, showOnly } from "./drawn";
import { EntityPicker } from "./EntityPicker";

export function Actions({ entity, scene }: { entity: EntityBrief; scene: Scene }) {
  const { store } = useShared();
  if (!isDrawn(store, entity.id)) {
    return (
      <div class="actions" role="group" aria-label="What to do with it">
        <button type="button" class="main" onClick={() => showBeside(store, [entity.id])}>
          Show
        </button>
        <PathsTo entity={entity} />
      </div>
    );
  }
  return (
    <div class="actions" role="group" aria-label="What to do with it">
      <button type="button" class="main" onClick={() => void expand(store, entity.id)} title="Show its next 20 neighbours, the strongest first">
        Expand
      </button>
      <button type="button" onClick={() => collapse(store, entity.id)} title="Take away the neighbours that only it is connected with">
        Collapse
      </button>
      <PinButton entity={entity} scene={scene} />
      <button type="button" onClick={() => store.take(hide([entity.id]))} title="Take it away from what is shown">
        Hide
      </button>
      <button type="button" onClick={() => store.take(...showOnly(entity.id))} title="Take away all else">
        Only this
      </button>
      <PathsTo entity={entity} />
    </div>
  );
}

function PinButton({ entity, scene }: { entity: EntityBrief; scene: Scene }) {
  const { store } = useShared();
  const isPinned = pinOf(scene, entity.id) !== null;
  const toggle = () => {
    const place = currentDrawing()?.pointOf(entity.id) ?? null;
    if (isPinned) store.take(unpin(entity.id));
    else if (place !== null) store.take(pin(entity.id, place));
  };
  return (
    <button type="button" aria-pressed={isPinned} disabled={!isPinned && scene.shownAs === "table"} onClick={toggle} title="Keep it where it stands in the drawing">
      {isPinned ? "Pinned" : "Pin"}
    </button>
  );
}

/** Asks for the other end; the paths are shown where paths are. */
function PathsTo({ entity }: { entity: EntityBrief }) {
  const { store } = useShared();
  const [isAsking, ask] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const end = () => {
    ask(false);
    button.current?.focus();
  };
  const go = (to: string) => {
    end();
    store.take(findPaths(entity.id, to));
  };
  return (
    <>
      <button type="button" ref={button} aria-expanded={isAsking} onClick={() => ask(!isAsking)}>
        Paths to …
      </button>
      {isAsking && <EntityPicker label="Paths to whom?" except={entity.id} onPick={go} onEnd={end} />}
    </>
  );
}
