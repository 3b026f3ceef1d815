// A filter with its name, which opens and closes it.
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";

interface Props {
  readonly title: string;
  readonly isSet: boolean;
  /** What the numbers beside its values count, over their column; each says it to those who cannot see that. */
  readonly unit?: string;
  readonly isOpen: boolean;
  /** Lets all values count again. */
  readonly onAll: () => void;
  readonly children: ComponentChildren;
}

export function Section({ title, isSet, unit, isOpen: isOpenAtFirst, onAll, children }: Props) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const id = useId();
  return (
    <section class="filter">
      <div class="filter-head">
        <h3>
          <button type="button" class="opener" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
            <Chevron />
            {title}
            {isSet && (
              <>
                <span class="set" aria-hidden="true" />
                <span class="unseen">, set</span>
              </>
            )}
          </button>
        </h3>
        {isSet && (
          <button type="button" class="all" aria-label={`${title}: all`} onClick={onAll}>
            All
          </button>
        )}
        {unit !== undefined && isOpen && (
          <span class="unit" aria-hidden="true">
            {unit}
          </span>
        )}
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </section>
  );
}

function Chevron() {
  return (
    <svg class="chevron" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path d="M4 2l4 4-4 4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
