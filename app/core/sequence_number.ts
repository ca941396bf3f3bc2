import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * The next number of a series, as people see it: JK-2026-0117 for plans, CQ- for draws, LZ- for reviews,
 * CC- for spot checks.
 * Taken inside the transaction that uses it, so a failed attempt leaves no gap. The year is civil, +08:00.
 */
export async function nextNumber(
  trx: TransactionClientContract,
  prefix: 'JK' | 'CQ' | 'LZ' | 'CC',
  at: Date
): Promise<string> {
  const year = new Date(at.getTime() + 8 * 3_600_000).getUTCFullYear()
  const series = `${prefix}-${year}`
  const result = await trx.rawQuery(
    `INSERT INTO sequence_numbers (name, last) VALUES (?, 1)
     ON CONFLICT (name) DO UPDATE SET last = sequence_numbers.last + 1 RETURNING last`,
    [series]
  )
  return `${series}-${String(result.rows[0].last).padStart(4, '0')}`
}
