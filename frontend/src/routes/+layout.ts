/** One page for every address: the server holds no session state of the interface. */
export const ssr = false
export const prerender = false
