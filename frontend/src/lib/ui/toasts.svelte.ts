export interface Toast {
  id: number
  text: string
  tone: 'done' | 'warning'
  /** Takes the action back; the toast then offers 撤销. */
  undo?: () => void
}

/** How long a toast stands, in milliseconds. It waits while the pointer or the focus is on it. */
export const toastMs = 6000

class Toasts {
  list = $state<Toast[]>([])
  #next = 1

  show(text: string, options: { undo?: () => void; tone?: Toast['tone'] } = {}): number {
    const id = this.#next++
    this.list.push({ id, text, tone: options.tone ?? 'done', undo: options.undo })
    return id
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id)
  }
}

export const toasts = new Toasts()
