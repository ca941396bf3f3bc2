import { goto } from '$app/navigation'
import { api, type CallOptions } from '../api/client.ts'
import { session } from '../session/session.svelte.ts'
import { safeNext } from './safe_next.ts'

export type NextStep = { next: 'done' | 'totp' }

export const signIn = (mobile: string, password: string, options?: CallOptions) =>
  api.post<NextStep>('/api/sign-in', { mobile, password }, options)

export const confirmCode = (code: string, options?: CallOptions) =>
  api.post<NextStep>('/api/sign-in/totp', { code }, options)

/** Loads who is now signed in and opens the page they wanted. */
export async function enter(wanted: string | null): Promise<void> {
  await session.load()
  await goto(safeNext(wanted), { replaceState: true })
}
