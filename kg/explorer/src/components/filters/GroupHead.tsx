// The head of a group of values: all of them at once.
import { useEffect, useRef } from "preact/hooks";
import type { Store } from "../../state/store";
import { only, turn, type ChoiceList, type Group } from "./choices";
import { number } from "./format";

export function GroupHead({ group, list, store }: { group: Group; list: ChoiceList; store: Store }) {
  const box = useRef<HTMLInputElement>(null);
  const whole = list.groups.find((one) => one.label === group.label) ?? group;
  const values = whole.choices.map((choice) => choice.value);
  const on = whole.choices.filter((choice) => choice.isOn).length;
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = on > 0 && on < values.length;
  }, [on, values.length]);
  if (group.label === "" || group.choices.length === 0) return null;
  return (
    <div class="value group">
      <label>
        <input
          ref={box}
          type="checkbox"
          checked={on === values.length}
          onChange={(event) => store.take(turn(list, values, event.currentTarget.checked))}
        />
        <span class="name">{group.label}</span>
      </label>
      <button type="button" class="only" aria-label={`Only ${group.label.toLowerCase()}`} onClick={() => store.take(only(list, values))}>
        only
      </button>
      <span class="count">{whole.choices.every((choice) => choice.count !== null) && number(whole.choices.reduce((sum, choice) => sum + (choice.count ?? 0), 0))}</span>
    </div>
  );
}
