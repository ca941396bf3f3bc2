import { randomBytes } from 'node:crypto'

/** A UUIDv7: ids are made in the app so that PostgreSQL 15 to 18 all serve. */
export function newId(machineNow: number = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(machineNow, 0, 6)
  bytes[6] = (bytes[6] & 0x0f) | 0x70
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
