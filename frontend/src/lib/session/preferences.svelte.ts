import { getLocale, isLocale, setLocale, type Locale } from '#paraglide/runtime.js'
import { api } from '../api/client.ts'

const typeKey = (userId: string | null) => `lz-type-${userId ?? 'guest'}`

/** Large type and language: per person on the server, and on this machine for those who are not signed in. */
class Preferences {
  largeType = $state(false)
  locale = $state<Locale>('zh-CN')
  #userId: string | null = null

  /** Before anybody is known: what this machine remembers. */
  start(): void {
    this.locale = getLocale()
    this.#applyLocale()
    this.#applyType(localStorage.getItem(typeKey(null)) === 'large')
  }

  /** When a person is known: theirs, unless this machine has their newer choice. */
  adopt(user: { id: string; largeType: boolean; locale: string | null } | null): void {
    this.#userId = user?.id ?? null
    const local = localStorage.getItem(typeKey(this.#userId))
    this.#applyType(local ? local === 'large' : (user?.largeType ?? false))
    const chosenHere = localStorage.getItem('lz-locale')
    if (!chosenHere && user?.locale && isLocale(user.locale)) this.#setLocale(user.locale)
  }

  setLargeType(large: boolean): void {
    localStorage.setItem(typeKey(this.#userId), large ? 'large' : 'standard')
    this.#applyType(large)
    this.#remember({ largeType: large })
  }

  setLocale(locale: Locale): void {
    this.#setLocale(locale)
    this.#remember({ locale })
  }

  #setLocale(locale: Locale): void {
    void setLocale(locale, { reload: false })
    this.locale = locale
    this.#applyLocale()
  }

  #applyLocale(): void {
    document.documentElement.lang = this.locale
  }

  #applyType(large: boolean): void {
    this.largeType = large
    document.documentElement.dataset.type = large ? 'large' : 'standard'
  }

  /** The machine already remembers, so a lost connection costs nothing but the next machine's start. */
  #remember(change: { largeType?: boolean; locale?: Locale }): void {
    if (!this.#userId) return
    api.patch('/api/account', change).catch((error: unknown) => console.warn('preferences', error))
  }
}

export const preferences = new Preferences()
