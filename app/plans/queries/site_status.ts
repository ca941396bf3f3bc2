import db from '@adonisjs/lucid/services/db'
import { readSiteCode } from '#plans/domain/site_code'

/** What a passer-by learns from the code on site (REP-6); no names of people, no content. */
export interface SiteStatus {
  readonly siteCode: string
  readonly plan: string
  readonly planNumber: string
  readonly project: string
  readonly organisation: string
  readonly version: number
  readonly sha256: string
  /** May this very version be built? */
  readonly implementable: boolean
  readonly reviewState: string
  /** Another version that may be built instead, if there is one. */
  readonly otherVersion: number | null
}

/** Null when no version has this code. */
export async function siteStatus(code: string): Promise<SiteStatus | null> {
  const row = await db
    .from('plan_versions')
    .join('plans', 'plans.id', 'plan_versions.plan_id')
    .join('organisations', 'organisations.id', 'plans.organisation_id')
    .leftJoin('plan_versions as built', 'built.id', 'plans.implementable_version_id')
    .where('plan_versions.site_code', readSiteCode(code))
    .select(
      'plan_versions.*',
      'plans.name as plan_name',
      'plans.number as plan_number',
      'plans.project_name',
      'plans.implementable_version_id',
      'organisations.name as organisation_name',
      'built.number as built_number'
    )
    .first()
  if (!row) return null
  const review = await db.from('reviews').where('plan_id', row.plan_id).orderBy('round', 'desc').firstOrFail()
  const implementable = row.implementable_version_id === row.id && review.state === 'IMPLEMENTABLE'
  return {
    siteCode: row.site_code,
    plan: row.plan_name,
    planNumber: row.plan_number,
    project: row.project_name,
    organisation: row.organisation_name,
    version: row.number,
    sha256: row.sha256,
    implementable,
    reviewState: review.state,
    otherVersion: !implementable && review.state === 'IMPLEMENTABLE' ? (row.built_number ?? null) : null,
  }
}
