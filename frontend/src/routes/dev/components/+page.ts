import { error } from '@sveltejs/kit'

/** The components at a glance, for those who build pages. A production build contains nothing of it. */
export async function load() {
  if (!import.meta.env.DEV) error(404, 'Not found')
  return { Gallery: (await import('#lib/gallery/Gallery.svelte')).default }
}
