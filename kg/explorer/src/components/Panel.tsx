// What is known of the selection, beside the drawing.
import { useEffect, useRef } from "preact/hooks";
import type { Scene } from "../state/scene";
import type { State } from "../state/store";
import { ArticlePanel } from "./panel/ArticlePanel";
import { EdgePanel } from "./panel/EdgePanel";
import { EntityPanel } from "./panel/EntityPanel";
import { watchInput, type Origin } from "./panel/focus";
import { RelationPanel } from "./panel/RelationPanel";

export function Panel({ state }: { state: State }) {
  const scene = state.history.now;
  const origin = useRef<Origin>({ element: null });
  const { kind } = scene.selection;
  useEffect(watchInput, []);
  // Before the panel is there and takes the focus.
  const wasOpen = useRef(false);
  if (kind !== "nothing" && !wasOpen.current) origin.current.element = document.activeElement;
  wasOpen.current = kind !== "nothing";
  return kind === "nothing" ? null : <Selected scene={scene} origin={origin.current} />;
}

/** A panel of its own for each thing, so that nothing of one is shown of another. */
function Selected({ scene, origin }: { scene: Scene; origin: Origin }) {
  const { selection } = scene;
  switch (selection.kind) {
    case "entity":
      return <EntityPanel key={selection.entity} entity={selection.entity} scene={scene} origin={origin} />;
    case "edge":
      return <EdgePanel key={`${selection.source}\n${selection.target}`} source={selection.source} target={selection.target} scene={scene} origin={origin} />;
    case "relation":
      return <RelationPanel key={selection.relation} relation={selection.relation} origin={origin} />;
    case "article":
      return <ArticlePanel key={`${selection.article}\n${selection.relation}`} article={selection.article} relation={selection.relation} origin={origin} />;
    case "nothing":
      return null;
  }
}
