/** What this browser saw of the log: the keys of the first visit, and the checkpoint of the last. */
export interface Remembered {
  keys: { log: string; witness: string | null }
  checkpoint: string
}

const key = 'lz-log'

/** Null where nothing is remembered, or the browser keeps nothing. */
export function remembered(): Remembered | null {
  try {
    const text = localStorage.getItem(key)
    return text ? (JSON.parse(text) as Remembered) : null
  } catch {
    return null
  }
}

export function remember(value: Remembered): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // A browser that keeps nothing has nothing to compare next time, which the page says then.
  }
}
