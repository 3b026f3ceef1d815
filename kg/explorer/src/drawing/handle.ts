// What other parts may ask of the drawing that is on the page.

export interface Handle {
  /** The view as it is. */
  readonly png: () => Promise<Blob>;
  readonly svg: () => Promise<string>;
}

let current: Handle | null = null;

/** Says what the drawing can do, until it is gone. */
export function offer(handle: Handle | null): void {
  current = handle;
}

/** The drawing as PNG. */
export const png = (): Promise<Blob> => of((handle) => handle.png());

/** The drawing as SVG. */
export const svg = (): Promise<string> => of((handle) => handle.svg());

function of<Made>(make: (handle: Handle) => Promise<Made>): Promise<Made> {
  return current === null ? Promise.reject(new Error("there is no drawing")) : make(current);
}
