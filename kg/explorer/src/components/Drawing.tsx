// The drawing itself: keeps a renderer and a layout in step with the state.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { courseOf } from "../drawing/courses";
import { setCurrentDrawing, type DrawingHandle } from "../drawing/handle";
import { pressed } from "../drawing/keys";
import { Layout } from "../drawing/layout";
import { labelOf, pictureOf, radiiOf } from "../drawing/looks";
import type { Measured } from "../drawing/measures";
import type { Points, Renderer } from "../drawing/renderer";
import { createRenderer } from "../drawing/stage";
import { collapse, expand } from "../state/expansion";
import type { Network } from "../state/network";
import type { Id, Point, Scene, Selection } from "../state/scene";
import type { State, Store } from "../state/store";
import { hide, pin, select, unpin } from "../state/steps";
import { useShared } from "./context";
import { DrawingControls } from "./DrawingControls";

const NUMBER = new Intl.NumberFormat("en");
const KEYS =
  "Press n or Enter to go to the strongest entity, n and Shift+n to go on and back. Enter selects, e expands, c collapses, h hides, p pins. " +
  "Arrow keys move the drawing, plus and minus zoom, 0 shows all, Escape leaves the entity.";

export function Drawing({ state }: { state: State }) {
  const { store, overview } = useShared();
  const container = useRef<HTMLDivElement>(null);
  const drawn = useDrawn(container, state);
  const [cursor, setCursor] = useState<Id | null>(null);
  const scene = state.history.now;
  const { network } = state;
  const order = useMemo(() => [...network.nodes].sort((one, other) => other.weight - one.weight).map((node) => node.id), [network]);

  useEffect(() => {
    drawn.mark(selectedKey(scene.selection), cursor);
  }, [scene.selection, cursor, drawn.version]);

  const goTo = (id: Id) => {
    setCursor(id);
    drawn.show(id);
    store.say(announced(network, id, order.indexOf(id), (name) => labelOf(overview.legend.types, name)));
  };
  const keyed = (event: KeyboardEvent) => {
    const { renderer } = drawn;
    if (renderer === null || event.target !== container.current) return;
    const isMeant = pressed(event, {
      renderer,
      order,
      cursor: cursor !== null && order.includes(cursor) ? cursor : null,
      goTo,
      select: (id) => (isSelected(scene, id) ? void expand(store, id) : store.take(select({ kind: "entity", entity: id }))),
      expand: (id) => void expand(store, id),
      collapse: (id) => collapse(store, id),
      hide: (id) => store.take(hide([id])),
      pin: (id) => togglePin(store, id, drawn),
      clear: () => {
        setCursor(null);
        if (scene.selection.kind !== "nothing") store.take(select({ kind: "nothing" }));
      },
    });
    if (isMeant) event.preventDefault();
  };
  const count = `${NUMBER.format(network.nodes.length)} entities and ${NUMBER.format(network.edges.length)} edges`;
  return (
    <div class="drawing">
      <div
        class="drawing-stage"
        ref={container}
        tabIndex={0}
        role="application"
        aria-roledescription="drawing of a graph"
        aria-label={`Drawing of ${count}`}
        aria-describedby="drawing-keys"
        onKeyDown={keyed}
      />
      <p id="drawing-keys" class="drawing-unseen">
        {KEYS}
      </p>
      {drawn.note !== null && <p class="drawing-note drawing-note-lasting">{drawn.note}</p>}
      <DrawingControls zoom={(factor) => drawn.renderer?.zoom(factor)} fit={() => drawn.renderer?.fit()} layOutAnew={() => drawn.layOutAnew()} />
    </div>
  );
}

/** What draws, and what it is at. */
interface Drawn {
  readonly renderer: Renderer | null;
  /** Grows with each other picture. */
  readonly version: number;
  readonly note: string | null;
  readonly mark: (selected: string | null, cursor: Id | null) => void;
  /** Brings entities into view where they are not. */
  readonly show: (...ids: readonly Id[]) => void;
  readonly layOutAnew: () => void;
  readonly pointOf: (id: Id) => Point | null;
  readonly keep: (id: Id, point: Point) => void;
}

interface Parts {
  readonly renderer: Renderer;
  readonly layout: Layout;
}

/** Starts the renderer and the layout with the page, and gives them what there is to draw. */
function useDrawn(container: { current: HTMLDivElement | null }, state: State): Drawn {
  const { store, overview } = useShared();
  const parts = useRef<Parts | null>(null);
  const points = useRef<{ network: Network; points: Points } | null>(null);
  const [version, setVersion] = useState(0);
  const [measured, setMeasured] = useState<{ network: Network; measured: Measured } | null>(null);
  const scene = state.history.now;
  const latest = useRef<{ network: Network; draw: () => void }>({ network: state.network, draw: () => undefined });
  const needsMeasures = scene.sizeBy !== "relations" || scene.colourBy !== "type";

  const draw = () => {
    const held = points.current;
    if (held === null || held.network !== state.network) return;
    const known = needsMeasures && measured?.network === state.network ? measured.measured : null;
    parts.current?.renderer.draw(pictureOf(state.network, scene, overview.legend, known), held.points);
    setVersion((before) => before + 1);
  };
  latest.current = { network: state.network, draw };

  useEffect(() => {
    const renderer = createRenderer(container.current!, {
      onNode: (id, gesture) => (gesture === "expand" ? void expand(store, id) : store.take(select({ kind: "entity", entity: id }))),
      onEdge: (key) => store.take(select(edgeOf(key))),
      onGround: () => store.scene.selection.kind !== "nothing" && store.take(select({ kind: "nothing" })),
      onDrop: (id, point) => store.take(pin(id, { x: Math.round(point.x), y: Math.round(point.y) })),
    });
    const layout = new Layout({
      onMove: (moved, isDone) => placed(renderer, points, latest.current, moved, isDone),
      onMeasures: (found) => setMeasured({ network: latest.current.network, measured: found }),
    });
    parts.current = { renderer, layout };
    return () => {
      layout.end();
      renderer.destroy();
      parts.current = null;
    };
  }, [store]);

  const layOut = (isAnew: boolean) => {
    const element = container.current!;
    const aspect = element.clientWidth / Math.max(element.clientHeight, 1);
    const held = new Map([...courseOf(state.network, scene, aspect), ...scene.pinned]);
    if (state.network.nodes.length > 0) parts.current?.layout.start(state.network, held, radiiOf(state.network), aspect, isAnew);
    else parts.current?.renderer.draw({ nodes: [], edges: [] }, new Float32Array());
  };
  useEffect(() => layOut(false), [state.network, scene.pinned, scene.route]);
  useEffect(() => {
    if (needsMeasures && state.network.nodes.length > 0) parts.current?.layout.measure(state.network, scene.sizeBy, scene.colourBy);
  }, [state.network, scene.sizeBy, scene.colourBy]);
  useEffect(draw, [scene.pinned, scene.route, scene.sizeBy, scene.colourBy, measured]);

  const renderer = parts.current?.renderer ?? null;
  const layOutAnew = () => layOut(true);
  const pointOf = (id: Id): Point | null => {
    const place = points.current?.network.nodes.findIndex((node) => node.id === id) ?? -1;
    return place === -1 ? null : { x: points.current!.points[2 * place]!, y: points.current!.points[2 * place + 1]! };
  };
  const show = (...ids: readonly Id[]) => {
    if (renderer !== null && !ids.every((id) => renderer.shows(id))) renderer.fit(ids);
  };
  useEffect(() => {
    if (parts.current === null) return undefined;
    const own = parts.current.renderer;
    const handle: DrawingHandle = { png: () => own.png(), svg: () => own.svg(), fit: (ids) => own.fit(ids), layOutAnew, pointOf };
    setCurrentDrawing(handle);
    Object.assign(container.current!, { drawing: handle }); // for scripts, as of tests
    return () => setCurrentDrawing(null);
  });
  useEffect(() => {
    if (scene.selection.kind === "entity") show(scene.selection.entity);
    if (scene.selection.kind === "edge") show(scene.selection.source, scene.selection.target);
  }, [scene.selection, version]);
  return {
    renderer,
    version,
    note: needsMeasures ? (measured?.measured.note ?? null) : null,
    mark: (selected, cursor) => renderer?.mark({ selected, cursor }),
    show,
    layOutAnew,
    keep: (id, point) => parts.current?.layout.keep(id, point),
    pointOf,
  };
}

/** New places came: of what is drawn already, or of another network, which is drawn from now on. */
function placed(
  renderer: Renderer,
  held: { current: { network: Network; points: Points } | null },
  latest: { network: Network; draw: () => void },
  moved: Points,
  isDone: boolean,
): void {
  const { network, draw } = latest;
  if (moved.length !== 2 * network.nodes.length) return;
  const before = held.current;
  if (before?.network === network) {
    held.current = { network, points: moved };
    return renderer.move(moved, isDone);
  }
  // Nodes that stay begin where they were, new ones beside one that stays.
  const from = before === null ? null : startingPoints(before, network, moved);
  held.current = { network, points: from ?? moved };
  draw();
  held.current = { network, points: moved };
  if (from !== null) renderer.move(moved, true);
  const isHidden = network.nodes.some((node) => !renderer.shows(node.id));
  return before !== null && isHidden && network.nodes.some((node) => !before.network.nodes.includes(node)) ? renderer.fit() : undefined;
}

function startingPoints(before: { network: Network; points: Points }, network: Network, moved: Points): Points {
  const old = new Map(before.network.nodes.map((node, place) => [node.id, place]));
  const places = new Map(network.nodes.map((node, place) => [node.id, place]));
  const from = moved.slice();
  const take = (place: number, was: number) => from.set(before.points.subarray(2 * was, 2 * was + 2), 2 * place);
  for (const { source, target } of network.edges) {
    if (old.has(source) && !old.has(target)) take(places.get(target)!, old.get(source)!);
    if (old.has(target) && !old.has(source)) take(places.get(source)!, old.get(target)!);
  }
  network.nodes.forEach((node, place) => old.has(node.id) && take(place, old.get(node.id)!));
  return from;
}

function togglePin(store: Store, id: Id, drawn: Drawn): void {
  const name = store.state.network.nodes.find((node) => node.id === id)?.name ?? id;
  const point = drawn.pointOf(id);
  if (point === null) return undefined;
  if (store.scene.pinned.has(id)) {
    drawn.keep(id, point);
    store.take(unpin(id));
    return store.say(`${name} is no longer pinned.`);
  }
  store.take(pin(id, { x: Math.round(point.x), y: Math.round(point.y) }));
  return store.say(`${name} is pinned.`);
}

function announced(network: Network, id: Id, place: number, typeOf: (name: string) => string): string {
  const node = network.nodes.find((one) => one.id === id);
  if (node === undefined) return "";
  const edges = network.edges.filter((edge) => edge.source === id || edge.target === id);
  return `${node.name}, ${typeOf(node.type)}, ${NUMBER.format(node.weight)} relations, ${edges.length} edges drawn; ${place + 1} of ${NUMBER.format(network.nodes.length)}`;
}

const isSelected = (scene: Scene, id: Id): boolean => scene.selection.kind === "entity" && scene.selection.entity === id;

function edgeOf(key: string): Selection {
  const [source = "", target = ""] = key.split("\n");
  return { kind: "edge", source, target };
}

function selectedKey(selection: Selection): string | null {
  if (selection.kind === "entity") return selection.entity;
  return selection.kind === "edge" ? [selection.source, selection.target].sort().join("\n") : null;
}
