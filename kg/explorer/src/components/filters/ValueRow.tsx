// A value of a filter: whether it counts, how it looks, what it means, how much it would leave.
import { useId } from "preact/hooks";
import type { Id } from "../../state/scene";
import { Sample } from "../legend/Sample";
import { number } from "./format";
import type { Choice, ChoiceList } from "./choices";

interface Props {
  readonly list: ChoiceList;
  readonly choice: Choice;
  /** Value whose meaning is shown; null for none. */
  readonly explained: Id | null;
  readonly onExplain: (value: string | null) => void;
  readonly onTurn: (isOn: boolean) => void;
  readonly onOnly: () => void;
}

export function ValueRow({ list, choice, explained, onExplain, onTurn, onOnly }: Props) {
  const id = useId();
  const isExplained = explained === choice.value && choice.definition !== "";
  const explain = () => onExplain(choice.value);
  return (
    <li class={choice.count === 0 ? "value is-quiet" : "value"} onPointerEnter={(event) => event.pointerType === "mouse" && explain()} onPointerLeave={() => onExplain(null)}>
      <label title={choice.definition === "" ? choice.label : undefined}>
        <input
          type="checkbox"
          checked={choice.isOn}
          aria-describedby={`${id}-count${isExplained ? ` ${id}-meaning` : ""}`}
          onFocus={explain}
          onBlur={() => onExplain(null)}
          onChange={(event) => onTurn(event.currentTarget.checked)}
        />
        <Sample list={list.name} value={choice.value} colour={choice.colour} />
        <span class="name" dir="auto">
          {choice.label}
        </span>
      </label>
      <button type="button" class="only" aria-label={`Only ${choice.label}`} onClick={onOnly}>
        only
      </button>
      <span class="count" id={`${id}-count`}>
        {choice.count !== null && number(choice.count)}
        <span class="unseen"> relations</span>
      </span>
      {isExplained && (
        <p class="meaning" role="tooltip" id={`${id}-meaning`}>
          {choice.definition}
        </p>
      )}
    </li>
  );
}
