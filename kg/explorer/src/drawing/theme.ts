// The colours of the page, as a canvas needs them.

export interface Theme {
  readonly ground: string;
  readonly raised: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly edge: string;
  readonly accent: string;
  readonly isDark: boolean;
}

const LESS_MOTION = "(prefers-reduced-motion: reduce)";

export function themeOf(element: Element): Theme {
  const style = getComputedStyle(element);
  const colour = (name: string, usual: string) => style.getPropertyValue(`--${name}`).trim() || usual;
  const ground = colour("ground", "#ffffff");
  return {
    ground,
    raised: colour("raised", "#f6f7f9"),
    text: colour("text", "#1b1e23"),
    quiet: colour("quiet", "#565c66"),
    line: colour("line", "#d6d9de"),
    edge: colour("edge", "#7d838c"),
    accent: colour("accent", "#1f5fbf"),
    isDark: lightness(ground) < 0.5,
  };
}

export const wantsLessMotion = (): boolean => matchMedia(LESS_MOTION).matches;

/** A colour that lies between two, as `#rrggbb`; a share of 0 gives the first. */
export function mixed(one: string, other: string, share: number): string {
  const [from, to] = [channels(one), channels(other)];
  const parts = from.map((value, place) => Math.round(value + (to[place]! - value) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** Roughly how light a colour looks, 0–1. */
export function lightness(colour: string): number {
  const [red, green, blue] = channels(colour);
  return (0.299 * red! + 0.587 * green! + 0.114 * blue!) / 255;
}

/** Red, green and blue of `#rgb` or `#rrggbb`, 0–255. */
export function channels(colour: string): readonly [number, number, number] {
  const digits = colour.replace("#", "");
  const whole = digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits;
  const number = Number.parseInt(whole.slice(0, 6), 16);
  return Number.isNaN(number) ? [128, 128, 128] : [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}
