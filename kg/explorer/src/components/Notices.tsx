// What must be known now, over the drawing: what went wrong, what the address asked for in vain, that the graph has changed, that it takes long.
import type { ComponentChildren } from "preact";
import { FIRST_SCENE, filtersSet } from "../state/scene";
import { removeFilters, showStrongest, startAnew } from "../state/steps";
import type { State, Store } from "../state/store";
import { useShared } from "./context";
import { Hint } from "./Hint";
import { Icon } from "./icons";
import { IconButton } from "./IconButton";
import { useLong } from "./keys";
import { TokenForm } from "./TokenForm";

/** Milliseconds: what takes longer than the second says what to do. */
const LONG = 10_000;
const MOST_NAMED = 3;

export function Notices({ state }: { state: State }) {
  const { store } = useShared();
  const isLong = useLong(state.isLoading, LONG);
  return (
    <div class="notices">
      {state.problem !== null && <Problem state={state} store={store} />}
      {state.missing.length > 0 && (
        <Notice>
          <p>
            The graph has no <Names of={state.missing} />, which the address asks for. {state.history.now.chosen.length > 0 ? "The rest is shown." : "The strongest are shown instead."} Search by name to find
            what is meant.
          </p>
        </Notice>
      )}
      {state.isOutdated && (
        <Notice>
          <p>The graph has changed since this page was opened.</p>
          <button type="button" onClick={() => location.reload()}>
            Reload
          </button>
        </Notice>
      )}
      {isLong && (
        <Notice>
          <p>This takes long: the server is busy, or very much is asked for. Wait, or show less.</p>
          <button type="button" onClick={() => store.take(showStrongest(FIRST_SCENE.most))}>
            Show the strongest {FIRST_SCENE.most}
          </button>
        </Notice>
      )}
      <Hint state={state} />
    </div>
  );
}

function Problem({ state, store }: { state: State; store: Store }) {
  const { problem, history } = state;
  if (problem === null) return null;
  if (problem.wantsToken)
    return (
      <Notice isWrong>
        <TokenForm isWrong onGiven={() => store.retry()} />
      </Notice>
    );
  const isAskedWrong = problem.status === 400 || problem.status === 404;
  return (
    <Notice isWrong>
      <p>{problem.message}</p>
      <div class="buttons">
        <button type="button" onClick={() => store.retry()}>
          Try again
        </button>
        {isAskedWrong && filtersSet(history.now.filters) > 0 && (
          <button type="button" onClick={() => store.take(removeFilters)}>
            Remove filters
          </button>
        )}
        {isAskedWrong && (
          <button type="button" onClick={() => store.take(startAnew)}>
            Start anew
          </button>
        )}
        <IconButton icon="close" label="Close this message" onClick={() => store.dismiss()} />
      </div>
    </Notice>
  );
}

function Notice({ isWrong = false, children }: { isWrong?: boolean; children: ComponentChildren }) {
  return (
    <div class={isWrong ? "notice wrong" : "notice"} role={isWrong ? "alert" : "status"}>
      {isWrong && <Icon name="alert" />}
      {children}
    </div>
  );
}

function Names({ of }: { of: readonly string[] }) {
  const others = of.length - MOST_NAMED;
  return (
    <>
      {of.slice(0, MOST_NAMED).map((name, place) => (
        <>
          {place > 0 && ", "}
          <q class="asked" dir="auto">
            {name}
          </q>
        </>
      ))}
      {others > 0 && ` and ${others} others`}
    </>
  );
}
