/** The support line that stands on every page. An installation sets its own at build time. */
export const supportTelephone: string = import.meta.env.VITE_SUPPORT_TELEPHONE ?? '0771-555 0119'
export const supportHref = `tel:${supportTelephone.replace(/\s/g, '')}`
