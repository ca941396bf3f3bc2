/** A page below another one names its parent, so that the phone's bar can offer the way back. */
class PageBack {
  current = $state<{ href: string; title: string } | null>(null)

  /** Call in a component's `$effect`; the returned function takes it back when the page is left. */
  show(href: string, title: string): () => void {
    const mine = { href, title }
    this.current = mine
    return () => {
      if (this.current?.href === href && this.current.title === title) this.current = null
    }
  }
}

export const pageBack = new PageBack()
