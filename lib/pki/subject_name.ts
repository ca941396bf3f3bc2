import type { JsonName } from '@peculiar/x509'

/**
 * Who a certificate names. `serialNumber` is the expert's roster number: two people may share a name.
 * Country is always CN.
 */
export type SubjectName = { commonName: string; organization?: string; serialNumber?: string }

/** The distinguished name in the order directories write it, one attribute to a relative name. */
export function distinguishedName(subject: SubjectName): JsonName {
  const name: JsonName = [{ C: ['CN'] }]
  if (subject.organization) name.push({ O: [subject.organization] })
  if (subject.serialNumber) name.push({ '2.5.4.5': [subject.serialNumber] })
  name.push({ CN: [subject.commonName] })
  return name
}
