// The buttons of an entity's panel.
import { currentDrawing } from "../../drawing/handle";
import { useRef, useState } from "preact/hooks";
import type { EntityBrief } from "../../api/types";
import { collapse, expand } from "../../state/expansion";
import type { Scene } from "../../state/scene";
import { isDrawn, showBeside } from "../../state/showing";
import { hide, pin, select, showOnly, unpin } from "../../state/steps";
import { useShared } from "../context";
import { EntityPicker, type Picked } from "../EntityPicker";
import { seek } from "../paths/routes";

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
      <button type="button" onClick={() => store.take(showOnly([entity.id]), select({ kind: "entity", entity: entity.id }))} title="Take away all else">
        Only this
      </button>
      <PathsTo entity={entity} />
    </div>
  );
}

function PinButton({ entity, scene }: { entity: EntityBrief; scene: Scene }) {
  const { store } = useShared();
  const isPinned = scene.pinned.has(entity.id);
  const toggle = () => {
    const place = currentDrawing()?.pointOf(entity.id) ?? null;
    if (isPinned) store.take(unpin(entity.id));
    else if (place !== null) store.take(pin(entity.id, place));
  };
  return (
    <button type="button" aria-pressed={isPinned} disabled={!isPinned && scene.shownAs === "table"} onClick={toggle} title="Keep it where it stands in the drawing">
      Pin
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
  const go = (to: Picked | null) => {
    if (to === null) return;
    end();
    store.take(seek(entity.id, to.id));
  };
  return (
    <>
      <button type="button" ref={button} aria-expanded={isAsking} onClick={() => ask(!isAsking)}>
        Paths to …
      </button>
      {isAsking && (
        <div class="finder">
          <EntityPicker label="Paths to whom?" except={entity.id} isAsking onPick={go} onEnd={end} />
        </div>
      )}
    </>
  );
}
