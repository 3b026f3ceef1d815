// Gives files and texts to the person, without the server.

/** Saves a file; its Blob URL is of this page alone, so that the policy of the page holds. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers read it only after the click is done.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export const textFile = (text: string, type: string): Blob => new Blob([text], { type: `${type};charset=utf-8` });

/** Copies a text; false where the browser does not let it, as on pages without TLS from another machine. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
