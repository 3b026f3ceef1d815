// A long text with its syntax coloured, of which only what is seen is laid out.
import { useEffect, useRef } from "preact/hooks";
import { showText } from "./editor";

export function Text({ text, label }: { text: string; label: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => showText(host.current!, text, label), [text, label]);
  return <div class="text" ref={host} />;
}
