// What a drawing is put down with: on a canvas, or as SVG. Coordinates are pixels of the screen.
import type { Line } from "./renderer";

export interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly line: Line;
  /** 0–1. */
  readonly alpha: number;
}

export interface Lettering {
  readonly colour: string;
  /** Around the letters, so that they are legible on edges. */
  readonly halo: string;
  /** Pixels. */
  readonly size: number;
  readonly isBold: boolean;
}

export interface Pen {
  /** Lines from x, y to x, y: four numbers each. */
  lines(ends: readonly number[], stroke: Stroke): void;
  /** Discs of x, y and radius: three numbers each. */
  discs(places: readonly number[], fill: string, rim: string | null): void;
  /** Triangles of three points: six numbers each. */
  triangles(corners: readonly number[], fill: string): void;
  ring(x: number, y: number, radius: number, stroke: Stroke): void;
  /** A number on a rounded ground. */
  badge(x: number, y: number, text: string, ground: string, lettering: Lettering): void;
  /** Text around a middle. */
  text(x: number, y: number, text: string, lettering: Lettering): void;
}

const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif';
const WHOLE = 2 * Math.PI;
/** Discs smaller than this are drawn as squares, which nobody can tell apart and which are quicker. */
const TINY = 1.5;
/**
 * Shapes that are stroked or filled at once. What software draws of a path takes more than as long for twice as many
 * shapes in it, but for lines of no more than a pixel: 100,000 lines of 1.2 pixels took 3.4 s as one path, 0.6 s by hundreds.
 */
const [FEW, MANY] = [64, 4_096];

export const fontOf = ({ size, isBold }: Lettering): string => `${isBold ? "600 " : ""}${size}px ${FONT}`;

/** Lengths of dashes and gaps of a line of some width. */
export function dashes(line: Line, width: number): readonly number[] {
  if (line === "dashed") return [Math.max(5, 3 * width), Math.max(4, 2 * width)];
  if (line === "long") return [Math.max(12, 6 * width), Math.max(4, 2 * width)];
  if (line === "short") return [Math.max(3, 1.5 * width), Math.max(5, 3 * width)];
  return line === "dotted" ? [Math.max(1.5, width), Math.max(3, 2 * width)] : [];
}

export function canvasPen(context: CanvasRenderingContext2D): Pen {
  const use = (stroke: Stroke) => {
    context.strokeStyle = stroke.colour;
    context.lineWidth = stroke.width;
    context.globalAlpha = stroke.alpha;
    context.setLineDash([...dashes(stroke.line, stroke.width)]);
  };
  const write = (x: number, y: number, text: string, lettering: Lettering) => {
    context.font = fontOf(lettering);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.setLineDash([]);
    context.globalAlpha = 1;
    context.strokeStyle = lettering.halo;
    context.lineWidth = 4;
    context.strokeText(text, x, y);
    context.fillStyle = lettering.colour;
    context.fillText(text, x, y);
  };
  return {
    lines(ends, stroke) {
      use(stroke);
      const batch = 4 * (stroke.width > 1 ? FEW : MANY);
      for (let start = 0; start < ends.length; start += batch) {
        context.beginPath();
        for (let at = start; at < Math.min(start + batch, ends.length); at += 4) {
          context.moveTo(ends[at]!, ends[at + 1]!);
          context.lineTo(ends[at + 2]!, ends[at + 3]!);
        }
        context.stroke();
      }
    },
    discs(places, fill, rim) {
      use({ colour: rim ?? fill, width: 1.5, line: "solid", alpha: 1 });
      context.fillStyle = fill;
      for (let start = 0; start < places.length; start += 3 * FEW) {
        context.beginPath();
        for (let at = start; at < Math.min(start + 3 * FEW, places.length); at += 3) disc(context, places[at]!, places[at + 1]!, places[at + 2]!);
        context.fill();
        if (rim !== null) context.stroke();
      }
    },
    triangles(corners, fill) {
      context.globalAlpha = 1;
      context.fillStyle = fill;
      context.beginPath();
      for (let at = 0; at < corners.length; at += 6) {
        context.moveTo(corners[at]!, corners[at + 1]!);
        context.lineTo(corners[at + 2]!, corners[at + 3]!);
        context.lineTo(corners[at + 4]!, corners[at + 5]!);
        context.closePath();
      }
      context.fill();
    },
    ring(x, y, radius, stroke) {
      use(stroke);
      context.beginPath();
      context.arc(x, y, radius, 0, WHOLE);
      context.stroke();
    },
    badge(x, y, text, ground, lettering) {
      const [across, down] = badgeSize(text, lettering);
      context.globalAlpha = 1;
      context.setLineDash([]);
      context.beginPath();
      context.roundRect(x - across / 2, y - down / 2, across, down, down / 2);
      context.fillStyle = ground;
      context.fill();
      use({ colour: lettering.colour, width: 1, line: "solid", alpha: 0.5 });
      context.stroke();
      write(x, y + 0.5, text, { ...lettering, halo: ground });
    },
    text: write,
  };
}

/** Width and height of a badge around some digits. */
export const badgeSize = (text: string, { size }: Lettering): readonly [number, number] => [text.length * size * 0.62 + 9, size + 4];

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  if (radius < TINY) return context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  context.moveTo(x + radius, y);
  context.arc(x, y, radius, 0, WHOLE);
}
