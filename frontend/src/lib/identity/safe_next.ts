/** Where to go after signing in: an address of this site, or the first page. Never another site. */
export function safeNext(wanted: string | null): string {
  if (!wanted || !wanted.startsWith('/') || wanted.startsWith('//') || wanted.includes('\\')) return '/home'
  return wanted
}
