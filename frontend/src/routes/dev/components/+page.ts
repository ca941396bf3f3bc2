import { error } from '@sveltejs/kit'

/** The components at a glance, for those who build pages. A production build contains nothing of it. */
export async function load() {
  if (import.meta.env.DEV) return { Gallery: (await import('#lib/gallery/Gallery.svelte')).default }
  error(404, 'Not found')
}
