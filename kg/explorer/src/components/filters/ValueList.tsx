// A filter that is a list of values: a line for each, in groups, with a search where they are many.
import { useState } from "preact/hooks";
import type { Store } from "../../state/store";
import { MOST_VALUES, all, only, turn, type Choice, type ChoiceList, type Group } from "./choices";
import { number } from "./format";
import { GroupHead } from "./GroupHead";
import { Section } from "./Section";
import { ValueRow } from "./ValueRow";

/** Values of a list that is not grouped, before one asks for more. */
const FEW = 8;
/** Values from which on they are searched. */
const MANY = 12;

export function ValueList({ list, store, isOpen }: { list: ChoiceList; store: Store; isOpen: boolean }) {
  const [words, setWords] = useState("");
  const [isWhole, setWhole] = useState(false);
  const [explained, setExplained] = useState<string | null>(null);
  const groups = list.groups.map((group) => ({ ...group, choices: group.choices.filter((choice) => fits(choice, words)) }));
  const shown = isWhole || words !== "" ? groups : groups.map(shortened);
  const found = groups.reduce((sum, group) => sum + group.choices.length, 0);
  const more = found - shown.reduce((sum, group) => sum + group.choices.length, 0);
  if (list.values.length === 0) return null;
  return (
    <Section title={list.title} isSet={list.isSet} unit="relations" isOpen={isOpen} onAll={() => store.take(all(list.name))}>
      {list.values.length > MANY && (
        <input
          type="search"
          class="within"
          placeholder={`Find in ${number(list.values.length)}`}
          aria-label={`Find in ${list.title.toLowerCase()}`}
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
      )}
      {shown.map((group) => (
        <div key={group.label} onKeyDown={(event) => event.key === "Escape" && explained !== null && (event.stopPropagation(), setExplained(null))}>
          <GroupHead group={group} list={list} store={store} />
          <ul class="values" aria-label={group.label || list.title}>
            {group.choices.map((choice) => (
              <ValueRow
                key={choice.value}
                list={list}
                choice={choice}
                explained={explained}
                onExplain={setExplained}
                onTurn={(isOn) => store.take(turn(list, [choice.value], isOn))}
                onOnly={() => store.take(only(list, [choice.value]))}
              />
            ))}
          </ul>
        </div>
      ))}
      {found === 0 && <p class="nothing">Nothing here contains “{words}”.</p>}
      {list.without > 0 && words === "" && <Without list={list} />}
      {isFull(list) && (
        <p class="nothing">
          {number(MOST_VALUES)} of {number(list.values.length)} count, those of most relations: no more can be chosen at once.
        </p>
      )}
      {list.name === "type" && list.isSet && <p class="nothing">Relations count whose both ends are of these types.</p>}
      {(more > 0 || isWhole) && words === "" && (
        <button type="button" class="more" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Show fewer" : `Show ${number(more)} more`}
        </button>
      )}
    </Section>
  );
}

/** Relations that have no value: they count until values are chosen. */
function Without({ list }: { list: ChoiceList }) {
  return (
    <p class={list.isSet ? "without is-quiet" : "without"} title={list.isSet ? "Left out while values are chosen" : undefined}>
      <span class="name">{list.withoutLabel}</span>
      <span class="count">{number(list.without)}</span>
    </p>
  );
}

/** Of a long list without groups, the first and those that were chosen. */
function shortened(group: Group): Group {
  if (group.label !== "" || group.choices.length <= FEW + 1) return group;
  const isNarrowed = group.choices.some((choice) => !choice.isOn);
  return { ...group, choices: group.choices.filter((choice, place) => place < FEW || (isNarrowed && choice.isOn && group.choices.filter((one) => one.isOn).length <= FEW)) };
}

/** Whether as many values are chosen as can be, of more. */
function isFull(list: ChoiceList): boolean {
  if (!list.isSet || list.values.length <= MOST_VALUES) return false;
  return list.groups.flatMap((group) => group.choices).filter((choice) => choice.isOn).length === MOST_VALUES;
}

const folded = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether a value is called so, whatever the accents and case. */
export function fits(choice: Choice, words: string): boolean {
  const sought = folded(words.trim());
  return sought === "" || folded(choice.label).includes(sought) || folded(choice.value).includes(sought);
}
