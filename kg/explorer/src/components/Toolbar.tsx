// What is done to the whole drawing: undo and redo, how much is shown, how it looks, links to it.
import type { ComponentChildren } from "preact";
import { doingOf } from "../state/doings";
import { FIRST_SCENE, NUMBERS, type ColourBy, type Scene, type SizeBy } from "../state/scene";
import { change, showStrongest, startAnew } from "../state/steps";
import type { State, Store } from "../state/store";
import { useShared } from "./context";
import { IconButton } from "./IconButton";
import { CONTROL } from "./keys";

const NUMBER = new Intl.NumberFormat("en");
const COLOURS: readonly (readonly [ColourBy, string])[] = [["type", "Type"], ["community", "Community"]];
const SIZES: readonly (readonly [SizeBy, string])[] = [
  ["relations", "Relations"],
  ["degree", "Neighbours"],
  ["pagerank", "PageRank"],
  ["betweenness", "Betweenness"],
];

/** Children stand beside the link that is copied, such as the menu of what can be exported. */
export function Toolbar({ state, children }: { state: State; children?: ComponentChildren }) {
  const { store } = useShared();
  const { now } = state.history;
  return (
    <div class="toolbar" role="group" aria-label="Drawing">
      <Steps state={state} store={store} />
      <HowMany state={state} store={store} />
      <div class="tool-group">
        <Choice label="Colour" value={now.colourBy} of={COLOURS} onChoose={(colourBy) => store.take(change({ colourBy }))} />
        <Choice label="Size" value={now.sizeBy} of={SIZES} onChoose={(sizeBy) => store.take(change({ sizeBy }))} />
      </div>
      <ShownAsButtons scene={now} store={store} />
      <div class="tool-group last">
        {children}
        <IconButton icon="link" label="Copy link" hint="to what is shown" isNamed onClick={() => void copyLink(store)} />
        <IconButton icon="anew" label="Start anew" hint="with the strongest" isNamed disabled={isFirst(now)} onClick={() => store.take(startAnew)} />
      </div>
    </div>
  );
}

function Steps({ state, store }: { state: State; store: Store }) {
  const { past, now, future } = state.history;
  const [before, after] = [past.at(-1), future[0]];
  return (
    <div class="tool-group">
      <IconButton
        icon="undo"
        label="Undo"
        hint={before === undefined ? `(${CONTROL}Z)` : `${doingOf(before, now, store.nameOf)} (${CONTROL}Z)`}
        keys="Control+Z"
        disabled={before === undefined}
        onClick={() => store.undo()}
      />
      <IconButton
        icon="redo"
        label="Redo"
        hint={after === undefined ? `(${CONTROL}Shift+Z)` : `${doingOf(now, after, store.nameOf)} (${CONTROL}Shift+Z)`}
        keys="Control+Shift+Z"
        disabled={after === undefined}
        onClick={() => store.redo()}
      />
    </div>
  );
}

/** Fewer or more of the strongest; where some were chosen one by one, the way back to the strongest. */
function HowMany({ state, store }: { state: State; store: Store }) {
  const { network, history } = state;
  const { chosen, most } = history.now;
  const total = network.entitiesTotal;
  const text = `${NUMBER.format(network.nodes.length)} of ${NUMBER.format(total)}`;
  if (chosen.length > 0)
    return (
      <div class="tool-group">
        <button type="button" class="bare" onClick={() => store.take(showStrongest(FIRST_SCENE.most))}>
          Show the strongest
        </button>
      </div>
    );
  const fewer = NUMBERS.filter((number) => number < Math.min(most, total)).at(-1);
  const more = most < total ? NUMBERS.find((number) => number > most) : undefined;
  return (
    <div class="tool-group" role="group" aria-label="How many of the strongest">
      <span class="quiet wide">Strongest</span>
      <IconButton icon="minus" label="Fewer" hint={shownAfter(fewer, total)} disabled={fewer === undefined} onClick={() => store.take(showStrongest(fewer!))} />
      <output class="how-many">{text}</output>
      <IconButton icon="plus" label="More" hint={shownAfter(more, total)} disabled={more === undefined} onClick={() => store.take(showStrongest(more!))} />
    </div>
  );
}

function shownAfter(number: number | undefined, total: number): string {
  if (number === undefined) return "cannot be shown";
  return number >= total ? `of the strongest: all ${NUMBER.format(total)}` : `of the strongest: ${NUMBER.format(number)}`;
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly of: readonly (readonly [Value, string])[];
  readonly onChoose: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, of, onChoose }: ChoiceProps<Value>) {
  return (
    <label class="choice">
      <span class="quiet">{label}</span>
      <select value={value} onChange={(event) => onChoose(of[event.currentTarget.selectedIndex]![0])}>
        {of.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function ShownAsButtons({ scene, store }: { scene: Scene; store: Store }) {
  const button = (shownAs: Scene["shownAs"], label: string) => (
    <IconButton icon={shownAs} label={label} isNamed pressed={scene.shownAs === shownAs} onClick={() => scene.shownAs !== shownAs && store.take(change({ shownAs }))} />
  );
  return (
    <div class="tool-group joined" role="group" aria-label="Show as">
      {button("drawing", "Drawing")}
      {button("table", "Table")}
    </div>
  );
}

const isFirst = (scene: Scene): boolean => {
  const { shownAs: _, ...rest } = scene;
  return JSON.stringify([rest, [...rest.hidden], [...rest.pinned]]) === JSON.stringify([{ ...FIRST_SCENE, shownAs: undefined }, [], []]);
};

/** Puts the address into the clipboard, or says how to where the browser does not let it. */
async function copyLink(store: Store): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    store.say("The link to what is shown is in the clipboard");
  } catch {
    store.say("The browser does not let the page copy; copy the link from the address bar");
  }
}
