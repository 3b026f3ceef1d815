// The drawing itself: keeps a renderer and a layout in step with the state.
import { useEffect, useRef } from "preact/hooks";
import { Layout, beginnings } from "../drawing/layout";
import { lookOfEdge, lookOfNode, radius } from "../drawing/looks";
import type { Renderer } from "../drawing/renderer";
import { webglRenderer } from "../drawing/webgl";
import { ask } from "../api/client";
import type { Neighbourhood } from "../api/types";
import type { Id, Point, Selection } from "../state/scene";
import type { State, Store } from "../state/store";
import { add, choose, pin, select } from "../state/steps";
import { useShared } from "./context";

const NEXT = 20;

export function Drawing({ state }: { state: State }) {
  const { store, overview } = useShared();
  const container = useRef<HTMLDivElement>(null);
  const renderer = useRef<Renderer | null>(null);
  const positions = useRef<Map<Id, Point>>(new Map());
  const layout = useRef<Layout | null>(null);
  const scene = state.history.now;

  useEffect(() => {
    renderer.current = webglRenderer(container.current!, {
      onNode: (id, gesture) => (gesture === "expand" ? void expand(store, id) : store.take(select({ kind: "entity", entity: id }))),
      onEdge: (key) => store.take(select(edgeOf(key))),
      onGround: () => store.scene.selection.kind !== "nothing" && store.take(select({ kind: "nothing" })),
      onDrop: (id, point) => store.take(pin(id, point)),
      onHover: () => undefined,
    });
    layout.current = new Layout((moved) => {
      positions.current = moved;
      store.positions = moved;
      renderer.current?.move(moved);
    });
    return () => {
      layout.current?.end();
      renderer.current?.destroy();
    };
  }, [store]);

  const most = Math.max(1, ...state.network.nodes.map((node) => node.weight));
  useEffect(() => {
    positions.current = beginnings(state.network, positions.current);
    store.positions = positions.current;
    const weights = new Map(state.network.nodes.map((node) => [node.id, node.weight]));
    layout.current?.start(state.network, positions.current, scene.pinned, (id) => radius(weights.get(id) ?? 0, most));
  }, [state.network]);

  useEffect(() => {
    renderer.current?.draw({
      ...state.network,
      positions: positions.current,
      lookOfNode: (node) => lookOfNode(node, overview.legend, most),
      lookOfEdge: (edge) => lookOfEdge(edge, overview.legend),
      selected: selectedKey(scene.selection),
    });
  }, [state.network, scene.selection, scene.pinned]);

  return <div class="drawing" ref={container} role="img" aria-label={`${state.network.nodes.length} entities, ${state.network.edges.length} edges`} />;
}

/** Shows the next neighbours of an entity, the strongest first. */
export async function expand(store: Store, id: Id): Promise<void> {
  const shown = new Set(store.state.network.nodes.map((node) => node.id));
  const found: Id[] = [];
  let after: string | null = null;
  do {
    const page: Neighbourhood = await ask<Neighbourhood>("neighbours", { entity: id, limit: 100, after });
    found.push(...page.neighbours.items.map((item) => item.entity.id).filter((one) => !shown.has(one)));
    after = page.neighbours.next ?? null;
  } while (after !== null && found.length < NEXT);
  store.take(choose([...shown]), add([id, ...found.slice(0, NEXT)]), select({ kind: "entity", entity: id }));
}

function edgeOf(key: string): Selection {
  const [source = "", target = ""] = key.split("\n");
  return { kind: "edge", source, target };
}

function selectedKey(selection: Selection): string | null {
  if (selection.kind === "entity") return selection.entity;
  return selection.kind === "edge" ? [selection.source, selection.target].sort().join("\n") : null;
}
