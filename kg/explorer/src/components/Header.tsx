// The top of the page: the graph's name, the search, the other pages, colours, help; on a phone most of it in a menu.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "./IconButton";
import { Navigation } from "./Navigation";
import { ThemeButton } from "./ThemeButton";

export interface HeaderProps {
  readonly name: string;
  readonly search: ComponentChildren;
  readonly toolbar: ComponentChildren;
  readonly onHelp: () => void;
}

export function Header({ name, search, toolbar, onHelp }: HeaderProps) {
  const [isOpen, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const leave = (event: Event) => {
      const isKey = event instanceof KeyboardEvent;
      if (isKey ? event.key !== "Escape" : [menu, button].some((one) => one.current?.contains(event.target as Node))) return;
      setOpen(false);
      if (isKey) button.current?.querySelector("button")?.focus();
    };
    addEventListener("keydown", leave);
    addEventListener("pointerdown", leave);
    return () => {
      removeEventListener("keydown", leave);
      removeEventListener("pointerdown", leave);
    };
  }, [isOpen]);
  return (
    <header class="top">
      <h1 class="graph-name" dir="auto" title={name}>
        {name}
      </h1>
      {search}
      <div class="menu-button" ref={button}>
        <IconButton icon="menu" label="Menu" expanded={isOpen} onClick={() => setOpen(!isOpen)} />
      </div>
      <div class="menu" ref={menu} data-open={isOpen}>
        <Navigation here="explorer" />
        <div class="extras">
          <ThemeButton />
          <IconButton icon="help" label="Help" hint="and keys (?)" onClick={onHelp} />
        </div>
        {toolbar}
      </div>
    </header>
  );
}
