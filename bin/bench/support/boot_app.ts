import { Ignitor } from '@adonisjs/core'

/** Boots the app inside the benchmark, without serving: its database, models and unit of work. */
export async function bootApp() {
  const root = new URL('../../../', import.meta.url)
  const importer = (path: string) => (path.startsWith('.') ? import(new URL(path, root).href) : import(path))
  const app = new Ignitor(root, { importer }).createApp('console')
  await app.init()
  await app.boot()
  return app
}
