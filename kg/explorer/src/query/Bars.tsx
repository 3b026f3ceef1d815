// Bars, one for each label, the greatest first.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Bar } from "./charts";
import { linkOf, type Prefixes } from "./terms";

interface Given {
  readonly bars: readonly Bar[];
  readonly most: number;
  readonly title: string;
  readonly prefixes: Prefixes;
}

export function Bars({ bars, most, title, prefixes }: Given) {
  const shown = bars.slice(0, most);
  const greatest = Math.max(...shown.map((bar) => Math.abs(bar.value)), 0) || 1;
  return (
    <>
      <table class="bars">
        <caption>{title}</caption>
        <tbody>
          {shown.map((bar) => (
            <tr key={bar.label}>
              <th scope="row">
                <Label bar={bar} prefixes={prefixes} />
              </th>
              <td class="amount">{bar.value.toLocaleString("en", { maximumFractionDigits: 2 })}</td>
              <td class="bar" aria-hidden="true">
                <svg width="100%" height="18" focusable="false">
                  <rect width={`${(100 * Math.abs(bar.value)) / greatest}%`} height="18" rx="3" class={bar.value < 0 ? "below" : undefined} />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{bars.length > most ? `The first ${most} of ${bars.length.toLocaleString("en")} are drawn; the table has all.` : `${bars.length.toLocaleString("en")} drawn.`}</p>
    </>
  );
}

function Label({ bar, prefixes }: { bar: Bar; prefixes: Prefixes }) {
  const link = bar.term?.type === "iri" ? linkOf(bar.term.value, prefixes) : null;
  const words = <bdi class="cut" title={bar.label.slice(0, 500)}>{bar.label}</bdi>; // prettier-ignore
  return link?.leads === "explorer" ? <a href={link.href}>{words}</a> : words;
}

/** How wide an element is, in pixels, also when that changes. */
export function useWidth(): readonly [{ current: HTMLDivElement | null }, number] {
  const element = useRef<HTMLDivElement>(null);
  const [width, set] = useState(0);
  useEffect(() => {
    const watching = new ResizeObserver(([entry]) => set(Math.round(entry!.contentRect.width)));
    watching.observe(element.current!);
    return () => watching.disconnect();
  }, []);
  return [element, width];
}
