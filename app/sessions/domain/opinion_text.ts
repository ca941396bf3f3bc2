/**
 * One sentence of what is wrong and what is asked: `finding，requirement`. A finding that ends in a mark of its
 * own keeps a full stop, question or exclamation mark, and loses a comma; an empty part is left out.
 */
export function opinionText({ finding, requirement }: { finding: string; requirement: string }): string {
  const found = finding.trim().replace(/[，,、；;：:]+$/u, '')
  const asked = requirement.trim()
  if (found === '' || asked === '') return found || asked
  return /[。．.！!？?…]$/u.test(found) ? `${found}${asked}` : `${found}，${asked}`
}
