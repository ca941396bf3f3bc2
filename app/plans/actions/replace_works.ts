import { newId } from '#core/ids'
import type { UnitOfWork } from '#ledger/public'
import type { Work } from '#plans/models/rows'

/** A draft's works are replaced as a set: their order is what people typed. */
export async function replaceWorks(unit: UnitOfWork, planId: string, works: readonly Work[]): Promise<void> {
  const before = await unit.trx.from('plan_works').where('plan_id', planId).select('id')
  for (const row of before) await unit.delete('plan_works', row.id)
  for (const [position, work] of works.entries()) {
    await unit.insert('plan_works', {
      id: newId(),
      plan_id: planId,
      position,
      category: work.category,
      parameters: work.parameters,
      context: work.context,
    })
  }
}
