// Colours of the canvas, which follow those of the page: light or dark.
const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const stillness = window.matchMedia("(prefers-reduced-motion: reduce)");
const theme = {};

const readTheme = () => {
  const style = getComputedStyle(document.documentElement);
  ["paper", "ink", "soft", "accent", "denied"].forEach((name) => { theme[name] = style.getPropertyValue(`--${name}`).trim(); });
  theme.font = getComputedStyle(document.body).fontFamily;
};

// Dark colours of the ontology are lifted on dark paper, so that lines stay visible.
const lift = (colour) => {
  if (!darkness.matches) return colour;
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgb(${parts.map((part) => Math.round(part + (255 - part) * 0.28)).join(" ")})`;
};
