// The drawing as an SVG document (SVG 1.1), with the same strokes as on the canvas.
import { badgeSize, dashes, fontOf, type Lettering, type Pen, type Stroke } from "./pen";

export interface SvgPen extends Pen {
  /** What follows until `end` is so opaque, 0–1. */
  begin(opacity: number): void;
  end(): void;
  document(): string;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** Characters that XML 1.0 has no place for. */
const UNSAYABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export function svgPen(width: number, height: number, ground: string, title: string): SvgPen {
  const parts: string[] = [];
  return {
    lines(ends, stroke) {
      if (ends.length === 0) return;
      let path = "";
      for (let at = 0; at < ends.length; at += 4) path += `M${n(ends[at]!)} ${n(ends[at + 1]!)}L${n(ends[at + 2]!)} ${n(ends[at + 3]!)}`;
      parts.push(`<path d="${path}" fill="none"${stroked(stroke)}/>`);
    },
    discs(places, fill, rim) {
      const drawn: string[] = [];
      for (let at = 0; at < places.length; at += 3) drawn.push(`<circle cx="${n(places[at]!)}" cy="${n(places[at + 1]!)}" r="${n(places[at + 2]!)}"/>`);
      const around = rim === null ? "" : ` stroke="${escaped(rim)}" stroke-width="1.5"`;
      if (drawn.length > 0) parts.push(`<g fill="${escaped(fill)}"${around}>${drawn.join("")}</g>`);
    },
    triangles(corners, fill) {
      let path = "";
      for (let at = 0; at < corners.length; at += 6) {
        const [a, b, c, d, e, f] = corners.slice(at, at + 6).map(n);
        path += `M${a} ${b}L${c} ${d}L${e} ${f}Z`;
      }
      if (path !== "") parts.push(`<path d="${path}" fill="${escaped(fill)}"/>`);
    },
    ring(x, y, radius, stroke) {
      parts.push(`<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="none"${stroked(stroke)}/>`);
    },
    badge(x, y, text, on, lettering) {
      const [across, down] = badgeSize(text, lettering);
      const box = `x="${n(x - across / 2)}" y="${n(y - down / 2)}" width="${n(across)}" height="${n(down)}" rx="${n(down / 2)}"`;
      parts.push(`<rect ${box} fill="${escaped(on)}" stroke="${escaped(lettering.colour)}" stroke-opacity="0.5"/>`);
      parts.push(written(x, y, text, { ...lettering, halo: on }));
    },
    text(x, y, text, lettering) {
      parts.push(written(x, y, text, lettering));
    },
    begin(opacity) {
      parts.push(`<g opacity="${n(opacity)}">`);
    },
    end() {
      parts.push("</g>");
    },
    document() {
      const size = `width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}"`;
      return (
        `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">` +
        `<title>${escaped(title)}</title><rect width="100%" height="100%" fill="${escaped(ground)}"/>${parts.join("\n")}</svg>\n`
      );
    },
  };
}

export function escaped(text: string): string {
  return text.replace(UNSAYABLE, "\ufffd").replace(/[&<>"]/g, (character) => ESCAPES[character]!);
}

function written(x: number, y: number, text: string, lettering: Lettering): string {
  const look = `fill="${escaped(lettering.colour)}" stroke="${escaped(lettering.halo)}" stroke-width="4" paint-order="stroke" stroke-linejoin="round"`;
  // `font` as an attribute is not SVG; its parts are.
  const font = `font-family="${escaped(fontOf(lettering).replace(/^.*?px /, ""))}" font-size="${lettering.size}"${lettering.isBold ? ' font-weight="600"' : ""}`;
  return `<text x="${n(x)}" y="${n(y)}" text-anchor="middle" dominant-baseline="central" ${look} ${font}>${escaped(text)}</text>`;
}

function stroked({ colour, width, line, alpha }: Stroke): string {
  const gaps = dashes(line, width);
  const dash = gaps.length === 0 ? "" : ` stroke-dasharray="${gaps.map(n).join(" ")}"`;
  return ` stroke="${escaped(colour)}" stroke-width="${n(width)}"${alpha < 1 ? ` stroke-opacity="${n(alpha)}"` : ""}${dash}`;
}

/** A number to two places. */
const n = (value: number): string => String(Math.round(value * 100) / 100);
