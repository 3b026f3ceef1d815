// Light or dark: as the system says, or as the person chose in this browser. Colours stand in style/tokens.css.
import { kept } from "./kept";

export type Theme = "system" | "light" | "dark";

export const THEMES: readonly Theme[] = ["system", "light", "dark"];
const NAME = "theme";
const listeners = new Set<() => void>();

/** What was chosen. */
export function chosenTheme(): Theme {
  return THEMES.find((one) => one === kept.get(NAME)) ?? "system";
}

/** Chooses, keeps and applies a theme. */
export function chooseTheme(theme: Theme): void {
  kept.set(NAME, theme === "system" ? null : theme);
  applyTheme();
  for (const listener of listeners) listener();
}

/** Marks the page with the theme that was chosen; to be called first of all. */
export function applyTheme(): void {
  const theme = chosenTheme();
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

/** Whether the page is dark now. */
export function isDark(): boolean {
  const theme = chosenTheme();
  return theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
}

/** Calls a listener whenever colours change, by the system or by choice, until what is given back is called. */
export function onTheme(listener: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  listeners.add(listener);
  system.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener("change", listener);
  };
}
