// What can be taken away of an answer: files, and a link that asks the same again.
import { useState } from "preact/hooks";

export interface File {
  readonly name: string;
  readonly file: string;
  readonly type: string;
  /** Made when it is wanted, since answers may be large. */
  readonly text: () => string;
}

/** Milliseconds for which it is said that a link was copied. */
const SAID = 2_500;
/** Milliseconds until a browser has surely begun to save a file. */
const SAVING = 10_000;

export function Taking({ files, address }: { files: readonly File[]; address: string }) {
  const [isCopied, copied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(new URL(address, location.href).href);
    copied(true);
    setTimeout(() => copied(false), SAID);
  };
  return (
    <div class="taking">
      {files.map((file) => (
        <button type="button" key={file.name} onClick={() => save(file)}>
          <span class="hidden">Download </span>
          {file.name}
        </button>
      ))}
      {"clipboard" in navigator && (
        <button type="button" onClick={() => void copy()}>
          {isCopied ? "Copied" : "Copy link"}
        </button>
      )}
    </div>
  );
}

function save({ file, type, text }: File): void {
  const address = URL.createObjectURL(new Blob([text()], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), SAVING);
}
