// A part of a panel that can be opened; what is in it is asked for when it is open.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { number } from "./words";

export function Section({ title, count, isOpen = false, children }: { title: string; count: number; isOpen?: boolean; children: ComponentChildren }) {
  const [opened, setOpened] = useState(isOpen);
  return (
    <details class="section" open={isOpen} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>
        <h3>{title}</h3> <span class="tally">{number(count)}</span>
      </summary>
      {opened && children}
    </details>
  );
}
