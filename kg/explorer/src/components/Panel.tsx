// What is known of the selection, beside the drawing.
import { useRef } from "preact/hooks";
import type { Scene } from "../state/scene";
import type { State } from "../state/store";
import { ArticlePanel } from "./panel/ArticlePanel";
import { EdgePanel } from "./panel/EdgePanel";
import { EntityPanel } from "./panel/EntityPanel";
import { RelationPanel } from "./panel/RelationPanel";
import { Trail } from "./panel/trail";

export function Panel({ state }: { state: State }) {
  const scene = state.history.now;
  const trail = useRef(new Trail()).current;
  // Before the panel is there and takes the focus.
  trail.follow(scene.selection);
  return scene.selection.kind === "nothing" ? null : <Selected scene={scene} trail={trail} />;
}

/** A panel of its own for each thing, so that nothing of one is shown of another. */
function Selected({ scene, trail }: { scene: Scene; trail: Trail }) {
  const { selection } = scene;
  switch (selection.kind) {
    case "entity":
      return <EntityPanel key={selection.entity} entity={selection.entity} scene={scene} trail={trail} />;
    case "edge":
      return <EdgePanel key={`${selection.source}\n${selection.target}`} source={selection.source} target={selection.target} scene={scene} trail={trail} />;
    case "relation":
      return <RelationPanel key={selection.relation} relation={selection.relation} trail={trail} />;
    case "article":
      return <ArticlePanel key={`${selection.article}\n${selection.relation}`} article={selection.article} relation={selection.relation} trail={trail} />;
    case "nothing":
      return null;
  }
}
