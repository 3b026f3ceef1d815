// A part of a panel that can be opened; what is in it is asked for when it is open.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

/** The title says how many of what are in it, such as `12 relations`. */
export function Section({ title, isOpen = false, children }: { title: string; isOpen?: boolean; children: ComponentChildren }) {
  const [opened, setOpened] = useState(isOpen);
  return (
    <details class="section" open={isOpen} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>
        <h3>{title}</h3>
      </summary>
      {opened && children}
    </details>
  );
}
