// Light, dark, or as the system says.
import { useState } from "preact/hooks";
import { chooseTheme, chosenTheme, THEMES, type Theme } from "../state/theme";
import { IconButton } from "./IconButton";

const SAID: Readonly<Record<Theme, string>> = { system: "as the system", light: "light", dark: "dark" };

export function ThemeButton() {
  const [theme, set] = useState(chosenTheme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
  const turn = () => {
    chooseTheme(next);
    set(next);
  };
  return <IconButton icon={theme} label={`Theme: ${SAID[theme]}`} hint={`(then ${SAID[next]})`} onClick={turn} />;
}
