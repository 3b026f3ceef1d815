// A text with a button that copies it; where the browser forbids that, it is marked for the keyboard.
import { useRef, useState } from "preact/hooks";
import { copied } from "../../export/download";

const LINES = 12;

export function CopyField({ label, text, isLong = false }: { label: string; text: string; isLong?: boolean }) {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [said, say] = useState<{ readonly text: string; readonly words: string } | null>(null);
  const copy = async () => {
    const isCopied = await copied(text);
    if (!isCopied) field.current?.select();
    say({ text, words: isCopied ? "Copied." : "Press Ctrl+C to copy what is marked." });
  };
  return (
    <div class={isLong ? "copy is-long" : "copy"}>
      {isLong ? (
        <textarea ref={field} readOnly aria-label={label} rows={LINES} spellcheck={false} value={text} wrap="off" />
      ) : (
        <input ref={field} readOnly aria-label={label} value={text} onFocus={(event) => event.currentTarget.select()} />
      )}
      <button type="button" onClick={() => void copy()}>
        Copy {label.toLowerCase()}
      </button>
      <span class="said" role="status">
        {said?.text === text ? said.words : ""}
      </span>
    </div>
  );
}
