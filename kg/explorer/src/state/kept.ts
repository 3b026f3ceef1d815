// What this browser remembers of a person's ways; where storage is shut off, nothing is remembered, and nothing breaks.

const PREFIX = "kg.";

export const kept = {
  /** What was kept under a name; null where nothing was. */
  get(name: string): string | null {
    try {
      return localStorage.getItem(PREFIX + name);
    } catch {
      return null;
    }
  },

  set(name: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(PREFIX + name);
      else localStorage.setItem(PREFIX + name, value);
    } catch {
      // Storage is shut off or full.
    }
  },
};
